/**
 * Replays recorded NumPy calls through the rows: decodes arguments, calls, compares. The format is in README.md.
 */
import assert from 'node:assert/strict';
import type {DType} from '../../engine/ndarray/dtype.ts';
import {fit, isFloat} from '../../engine/ndarray/dtype.ts';
import {Buffer, NDArray, contiguousStrides, elements, positions} from '../../engine/ndarray/array.ts';
import {Budget} from '../../engine/ndarray/context.ts';
import {PyError} from '../../engine/ndarray/errors.ts';
import {Scalar, float, numpyScalar} from '../../engine/ndarray/scalar.ts';
import {DTypeValue, ELLIPSIS, List, Slice, Tuple} from '../../engine/ndarray/values.ts';
import type {Value} from '../../engine/ndarray/values.ts';
import {bindArguments} from '../../engine/numpy/bind.ts';
import type {NumpyContext} from '../../engine/numpy/row.ts';
import {lookup} from '../../engine/numpy/table.ts';
import {GuardLog} from '../../engine/tape/guards.ts';
import {Tape} from '../../engine/tape/tape.ts';

export type JsonNumber = number | 'nan' | 'inf' | '-inf';
type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

interface ArrayEntry {
  readonly dtype?: DType;
  readonly shape: readonly number[];
  readonly data?: readonly JsonNumber[];
  readonly of?: number;
  readonly strides?: readonly number[];
  readonly offset?: number;
}

interface Call {
  readonly call: string;
  readonly args: readonly Json[];
  readonly kwargs?: Readonly<Record<string, Json>>;
}

interface Tolerance {
  readonly ulp?: number;
  readonly terms?: number;
  readonly scale?: readonly JsonNumber[];
}

export interface Case extends Call {
  readonly before?: readonly Call[];
  readonly result?: Json;
  readonly error?: {readonly type: string; readonly message: string};
  readonly tolerance?: Tolerance;
  readonly shares?: number;
  readonly after?: Readonly<Record<string, readonly JsonNumber[]>>;
}

export interface Topic {
  readonly numpy: string;
  readonly topic: string;
  readonly arrays: readonly ArrayEntry[];
  readonly cases: readonly Case[];
}

/** Whether a file of recorded results is in the format of README.md. */
export function isTopic(json: unknown): json is Topic {
  return typeof json === 'object' && json !== null && 'arrays' in json && 'cases' in json;
}

/** A context for calls outside of any Python program. With `recorded`, arguments are leaves of a tape. */
export function makeContext(recorded: boolean): NumpyContext {
  return {
    tape: recorded ? new Tape() : null, guards: recorded ? new GuardLog() : null, budget: new Budget(1e9, 1e9), exact: false,
    randomState: {current: null},
    callPython: () => assert.fail('no Python here'),
    iterate: (value) => {
      if (value instanceof List || value instanceof Tuple) return value.items;
      return assert.fail('only lists and tuples are iterated here');
    },
  };
}

function numberFrom(json: JsonNumber, dtype: DType): number {
  const value = json === 'nan' ? NaN : json === 'inf' ? Infinity : json === '-inf' ? -Infinity : json;
  return isFloat(dtype) ? fit(dtype, value) : value;
}

/** The arguments of one case: each array of the pool is made at most once, so that identity and sharing are kept. */
class Arguments {
  private readonly made = new Map<number, NDArray>();
  readonly results: Value[] = [];

  constructor(private readonly context: NumpyContext, private readonly topic: Topic) {}

  array(index: number): NDArray {
    const known = this.made.get(index);
    if (known !== undefined) return known;
    const entry = this.topic.arrays[index];
    let array: NDArray;
    if (entry.of !== undefined) {
      const base = this.array(entry.of);
      array = new NDArray(base.buffer, base.dtype, entry.shape, entry.strides!, entry.offset!, base);
    } else {
      const dtype = entry.dtype!;
      const data = Float64Array.from(entry.data!, (x) => numberFrom(x, dtype));
      const {tape} = this.context;
      const ids = tape !== null && isFloat(dtype) ? Int32Array.from(data, (x) => tape.leaf(x)) : null;
      array = new NDArray(new Buffer(data, ids), dtype, entry.shape, contiguousStrides(entry.shape), 0, null);
    }
    this.made.set(index, array);
    return array;
  }

  value(json: Json): Value {
    if (json === null || typeof json !== 'object') return json;
    if (isList(json)) return new List(json.map((item) => this.value(item)));
    if ('array' in json) return this.array(json.array as number);
    if ('float' in json) return float(numberFrom(json.float as JsonNumber, 'float64'));
    if ('scalar' in json) return numpyScalar(numberFrom(json.scalar as JsonNumber, json.dtype as DType), json.dtype as DType);
    if ('type' in json) return new DTypeValue(json.type as DType);
    if ('int' in json) return BigInt(json.int as string);
    if ('tuple' in json) return new Tuple((json.tuple as readonly Json[]).map((item) => this.value(item)));
    if ('ellipsis' in json) return ELLIPSIS;
    if ('result' in json) return this.results[json.result as number];
    const [start, stop, step] = (json.slice as readonly Json[]).map((part) => this.value(part));
    return new Slice(start, stop, step);
  }

  run(call: Call): Value {
    const row = lookup(call.call);
    assert.ok(row !== undefined, `no row ${call.call}`);
    const positional = call.args.map((json) => this.value(json));
    const keywords = new Map(Object.entries(call.kwargs ?? {}).map(([name, json]) => [name, this.value(json)]));
    return row.call(this.context, bindArguments(row, positional, keywords.size === 0 ? null : keywords));
  }
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** Makes the call of a case and compares everything that was recorded. Throws an AssertionError where it differs. */
export function replay(topic: Topic, recorded: Case, withTape: boolean): void {
  const context = makeContext(withTape);
  const given = new Arguments(context, topic);
  const title = JSON.stringify({call: recorded.call, args: recorded.args, kwargs: recorded.kwargs});
  let result: Value;
  try {
    for (const call of recorded.before ?? []) given.results.push(given.run(call));
    result = given.run(recorded);
  } catch (error) {
    if (!(error instanceof PyError) || recorded.error === undefined) throw Object.assign(error as Error, {message: `${(error as Error).message} in ${title}`});
    assert.deepEqual({type: error.type, message: error.message}, recorded.error, title);
    return;
  }
  assert.equal(recorded.error, undefined, `${title} raises nothing here`);
  compare(result, recorded.result!, recorded.tolerance ?? {}, title);
  if (result instanceof NDArray && result.size > 0) {
    const arrays = recorded.args.concat(Object.values(recorded.kwargs ?? {})).flatMap(arrayIndices);
    const shared = arrays.find((index) => given.array(index).buffer === result.buffer);
    assert.equal(shared === undefined, recorded.shares === undefined, `${title} shares memory`);
    if (recorded.shares !== undefined) assert.equal(given.array(recorded.shares).buffer, result.buffer, `${title} shares memory`);
  }
  for (const index of new Set(recorded.args.concat(Object.values(recorded.kwargs ?? {})).flatMap(arrayIndices))) {
    const array = given.array(index);
    const after = recorded.after?.[String(index)];
    if (after !== undefined) compareNumbers(elements(array), after, array.dtype, recorded.tolerance ?? {}, `${title} changes ${index}`);
    else if (recorded.after === undefined) compareNumbers(elements(array), untouched(topic, index), array.dtype, {ulp: 0}, `${title} leaves ${index}`);
  }
}

function arrayIndices(json: Json): readonly number[] {
  if (json === null || typeof json !== 'object') return [];
  if (isList(json)) return json.flatMap(arrayIndices);
  if ('array' in json) return [json.array as number];
  return Object.values(json).flatMap(arrayIndices);
}

function untouched(topic: Topic, index: number): readonly JsonNumber[] {
  const entry = topic.arrays[index];
  if (entry.of === undefined) return entry.data!;
  const base = topic.arrays[entry.of].data!;
  return Array.from(positions({shape: entry.shape, strides: entry.strides!, offset: entry.offset!}), (at) => base[at]);
}

function compare(actual: Value, expected: Json, tolerance: Tolerance, title: string): void {
  if (expected === null || typeof expected !== 'object') {
    assert.equal(actual, expected, title);
    return;
  }
  if (isList(expected) || 'tuple' in expected) {
    const items = isList(expected) ? expected : (expected.tuple as readonly Json[]);
    assert.ok(actual instanceof List || actual instanceof Tuple, `${title} gives items`);
    assert.equal(actual instanceof List, isList(expected), `${title} gives a ${isList(expected) ? 'list' : 'tuple'}`);
    const own: readonly Value[] = actual.items;
    assert.equal(own.length, items.length, title);
    items.forEach((item, i) => { compare(own[i], item, tolerance, title); });
    return;
  }
  if ('shape' in expected) {
    assert.ok(actual instanceof NDArray, `${title} gives an array`);
    assert.deepEqual({dtype: actual.dtype, shape: [...actual.shape]}, {dtype: expected.dtype, shape: expected.shape}, title);
    compareNumbers(elements(actual), expected.data as readonly JsonNumber[], actual.dtype, tolerance, title);
  } else if ('scalar' in expected || 'float' in expected) {
    const weak = 'float' in expected;
    const dtype = weak ? 'float64' : (expected.dtype as DType);
    assert.ok(actual instanceof Scalar, `${title} gives a scalar`);
    assert.deepEqual({dtype: actual.dtype, weak: actual.weak}, {dtype, weak}, title);
    compareNumbers([actual.value], [(weak ? expected.float : expected.scalar) as JsonNumber], dtype, tolerance, title);
  } else if ('type' in expected) {
    assert.ok(actual instanceof DTypeValue, title);
    assert.equal(actual.name, expected.type, title);
  } else {
    assert.equal(actual, BigInt(expected.int as string), title);
  }
}

const epsilons: Readonly<Partial<Record<DType, number>>> = {float64: 2 ** -52, float32: 2 ** -23, float16: 2 ** -10};
const smallest: Readonly<Partial<Record<DType, number>>> = {float64: 2 ** -1074, float32: 2 ** -149, float16: 2 ** -24};

/** The distance between neighbours of `x` in its dtype. */
function unitInLastPlace(x: number, dtype: DType): number {
  const size = Math.abs(x);
  const least = smallest[dtype] ?? 0;
  if (size === 0) return least;
  let power = 2 ** Math.floor(Math.log2(size));
  if (power > size) power /= 2;
  return Math.max(power * (epsilons[dtype] ?? 0), least);
}

function compareNumbers(
  actual: ArrayLike<number>, expected: readonly JsonNumber[], dtype: DType, tolerance: Tolerance, title: string,
): void {
  assert.equal(actual.length, expected.length, title);
  for (let i = 0; i < actual.length; i++) {
    const x = actual[i];
    const y = numberFrom(expected[i], dtype);
    if (Object.is(x, y) || (x === y && tolerance.ulp !== 0)) continue;
    let allowed = (tolerance.ulp ?? 4) * unitInLastPlace(y, dtype);
    if (tolerance.scale !== undefined) {
      const {scale} = tolerance;
      const sum = numberFrom(scale.length === 1 ? scale[0] : scale[i], 'float64');
      allowed = 4 * tolerance.terms! * (epsilons[dtype] ?? 0) * sum;
    }
    assert.ok(Math.abs(x - y) <= allowed, `${title}: element ${i} is ${x}, NumPy has ${y}`);
  }
}
