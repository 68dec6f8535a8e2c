/**
 * What is known of one program, for every feature to read: the last analysis with the edits since, and the hints that
 * stand. Hints survive typing: old ones move with the text and stay until a newer analysis says something else of the
 * same name on the same line; when the user has been quiet and the text can be read, they are exactly the analysis's.
 */
import type {FileAnalysis, InferredInfo, OperationInfo, PairAnalysis, ValueInfo} from '../../engine/check/analysis.ts';
import type {Program} from './programs.ts';
import {lineAt, lineEnd, shift} from './text.ts';
import type {Edit, Text} from './text.ts';

/** A shape after a name, or a verdict at the end of a line, of something that was run. */
export interface RunHint extends Placed {
  readonly kind: 'shape' | 'verdict';
  readonly value: ValueInfo;
  readonly pair: PairAnalysis;
}

/** A shape after a name in a function that was not run. */
export interface InferredHint extends Placed {
  readonly kind: 'inferred';
  readonly value: InferredInfo;
}

export type StandingHint = RunHint | InferredHint;

interface Placed {
  /** The target's name now. */
  readonly start: number;
  readonly end: number;
  /** Where the statement ends now. */
  readonly statementEnd: number;
  /** Taken over from an analysis of an older text. */
  readonly kept: boolean;
  /** Something was typed into the name since. */
  readonly touched: boolean;
}

/** An analysis and the text that it is of. */
export interface Known {
  readonly analysis: FileAnalysis;
  readonly text: Text;
  readonly stamp: number;
  /** Every pair was judged. */
  readonly done: boolean;
  /** What happened to the text since, oldest first. */
  readonly edits: readonly Edit[];
}

export class View {
  private current: Known | null = null;
  private standing: readonly StandingHint[] = [];
  /** Texts that no analysis is known of yet, with what was done to the one before. */
  private pending: {readonly stamp: number; readonly text: Text; readonly edits: readonly Edit[]}[];
  private typing = false;
  /** Files that are being read since the analysis has looked for them, in so many requests. */
  filesAwaited = 0;

  constructor(public program: Program) {
    this.pending = [{stamp: program.stamp, text: program.text, edits: []}];
  }

  get known(): Known | null {
    return this.current;
  }

  get hints(): readonly StandingHint[] {
    return this.standing;
  }

  /** Whether the last analysis is of the text as it is now, with every pair judged and every file that it imports at hand. */
  get upToDate(): boolean {
    return this.current !== null && this.current.stamp === this.program.stamp && this.current.done && this.filesAwaited === 0;
  }

  /** The user has edited the program. */
  edited(program: Program, edits: readonly Edit[]): void {
    this.program = program;
    this.typing = true;
    this.pending.push({stamp: program.stamp, text: program.text, edits});
    if (this.current !== null) this.current = {...this.current, edits: [...this.current.edits, ...edits]};
    this.standing = move(this.standing, edits);
  }

  /** An analysis of the text with this stamp; false when a newer one is known already. */
  analyzed(stamp: number, analysis: FileAnalysis, done: boolean): boolean {
    if (this.current !== null && stamp < this.current.stamp) return false;
    const text = this.current?.stamp === stamp ? this.current.text : this.pending.find((change) => change.stamp === stamp)?.text;
    if (text === undefined) return false;
    this.pending = this.pending.filter((change) => change.stamp > stamp);
    const edits = this.pending.flatMap((change) => change.edits);
    this.current = {analysis, text, stamp, done, edits};
    const fresh = move(hintsOf(analysis), edits);
    this.standing = done && !this.typing && isReadable(analysis) ? fresh : this.merge(fresh);
    return true;
  }

  /** Something that the program imports was not known when it was analysed. */
  outdate(): void {
    if (this.current !== null) this.current = {...this.current, done: false};
  }

  /** The user has stopped typing: what stands is what the analysis says. True when hints have changed by that. */
  settle(): boolean {
    this.typing = false;
    if (!this.upToDate || !isReadable(this.current!.analysis) || !this.standing.some((hint) => hint.kept)) return false;
    this.standing = this.standing.filter((hint) => !hint.kept);
    return true;
  }

  /** Where an offset of the analysed text is now. */
  now(offset: number, after = false): number {
    return (this.current?.edits ?? []).reduce((moved, edit) => shift(moved, edit, after), offset);
  }

  /** The values of all pairs with where they are now, those of deleted lines left out. */
  values(): readonly RunHint[] {
    return this.standing.filter((hint): hint is RunHint => hint.kind === 'shape');
  }

  /** Shapes that were inferred, with where they are now. */
  inferred(): readonly InferredHint[] {
    return this.standing.filter((hint) => hint.kind === 'inferred');
  }

  /** The smallest operation that holds an offset. */
  operationAt(offset: number): {readonly operation: OperationInfo; readonly pair: PairAnalysis; readonly start: number; readonly end: number} | null {
    let best: ReturnType<View['operationAt']> = null;
    for (const pair of this.current?.analysis.pairs ?? []) {
      for (const operation of pair.operations) {
        const start = this.now(operation.span.start);
        const end = this.now(operation.span.end, true);
        if (offset < start || offset > end || (best !== null && end - start >= best.end - best.start)) continue;
        best = {operation, pair, start, end};
      }
    }
    return best;
  }

  /** Old hints stand where the new analysis is silent and their name is still what it was. */
  private merge(newest: readonly StandingHint[]): readonly StandingHint[] {
    const {text} = this.program;
    const key = (hint: StandingHint, kind: string): string => `${kind} ${hint.value.name} ${lineAt(text, hint.start)}`;
    const shown = ({kind}: StandingHint): string => (kind === 'verdict' ? kind : 'shape');
    const ran = new Set(this.standing.flatMap((hint) => (hint.kind === 'shape' ? [key(hint, 'shape')] : [])));
    // A function that does not run for the moment keeps what its last run has shown.
    const fresh = newest.filter((hint) => hint.kind !== 'inferred' || !ran.has(key(hint, 'shape')));
    const taken = new Set(fresh.map((hint) => key(hint, shown(hint))));
    const kept = this.standing
      .filter((hint) => !taken.has(key(hint, shown(hint))) && !(hint.kind === 'verdict' && taken.has(key(hint, 'shape'))))
      .filter((hint) => !hint.touched && !/\w/.test(text.content.charAt(hint.end)))
      .map((hint) => ({...hint, kept: true}));
    return [...fresh, ...kept].sort((a, b) => a.start - b.start);
  }
}

/** True unless a line could not be read, as in the middle of an edit. */
export function isReadable(analysis: FileAnalysis): boolean {
  return !analysis.report.problems.some((problem) => problem.code === 'syntax');
}

function hintsOf(analysis: FileAnalysis): readonly StandingHint[] {
  const hints = new Map<string, StandingHint>();
  for (const pair of analysis.pairs) {
    for (const value of pair.values) {
      const common = {value, pair, start: value.span.start, end: value.span.end, statementEnd: value.statement.end, kept: false, touched: false};
      const at = `${value.span.start}`;
      // The same line may belong to several pairs; the one that knows what the value is says more.
      const known = hints.get(`verdict ${at}`);
      if (!hints.has(`shape ${at}`) || (value.gradient !== null && known === undefined)) hints.set(`shape ${at}`, {kind: 'shape', ...common});
      if (value.gradient !== null && known === undefined) hints.set(`verdict ${at}`, {kind: 'verdict', ...common});
    }
  }
  for (const value of analysis.inferred) {
    hints.set(`shape ${value.span.start}`, {kind: 'inferred', value, start: value.span.start, end: value.span.end, statementEnd: value.statement.end, kept: false, touched: false});
  }
  return [...hints.values()].sort((a, b) => a.start - b.start);
}

/** A hint whose name was deleted is gone. */
function move(hints: readonly StandingHint[], edits: readonly Edit[]): readonly StandingHint[] {
  if (edits.length === 0) return hints;
  const moved: StandingHint[] = [];
  for (const hint of hints) {
    let {start, end, statementEnd, touched} = hint;
    for (const edit of edits) {
      touched ||= edit.start < end && edit.end > start || (edit.start > start && edit.start < end);
      // What is typed right before a name is not part of it; right behind it, it may be.
      start = shift(start, edit, edit.start === edit.end && edit.start === start);
      end = shift(end, edit, false);
      statementEnd = shift(statementEnd, edit, false);
    }
    if (start < end) moved.push({...hint, start, end, statementEnd: Math.max(end, statementEnd), touched});
  }
  return moved;
}

/** The place at the end of the line that a statement ends on. */
export function endOfLine(program: Program, statementEnd: number): number {
  const {text} = program;
  return lineEnd(text, lineAt(text, Math.min(statementEnd, text.content.length)));
}
