/**
 * `np.random.default_rng` and the Generator objects that it gives.
 */
import {elements} from '../../ndarray/array.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {DType} from '../../ndarray/dtype.ts';
import {PyError} from '../../ndarray/errors.ts';
import {asInt} from '../../ndarray/index-plan.ts';
import {DTypeValue, PyObject} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {NumpyContext, Row} from '../row.ts';
import type {Source} from './bits.ts';
import {choice, generatorChoice} from './choice.ts';
import {sample} from './draw.ts';
import {boundRow, distributionMethods} from './method.ts';
import type {RandomMethod} from './method.ts';
import {dirichlet, multinomial, multivariateNormal} from './multivariate.ts';
import {PCG64} from './pcg64.ts';
import {permutation, permuted, shuffle} from './permute.ts';
import {RandomState, globalState} from './randomstate.ts';
import {wordsOf} from './seedsequence.ts';
import {wholeNumbers} from './whole.ts';
import {ZigguratSource} from './ziggurat.ts';

/** A modern generator. Its methods are found by {@link method}. */
export class Generator extends PyObject {
  readonly typeName = 'Generator';
  private readonly rows = new Map<string, Row>();

  constructor(readonly source: Source) {
    super();
  }

  /** The method of this name as a row that takes the method's own arguments, or undefined. */
  method(name: string): Row | undefined {
    return boundRow(methods, this, this.rows, name);
  }
}

/** `np.random.default_rng(seed)`: None draws a seed from the run's own, so that a run can be repeated. */
export function defaultRng(context: NumpyContext, seed: Value): Generator {
  if (seed instanceof Generator) return seed;
  if (seed instanceof RandomState) return new Generator(new ZigguratSource(seed.source.bits));
  return new Generator(new ZigguratSource(new PCG64(entropyOf(context, seed))));
}

function entropyOf(context: NumpyContext, seed: Value): number[] {
  if (seed === null) return [globalState(context).source.bits.uint32()];
  const negative = 'expected non-negative integer';
  if (typeof seed === 'bigint') {
    if (seed < 0n) throw new PyError('ValueError', negative);
    return wordsOf(seed);
  }
  const whole = asInt(seed);
  const values = whole === null ? elements(asArray(context, seed)) : [whole];
  return Array.from(values).flatMap((value) => {
    if (!Number.isInteger(value)) throw new PyError('TypeError', 'SeedSequence expects int or sequence of ints for entropy');
    if (value < 0) throw new PyError('ValueError', negative);
    return wordsOf(BigInt(value));
  });
}

function dtypeOf(dtype: Value): DType {
  return dtype instanceof DTypeValue ? dtype.name : 'int64';
}

function numberOr(value: Value, otherwise: number): number {
  return asInt(value) ?? otherwise;
}

type Method = RandomMethod<Generator>;

const methods: readonly Method[] = [
  {
    name: 'random',
    signature: 'size=None, dtype=None, out=None',
    call: (context, {source}, [size]) => sample(context, size, () => source.bits.double()),
  },
  {
    name: 'standard_normal',
    signature: 'size=None, dtype=None, out=None',
    call: (context, {source}, [size]) => sample(context, size, () => source.normal()),
  },
  {
    name: 'standard_exponential',
    signature: 'size=None, dtype=None, method=None, out=None',
    call: (context, {source}, [size]) => sample(context, size, () => source.exponential()),
  },
  {
    name: 'integers',
    signature: 'low, high=None, size=None, dtype=None, endpoint=False',
    call: (context, {source}, [low, high, size, dtype, endpoint]) => wholeNumbers(
      context, source.bits, low, high, size, {dtype: dtypeOf(dtype), plain: false, masked: false, endpoint: endpoint === true}),
  },
  {
    name: 'choice',
    signature: 'a, size=None, replace=True, p=None, axis=0, shuffle=True',
    call: (context, {source}, [a, size, replace, p, axis, shuffled]) => choice(
      context, source.bits, generatorChoice, a, size, numberOr(replace, 1) !== 0, p, numberOr(axis, 0), numberOr(shuffled, 1) !== 0),
  },
  {
    name: 'shuffle',
    signature: 'x, axis=0',
    call: (context, {source}, [x, axis]) => shuffle(context, source.bits, x, numberOr(axis, 0)),
  },
  {
    name: 'permutation',
    signature: 'x, axis=0',
    call: (context, {source}, [x, axis]) => permutation(context, source.bits, x, numberOr(axis, 0)),
  },
  {
    name: 'permuted',
    signature: 'x, *, axis=None, out=None',
    call: (context, {source}, [x, axis]) => permuted(context, source.bits, x, axis),
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
    signature: "mean, cov, size=None, check_valid='warn', tol=1e-8, *, method='svd'",
    call: (context, {source}, [mean, cov, size]) => multivariateNormal(context, source, mean, cov, size),
  },
  ...distributionMethods,
];
