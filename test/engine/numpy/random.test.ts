/** np.random against recorded NumPy: uniforms, integers and permutations to the last bit, others within a few units of it. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {NDArray, elements, fromData} from '../../../engine/ndarray/array.ts';
import {Budget} from '../../../engine/ndarray/context.ts';
import type {DType} from '../../../engine/ndarray/dtype.ts';
import {PyError} from '../../../engine/ndarray/errors.ts';
import {Scalar, float} from '../../../engine/ndarray/scalar.ts';
import {DTypeValue, List, Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {defaultRng} from '../../../engine/numpy/random/generator.ts';
import type {Generator} from '../../../engine/numpy/random/generator.ts';
import {RandomState, globalState} from '../../../engine/numpy/random/randomstate.ts';
import {randomRows} from '../../../engine/numpy/random/rows.ts';
import type {NumpyContext, Row} from '../../../engine/numpy/row.ts';

type Encoded = null | boolean | string | {
  readonly int?: number; readonly float?: number; readonly numpy?: DType; readonly value?: number | boolean; readonly type?: DType;
  readonly tuple?: readonly Encoded[]; readonly list?: readonly Encoded[];
  readonly dtype?: DType; readonly shape?: readonly number[]; readonly data?: readonly (number | boolean)[];
};

interface Call {
  readonly name: string;
  readonly args: readonly Encoded[];
  readonly keywords: Readonly<Record<string, Encoded>>;
  readonly result?: Encoded;
  readonly changed?: Encoded;
  readonly error?: readonly [string, string];
}

interface Case {
  readonly kind: 'legacy' | 'modern';
  readonly seed: Encoded;
  readonly calls: readonly Call[];
}

const cases = JSON.parse(readFileSync(new URL('random-draws.json', import.meta.url), 'utf8')) as readonly Case[];

function newContext(): NumpyContext {
  const unused = (): never => {
    throw new Error('not needed here');
  };
  return {
    tape: null, guards: null, budget: new Budget(1e8, 1e9), exact: false,
    callPython: unused, iterate: unused, randomState: {current: undefined},
  };
}

function decode(value: Encoded): Value {
  if (value === null || typeof value !== 'object') return value;
  if (value.int !== undefined) return value.int;
  if (value.float !== undefined) return float(value.float);
  if (value.tuple !== undefined) return new Tuple(value.tuple.map(decode));
  if (value.list !== undefined) return new List(value.list.map(decode));
  if (value.type !== undefined) return new DTypeValue(value.type);
  assert(value.dtype !== undefined && value.shape !== undefined && value.data !== undefined);
  return fromData(Float64Array.from(value.data, Number), value.shape, value.dtype);
}

/** Binds arguments as the interpreter does, for the plain signatures of np.random. */
function bound(row: Row, args: readonly Value[], keywords: Readonly<Record<string, Value>>): Value[] {
  if (row.signature.startsWith('*lengths')) return [new Tuple(args)];
  const parameters = row.signature.split(', ').filter((part) => part !== '*').map((part) => part.split('='));
  return parameters.map(([name, text], i) => {
    if (i < args.length) return args[i];
    if (name in keywords) return keywords[name];
    if (text === 'True' || text === 'False') return text === 'True';
    if (text === 'None') return null;
    return text.startsWith("'") ? text.slice(1, -1) : float(Number(text));
  });
}

/** How many representable doubles apart. */
function distance(a: number, b: number): number {
  if (a === b) return 0;
  const view = new DataView(new ArrayBuffer(16));
  view.setFloat64(0, a);
  view.setFloat64(8, b);
  const difference = view.getBigInt64(0) - view.getBigInt64(8);
  return Number(difference < 0n ? -difference : difference);
}

const exact = new Set([
  'uniform', 'rand', 'random', 'random_sample', 'randint', 'integers', 'random_integers', 'choice', 'permutation', 'shuffle',
  'permuted', 'binomial', 'poisson', 'geometric', 'negative_binomial', 'multinomial',
]);

function allowance(name: string): number {
  if (exact.has(name)) return 0;
  if (name === 'pareto') return 4096;
  return name === 'standard_normal' || name === 'randn' || name === 'normal' ? 2 : 64;
}

function compare(actual: Value, expected: Encoded, units: number, what: string): void {
  const close = (a: number, b: number): void => {
    assert(distance(a, b) <= units, `${what}: ${a} is not ${b}`);
  };
  if (expected === null || typeof expected !== 'object') {
    assert.equal(actual, expected, what);
  } else if (expected.int !== undefined) {
    assert.equal(actual, expected.int, what);
  } else if (expected.float !== undefined) {
    assert(actual instanceof Scalar && actual.weak, `${what}: a Python float`);
    close(actual.value, expected.float);
  } else if (expected.numpy !== undefined) {
    assert(actual instanceof Scalar && !actual.weak, `${what}: a NumPy scalar`);
    assert.equal(actual.dtype, expected.numpy, what);
    close(actual.value, Number(expected.value));
  } else if (expected.list !== undefined) {
    assert(actual instanceof List, what);
    assert.deepEqual(actual.items, expected.list.map(decode), what);
  } else {
    assert(actual instanceof NDArray, `${what}: an array`);
    assert.equal(actual.dtype, expected.dtype, what);
    assert.deepEqual(actual.shape, expected.shape, what);
    elements(actual).forEach((value, i) => { close(value, Number(expected.data?.[i])); });
  }
}

function replay(recorded: Case): void {
  const context = newContext();
  const seed = decode(recorded.seed);
  const generator: RandomState | Generator = recorded.kind === 'legacy' ? RandomState.seeded(context, seed) : defaultRng(context, seed);
  for (const [i, call] of recorded.calls.entries()) {
    const what = `call ${i}, ${call.name}(${JSON.stringify(call.args).slice(0, 80)})`;
    const row = generator.method(call.name);
    assert(row !== undefined, what);
    const args = call.args.map(decode);
    const keywords = Object.fromEntries(Object.entries(call.keywords).map(([name, value]) => [name, decode(value)]));
    const run = (): Value => row.call(context, bound(row, args, keywords));
    if (call.error !== undefined) {
      const [type, message] = call.error;
      assert.throws(run, (error) => error instanceof PyError && error.type === type && error.message === message, `${what}: ${type}: ${message}`);
      continue;
    }
    compare(run(), call.result ?? null, allowance(call.name), what);
    if (call.changed !== undefined) compare(args[0], call.changed, 0, what);
  }
}

describe('np.random draws what NumPy draws', () => {
  cases.forEach((recorded, i) => {
    const names = [...new Set(recorded.calls.map((call) => call.name))].slice(0, 4).join(', ');
    it(`${recorded.kind} ${JSON.stringify(recorded.seed)} #${i}: ${names}`, () => { replay(recorded); });
  });
});

describe('the state of np.random', () => {
  const row = (name: string): Row => {
    const found = randomRows.find((each) => each.names.includes(name));
    assert(found !== undefined, name);
    return found;
  };

  it('is one for all functions, seeded by np.random.seed', () => {
    const context = newContext();
    row('np.random.seed').call(context, [7]);
    const first = row('np.random.rand').call(context, [new Tuple([2])]);
    const next = row('np.random.rand').call(context, [new Tuple([])]);
    const again = RandomState.seeded(newContext(), 7);
    assert(first instanceof NDArray && next instanceof Scalar);
    assert.deepEqual([...elements(first), next.value], [again.source.bits.double(), again.source.bits.double(), again.source.bits.double()]);
  });

  it('begins with the seed of the run', () => {
    const context = newContext();
    context.randomState.current = 42;
    assert.equal(globalState(context).source.bits.double(), 0.3745401188473625);
  });

  it('is the same in every run that is not seeded', () => {
    assert.equal(globalState(newContext()).source.normal(), globalState(newContext()).source.normal());
  });

  it('comes back from get_state by set_state, the kept normal included', () => {
    const context = newContext();
    const randn = row('np.random.randn');
    randn.call(context, [new Tuple([])]);
    const state = row('np.random.get_state').call(context, [true]);
    const expected = randn.call(context, [new Tuple([5])]);
    row('np.random.set_state').call(context, [state]);
    const actual = randn.call(context, [new Tuple([5])]);
    assert(expected instanceof NDArray && actual instanceof NDArray);
    assert.deepEqual(elements(actual), elements(expected));
  });

  it('refuses seeds out of range in the words of NumPy', () => {
    assert.throws(() => RandomState.seeded(newContext(), -1), {message: 'Seed must be between 0 and 2**32 - 1'});
    assert.throws(() => defaultRng(newContext(), -1), {message: 'expected non-negative integer'});
  });
});
