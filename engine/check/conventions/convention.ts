/** What one convention's file gives. A convention is not a mistake: it makes gradients agree, and is named in the verdict. */
import type {Convention} from '../report.ts';
import type {Pair} from '../../program/pair.ts';
import type {Attempt} from '../attempt.ts';
import type {Finding} from '../verdicts.ts';
import type {Trial} from '../trial.ts';

/** One trial with what it says about each gradient. */
export interface Judged {
  readonly attempt: Attempt;
  readonly trial: Trial;
  readonly findings: readonly Finding[];
}

export type Wrong = Extract<Finding, {kind: 'disagrees'}>;

export interface ConventionRule {
  readonly name: Convention;
  /**
   * The names of the gradients that follow the convention in every one of the trials; null unless every gradient that
   * the convention touches follows it.
   */
  readonly recognise: (pair: Pair, trials: readonly Judged[]) => ReadonlySet<string> | null;
}

/** How far off loss layers may be that neglect a constant such as 1e-7 inside a logarithm, too. */
export const SMALL_EPSILON = 1e-4;

export function wrongIn(judged: Judged): Wrong[] {
  return judged.findings.filter((finding): finding is Wrong => finding.kind === 'disagrees');
}

/** Whether `b` is `factor` times `a`, elementwise, as far as rounding allows. */
export function isMultiple(b: Float64Array, a: Float64Array, factor: number, relative = 1e-9): boolean {
  let scale = 0;
  for (const value of a) scale = Math.max(scale, Math.abs(value * factor));
  if (scale === 0 || b.length !== a.length) return false;
  return b.every((value, i) => Math.abs(value - factor * a[i]) <= relative * scale);
}

/** The wrong gradients with these names in each trial; null if one of the trials lacks one. */
export function inEvery(trials: readonly Judged[], test: (finding: Wrong, judged: Judged) => boolean): ReadonlySet<string> | null {
  if (trials.length === 0) return null;
  const names = new Set<string>();
  for (const judged of trials) {
    const wrong = wrongIn(judged);
    if (wrong.length === 0 || !wrong.every((finding) => test(finding, judged))) return null;
    for (const finding of wrong) names.add(finding.gradient.name);
  }
  return names;
}
