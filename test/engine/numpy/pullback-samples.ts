/**
 * Sample arguments for every row that explains its pullback, as Python text.
 * `A(2, 3)` is a signed array of this shape, `P(2, 3)` a positive one, `U(2, 3)` one within (-1, 1), `Q(3)` an invertible matrix.
 */

import {arraySamples} from './pullback-samples-arrays.ts';

export interface Sample {
  /** One of the row's names. */
  readonly row: string;
  /** Arguments by parameter name; a `*rest` parameter is given as a tuple. What is left out has its default. */
  readonly given: Readonly<Record<string, string>>;
}

function each(rows: readonly string[], ...given: readonly Readonly<Record<string, string>>[]): Sample[] {
  return rows.flatMap((row) => given.map((one) => ({row, given: one})));
}

const elementwise: readonly Sample[] = [
  ...each(['np.add', 'np.subtract', 'np.multiply', 'np.divide', 'np.remainder', 'np.fmod', 'np.maximum', 'np.minimum', 'np.fmax',
    'np.fmin', 'np.arctan2', 'np.hypot', 'np.logaddexp', 'np.logaddexp2', 'np.copysign'],
  {x1: 'A(3, 4)', x2: 'A(3, 4)[::-1]'}, {x1: 'A(3, 4)', x2: 'A(4) + 0.3'}, {x1: 'A(3, 1)', x2: 'A(1, 4) + 0.3'}, {x1: 'A(2, 3)', x2: 'A(1)[0]'}),
  ...each(['np.power', 'np.float_power'], {x1: 'P(3, 4)', x2: 'A(4)'}, {x1: 'P(3)', x2: 'A(2, 1)'}),
  ...each(['np.negative', 'np.positive', 'np.absolute', 'np.fabs', 'np.exp', 'np.exp2', 'np.expm1', 'np.cbrt', 'np.square',
    'np.reciprocal', 'np.sin', 'np.cos', 'np.tan', 'np.arctan', 'np.sinh', 'np.cosh', 'np.tanh', 'np.arcsinh', 'np.deg2rad',
    'np.rad2deg', 'scipy.special.erf', 'scipy.special.erfc', 'scipy.special.expit'],
  {x: 'A(3, 4)'}, {x: 'A(2, 3).T'}, {x: 'A(1)[0]'}),
  ...each(['np.log', 'np.log2', 'np.log10', 'np.log1p', 'np.sqrt'], {x: 'P(3, 4)'}),
  ...each(['np.arcsin', 'np.arccos', 'np.arctanh'], {x: 'U(3, 4)'}),
  ...each(['np.arccosh'], {x: 'P(3, 4) + 1'}),
  ...each(['np.where'], {condition: 'A(3, 4) > 0', x: 'A(3, 4)', y: 'A(4)'}, {condition: 'A(3, 1) > 0', x: 'A(1, 4)', y: 'A(3, 4)'}),
  ...each(['np.clip'], {a: 'A(3, 4)', a_min: '-0.5', a_max: '0.6'}),
];

const axes: readonly Readonly<Record<string, string>>[] = [
  {a: 'A(3, 4)'}, {a: 'A(3, 4)', axis: '0'}, {a: 'A(3, 4)', axis: '-1'}, {a: 'A(3, 4)', axis: '1', keepdims: 'True'},
  {a: 'A(2, 3, 4)', axis: '(0, 2)'}, {a: 'A(2, 3)', keepdims: 'True'},
];

const reductions: readonly Sample[] = [
  ...each(['np.sum', 'np.mean', 'np.var', 'np.std', 'np.prod', 'np.max', 'np.min', 'scipy.special.logsumexp'], ...axes),
  ...each(['np.var', 'np.std'], {a: 'A(3, 4)', axis: '0', ddof: '1'}),
  ...each(['np.cumsum', 'np.cumprod'], {a: 'A(3, 4)', axis: '0'}, {a: 'A(3, 4)', axis: '1'}, {a: 'A(5)', axis: '0'}),
];

const creation: readonly Sample[] = [
  ...each(['np.copy', 'ndarray.copy'], {a: 'A(2, 3)'}, {a: 'A(2, 3).T'}),
  ...each(['ndarray.astype'], {a: 'A(2, 3)', dtype: 'np.float64'}),
  ...each(['np.tril', 'np.triu'], {m: 'A(3, 4)'}, {m: 'A(3, 3)', k: '-1'}, {m: 'A(2, 3, 4)', k: '1'}),
];

/** Samples of all rows. */
export const samples: readonly Sample[] = [...elementwise, ...reductions, ...creation, ...arraySamples];
