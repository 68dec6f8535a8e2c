/**
 * From one number to an array of them: the `size` argument, and parameters that broadcast against it.
 * What is drawn is a constant on the tape, whatever its parameters are.
 */
import {allocate, elements, sizeOf} from '../../ndarray/array.ts';
import type {NDArray} from '../../ndarray/array.ts';
import {broadcastPositions, broadcastShapes, sameShape, tupleText} from '../../ndarray/broadcast.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {Context} from '../../ndarray/context.ts';
import type {DType} from '../../ndarray/dtype.ts';
import {PyError} from '../../ndarray/errors.ts';
import {asInt} from '../../ndarray/index-plan.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import {List, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Source} from './bits.ts';
import type {Draw} from './continuous.ts';

/** The shape that a `size` argument asks for, or null for None: one number. */
export function shapeOf(context: Context, size: Value): readonly number[] | null {
  if (size === null) return null;
  const items = size instanceof Tuple || size instanceof List ? size.items : [size];
  const shape = items.map((item) => {
    const length = asInt(item);
    if (length === null) throw new PyError('TypeError', `'${typeName(item)}' object cannot be interpreted as an integer`);
    if (length < 0) throw new PyError('ValueError', 'negative dimensions are not allowed');
    return length;
  });
  context.budget.spend(sizeOf(shape));
  return shape;
}

/** An array of `shape` whose elements are drawn one after the other in C order. */
export function filled(context: Context, shape: readonly number[], dtype: DType, next: () => number): NDArray {
  const array = allocate(context, shape, dtype);
  const {data} = array.buffer;
  for (let i = 0; i < data.length; i++) data[i] = next();
  return array;
}

/** A Python float, or an array of `size` of them. */
export function sample(context: Context, size: Value, next: () => number): Value {
  const shape = shapeOf(context, size);
  return shape === null ? float(next()) : filled(context, shape, 'float64', next);
}

/** What a parameter of a distribution must be; anything else is a ValueError. */
export type Rule = 'any' | 'at least 0' | 'above 0' | 'at least 1' | 'in [0, 1]' | 'in (0, 1]' | 'a mean';

export interface Parameter {
  readonly name: string;
  readonly rule: Rule;
}

/**
 * Draws with `values` for `parameters`, at most three: a Python number if all are numbers and there is no `size`,
 * else an array of `size`, or of the shape that they share.
 */
export function sampleFrom(
  context: Context, source: Source, draw: Draw, dtype: 'float64' | 'int64',
  parameters: readonly Parameter[], values: readonly Value[], size: Value,
): Value {
  const arrays = values.map((value) => asArray(context, value, 'float64'));
  arrays.forEach((array, i) => { check(parameters[i], array); });
  const asked = shapeOf(context, size);
  if (arrays.every((array) => array.ndim === 0)) {
    const [a, b, c] = [...arrays.map((array) => array.buffer.data[array.offset]), 0, 0, 0];
    if (asked !== null) return filled(context, asked, dtype, () => draw(source, a, b, c));
    const value = draw(source, a, b, c);
    return dtype === 'int64' ? value : float(value);
  }
  const shared = broadcastShapes(...arrays.map((array) => array.shape));
  if (asked !== null && !sameShape(broadcastShapes(asked, shared), asked)) {
    throw new PyError('ValueError', `Output size ${tupleText(asked)} is not compatible with broadcast dimensions of inputs ${tupleText(shared)}.`);
  }
  const shape = asked ?? shared;
  const columns = arrays.map((array) => {
    const {data} = array.buffer;
    return Float64Array.from(broadcastPositions(array, shape), (position) => data[position]);
  });
  let i = 0;
  return filled(context, shape, dtype, () => {
    const [a, b, c] = columns;
    const value = draw(source, a[i], columns.length > 1 ? b[i] : 0, columns.length > 2 ? c[i] : 0);
    i++;
    return value;
  });
}

/** The elements of a one-dimensional argument as plain numbers. */
export function numbers(context: Context, value: Value): Float64Array {
  return elements(asArray(context, value, 'float64'));
}

/** Whole number arguments such as `n` and `low`; floats that are whole are taken too. */
export function wholeNumber(value: Value): number {
  if (value instanceof Scalar) return Math.trunc(value.value);
  const whole = asInt(value);
  if (whole === null) throw new PyError('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`);
  return whole;
}

function check({name, rule}: Parameter, array: NDArray): void {
  if (rule === 'any') return;
  for (const value of elements(array)) {
    if (!allows(rule, value)) throw new PyError('ValueError', complaint(name, rule, array.ndim === 0, value));
  }
}

function allows(rule: Rule, value: number): boolean {
  switch (rule) {
    case 'any': return true;
    case 'at least 0': return !(value < 0);
    case 'above 0': return !(value <= 0);
    case 'at least 1': return value >= 1;
    case 'in [0, 1]': return value >= 0 && value <= 1;
    case 'in (0, 1]': return value > 0 && value <= 1;
    case 'a mean': return value >= 0 && value <= 9.223372006484771e18;
  }
}

function complaint(name: string, rule: Rule, scalar: boolean, value: number): string {
  const nan = scalar ? 'is NaN' : 'contains NaNs';
  switch (rule) {
    case 'any': case 'at least 0': return `${name} < 0`;
    case 'above 0': return `${name} <= 0`;
    case 'at least 1': return `${name} < 1 or ${name} ${nan}`;
    case 'in [0, 1]': return `${name} < 0, ${name} > 1 or ${name} ${nan}`;
    case 'in (0, 1]': return `${name} <= 0, ${name} > 1 or ${name} contains NaNs`;
    case 'a mean': return value > 1 ? `${name} value too large` : `${name} < 0 or ${name} ${nan}`;
  }
}
