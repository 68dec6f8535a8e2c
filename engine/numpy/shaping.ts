/**
 * Rows that change shape and order without arithmetic: reshape, transpose, squeeze, broadcast_to, flip, roll, repeat, tile.
 * Every gradient is the cotangent brought back into the argument's shape; what was repeated is summed.
 */
import {asStrided, mayShareMemory, sharesMemory, slidingWindowView} from '../ndarray/strides.ts';
import {flip, repeat, roll, rot90, tile} from '../ndarray/rearrange.ts';
import {
  atLeast, broadcastArrays, broadcastTo, expandDims, flatten, moveAxis, ravel, reshape, resize, rollAxis, squeeze, swapAxes, transpose,
} from '../ndarray/shape.ts';
import type {NDArray} from '../ndarray/array.ts';
import {scalarIfZeroD} from '../ndarray/cast.ts';
import {itemSize} from '../ndarray/dtype.ts';
import {PyError} from '../ndarray/errors.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toAxis, toFlag, toInt, toShape} from './arguments.ts';
import type {Explanation, NumpyContext, Row} from './row.ts';
import {toInts, toIntsOrNull, toOrder, toRest} from './sequences.ts';

const reshapes = (argument: string): Explanation => ({
  pullback: {[argument]: `np.reshape(g, ${argument}.shape)`},
  pattern: 'reshape moves',
  why: 'The numbers stay the same and only their arrangement changes, so the gradient is arranged back.',
  pitfalls: ['The gradient must have the shape of the argument, not of the result.'],
});

/** `atleast_*d` of one array, or a tuple of several. */
function atLeastRow(count: 1 | 2 | 3): Row {
  return {
    names: [`np.atleast_${count}d`],
    signature: '*arys',
    call: (context, [arys]) => {
      const results = (arys as Tuple).items.map((item) => atLeast(toArray(context, item), count));
      return results.length === 1 ? results[0] : new Tuple(results);
    },
    explain: {...reshapes('arys'), pullback: {arys: '[p.reshape(a.shape) for p, a in zip(g if len(arys) > 1 else [g], arys)]'}},
  };
}

function flipped(name: string, axes: readonly number[], least: number): Row {
  return {
    names: [`np.${name}`],
    signature: 'm',
    call: (context, [m]) => {
      const array = toArray(context, m);
      if (array.ndim < least) throw new PyError('ValueError', `Input must be >= ${least}-d.`);
      return flip(array, axes);
    },
    explain: {
      pullback: {m: `np.${name}(g)`},
      pattern: 'flip flips back',
      why: 'Each number only changes its place, and turning round twice is where one began.',
    },
  };
}

function toStrided(context: NumpyContext, [x, shape, strides, writeable]: readonly Value[]): NDArray {
  const array = toArray(context, x);
  const steps = strides === null ? array.strides.map((step) => step * itemSize(array.dtype)) : toInts(strides);
  return asStrided(array, shape === null ? array.shape : toInts(shape), steps, toFlag(writeable));
}

export const shaping: readonly Row[] = [
  {
    names: ['np.reshape'],
    signature: `a, shape=None, order='C', *, newshape=None, copy=None`,
    call: (context, [a, shape, order, newshape]) => reshape(context, toArray(context, a), toInts(shape ?? newshape), toOrder(order)),
    explain: {
      ...reshapes('a'),
      pitfalls: [
        'The gradient must have the shape of the argument, not of the result.',
        'reshape does not transpose: x.reshape(D, N) of an (N, D) array mixes up rows and columns.',
      ],
    },
  },
  {
    names: ['ndarray.reshape'],
    signature: `a, /, *shape, order='C', copy=None`,
    call: (context, [a, shape, order]) => reshape(context, toArray(context, a), toRest(shape), toOrder(order)),
    explain: reshapes('a'),
  },
  {
    names: ['np.ravel', 'ndarray.ravel'],
    signature: `a, order='C'`,
    call: (context, [a, order]) => ravel(context, toArray(context, a), toOrder(order)),
    explain: {...reshapes('a'), pullback: {a: 'np.reshape(g, a.shape, order)'}},
  },
  {
    names: ['ndarray.flatten'],
    signature: `a, order='C'`,
    call: (context, [a, order]) => flatten(context, toArray(context, a), toOrder(order)),
    explain: {...reshapes('a'), pullback: {a: 'np.reshape(g, a.shape, order)'}},
  },
  {
    names: ['np.transpose', 'np.permute_dims'],
    signature: 'a, axes=None',
    call: (context, [a, axes]) => transpose(toArray(context, a), toIntsOrNull(axes)),
    explain: {
      pullback: {a: 'np.transpose(g) if axes is None else np.transpose(g, np.argsort(axes))'},
      pattern: 'transpose transposes back',
      why: 'Each number only changes its place, so its gradient goes back to where it came from.',
      pitfalls: ['A permutation of axes is undone by its inverse, np.argsort(axes), which is not always the same permutation.'],
    },
  },
  {
    names: ['ndarray.transpose'],
    signature: 'a, /, *axes',
    call: (context, [a, axes]) => {
      const {items} = axes as Tuple;
      return transpose(toArray(context, a), items.length === 0 || (items.length === 1 && items[0] === null) ? null : toRest(axes));
    },
    explain: {
      pullback: {a: 'np.transpose(g) if len(axes) == 0 else np.transpose(g, np.argsort(axes if len(axes) > 1 else axes[0]))'},
      pattern: 'transpose transposes back',
      why: 'Each number only changes its place, so its gradient goes back to where it came from.',
      pitfalls: ['A permutation of axes is undone by its inverse, np.argsort(axes), which is not always the same permutation.'],
    },
  },
  {
    names: ['ndarray.T'],
    signature: 'a',
    call: (context, [a]) => transpose(toArray(context, a)),
    explain: {
      pullback: {a: 'g.T'}, pattern: 'transpose transposes back',
      why: 'Each number only changes its place, so its gradient goes back to where it came from.',
    },
  },
  {
    names: ['ndarray.mT', 'np.matrix_transpose', 'np.linalg.matrix_transpose'],
    signature: 'a',
    call: (context, [a]) => {
      const array = toArray(context, a);
      if (array.ndim < 2) throw new PyError('ValueError', 'matrix transpose with ndim < 2 is undefined');
      return swapAxes(array, -1, -2);
    },
    explain: {
      pullback: {a: 'np.swapaxes(g, -1, -2)'}, pattern: 'transpose transposes back',
      why: 'Each number only changes its place, so its gradient goes back to where it came from.',
    },
  },
  {
    names: ['np.swapaxes', 'ndarray.swapaxes'],
    signature: 'a, axis1, axis2',
    call: (context, [a, axis1, axis2]) => swapAxes(toArray(context, a), toInt(axis1), toInt(axis2)),
    explain: {
      pullback: {a: 'np.swapaxes(g, axis1, axis2)'}, pattern: 'transpose transposes back',
      why: 'Swapping the same two axes again brings every number back to its place.',
    },
  },
  {
    names: ['np.moveaxis'],
    signature: 'a, source, destination',
    call: (context, [a, source, destination]) => moveAxis(toArray(context, a), toInts(source), toInts(destination)),
    explain: {
      pullback: {a: 'np.moveaxis(g, destination, source)'}, pattern: 'transpose transposes back',
      why: 'Moving the axes the other way brings every number back to its place.',
      pitfalls: ['Source and destination change places in the backward pass.'],
    },
  },
  {
    names: ['np.rollaxis'],
    signature: 'a, axis, start=0',
    call: (context, [a, axis, start]) => rollAxis(toArray(context, a), toInt(axis), toInt(start)),
    explain: {
      pullback: {a: 'np.moveaxis(g, start % a.ndim - (axis % a.ndim < start % a.ndim) if start < a.ndim else -1, axis)'},
      pattern: 'transpose transposes back',
      why: 'The axis that was rolled forward is moved back to its place.',
      pitfalls: ['rollaxis(x, axis, start) moves the axis before the place start, so the way back is not rollaxis(g, start, axis).'],
    },
  },
  {
    names: ['np.squeeze', 'ndarray.squeeze'],
    signature: 'a, axis=None',
    call: (context, [a, axis]) =>
      a instanceof Scalar && !a.weak && axis === null ? a : squeeze(toArray(context, a), toIntsOrNull(axis)),
    explain: reshapes('a'),
  },
  {
    names: ['np.expand_dims'],
    signature: 'a, axis',
    call: (context, [a, axis]) => expandDims(toArray(context, a), toInts(axis)),
    explain: reshapes('a'),
  },
  {
    names: ['np.broadcast_to'],
    signature: 'array, shape, subok=False',
    call: (context, [array, shape]) => broadcastTo(toArray(context, array), toShape(shape)),
    explain: {
      pullback: {array: 'unbroadcast(g, array)'},
      pattern: 'broadcast sums',
      why: 'One number is used in many places, so the gradients of all its copies add up.',
      pitfalls: ['Sum over the axes that broadcasting added or stretched; keep the shape of the argument.'],
    },
  },
  {
    names: ['np.broadcast_arrays'],
    signature: '*args, subok=False',
    call: (context, [args]) => new Tuple(broadcastArrays((args as Tuple).items.map((item) => toArray(context, item)))),
    explain: {
      pullback: {args: '[unbroadcast(p, a) for p, a in zip(g, args)]'},
      pattern: 'broadcast sums',
      why: 'One number is used in many places, so the gradients of all its copies add up.',
    },
  },
  atLeastRow(1), atLeastRow(2), atLeastRow(3),
  {
    names: ['np.resize'],
    signature: 'a, new_shape',
    call: (context, [a, shape]) => resize(context, toArray(context, a), toInts(shape)),
    explain: {
      pullback: {a: 'np.bincount(np.resize(np.arange(a.size), g.size), g.ravel(), a.size).reshape(a.shape)'},
      pattern: 'copies sum',
      why: 'A number that is repeated collects the gradients of all its copies.',
    },
  },
  {
    names: ['np.flip'],
    signature: 'm, axis=None',
    call: (context, [m, axis]) => {
      const turned = flip(toArray(context, m), toIntsOrNull(axis));
      return axis === null ? scalarIfZeroD(turned) : turned;
    },
    explain: {
      pullback: {m: 'np.flip(g, axis)'}, pattern: 'flip flips back',
      why: 'Each number only changes its place, and turning round twice is where one began.',
    },
  },
  flipped('fliplr', [1], 2),
  flipped('flipud', [0], 1),
  {
    names: ['np.rot90'],
    signature: 'm, k=1, axes=(0, 1)',
    call: (context, [m, k, axes]) => rot90(toArray(context, m), toInt(k), toInts(axes)),
    explain: {
      pullback: {m: 'np.rot90(g, -k, axes)'}, pattern: 'rotation rotates back',
      why: 'Turning the other way brings every number back to its place.',
      pitfalls: ['The gradient of a convolution uses the kernel turned by 180 degrees: np.rot90(w, 2), not np.rot90(w).'],
    },
  },
  {
    names: ['np.roll'],
    signature: 'a, shift, axis=None',
    call: (context, [a, shift, axis]) => roll(context, toArray(context, a), toInts(shift), toIntsOrNull(axis)),
    explain: {
      pullback: {a: 'np.roll(g, -np.asarray(shift), axis)'}, pattern: 'roll rolls back',
      why: 'Each number only changes its place, and shifting the other way undoes it.',
    },
  },
  {
    names: ['np.repeat', 'ndarray.repeat'],
    signature: 'a, repeats, axis=None',
    call: (context, [a, repeats, axis]) => repeat(context, toArray(context, a), toInts(repeats), toAxis(axis)),
    explain: {
      pullback: {
        a: 'np.bincount(np.repeat(np.arange(a.size).reshape(a.shape), repeats, axis).ravel(), g.ravel(), a.size).reshape(a.shape)',
      },
      pattern: 'copies sum',
      why: 'A number that is repeated collects the gradients of all its copies.',
      pitfalls: ['Copies are summed, not averaged.'],
    },
  },
  {
    names: ['np.tile'],
    signature: 'A, reps',
    call: (context, [array, reps]) => tile(context, toArray(context, array), toInts(reps)),
    explain: {
      pullback: {A: 'np.bincount(np.tile(np.arange(A.size).reshape(A.shape), reps).ravel(), g.ravel(), A.size).reshape(A.shape)'},
      pattern: 'copies sum',
      why: 'A number that is tiled collects the gradients of all its copies.',
      pitfalls: ['Copies are summed, not averaged.'],
    },
  },
  {
    names: ['np.matlib.repmat'],
    signature: 'a, m, n',
    call: (context, [a, m, n]) => tile(context, toArray(context, a), [toInt(m), toInt(n)]),
    explain: {
      pullback: {a: 'np.bincount(np.tile(np.arange(a.size).reshape(a.shape), (m, n)).ravel(), g.ravel(), a.size).reshape(a.shape)'},
      pattern: 'copies sum',
      why: 'A number that is tiled collects the gradients of all its copies.',
      pitfalls: ['Copies are summed, not averaged.'],
    },
  },
  {
    names: ['np.lib.stride_tricks.as_strided'],
    signature: 'x, shape=None, strides=None, subok=False, writeable=True',
    call: (context, [x, shape, strides, , writeable]) => toStrided(context, [x, shape, strides, writeable]),
    explain: {
      pullback: {
        x: 'np.bincount(np.lib.stride_tricks.as_strided(np.arange(x.size).reshape(x.shape), shape, strides).ravel(), g.ravel(), x.size).reshape(x.shape)',
      },
      pattern: 'windows overlap and sum',
      why: 'A number that stands in several windows collects the gradients of all of them.',
      pitfalls: ['Windows that overlap must be added up: assigning with = keeps only the last one.'],
    },
  },
  {
    names: ['np.lib.stride_tricks.sliding_window_view'],
    signature: 'x, window_shape, axis=None, *, subok=False, writeable=False',
    call: (context, [x, window, axis, , writeable]) =>
      slidingWindowView(toArray(context, x), toInts(window), toIntsOrNull(axis), toFlag(writeable)),
    explain: {
      pullback: {
        x: 'np.bincount(np.lib.stride_tricks.sliding_window_view(np.arange(x.size).reshape(x.shape), window_shape, axis).ravel(), g.ravel(), x.size).reshape(x.shape)',
      },
      pattern: 'windows overlap and sum',
      why: 'A number that stands in several windows collects the gradients of all of them.',
      pitfalls: ['Windows that overlap must be added up: assigning with = keeps only the last one.'],
    },
  },
  {
    names: ['np.shares_memory'],
    signature: 'a, b, /, max_work=None',
    call: (context, [a, b]) => sharesMemory(toArray(context, a), toArray(context, b)),
  },
  {
    names: ['np.may_share_memory'],
    signature: 'a, b, /, max_work=None',
    call: (context, [a, b]) => mayShareMemory(toArray(context, a), toArray(context, b)),
  },
];
