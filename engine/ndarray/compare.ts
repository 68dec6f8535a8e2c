/**
 * Comparisons and logical operations: they give bools, never have a derivative, and tell the guards what was decided.
 */
import type {GuardLog} from '../tape/guards.ts';
import type {Context} from './context.ts';
import {isFloat} from './dtype.ts';
import {NDArray, allocate} from './array.ts';
import {broadcastPositions, broadcastShapes} from './broadcast.ts';
import {scalarIfZeroD, writeOut} from './cast.ts';
import {commonDType, dtypeOf, numberOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import type {Scalar} from './scalar.ts';
import { numpyScalar} from './scalar.ts';

export type CompareName = '<' | '<=' | '==' | '!=' | '>' | '>=';
export type LogicalName = 'and' | 'or' | 'xor';

/** Elementwise `a <operation> b`: a bool array, or a NumPy bool for two numbers or 0-d arrays unless `out` is given. */
export function compare(
  context: Context, operation: CompareName, a: Operand, b: Operand, out: NDArray | null = null, where: NDArray | null = null,
): NDArray | Scalar {
  const noted = context.guards !== null && (isFloat(dtypeOf(a)) || isFloat(dtypeOf(b))) ? context.guards : null;
  if (!(a instanceof NDArray) && !(b instanceof NDArray) && out === null && where === null) {
    context.budget.spend(1);
    const outcome = holds(operation, numberOf(a), numberOf(b));
    noted?.decide(outcome, Math.abs(numberOf(a) - numberOf(b)));
    return numpyScalar(outcome, 'bool');
  }
  const common = commonDType(a, b);
  const weak = isFloat(common) ? common : 'float64';
  const result = pairs(context, operandArray(context, a, weak), operandArray(context, b, weak), (x, y) => {
    const outcome = holds(operation, x, y);
    noted?.decide(outcome, Math.abs(x - y));
    return outcome;
  });
  return delivered(context, ufuncOf[operation], result, out, where);
}

/** Elementwise `np.logical_<operation>(a, b)`. */
export function logical(
  context: Context, operation: LogicalName, a: Operand, b: Operand, out: NDArray | null = null, where: NDArray | null = null,
): NDArray | Scalar {
  const {guards} = context;
  const left = guards !== null && isFloat(dtypeOf(a)) ? guards : null;
  const right = guards !== null && isFloat(dtypeOf(b)) ? guards : null;
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
  const stepA = a.size === 1 ? 0 : a.contiguous && a.size === result.size ? 1 : -1;
  const stepB = b.size === 1 ? 0 : b.contiguous && b.size === result.size ? 1 : -1;
  if (stepA >= 0 && stepB >= 0) {
    for (let k = 0, i = a.offset, j = b.offset; k < out.length; k++, i += stepA, j += stepB) out[k] = value(x[i], y[j]);
  } else {
    const left = broadcastPositions(a, shape);
    const right = broadcastPositions(b, shape);
    for (let k = 0; k < out.length; k++) out[k] = value(x[left[k]], y[right[k]]);
  }
  return result;
}

function delivered(context: Context, ufunc: string, result: NDArray, out: NDArray | null, where: NDArray | null): NDArray | Scalar {
  if (out !== null) return writeOut(context, ufunc, result, out, where);
  if (where === null) return scalarIfZeroD(result);
  return scalarIfZeroD(writeOut(context, ufunc, result, allocate(context, broadcastShapes(result.shape, where.shape), 'bool'), where));
}
