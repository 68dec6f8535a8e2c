/**
 * `log(y + 1e-7)` differentiated without the 1e-7: the errors are small and shrink with the constant.
 * Gives the same file and inputs with every tiny number a hundred times smaller, to be run again by judge.ts.
 */
import {Scalar} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import type {Module, Stmt} from '../../python/ast.ts';
import type {PairFile} from '../file.ts';
import type {Attempt} from '../prepare.ts';
import {wrongIn} from './convention.ts';
import type {Judged} from './convention.ts';

/** Constants that people add against zeros and negative numbers are no larger. */
const LARGEST_EPSILON = 1e-3;
const SHRINK = 0.01;
/** An error larger than this, against the largest element of the gradient, is a mistake and no neglected constant. */
const LARGEST_ERROR = 1e-2;

/** Whether all wrong gradients are wrong by so little that a neglected constant may explain it. */
export function isSlightlyWrong(trials: readonly Judged[]): boolean {
  const errors = trials.flatMap((judged) => wrongIn(judged).map(errorOf));
  return errors.length > 0 && errors.every((error) => error < LARGEST_ERROR);
}

/** Whether every error has shrunk with the constant. Both lists hold the same input sets. */
export function hasShrunk(before: readonly Judged[], after: readonly Judged[]): boolean {
  return before.every((judged, i) => wrongIn(judged).every((wrong) => {
    const again = after[i].findings.find(({gradient}) => gradient.name === wrong.gradient.name);
    if (again?.kind === 'agrees') return true;
    return again?.kind === 'disagrees' && errorOf(again) < errorOf(wrong) / 20;
  }));
}

/** The largest error against the largest element; infinite when shapes differ. */
function errorOf({truth, actual, comparison}: {readonly truth: {readonly data: Float64Array}; readonly actual: {readonly data: Float64Array}; readonly comparison: {readonly difference: string}}): number {
  if (comparison.difference !== 'value') return Infinity;
  let scale = 0;
  let error = 0;
  truth.data.forEach((expected, i) => {
    scale = Math.max(scale, Math.abs(expected));
    error = Math.max(error, Math.abs(expected - actual.data[i]));
  });
  return scale === 0 ? Infinity : error / scale;
}

export function withSmallerEpsilons(file: PairFile): PairFile {
  const body: Stmt[] = file.module.body.map((statement) => shrunk(statement));
  const module: Module = {...file.module, body};
  const statements = file.statements === null ? null : new Set(file.module.body.flatMap((old, i) => (file.statements!.has(old) ? [body[i]] : [])));
  return {...file, module, statements};
}

export function withSmallerInputs(attempt: Attempt): Attempt {
  const shrink = (make: Attempt['inputs']): Attempt['inputs'] => () => new Map([...make()].map(([name, value]): [string, Value] => [name, shrunkValue(value)]));
  return {...attempt, inputs: shrink(attempt.inputs), constructed: shrink(attempt.constructed)};
}

function shrunk<T>(node: T): T {
  if (Array.isArray(node)) return node.map((item: unknown) => shrunk(item)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node);
  if ('kind' in node && node.kind === 'Number' && 'value' in node && typeof node.value === 'number' && isEpsilon(node.value)) {
    return {...node, value: node.value * SHRINK};
  }
  return Object.fromEntries(entries.map(([key, value]: [string, unknown]) => [key, shrunk(value)])) as T;
}

function shrunkValue(value: Value): Value {
  if (value instanceof Scalar && isEpsilon(value.value)) return new Scalar(value.value * SHRINK, value.id, value.dtype, value.weak);
  if (value instanceof Dict) for (const [key, item] of value.entries()) value.set(key, shrunkValue(item));
  return value;
}

function isEpsilon(value: number): boolean {
  return value > 0 && value <= LARGEST_EPSILON;
}
