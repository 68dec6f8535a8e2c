/**
 * Families of rows: what all of NumPy's ufuncs have in common, so that a row says only what is its own.
 */
import type {Context} from '../ndarray/context.ts';
import type {DType} from '../ndarray/dtype.ts';
import {NDArray, viewOf} from '../ndarray/array.ts';
import {astype} from '../ndarray/cast.ts';
import type {BinaryName} from '../ndarray/elementwise-rules.ts';
import {binary} from '../ndarray/elementwise.ts';
import {dtypeOf, operandArray} from '../ndarray/operands.ts';
import type {Operand} from '../ndarray/operands.ts';
import type {Scalar} from '../ndarray/scalar.ts';
import type {UnaryName} from '../ndarray/unary-rules.ts';
import {unary} from '../ndarray/unary.ts';
import type {Value} from '../ndarray/values.ts';
import {toDType, toMask, toOperand, toOut} from './arguments.ts';
import type {Explanation, Row} from './row.ts';

const UNARY = `x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True`;
const BINARY = `x1, x2, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True`;

/** How an elementwise function is explained: pullback by `x`, or by `x1` and `x2`. */
export interface Told {
  readonly x?: string;
  readonly x1?: string;
  readonly x2?: string;
  readonly pattern: string;
  readonly why: string;
  readonly pitfalls?: readonly string[];
}

function explanation(told: Told): Explanation {
  const {pattern, why, pitfalls} = told;
  const pullback: Record<string, string> = {};
  if (told.x !== undefined) pullback.x = told.x;
  if (told.x1 !== undefined) pullback.x1 = `unbroadcast(${told.x1}, x1)`;
  if (told.x2 !== undefined) pullback.x2 = `unbroadcast(${told.x2}, x2)`;
  return pitfalls === undefined ? {pullback, pattern, why} : {pullback, pattern, why, pitfalls};
}

/** An operand cast to the dtype that a call asks for. */
function wanted(context: Context, value: Value, dtype: DType | null): Operand {
  const operand = toOperand(context, value);
  if (dtype === null) return operand;
  return astype(context, operandArray(context, operand, dtypeOf(operand)), dtype);
}

/** A ufunc of one argument, under all of its names. */
export function elementwiseUnary(names: readonly string[], operation: UnaryName, told?: Told): Row {
  const row: Row = {
    names,
    signature: UNARY,
    call: (context, [x, out, where, , , dtype]) =>
      unary(context, operation, wanted(context, x, toDType(dtype)), toOut(out), toMask(context, where)),
  };
  return told === undefined ? row : {...row, explain: explanation(told)};
}

/** A ufunc of two arguments, with its `outer`. */
export function elementwiseBinary(names: readonly string[], operation: BinaryName, told?: Told): Row[] {
  const rows = pairwise(names, (context, x1, x2, out, where) => binary(context, operation, x1, x2, out, where));
  return told === undefined ? rows : [{...rows[0], explain: explanation(told)}, ...rows.slice(1)];
}

/** What a ufunc of two arguments computes. */
export type Pairwise = (context: Context, x1: Operand, x2: Operand, out: NDArray | null, where: NDArray | null) => NDArray | Scalar;

/** The rows of any ufunc of two arguments: the function itself and its `outer`. */
export function pairwise(names: readonly string[], compute: Pairwise): Row[] {
  return [
    {
      names,
      signature: BINARY,
      call: (context, [x1, x2, out, where, , , dtype]) => {
        const to = toDType(dtype);
        return compute(context, wanted(context, x1, to), wanted(context, x2, to), toOut(out), toMask(context, where));
      },
    },
    {
      names: names.map((name) => `${name}.outer`),
      signature: 'A, B, /, *, out=None, dtype=None',
      call: (context, [x1, x2, out, dtype]) => {
        const to = toDType(dtype);
        const a = wanted(context, x1, to);
        const b = wanted(context, x2, to);
        return compute(context, a instanceof NDArray && b instanceof NDArray ? withTrailingAxes(a, b.ndim) : a, b, toOut(out), null);
      },
    },
  ];
}

function withTrailingAxes(a: NDArray, count: number): NDArray {
  const ones = new Array<number>(count).fill(1);
  return viewOf(a, [...a.shape, ...ones], [...a.strides, ...new Array<number>(count).fill(0)], a.offset);
}
