/** How far somebody has come with each exercise: plain data, kept by whoever has a place for it. */
import type {Exercise} from './exercise.ts';

export interface Progress {
  readonly status: 'in progress' | 'solved';
  /** How many hints were asked for. */
  readonly hints: number;
  /** The file as it was last. */
  readonly text: string;
}

/** By exercise; what is not there was not started. */
export type AllProgress = Readonly<Record<string, Progress>>;

/** What of a check decides. */
export interface Checked {
  readonly checking: boolean;
  readonly pairs: readonly {readonly verdict: string; readonly gradients: readonly {readonly verdict: string}[]}[];
}

export function isSolved({checking, pairs}: Checked): boolean {
  return !checking && pairs.length > 0 && pairs.every(({verdict, gradients}) => verdict === 'agrees' && gradients.length > 0);
}

/** After a check of the exercise's file. What was solved once stays solved. */
export function afterCheck(all: AllProgress, {id}: Exercise, checked: Checked, text: string): AllProgress {
  const before = all[id] as Progress | undefined;
  const status = before?.status === 'solved' || isSolved(checked) ? 'solved' : 'in progress';
  if (before?.status === status && before.text === text) return all;
  return {...all, [id]: {status, hints: before?.hints ?? 0, text}};
}

/** With one more hint, if there is one. */
export function afterHint(all: AllProgress, {id, hints}: Exercise, text: string): AllProgress {
  const before = all[id] as Progress | undefined;
  const taken = Math.min(hints.length, (before?.hints ?? 0) + 1);
  return {...all, [id]: {status: before?.status ?? 'in progress', text: before?.text ?? text, hints: taken}};
}

export function withoutExercise(all: AllProgress, id: string): AllProgress {
  return Object.fromEntries(Object.entries(all).filter(([other]) => other !== id));
}

/** `2 of 3 gradients`, for what is in progress. */
export function summary(progress: Progress | undefined, checked: Checked | null): string {
  if (progress === undefined) return '';
  if (progress.status === 'solved') return 'solved';
  const gradients = checked?.pairs.flatMap((pair) => pair.gradients) ?? [];
  if (gradients.length === 0) return 'in progress';
  const right = gradients.filter(({verdict}) => verdict === 'agrees').length;
  return `in progress, ${right} of ${gradients.length} right`;
}
