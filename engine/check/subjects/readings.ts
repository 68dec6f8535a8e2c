/**
 * Attempts for a pair whose inputs can be read in a few ways that are known beforehand, tried in order. What a reading is, and which
 * numbers it gives, its caller says; nothing is searched for or learned from a run.
 */
import type {Attempt, Prepared} from '../attempt.ts';

/** How often a pair is run with one reading: further sets, and those that only a fix is proved on. */
const UNSEEN_RUNS = [11, 12];

/** Makes the attempt of one reading; each `run` has its own sizes and numbers. */
export type Make<R> = (reading: R, run: number, label: string) => Attempt;

/** The ways to read, the first of which is the best guess, and what is run of the one that the forward accepts. */
export interface Readings<R> {
  readonly all: readonly R[];
  readonly make: Make<R>;
  readonly moreSets: (reading: R, make: Make<R>) => readonly Attempt[];
  readonly settings: (reading: R, make: Make<R>) => readonly Attempt[];
}

export function attemptsOf<R>({all, make, moreSets, settings}: Readings<R>): Prepared {
  const readings = new Map<Attempt, R>();
  const attempt: Make<R> = (reading, run, label) => {
    const made = make(reading, run, label);
    readings.set(made, reading);
    return made;
  };
  let next = 0;
  return {
    first: attempt(all[0], 0, 'set 1'),
    problems: [],
    next: () => (next < all.length ? attempt(all[next++], 0, 'set 1') : null),
    failed: () => undefined,
    shaped: () => undefined,
    moreSets: (chosen) => moreSets(readings.get(chosen)!, attempt),
    unseen: (chosen) => UNSEEN_RUNS.map((run) => attempt(readings.get(chosen)!, run, `unseen ${run}`)),
    settings: (chosen) => settings(readings.get(chosen)!, attempt),
  };
}
