/**
 * How much of each mistake has been told: which gradient is wrong, where, what kind of mistake it is, why, and the fix. A
 * step is taken only when it is asked for, stays taken while the text moves, and is forgotten when the mistake is gone.
 */
import type {PairAnalysis} from '../../engine/check/analysis.ts';
import type {DiagnosisCode, GradientReport} from '../../engine/check/report.ts';
import {hintSteps} from '../protocol.ts';
import type {HintStep, Settings} from '../protocol.ts';
import type {View} from './view.ts';

/** A wrong gradient that has not merely inherited its error from another one. */
export interface Mistake {
  readonly pair: PairAnalysis;
  readonly gradient: GradientReport;
  /** The same after every edit that leaves the mistake. */
  readonly key: string;
}

/** What Python itself would say, and what nobody has to find out. */
const plain: ReadonlySet<DiagnosisCode> = new Set<DiagnosisCode>(['raises', 'missing-gradient', 'not-implemented']);

export class Ladder {
  /** By program and mistake: the highest step that was asked for. */
  private readonly taken = new Map<string, Map<string, HintStep>>();

  constructor(private readonly settings: () => Settings['hints']) {}

  /** How much of a wrong gradient is shown. */
  shown(uri: string, {gradient, key}: Mistake): HintStep {
    const {start, last} = this.settings();
    const wanted = higher(this.taken.get(uri)?.get(key) ?? start, start);
    const allowed = stepsOf(gradient).filter((step) => reaches(wanted, step) && reaches(last, step));
    const told = allowed.at(-1) ?? 'verdict';
    return isPlain(gradient) ? higher(told, 'kind') : told;
  }

  /** What can be asked for next; null when everything that may be told has been. */
  next(uri: string, mistake: Mistake): HintStep | null {
    const shown = this.shown(uri, mistake);
    const {last} = this.settings();
    return stepsOf(mistake.gradient).find((step) => !reaches(shown, step) && reaches(last, step)) ?? null;
  }

  /** Takes the next step, if there is one. */
  climb(uri: string, mistake: Mistake): HintStep | null {
    const next = this.next(uri, mistake);
    if (next === null) return null;
    const mistakes = this.taken.get(uri) ?? new Map<string, HintStep>();
    this.taken.set(uri, mistakes.set(mistake.key, next));
    return next;
  }

  /** Forgets the mistakes in gradients that are right now, or gone. One that cannot be judged at the moment may come back. */
  prune(view: View): void {
    const mistakes = this.taken.get(view.program.uri);
    if (mistakes === undefined) return;
    const open = (view.known?.analysis.pairs ?? []).flatMap((pair) => pair.report.gradients
      .filter(({verdict}) => verdict !== 'agrees')
      .map((gradient) => owner(pair, gradient)));
    for (const key of mistakes.keys()) if (!open.some((prefix) => key.startsWith(prefix))) mistakes.delete(key);
  }

  forget(uri: string): void {
    this.taken.delete(uri);
  }
}

/** All mistakes of a program in the order of its pairs. */
export function mistakesOf(view: View): readonly Mistake[] {
  return (view.known?.analysis.pairs ?? []).flatMap((pair) => pair.report.gradients
    .filter((gradient) => isWrong(gradient) && gradient.causedBy === undefined)
    .map((gradient) => mistakeOf(pair, gradient)));
}

export function mistakeOf(pair: PairAnalysis, gradient: GradientReport): Mistake {
  return {pair, gradient, key: `${owner(pair, gradient)}${gradient.diagnosis?.code ?? gradient.verdict}`};
}

export function isWrong(gradient: GradientReport): boolean {
  return gradient.verdict === 'disagrees' || gradient.verdict === 'missing';
}

function owner(pair: PairAnalysis, gradient: GradientReport): string {
  return `${pair.report.name}/${gradient.of}/${gradient.name}/`;
}

/** Whether somebody who has been told `shown` has been told `step`. */
export function reaches(shown: HintStep, step: HintStep): boolean {
  return hintSteps.indexOf(shown) >= hintSteps.indexOf(step);
}

/** The steps that there is something to say for. */
function stepsOf({diagnosis}: GradientReport): readonly HintStep[] {
  if (diagnosis === undefined) return ['verdict'];
  return hintSteps.filter((step) => (step !== 'why' || diagnosis.why !== undefined) && (step !== 'fix' || diagnosis.fix !== undefined));
}

function isPlain({diagnosis}: GradientReport): boolean {
  return diagnosis === undefined || plain.has(diagnosis.code);
}

function higher(a: HintStep, b: HintStep): HintStep {
  return reaches(a, b) ? a : b;
}
