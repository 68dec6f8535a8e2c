/**
 * Binary arithmetic on arrays, NumPy scalars and Python numbers: broadcasting, dtypes, `out=`, in-place updates.
 * What an operation means is in elementwise-rules.ts, its inner loops are in elementwise-strips.ts.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {isFloat} from './dtype.ts';
import {NDArray, allocate} from './array.ts';
import {broadcastTwo, broadcastShapes, sameShape, shapeText} from './broadcast.ts';
import {eachStrip} from './strips.ts';
import {roundAll, scalarIfZeroD, writeOut, checkOutput} from './cast.ts';
import {binaryRules} from './elementwise-rules.ts';
import type {BinaryName, BinaryRule} from './elementwise-rules.ts';
import {numpyBinary} from './elementwise-scalars.ts';
import {stripEntries, stripGuards, stripValues} from './elementwise-strips.ts';
import {unary} from './unary.ts';
import {PyError} from './errors.ts';
import {commonDType, dtypeOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import {Scalar} from './scalar.ts';
import {freshIds} from './memory.ts';

/**
 * `np.<operation>(a, b, out=out, where=where)`. A 0-d result is a NumPy scalar unless `out` is given.
 * Raises ValueError for shapes that do not broadcast and TypeError for dtypes without a loop.
 */
export function binary(
  context: Context, operation: BinaryName, a: Operand, b: Operand, out: NDArray | null = null, where: NDArray | null = null,
): NDArray | Scalar {
  if (!(a instanceof NDArray) && !(b instanceof NDArray) && out === null && where === null) {
    return numpyBinary(context, operation, a, b);
  }
  if (operation === 'power' && out === null && isTwo(b, a)) return unary(context, 'square', a, null, where);
  const rule = binaryRules[operation];
  const common = commonDType(a, b);
  const dtype = rule.dtype(common);
  const result = compute(context, operation, rule, operandArray(context, a, common), operandArray(context, b, common), dtype);
  if (out !== null) return writeOut(context, operation, result, out, where);
  if (where === null) return scalarIfZeroD(result);
  return scalarIfZeroD(writeOut(context, operation, result, allocate(context, broadcastShapes(result.shape, where.shape), dtype), where));
}

/** Whether `exponent` is the constant 2 and does not change the dtype of `base`: squares are most of all powers. */
function isTwo(exponent: Operand, base: Operand): boolean {
  if (typeof exponent === 'number') return exponent === 2 && dtypeOf(base) !== 'bool';
  return exponent instanceof Scalar && exponent.weak && exponent.value === 2 && exponent.id === 0 && isFloat(dtypeOf(base));
}

/** `target <operation>= value`: writes through the buffer that `target` is a view of. */
export function binaryInPlace(context: Context, operation: BinaryName, target: NDArray, value: Operand): void {
  const rule = binaryRules[operation];
  const common = commonDType(target, value);
  const dtype = rule.dtype(common);
  if (value instanceof NDArray && !sameShape(target.shape, value.shape)) {
    const shape = broadcastTwo(target.shape, value.shape);
    if (shape !== null && !sameShape(shape, target.shape)) {
      throw new PyError('ValueError', `non-broadcastable output operand with shape ${shapeText(target.shape)} doesn't ` +
        `match the broadcast shape ${shapeText(shape)}`);
    }
  }
  checkOutput(operation, dtype, target);
  const result = compute(context, operation, rule, target, operandArray(context, value, common), dtype);
  if (!target.contiguous || dtype !== target.dtype) {
    writeOut(context, operation, result, target, null);
    return;
  }
  // The empty view behind the last element starts past the end of its buffer.
  if (target.size === 0) return;
  const {buffer, offset} = target;
  buffer.beforeWrite();
  buffer.data.set(result.buffer.data, offset);
  if (result.buffer.ids !== null) buffer.idsForWrite().set(result.buffer.ids, offset);
  else buffer.ids?.fill(0, offset, offset + target.size);
}

/** The fresh result of an operation on two arrays. */
function compute(context: Context, operation: BinaryName, rule: BinaryRule, a: NDArray, b: NDArray, dtype: DType): NDArray {
  const shape = broadcastShapes(a.shape, b.shape);
  const result = allocate(context, shape, dtype);
  const {size} = result;
  context.budget.spend(size);
  if (size === 0) return result;
  const out = result.buffer.data;
  const {tape, guards} = context;
  const entries = tape !== null && (a.buffer.ids !== null || b.buffer.ids !== null) &&
    (rule.byX !== undefined || rule.byY !== undefined || rule.first !== undefined) ? freshIds(size) : null;
  const noted = guards !== null && rule.distance !== undefined && isFloat(dtype) ? guards : null;
  const x = a.buffer;
  const y = b.buffer;
  eachStrip(shape, size, a, b, (n, i, di, j, dj, r) => {
    stripValues(operation, rule, dtype, n, x.data, i, di, y.data, j, dj, out, r);
  });
  roundAll(context, dtype, out);
  if (noted !== null || entries !== null) {
    eachStrip(shape, size, a, b, (n, i, di, j, dj, r) => {
      if (noted !== null) stripGuards(noted, operation, rule, n, x.data, i, di, y.data, j, dj, out, r);
      if (entries !== null) stripEntries(tape!, operation, rule, n, x, i, di, y, j, dj, out, entries, r);
    });
  }
  result.buffer.ids = entries;
  return result;
}
