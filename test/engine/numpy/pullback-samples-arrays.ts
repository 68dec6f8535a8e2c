/**
 * Sample arguments of the rows that move, join, multiply and pad arrays. `A`, `P`, `U`, `Q` as in pullback-samples.ts.
 */
import type {Sample} from './pullback-samples.ts';

function each(rows: readonly string[], ...given: readonly Readonly<Record<string, string>>[]): Sample[] {
  return rows.flatMap((row) => given.map((one) => ({row, given: one})));
}

const shaping: readonly Sample[] = [
  ...each(['np.reshape'], {a: 'A(3, 4)', shape: '(2, -1)'}, {a: 'A(3, 4).T', shape: '(2, 6)'}),
  ...each(['ndarray.reshape'], {a: 'A(3, 4)', shape: '(4, 3)'}, {a: 'A(2, 3)', shape: '(-1,)'}),
  ...each(['np.ravel', 'ndarray.flatten'], {a: 'A(3, 4)'}, {a: 'A(3, 4)', order: `'F'`}),
  ...each(['np.transpose'], {a: 'A(3, 4)'}, {a: 'A(2, 3, 4)', axes: '(2, 0, 1)'}),
  ...each(['ndarray.transpose'], {a: 'A(3, 4)'}, {a: 'A(2, 3, 4)', axes: '(1, 2, 0)'}, {a: 'A(2, 3, 4)', axes: '((1, 2, 0),)'}),
  ...each(['ndarray.T', 'ndarray.mT'], {a: 'A(3, 4)'}),
  ...each(['ndarray.mT'], {a: 'A(2, 3, 4)'}),
  ...each(['np.swapaxes'], {a: 'A(2, 3, 4)', axis1: '0', axis2: '-1'}),
  ...each(['np.moveaxis'], {a: 'A(2, 3, 4)', source: '0', destination: '-1'}, {a: 'A(2, 3, 4)', source: '(0, 1)', destination: '(2, 0)'}),
  ...each(['np.rollaxis'], {a: 'A(2, 3, 4)', axis: '0', start: '2'}, {a: 'A(2, 3, 4)', axis: '2'}, {a: 'A(2, 3, 4)', axis: '1', start: '3'},
    {a: 'A(2, 3, 4)', axis: '-1', start: '1'}),
  ...each(['np.squeeze'], {a: 'A(1, 3, 1)'}, {a: 'A(1, 3, 1)', axis: '0'}),
  ...each(['np.expand_dims'], {a: 'A(3, 4)', axis: '1'}, {a: 'A(3)', axis: '(0, -1)'}),
  ...each(['np.broadcast_to'], {array: 'A(3, 1)', shape: '(2, 3, 4)'}, {array: 'A(4)', shape: '(3, 4)'}),
  ...each(['np.broadcast_arrays'], {args: '(A(3, 1), A(4))'}),
  ...each(['np.atleast_1d', 'np.atleast_2d', 'np.atleast_3d'], {arys: '(A(3),)'}, {arys: '(A(2, 3), A(4))'}),
  ...each(['np.resize'], {a: 'A(2, 3)', new_shape: '(4, 4)'}, {a: 'A(2, 3)', new_shape: '(2, 2)'}),
  ...each(['np.flip'], {m: 'A(3, 4)'}, {m: 'A(3, 4)', axis: '1'}),
  ...each(['np.fliplr', 'np.flipud'], {m: 'A(3, 4)'}),
  ...each(['np.rot90'], {m: 'A(3, 4)'}, {m: 'A(2, 3, 4)', k: '3', axes: '(1, 2)'}),
  ...each(['np.roll'], {a: 'A(3, 4)', shift: '2'}, {a: 'A(3, 4)', shift: '(1, -2)', axis: '(0, 1)'}),
  ...each(['np.repeat'], {a: 'A(3, 4)', repeats: '2', axis: '1'}, {a: 'A(3)', repeats: '[1, 0, 3]'}, {a: 'A(2, 3)', repeats: '2'}),
  ...each(['np.tile'], {A: 'A(3)', reps: '2'}, {A: 'A(2, 3)', reps: '(2, 1, 2)'}),
  ...each(['np.matlib.repmat'], {a: 'A(3)', m: '2', n: '3'}, {a: 'A(2, 3)', m: '3', n: '2'}),
  ...each(['np.lib.stride_tricks.as_strided'], {x: 'A(6)', shape: '(4, 3)', strides: '(8, 8)'}, {x: 'A(2, 3)', shape: '(2, 2)', strides: '(24, 8)'}),
  ...each(['np.lib.stride_tricks.sliding_window_view'], {x: 'A(6)', window_shape: '3'}, {x: 'A(3, 4)', window_shape: '(2, 2)'},
    {x: 'A(3, 4)', window_shape: '2', axis: '1'}),
];

const joining: readonly Sample[] = [
  ...each(['np.concatenate'], {arrays: '[A(2, 3), A(1, 3)]'}, {arrays: '(A(2, 3), A(2, 1), A(2, 2))', axis: '-1'}),
  ...each(['np.stack'], {arrays: '[A(2, 3), A(2, 3)]'}, {arrays: '[A(2, 3), A(2, 3), P(2, 3)]', axis: '1'}),
  ...each(['np.hstack'], {tup: '[A(2, 3), A(2, 1)]'}, {tup: '(A(2), A(3))'}),
  ...each(['np.vstack', 'np.row_stack'], {tup: '[A(2, 3), A(1, 3)]'}, {tup: '[A(3), A(2, 3)]'}),
  ...each(['np.dstack'], {tup: '[A(2, 3), A(2, 3, 2)]'}, {tup: '[A(3), A(3)]'}),
  ...each(['np.column_stack'], {tup: '[A(3), A(3, 2)]'}, {tup: '[A(3), P(3)]'}),
  ...each(['np.split'], {ary: 'A(4, 3)', indices_or_sections: '2'}, {ary: 'A(2, 6)', indices_or_sections: '[1, 4]', axis: '1'}),
  ...each(['np.array_split'], {ary: 'A(5, 2)', indices_or_sections: '3'}),
  ...each(['np.hsplit'], {ary: 'A(3, 4)', indices_or_sections: '2'}, {ary: 'A(4)', indices_or_sections: '[1]'}),
  ...each(['np.vsplit'], {ary: 'A(4, 3)', indices_or_sections: '2'}),
  ...each(['np.dsplit'], {ary: 'A(2, 3, 4)', indices_or_sections: '2'}),
  ...each(['np.append'], {arr: 'A(3)', values: 'A(2)'}, {arr: 'A(2, 3)', values: 'A(1, 3)', axis: '0'}, {arr: 'A(2, 3)', values: 'A(2)'}),
  ...each(['np.insert'], {arr: 'A(3, 4)', obj: '1', values: '7.0', axis: '1'}, {arr: 'A(5)', obj: '2', values: '1.5'}),
  ...each(['np.delete'], {arr: 'A(3, 4)', obj: '1', axis: '0'}, {arr: 'A(3, 4)', obj: '[0, 5]'}, {arr: 'A(5)', obj: 'slice(0, 2)'}),
  ...each(['np.r_.__getitem__'], {key: '(A(3), A(2))'}),
  ...each(['np.c_.__getitem__'], {key: '(A(3), A(3, 2))'}),
];

const ranks = (a: string, b: string): readonly Readonly<Record<string, string>>[] => [
  {[a]: 'A(3, 4)', [b]: 'A(4, 2)'}, {[a]: 'A(3, 4)', [b]: 'A(4)'}, {[a]: 'A(4)', [b]: 'A(4, 2)'}, {[a]: 'A(4)', [b]: 'P(4)'},
  {[a]: 'A(2, 3, 4)', [b]: 'A(4)'}, {[a]: 'A(4)', [b]: 'A(2, 4, 3)'}, {[a]: 'A(2, 3, 4)', [b]: 'A(4, 5)'},
];

const products: readonly Sample[] = [
  ...each(['np.dot'], ...ranks('a', 'b'), {a: 'A(2, 3)', b: 'A(2, 3, 4)'}),
  ...each(['np.matmul'], ...ranks('x1', 'x2'), {x1: 'A(2, 3, 4)', x2: 'A(2, 4, 3)'}, {x1: 'A(2, 3)', x2: 'A(4, 3, 2)'}),
  ...each(['np.vecdot'], {x1: 'A(3, 4)', x2: 'A(4)'}, {x1: 'A(4)', x2: 'P(4)'}),
  ...each(['np.inner'], {a: 'A(2, 3)', b: 'A(4, 3)'}, {a: 'A(3)', b: 'P(3)'}),
  ...each(['np.outer'], {a: 'A(3)', b: 'A(4)'}, {a: 'A(2, 2)', b: 'A(3)'}),
  ...each(['np.vdot'], {a: 'A(2, 3)', b: 'A(6)'}),
  ...each(['np.tensordot'], {a: 'A(2, 3, 4)', b: 'A(3, 4, 2)'}, {a: 'A(2, 3)', b: 'A(3, 4)', axes: '1'}, {a: 'A(2)', b: 'A(3)', axes: '0'}),
  ...each(['np.einsum'], {operands: `('ij,jk->ik', A(2, 3), A(3, 4))`}),
  ...each(['np.linalg.multi_dot'], {arrays: '[A(2, 3), A(3, 4), A(4, 2)]'}),
  ...each(['np.kron'], {a: 'A(2, 3)', b: 'A(2, 2)'}),
  ...each(['np.cross'], {a: 'A(3)', b: 'P(3)'}, {a: 'A(4, 3)', b: 'A(3)'}),
  ...each(['np.trace'], {a: 'A(3, 4)'}, {a: 'A(3, 4)', offset: '1'}),
  ...each(['np.diag'], {v: 'A(3)'}, {v: 'A(3)', k: '-1'}, {v: 'A(3, 4)', k: '1'}),
  ...each(['np.diagflat'], {v: 'A(2, 2)'}),
  ...each(['np.diagonal'], {a: 'A(3, 4)'}, {a: 'A(2, 3, 4)', offset: '1', axis1: '1', axis2: '2'}),
];

const indexing: readonly Sample[] = [
  ...each(['ndarray.__getitem__'], {a: 'A(3, 4)', index: '1'}, {a: 'A(3, 4)', index: '(slice(None), slice(3, 0, -2))'},
    {a: 'A(3, 4)', index: '[0, 2, 0]'}, {a: 'A(3, 4)', index: '(np.arange(3), [1, 1, 3])'}, {a: 'A(3, 4)', index: 'A(3, 4) > 0'},
    {a: 'A(3, 4)', index: '(0, 1)'}, {a: 'A(2, 3, 4)', index: '(..., None, 2)'}),
  ...each(['np.take'], {a: 'A(3, 4)', indices: '[0, 0, 5]'}, {a: 'A(3, 4)', indices: '[[2, 0], [2, 1]]', axis: '1'}),
  ...each(['np.take_along_axis'], {arr: 'A(3, 4)', indices: 'np.argsort(A(3, 4), axis=1)[:, :2]', axis: '1'}),
  ...each(['np.choose'], {a: 'np.array([0, 1, 1])', choices: '[A(3), P(3)]'}),
  ...each(['np.select'], {condlist: '[A(4) > 0.5, A(4) > 0]', choicelist: '[A(4), P(4)]'}),
  ...each(['np.compress'], {condition: '[True, False, True]', a: 'A(3, 4)', axis: '0'}),
  ...each(['np.extract'], {condition: 'A(3, 4) > 0', arr: 'A(3, 4)'}),
];

const others: readonly Sample[] = [
  ...each(['np.pad'], {array: 'A(3)', pad_width: '2'}, {array: 'A(2, 3)', pad_width: '((0, 1), (2, 0))'}, {array: 'A(3)', pad_width: '2', mode: `'edge'`},
    {array: 'A(3, 3)', pad_width: '1', mode: `'reflect'`}, {array: 'A(3)', pad_width: '4', mode: `'wrap'`}),
  ...each(['np.sort'], {a: 'A(3, 4)'}, {a: 'A(3, 4)', axis: '0'}),
  ...each(['np.partition'], {a: 'A(5)', kth: '2'}),
  ...each(['np.diff'], {a: 'A(6)'}, {a: 'A(3, 4)', axis: '0'}, {a: 'A(6)', n: '2'}),
  ...each(['np.ediff1d'], {ary: 'A(5)'}),
  ...each(['np.convolve'], {a: 'A(6)', v: 'A(3)'}),
  ...each(['np.correlate'], {a: 'A(6)', v: 'A(3)'}),
  ...each(['np.bincount'], {x: 'np.array([0, 2, 2, 1])', weights: 'A(4)'}),
  ...each(['np.linalg.norm'], {x: 'A(4)'}, {x: 'A(3, 4)', axis: '1'}, {x: 'A(3, 4)', axis: '0', keepdims: 'True'}, {x: 'A(2, 3)'}),
  ...each(['np.linalg.inv', 'np.linalg.det', 'np.linalg.slogdet'], {a: 'Q(3)'}),
  ...each(['np.linalg.cholesky'], {a: 'Q(3) @ Q(3).T'}),
  ...each(['np.linalg.solve'], {a: 'Q(3)', b: 'A(3)'}, {a: 'Q(3)', b: 'A(3, 2)'}),
  ...each(['np.linalg.matrix_power'], {a: 'A(2, 2)', n: '3'}),
];

export const arraySamples: readonly Sample[] = [...shaping, ...joining, ...products, ...indexing, ...others];
