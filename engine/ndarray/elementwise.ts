/**
 * Binary arithmetic on arrays, NumPy scalars and Python numbers: broadcasting, dtypes, `out=`, in-place updates.
 * What an operation means is in elementwise-rules.ts, its inner loops are in elementwise-strips.ts.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {NDArray, allocate} from './array.ts';
import {broadcastTwo, broadcastShapes, sameShape, shapeText, strips} from './broadcast.ts';
import {roundAll, scalarIfZeroD, writeOut, checkOutput} from './cast.ts';
import {binaryRules} from './elementwise-rules.ts';
import type {BinaryName, BinaryRule} from './elementwise-rules.ts';
import {numpyBinary} from './elementwise-scalars.ts';
import {stripEntries, stripGuards, stripValues} from './elementwise-strips.ts';
import {PyError} from './errors.ts';
import {commonDType, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import type {Scalar} from './scalar.ts';

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
  const rule = binaryRules[operation];
  const common = commonDType(a, b);
  const dtype = rule.dtype(common);
  const result = compute(context, operation, rule, operandArray(context, a, common), operandArray(context, b, common), dtype);
  if (out !== null) return writeOut(context, operation, result, out, where);
  if (where === null) return scalarIfZeroD(result);
  return scalarIfZeroD(writeOut(context, operation, result, allocate(context, broadcastShapes(result.shape, where.shape), dtype), where));
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
    (rule.byX !== undefined || rule.byY !== undefined || rule.first !== undefined) ? new Int32Array(size) : null;
  const stepA = stepOf(a, size);
  const stepB = stepOf(b, size);
  const noted = guards !== null && rule.distance !== undefined && (dtype === 'float64' || dtype === 'float32' || dtype === 'float16')
    ? guards : null;
  if (stepA >= 0 && stepB >= 0) {
    const x = a.buffer;
    const y = b.buffer;
    stripValues(operation, rule, dtype, size, x.data, a.offset, stepA, y.data, b.offset, stepB, out, 0);
    roundAll(context, dtype, out);
    if (noted !== null) stripGuards(noted, rule, size, x.data, a.offset, stepA, y.data, b.offset, stepB, out, 0);
    if (entries !== null) stripEntries(tape!, operation, rule, size, x, a.offset, stepA, y, b.offset, stepB, out, entries, 0);
  } else {
    const walk = strips(shape, a, b);
    const {length, startsA, startsB} = walk;
    const x = a.buffer;
    const y = b.buffer;
    for (let s = 0; s < startsA.length; s++) {
      stripValues(operation, rule, dtype, length, x.data, startsA[s], walk.stepA, y.data, startsB[s], walk.stepB, out, s * length);
    }
    roundAll(context, dtype, out);
    for (let s = 0; s < startsA.length; s++) {
      const r = s * length;
      if (noted !== null) stripGuards(noted, rule, length, x.data, startsA[s], walk.stepA, y.data, startsB[s], walk.stepB, out, r);
      if (entries !== null) {
        stripEntries(tape!, operation, rule, length, x, startsA[s], walk.stepA, y, startsB[s], walk.stepB, out, entries, r);
      }
    }
  }
  result.buffer.ids = entries;
  return result;
}

/** The one step that walks all of `array` in C order of a result of `size` elements, or -1 when it takes several. */
function stepOf(array: NDArray, size: number): number {
  if (array.size === 1) return 0;
  return array.contiguous && array.size === size ? 1 : -1;
}
