/**
 * What a network is trained towards: targets in the shape of its output, or classes as whole numbers, and the loss that its
 * backward starts from where the class has none of its own. Makes numbers; runs nothing.
 */
import {fromData} from '../../ndarray/array.ts';
import type {Value} from '../../ndarray/values.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import type {Quantity} from '../quantity.ts';

/** The derivative of a loss by the output `p` for the target `y`, one example's share; `q` is the softmax of the output. */
const losses = {
  'squared': (p: number, y: number): number => p - y,
  'softmax': (_p: number, y: number, q: number): number => q - y,
  'logistic': (p: number, y: number): number => 1 / (1 + Math.exp(-p)) - y,
  'cross-entropy': (p: number, y: number): number => -y / p,
  'binary': (p: number, y: number): number => (p - y) / (p * (1 - p)),
} as const;

/** A loss whose derivative is known here. */
export type LossName = keyof typeof losses;

/** One way to read what a network is trained towards. */
export interface Target {
  /** What the backward is taken to start from; null where the class computes its cost. */
  readonly loss: LossName | null;
  /** The sum over a batch is divided by as many examples, or numbers, as there are. */
  readonly over: 'nothing' | 'examples' | 'numbers';
  readonly times: 1 | 2;
  /** Whether labels are whole numbers below the number of classes. */
  readonly whole: boolean;
}

const names = {
  'squared': 'the squared error', 'softmax': 'the cross entropy of a softmax of the output', 'logistic': 'the binary cross entropy of a sigmoid of the output',
  'cross-entropy': 'the cross entropy', 'binary': 'the binary cross entropy',
} as const;

/** How a loss is called in a verdict. */
export function targetWords({loss, over, times}: Target): string {
  const name = loss === 'squared' ? `${times === 2 ? 'the' : 'half the'} squared error` : names[loss ?? 'cross-entropy'];
  return over === 'nothing' ? name : `${name}, as a mean over the ${over}`;
}

/** Labels for a network with this output. */
export function labelsFor(made: Quantity, {loss, whole}: Target, seed: number): {readonly given: Value; readonly rows: Float64Array} {
  const output = withoutColumns(made);
  const {shape, data} = output;
  const random = createRandom(seed);
  const axis = classAxis(output);
  const classes = axis === null ? 1 : shape[axis];
  if (!whole && (classes === 1 || (loss === 'squared' && !sumsToOne(output, axis)))) {
    const numbers = loss === 'squared' ? normals(random, data.length) : data.map((_, i) => (i * 7 + seed) % 2);
    return {given: fromData(numbers, made.shape, 'float64'), rows: numbers};
  }
  const examples = data.length / classes;
  const rows = new Float64Array(data.length);
  const chosen = Float64Array.from({length: examples}, (_, i) => (i + seed) % classes);
  chosen.forEach((label, i) => {
    rows[axis === 0 && shape.length > 1 ? label * examples + i : i * classes + label] = 1;
  });
  return {given: whole ? fromData(chosen, [examples], 'int64') : fromData(rows, made.shape, 'float64'), rows};
}

/** A column for each step, (T, K, 1), speaks of classes like (T, K). */
function withoutColumns(output: Quantity): Quantity {
  const {shape} = output;
  return shape.length === 3 && shape[2] === 1 ? {...output, shape: shape.slice(0, 2)} : output;
}

/** The derivative of the loss by each number of the output. */
export function cotangentOf(made: Quantity, rows: Float64Array, {loss, over, times}: Target, examples: number): Float64Array {
  const output = withoutColumns(made);
  const {data, shape} = output;
  const soft = loss === 'softmax' ? softmaxOf(output) : data;
  const divisor = over === 'numbers' ? data.length : over === 'examples' ? examples : 1;
  return data.map((p, i) => (losses[loss ?? 'squared'](p, rows[i], soft[i]) * times) / (shape.length === 0 ? 1 : divisor));
}

/** The softmax of an output along its classes. */
function softmaxOf(output: Quantity): Float64Array {
  const {shape, data} = output;
  const axis = classAxis(output);
  const classes = axis === null ? 1 : shape[axis];
  const examples = data.length / classes;
  const soft = new Float64Array(data.length);
  const at = (example: number, k: number): number => (axis === 0 && shape.length === 2 ? k * examples + example : example * classes + k);
  for (let i = 0; i < examples; i++) {
    let [sum, largest] = [0, -Infinity];
    for (let k = 0; k < classes; k++) largest = Math.max(largest, data[at(i, k)]);
    for (let k = 0; k < classes; k++) sum += Math.exp(data[at(i, k)] - largest);
    for (let k = 0; k < classes; k++) soft[at(i, k)] = Math.exp(data[at(i, k)] - largest) / sum;
  }
  return soft;
}

/** The axis along which an output speaks of classes: that over which it sums to one, else the last one. */
function classAxis(output: Quantity): number | null {
  const {shape} = output;
  if (shape.length === 0) return null;
  for (const axis of [shape.length - 1, 0]) if (sumsToOne(output, axis)) return axis;
  return shape.length === 2 && shape[1] === 1 ? 0 : shape.length - 1;
}

function sumsToOne({shape, data}: Quantity, axis: number | null): boolean {
  if (axis === null || shape.length > 2 || shape[axis] < 2) return false;
  const classes = shape[axis];
  const examples = data.length / classes;
  const stepwise = axis === 0 && shape.length === 2;
  for (let i = 0; i < examples; i++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += stepwise ? data[k * examples + i] : data[i * classes + k];
    if (Math.abs(sum - 1) > 1e-9) return false;
  }
  return true;
}
