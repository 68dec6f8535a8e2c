/**
 * Comparisons and logical operations: they give bools, never have a derivative, and tell the guards what was decided.
 */
import type {GuardLog} from '../tape/guards.ts';
import type {Context} from './context.ts';
import {isFloat} from './dtype.ts';
import {NDArray, allocate} from './array.ts';
import {broadcastShapes} from './broadcast.ts';
import {eachStrip} from './strips.ts';
import {scalarIfZeroD, writeOut} from './cast.ts';
import {commonDType, dtypeOf, isContinuous, numberOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import type {Scalar} from './scalar.ts';
import { numpyScalar} from './scalar.ts';

export type CompareName = '<' | '<=' | '==' | '!=' | '>' | '>=';
export type LogicalName = 'and' | 'or' | 'xor';

/** Elementwise `a <operation> b`: a bool array, or a NumPy bool for two numbers or 0-d arrays unless `out` is given. */
export function compare(
  context: Context, operation: CompareName, a: Operand, b: Operand, out: NDArray | null = null, where: NDArray | null = null,
): NDArray | Scalar {
  const noted = context.guards !== null && (isContinuous(a) || isContinuous(b)) ? context.guards : null;
  if (!(a instanceof NDArray) && !(b instanceof NDArray) && out === null && where === null) {
    context.budget.spend(1);
    const outcome = holds(operation, numberOf(a), numberOf(b));
    noted?.decide(outcome, Math.abs(numberOf(a) - numberOf(b)));
    return numpyScalar(outcome, 'bool');
  }
  const common = commonDType(a, b);
  const weak = isFloat(common) ? common : 'float64';
  const left = operandArray(context, a, weak);
  const right = operandArray(context, b, weak);
  const shape = broadcastShapes(left.shape, right.shape);
  const result = allocate(context, shape, 'bool');
  context.budget.spend(result.size);
  const held = result.buffer.data;
  const x = left.buffer.data;
  const y = right.buffer.data;
  eachStrip(shape, result.size, left, right, (n, i, di, j, dj, r) => {
    stripHolds(operation, n, x, i, di, y, j, dj, held, r);
    if (noted !== null) for (let k = 0; k < n; k++, i += di, j += dj) noted.decide(held[r + k], Math.abs(x[i] - y[j]));
  });
  return delivered(context, ufuncOf[operation], result, out, where);
}

function stripHolds(
  operation: CompareName, n: number, x: Float64Array, i: number, di: number, y: Float64Array, j: number, dj: number,
  out: Float64Array, r: number,
): void {
  switch (operation) {
    case '<': for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] < y[j] ? 1 : 0; return;
    case '<=': for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] <= y[j] ? 1 : 0; return;
    case '==': for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] === y[j] ? 1 : 0; return;
    case '!=': for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] !== y[j] ? 1 : 0; return;
    case '>': for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] > y[j] ? 1 : 0; return;
    case '>=': for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] >= y[j] ? 1 : 0; return;
  }
}

/** Elementwise `np.logical_<operation>(a, b)`. */
export function logical(
  context: Context, operation: LogicalName, a: Operand, b: Operand, out: NDArray | null = null, where: NDArray | null = null,
): NDArray | Scalar {
  const {guards} = context;
  const left = guards !== null && isContinuous(a) ? guards : null;
  const right = guards !== null && isContinuous(b) ? guards : null;
  const result = pairs(context, operandArray(context, a, dtypeOf(a)), operandArray(context, b, dtypeOf(b)), (x, y) => {
    const p = truth(left, x);
    const q = truth(right, y);
    return operation === 'and' ? p & q : operation === 'or' ? p | q : p ^ q;
  });
  return delivered(context, `logical_${operation}`, result, out, where);
}

const ufuncOf: Readonly<Record<CompareName, string>> = {
  '<': 'less', '<=': 'less_equal', '==': 'equal', '!=': 'not_equal', '>': 'greater', '>=': 'greater_equal',
};

function truth(guards: GuardLog | null, x: number): number {
  const outcome = x === 0 ? 0 : 1;
  guards?.decide(outcome, Math.abs(x));
  return outcome;
}

/** 1 when the comparison holds, else 0. */
export function holds(operation: CompareName, x: number, y: number): number {
  switch (operation) {
    case '<': return x < y ? 1 : 0;
    case '<=': return x <= y ? 1 : 0;
    case '==': return x === y ? 1 : 0;
    case '!=': return x !== y ? 1 : 0;
    case '>': return x > y ? 1 : 0;
    case '>=': return x >= y ? 1 : 0;
  }
}

function pairs(context: Context, a: NDArray, b: NDArray, value: (x: number, y: number) => number): NDArray {
  const shape = broadcastShapes(a.shape, b.shape);
  const result = allocate(context, shape, 'bool');
  context.budget.spend(result.size);
  const out = result.buffer.data;
  const x = a.buffer.data;
  const y = b.buffer.data;
  eachStrip(shape, result.size, a, b, (n, i, di, j, dj, r) => {
    for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = value(x[i], y[j]);
  });
  return result;
}

function delivered(context: Context, ufunc: string, result: NDArray, out: NDArray | null, where: NDArray | null): NDArray | Scalar {
  if (out !== null) return writeOut(context, ufunc, result, out, where);
  if (where === null) return scalarIfZeroD(result);
  return scalarIfZeroD(writeOut(context, ufunc, result, allocate(context, broadcastShapes(result.shape, where.shape), 'bool'), where));
}
