/**
 * `np.random.RandomState`, and the state that `np.random.seed` and the functions of `np.random` share.
 */
import {elements, fromData} from '../../ndarray/array.ts';
import {asArray} from '../../ndarray/cast.ts';
import {kindOf} from '../../ndarray/dtype.ts';
import type {DType} from '../../ndarray/dtype.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {asInt} from '../../ndarray/index-plan.ts';
import {float} from '../../ndarray/scalar.ts';
import {DTypeValue, List, PyObject, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {NumpyContext, Row} from '../row.ts';
import {choice, legacyChoice} from './choice.ts';
import {sample, wholeNumber} from './draw.ts';
import {boundRow, distributionMethods} from './method.ts';
import type {RandomMethod} from './method.ts';
import {MT19937} from './mt19937.ts';
import {dirichlet, multinomial, multivariateNormal} from './multivariate.ts';
import {permutation, shuffle} from './permute.ts';
import {PolarSource} from './polar.ts';
import {wholeNumbers} from './whole.ts';

/** A legacy generator. Its methods are found by {@link method}. */
export class RandomState extends PyObject {
  readonly typeName = 'RandomState';
  private readonly rows = new Map<string, Row>();

  constructor(public source: PolarSource) {
    super();
  }

  /** A generator seeded by an int, a list of ints, or (None) by what the run was seeded with. */
  static seeded(context: NumpyContext, seed: Value): RandomState {
    return new RandomState(sourceFrom(context, seed));
  }

  /** Starts again from a seed. */
  seed(context: NumpyContext, seed: Value): void {
    this.source = sourceFrom(context, seed);
  }

  /** The method of this name as a row that takes the method's own arguments, or undefined. */
  method(name: string): Row | undefined {
    return boundRow(legacyMethods, this, this.rows, name);
  }
}

/**
 * The generator behind `np.random.rand` and the rest. A number in `context.randomState.current` is a seed to begin
 * with; without one a fixed seed is used, so that a run can be repeated.
 */
export function globalState(context: NumpyContext): RandomState {
  const {current} = context.randomState;
  if (current instanceof RandomState) return current;
  const state = new RandomState(new PolarSource(MT19937.fromInteger(typeof current === 'number' ? current >>> 0 : 0)));
  context.randomState.current = state;
  return state;
}

function sourceFrom(context: NumpyContext, seed: Value): PolarSource {
  const outOfRange = 'Seed must be between 0 and 2**32 - 1';
  if (seed === null) return new PolarSource(MT19937.fromInteger(globalState(context).source.bits.uint32()));
  const whole = asInt(seed);
  if (whole !== null) {
    if (whole < 0 || whole > 0xffffffff) throw new PyError('ValueError', outOfRange);
    return new PolarSource(MT19937.fromInteger(whole));
  }
  const array = asArray(context, seed);
  if (array.size === 0) throw new PyError('ValueError', 'Seed must be non-empty');
  if (kindOf(array.dtype) === 'float') {
    throw new PyError('TypeError', "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'");
  }
  if (array.ndim !== 1) throw new PyError('ValueError', 'Seed array must be 1-d');
  const words = elements(array);
  if (words.some((word) => word < 0 || word > 0xffffffff)) throw new PyError('ValueError', outOfRange);
  return new PolarSource(MT19937.fromWords(words));
}

/** `size` as the positional lengths of `rand(2, 3)` give it. */
function sizeFrom(lengths: Value): Value {
  return lengths instanceof Tuple && lengths.items.length > 0 ? lengths : null;
}

/** Whether a dtype argument was given as Python's own `int` or `bool` (or left at its default): None here. */
function dtypeFrom(dtype: Value): {readonly dtype: DType; readonly plain: boolean} {
  return dtype instanceof DTypeValue ? {dtype: dtype.name, plain: false} : {dtype: 'int64', plain: true};
}

function stateTuple({source}: RandomState): Tuple {
  const {key, position} = source.bits;
  const words = fromData(Float64Array.from(key), [key.length], 'uint32');
  return new Tuple(['MT19937', words, position, source.kept === null ? 0 : 1, float(source.kept ?? 0)]);
}

function restore(context: NumpyContext, self: RandomState, state: Value): null {
  if (!(state instanceof Tuple || state instanceof List) || state.items.length < 3) {
    throw new UnsupportedError('a random state that is not a tuple');
  }
  const [, words, position, hasKept, kept] = [...state.items, 0, null];
  const bits = new MT19937();
  bits.key.set(elements(asArray(context, words)));
  bits.position = wholeNumber(position);
  const source = new PolarSource(bits);
  if (wholeNumber(hasKept) !== 0) source.kept = elements(asArray(context, kept))[0];
  self.source = source;
  return null;
}

type Method = RandomMethod<RandomState>;

const uniforms = ['random_sample', 'random', 'ranf', 'sample'].map((name): Method => ({
  name,
  signature: 'size=None',
  call: (context, {source}, [size]) => sample(context, size, () => source.bits.double()),
}));

const own: readonly Method[] = [
  ...uniforms,
  {
    name: 'rand',
    signature: '*lengths',
    call: (context, {source}, [lengths]) => sample(context, sizeFrom(lengths), () => source.bits.double()),
  },
  {
    name: 'randn',
    signature: '*lengths',
    call: (context, {source}, [lengths]) => sample(context, sizeFrom(lengths), () => source.normal()),
  },
  {
    name: 'standard_normal',
    signature: 'size=None',
    call: (context, {source}, [size]) => sample(context, size, () => source.normal()),
  },
  {
    name: 'standard_exponential',
    signature: 'size=None',
    call: (context, {source}, [size]) => sample(context, size, () => source.exponential()),
  },
  {
    name: 'randint',
    signature: 'low, high=None, size=None, dtype=None',
    call: (context, {source}, [low, high, size, dtype]) =>
      wholeNumbers(context, source.bits, low, high, size, {...dtypeFrom(dtype), masked: true, endpoint: false}),
  },
  {
    name: 'random_integers',
    signature: 'low, high=None, size=None',
    call: (context, {source}, [low, high, size]) =>
      wholeNumbers(context, source.bits, high === null ? 1 : low, high ?? low, size, {dtype: 'int64', plain: false, masked: true, endpoint: true}),
  },
  {
    name: 'choice',
    signature: 'a, size=None, replace=True, p=None',
    call: (context, {source}, [a, size, replace, p]) => choice(context, source.bits, legacyChoice, a, size, isTrue(replace), p),
  },
  {
    name: 'shuffle',
    signature: 'x',
    call: (context, {source}, [x]) => shuffle(context, source.bits, x, 0),
  },
  {
    name: 'permutation',
    signature: 'x',
    call: (context, {source}, [x]) => permutation(context, source.bits, x, 0),
  },
  {
    name: 'multinomial',
    signature: 'n, pvals, size=None',
    call: (context, {source}, [n, pvals, size]) => multinomial(context, source, n, pvals, size),
  },
  {
    name: 'dirichlet',
    signature: 'alpha, size=None',
    call: (context, {source}, [alpha, size]) => dirichlet(context, source, alpha, size),
  },
  {
    name: 'multivariate_normal',
    signature: "mean, cov, size=None, check_valid='warn', tol=1e-8",
    call: (context, {source}, [mean, cov, size]) => multivariateNormal(context, source, mean, cov, size),
  },
  {
    name: 'seed',
    signature: 'seed=None',
    call: (context, self, [seed]) => {
      self.seed(context, seed);
      return null;
    },
  },
  {name: 'get_state', signature: 'legacy=True', call: (_context, self) => stateTuple(self)},
  {name: 'set_state', signature: 'state', call: (context, self, [state]) => restore(context, self, state)},
];

function isTrue(flag: Value): boolean {
  return flag === true || asInt(flag) === 1;
}

/** Everything that `np.random` and RandomState offer by name. */
export const legacyMethods: readonly Method[] = [...own, ...distributionMethods];
