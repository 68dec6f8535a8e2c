/**
 * `x[index] += value` and `np.add.at(x, index, value)`: updates in place. With repeated indices the first loses all but
 * the last of them, as NumPy does, and the second accumulates.
 */
import type {Context} from './context.ts';
import {NDArray, positions} from './array.ts';
import {sameShape} from './broadcast.ts';
import {asArray, castValue, keepsGradient, roundOne} from './cast.ts';
import {isFloat} from './dtype.ts';
import {binary, binaryInPlace} from './elementwise.ts';
import {binaryRules, valueFor} from './elementwise-rules.ts';
import type {BinaryName} from './elementwise-rules.ts';
import {recordBinary} from './elementwise-strips.ts';
import {PyError} from './errors.ts';
import {elementAt, locate, store} from './index.ts';
import {detached, pick, requireWriteable, scatter, stridesInto} from './index-write.ts';
import {commonDType, dtypeOf, idOf, isOperand, numberOf} from './operands.ts';
import type {Operand} from './operands.ts';
import type {Value} from './values.ts';

/** `array[index] <operation>= value`, with Python's meaning: get, operate in place, set. */
export function augmentItem(context: Context, array: NDArray, index: Value, operation: BinaryName, value: Value): void {
  const place = locate(context, array, index);
  const operand = isOperand(value) ? value : asArray(context, value);
  if (place instanceof NDArray) {
    requireWriteable(place);
    if (!addStraight(context, place, operation, operand)) binaryInPlace(context, operation, place, operand);
  } else if (typeof place === 'number') {
    requireWriteable(array);
    if (operand instanceof NDArray || !updateElement(context, array, place, operation, operand)) {
      store(context, array, place, binary(context, operation, elementAt(context, array, place), operand));
    }
  } else {
    requireWriteable(array);
    const picked = pick(array, place.positions, place.shape);
    binaryInPlace(context, operation, picked, operand);
    scatter(context, array, place.positions, picked, true);
  }
}

/** One float64 element and one number: the entry's id goes straight into the array. False when it is not that case. */
function updateElement(
  context: Context, array: NDArray, position: number, operation: BinaryName, operand: Exclude<Operand, NDArray>,
): boolean {
  const {buffer, dtype} = array;
  const from = dtypeOf(operand);
  const rule = binaryRules[operation];
  if (dtype !== 'float64' || rule.distance !== undefined || rule.dtype(dtype) !== dtype || from === 'bool') return false;
  buffer.beforeWrite();
  const x = buffer.data[position];
  const y = numberOf(operand);
  const r = rule.value(x, y);
  buffer.data[position] = r;
  const a = buffer.ids === null ? 0 : buffer.ids[position];
  const b = idOf(operand);
  const id = context.tape === null || (a | b) === 0 ? 0 : recordBinary(context.tape, rule, a, b, x, y, r);
  if (id !== 0) buffer.idsForWrite()[position] = id;
  else if (buffer.ids !== null) buffer.ids[position] = 0;
  return true;
}

/**
 * `view += array` and `view -= array` on float64, at most four axes, separate buffers, without copies or closures.
 * False when it is not that case.
 */
function addStraight(context: Context, target: NDArray, operation: BinaryName, value: Operand): boolean {
  if ((operation !== 'add' && operation !== 'subtract') || !(value instanceof NDArray)) return false;
  const {shape, buffer} = target;
  const ndim = shape.length;
  if (
    target.dtype !== 'float64' || !isFloat(value.dtype) || value.buffer === buffer || ndim > 4 ||
    (ndim === 0) || !sameShape(shape, value.shape)
  ) return false;
  context.budget.spend(target.size);
  buffer.beforeWrite();
  const {tape} = context;
  const {data} = buffer;
  const values = value.buffer.data;
  const valueIds = tape === null ? null : value.buffer.ids;
  const ids = valueIds === null ? buffer.ids : buffer.idsForWrite();
  const sign = operation === 'add' ? 1 : -1;
  const rule = binaryRules[operation];
  const to = target.strides, from = value.strides;
  const n3 = shape[ndim - 1], t3 = to[ndim - 1], s3 = from[ndim - 1];
  const n2 = ndim > 1 ? shape[ndim - 2] : 1, t2 = ndim > 1 ? to[ndim - 2] : 0, s2 = ndim > 1 ? from[ndim - 2] : 0;
  const n1 = ndim > 2 ? shape[ndim - 3] : 1, t1 = ndim > 2 ? to[ndim - 3] : 0, s1 = ndim > 2 ? from[ndim - 3] : 0;
  const n0 = ndim > 3 ? shape[0] : 1, t0 = ndim > 3 ? to[0] : 0, s0 = ndim > 3 ? from[0] : 0;
  for (let i0 = 0; i0 < n0; i0++) {
    for (let i1 = 0; i1 < n1; i1++) {
      for (let i2 = 0; i2 < n2; i2++) {
        let t = target.offset + i0 * t0 + i1 * t1 + i2 * t2;
        let s = value.offset + i0 * s0 + i1 * s1 + i2 * s2;
        for (let i3 = 0; i3 < n3; i3++, t += t3, s += s3) {
          const r = data[t] + sign * values[s];
          data[t] = r;
          if (ids !== null) {
            const a = ids[t];
            const b = valueIds === null ? 0 : valueIds[s];
            ids[t] = tape === null || (a | b) === 0 ? 0 : tape.binary(rule.op, a, b, r, 1, sign);
          }
        }
      }
    }
  }
  return true;
}

/**
 * `np.<operation>.at(array, index, values)`: every occurrence of an index counts.
 * Raises ValueError when `values` does not broadcast to the selection.
 */
export function ufuncAt(context: Context, operation: BinaryName, array: NDArray, index: Value, values: Value): void {
  requireWriteable(array);
  const operand = isOperand(values) ? values : asArray(context, values);
  const common = commonDType(array, operand);
  const rule = binaryRules[operation];
  const dtype = rule.dtype(common);
  const place = locate(context, array, index);
  const where = typeof place === 'number' ? Int32Array.of(place) : place instanceof NDArray ? positions(place) : place.positions;
  const shape = typeof place === 'number' ? [] : place.shape;
  context.budget.spend(where.length);
  const value = asArray(context, operand);
  const source = value.buffer === array.buffer ? detached(value) : value;
  const strides = stridesInto(source, shape);
  if (strides === null) throw new PyError('ValueError', 'array is not broadcastable to correct shape');
  const from = positions({shape, strides, offset: source.offset});
  const {buffer} = array;
  buffer.beforeWrite();
  const {tape, guards} = context;
  const valueIds = tape === null ? null : source.buffer.ids;
  const ids = valueIds === null ? buffer.ids : buffer.idsForWrite();
  const compute = valueFor(rule, dtype);
  const keeps = keepsGradient(dtype, array.dtype);
  const {distance, outcome} = rule;
  const noted = isFloat(dtype) && distance !== undefined && outcome !== undefined ? guards : null;
  for (let k = 0; k < where.length; k++) {
    const at = where[k];
    const x = buffer.data[at];
    const y = source.buffer.data[from[k]];
    const r = castValue(context, roundOne(context, dtype, compute(x, y)), dtype, array.dtype);
    noted?.decide(outcome!(x, y, r), distance!(x, y, r));
    buffer.data[at] = r;
    if (ids !== null) {
      ids[at] = tape === null || !keeps ? 0 : recordBinary(tape, rule, ids[at], valueIds === null ? 0 : valueIds[from[k]], x, y, r);
    }
  }
}
