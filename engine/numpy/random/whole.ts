/**
 * `randint` of RandomState and `integers` of Generator: bounds that are numbers or arrays, and a dtype.
 */
import {elements} from '../../ndarray/array.ts';
import {broadcastShapes} from '../../ndarray/broadcast.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {Context} from '../../ndarray/context.ts';
import {kindOf} from '../../ndarray/dtype.ts';
import type {DType} from '../../ndarray/dtype.ts';
import {PyError} from '../../ndarray/errors.ts';
import {broadcastTo} from '../../ndarray/shape.ts';
import {numberOf} from '../../ndarray/operands.ts';
import {Scalar, numpyScalar} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Bits} from './bits.ts';
import {filled, shapeOf} from './draw.ts';
import {integerDrawer} from './integers.ts';

export interface WholeOptions {
  readonly dtype: DType;
  /** A single number is then a Python int (or bool), as for `dtype=int`; else a NumPy scalar. */
  readonly plain: boolean;
  readonly masked: boolean;
  /** Whether `high` itself can be drawn. */
  readonly endpoint: boolean;
}

const span: Readonly<Partial<Record<DType, readonly [number, number]>>> = {
  bool: [0, 1], int8: [-128, 127], uint8: [0, 255], int16: [-32768, 32767], uint16: [0, 65535],
  int32: [-2147483648, 2147483647], uint32: [0, 4294967295],
};

/** Numbers from `low` to `high`, or from 0 to `low` when `high` is None. */
export function wholeNumbers(context: Context, bits: Bits, low: Value, high: Value, size: Value, options: WholeOptions): Value {
  const {dtype, masked, plain} = options;
  if (kindOf(dtype) === 'float') throw new PyError('TypeError', `Unsupported dtype dtype('${dtype}') for ${masked ? 'randint' : 'integers'}`);
  const bottom = high === null ? 0 : low;
  const top = high === null ? low : high;
  const next = integerDrawer(bits, dtype, masked);
  const shape = shapeOf(context, size);
  if (isNumber(bottom) && isNumber(top)) {
    const from = Math.trunc(numberOf(bottom));
    const to = last(from, Math.trunc(numberOf(top)), options);
    if (shape !== null) return filled(context, shape, dtype, () => from + next(to - from));
    const value = from + next(to - from);
    if (!plain) return numpyScalar(value, dtype);
    return dtype === 'bool' ? value !== 0 : value;
  }
  const lows = asArray(context, bottom, 'int64');
  const highs = asArray(context, top, 'int64');
  const wanted = shape ?? broadcastShapes(lows.shape, highs.shape);
  const from = elements(broadcastTo(lows, wanted));
  const to = elements(broadcastTo(highs, wanted)).map((bound, i) => last(from[i], bound, options));
  let i = 0;
  return filled(context, wanted, dtype, () => {
    const value = from[i] + next(to[i] - from[i]);
    i++;
    return value;
  });
}

/** The largest number that may be drawn. ValueError when there is none, or when the dtype cannot hold it. */
function last(low: number, high: number, {dtype, endpoint}: WholeOptions): number {
  const largest = endpoint ? high : high - 1;
  const limits = span[dtype];
  if (limits !== undefined) {
    if (low < limits[0]) throw new PyError('ValueError', `low is out of bounds for ${dtype}`);
    if (largest > limits[1]) throw new PyError('ValueError', `high is out of bounds for ${dtype}`);
  }
  if (low > largest) {
    const relation = endpoint ? '>' : '>=';
    throw new PyError('ValueError', low === 0 ? (endpoint ? 'high < 0' : 'high <= 0') : `low ${relation} high`);
  }
  return largest;
}

function isNumber(value: Value): value is number | bigint | boolean | Scalar {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof Scalar;
}
