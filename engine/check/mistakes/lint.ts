/**
 * A lint: a mistake that no number of a run shows, because the values are right or because only other inputs would show it.
 * It is read off the text of a pair, and says so.
 */
import type {DiagnosisCode} from '../report.ts';
import type {Span} from '../../python/span.ts';
import type {AnyNode} from '../../python/walk.ts';
import type {Trial} from '../trial.ts';
import type {Module, Stmt} from '../../python/ast.ts';

/** What a lint may look at. */
export interface Linted {
  readonly module: Module;
  readonly text: string;
  /** The statements of the forward and of the backward; the same ones where one function does both. */
  readonly forward: readonly Stmt[];
  readonly backward: readonly Stmt[];
  readonly backwardSpan: Span;
  readonly backwardName: string;
  /** The first trial; null where none ran. */
  readonly trial: Trial | null;
  /** What gradients are given of. */
  readonly given: ReadonlySet<string>;
}

export interface LintFinding {
  readonly span: Span;
  readonly message: string;
  readonly severity: 'warning' | 'information';
}

export interface Lint {
  readonly code: DiagnosisCode;
  readonly find: (linted: Linted) => Iterable<LintFinding>;
}

/** The last name of what is called: `exp` of `np.exp(x)`; empty for anything else. */
export function calledName(node: AnyNode): string {
  if (node.kind !== 'Call') return '';
  const {callee} = node;
  return callee.kind === 'Attribute' ? callee.name : callee.kind === 'Name' ? callee.id : '';
}
