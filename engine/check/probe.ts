/**
 * A recorded pair run again close by, to show what a numerical gradient check does: central differences with steps of many
 * sizes, and differences of the gradient beside the exact second derivative. Judges nothing.
 */
import {hessianTimes} from '../tape/curvature.ts';
import {createRandom, normals} from '../inputs/random.ts';
import type {Pair} from '../program/pair.ts';
import type {PairFile} from './file.ts';
import {experimentFor} from './judge.ts';
import type {Quantity} from './quantity.ts';
import type {Runs} from './result.ts';
import {gradientsAt, recordTrial, replayForward} from './trial.ts';
import type {Experiment, Trial} from './trial.ts';

export interface StepProbe {
  readonly of: string;
  readonly element: number;
  readonly elements: number;
  readonly value: number;
  /** The derivative of the loss by the element, from the tape. */
  readonly exact: number;
  readonly points: readonly {readonly h: number; readonly estimate: number; readonly kink: boolean}[];
}

export interface CurvatureProbe {
  readonly of: string;
  readonly elements: number;
  readonly direction: Float64Array;
  /** The Hessian times the direction: from the tape, and by central differences of the gradient (null when those cannot be taken). */
  readonly product: Float64Array;
  readonly differences: Float64Array | null;
  /** Entries of the tape whose bend is not known. */
  readonly unknown: number;
}

/** Powers of ten, two to a decade. */
const steps = Array.from({length: 27}, (_, i) => 10 ** (-1 - i / 2));

/** `element` in C order; -1 takes the one with the largest gradient. Null for what is no leaf. */
export function probeStep(pair: Pair, file: PairFile, runs: Runs, of: string, element: number): StepProbe | null {
  const made = recordFirst(pair, file, runs);
  const leaf = made === null ? null : leafOf(made.trial, of, element);
  if (made === null || leaf === null) return null;
  const {experiment, trial} = made;
  const {data, ids} = leaf.quantity;
  const {bar} = trial.sweep;
  const at = leaf.element >= 0 && leaf.element < data.length ? leaf.element : ids.reduce((best, id, i) => (Math.abs(bar[id]) > Math.abs(bar[ids[best]]) ? i : best), 0);
  const points = steps.flatMap((h) => {
    const there = (distance: number): ReturnType<typeof replayForward> => {
      const moved = data.slice();
      moved[at] += distance;
      return replayForward(experiment, numbersWith(trial, leaf.name, Float64Array.from(moved)), trial.upstreams);
    };
    const up = there(h);
    const down = there(-h);
    if (up === null || down === null || !Number.isFinite(up.loss) || !Number.isFinite(down.loss)) return [];
    return [{h, estimate: (up.loss - down.loss) / (2 * h), kink: !up.guards.sameAs(trial.guards) || !down.guards.sameAs(trial.guards)}];
  });
  return {of, element: at, elements: data.length, value: data[at], exact: bar[ids[at]], points};
}

/** Along a random direction in one leaf. Null for what is no leaf. */
export function probeCurvature(pair: Pair, file: PairFile, runs: Runs, of: string): CurvatureProbe | null {
  const made = recordFirst(pair, file, runs);
  const leaf = made === null ? null : leafOf(made.trial, of, -1);
  if (made === null || leaf === null) return null;
  const {experiment, trial} = made;
  const {data, ids} = leaf.quantity;
  const direction = normals(createRandom(17), data.length);
  const moves = new Float64Array(trial.tape.length);
  ids.forEach((id, i) => { if (id !== 0) moves[id] += direction[i]; });
  const {product, unknown} = hessianTimes(trial.tape, trial.sweep, moves);
  const h = 1e-5;
  const gradientAt = (distance: number): Float64Array | null => {
    const moved = Float64Array.from(data, (x, i) => x + distance * direction[i]);
    return gradientsAt(experiment, numbersWith(trial, leaf.name, moved), trial.upstreams)?.get(leaf.name) ?? null;
  };
  const up = gradientAt(h);
  const down = gradientAt(-h);
  return {
    of, elements: data.length, direction, unknown,
    product: Float64Array.from(ids, (id) => product[id]),
    differences: up === null || down === null ? null : up.map((g, i) => (g - down[i]) / (2 * h)),
  };
}

function recordFirst(pair: Pair, file: PairFile, {attempts}: Runs): {experiment: Experiment; trial: Trial} | null {
  const attempt = attempts.at(0);
  if (attempt === undefined) return null;
  const options = {seed: 0, ignorePragmas: false, numerical: false, shouldStop: () => false, now: () => 0};
  const experiment = experimentFor(pair, file, attempt, options, false);
  const trial = recordTrial(experiment, {seed: attempt.seed + 101, factor: attempt.upstreamFactor}, false);
  return 'phase' in trial ? null : {experiment, trial};
}

/** A leaf by its name; `w[2]` is an element of the list w. */
function leafOf({leaves}: Trial, of: string, element: number): {name: string; quantity: Quantity; element: number} | null {
  const whole = leaves.get(of);
  if (whole !== undefined) return {name: of, quantity: whole, element};
  const match = /^(.*)\[(\d+)\]$/.exec(of);
  const quantity = match === null ? undefined : leaves.get(match[1]);
  return match === null || quantity === undefined ? null : {name: match[1], quantity, element: Number(match[2])};
}

/** The numbers of all leaves, with others in one of them. */
function numbersWith({leaves}: Trial, name: string, numbers: Float64Array): Map<string, Float64Array> {
  return new Map([...leaves].map(([of, {data}]) => [of, of === name ? numbers : Float64Array.from(data)]));
}
