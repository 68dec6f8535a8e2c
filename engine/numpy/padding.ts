/**
 * The row of `np.pad`: its many ways to write widths and values.
 */
import type {NDArray} from '../ndarray/array.ts';
import {elements} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {padByMode, padConstant} from '../ndarray/pad.ts';
import type {Widths} from '../ndarray/pad.ts';
import {broadcastTo} from '../ndarray/shape.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray} from './arguments.ts';
import type {NumpyContext, Row} from './row.ts';

/** `pad_width` as one pair for each axis. */
function toWidths(context: NumpyContext, value: Value, ndim: number): Widths {
  const plain = plainWidths(value, ndim);
  if (plain !== null) return plain;
  const given = toArray(context, value);
  if (isFloat(given.dtype)) throw new PyError('TypeError', '`pad_width` must be of integral type.');
  const pairs = elements(broadcastTo(given, [ndim, 2]));
  return Array.from({length: ndim}, (_, axis) => [pairs[2 * axis], pairs[2 * axis + 1]] as const);
}

/** The usual spelling, a pair of ints for each axis, without making an array of it. */
function plainWidths(value: Value, ndim: number): Widths | null {
  if (!(value instanceof Tuple) || value.items.length !== ndim || ndim < 2) return null;
  const widths: (readonly [number, number])[] = [];
  for (const item of value.items) {
    if (!(item instanceof Tuple) || item.items.length !== 2) return null;
    const [before, after] = item.items;
    if (typeof before !== 'number' || typeof after !== 'number') return null;
    widths.push([before, after]);
  }
  return widths;
}

function pad(context: NumpyContext, [array, padWidth, mode, constants, reflectType]: readonly Value[]): NDArray {
  const source = toArray(context, array);
  const widths = toWidths(context, padWidth, source.ndim);
  if (typeof mode !== 'string') throw new UnsupportedError('np.pad with a function');
  if (mode === 'constant' || mode === 'empty') {
    if (constants === null || constants === 0) return padConstant(context, source, widths, null);
    const values = toArray(context, constants);
    return padConstant(context, source, widths, broadcastTo(asArray(context, values), [source.ndim, 2]));
  }
  if (constants !== null) {
    throw new PyError('ValueError', `unsupported keyword arguments for mode '${mode}': {'constant_values'}`);
  }
  if (reflectType !== 'even') throw new UnsupportedError('np.pad(reflect_type=)');
  return padByMode(context, source, widths, mode);
}

export const padding: readonly Row[] = [
  {
    names: ['np.pad', 'np.lib.pad'],
    signature: `array, pad_width, mode='constant', *, constant_values=None, reflect_type='even', stat_length=None, end_values=None`,
    call: pad,
    explain: {
      pullback: {
        array: 'np.bincount(np.pad(np.arange(1, array.size + 1).reshape(array.shape), pad_width, mode).ravel(), g.ravel(), array.size + 1)[1:].reshape(array.shape)',
      },
      pattern: 'pad crops',
      why: 'The padding is constant and the middle is the argument, so the gradient is the middle of the cotangent; with mode edge, reflect or wrap an element also collects what its copies get.',
      pitfalls: [
        'Cropping with [pad:-pad] is empty when pad is 0; write [pad:pad + H] instead.',
        'Each axis has its own pair of widths: ((0, 0), (0, 0), (pad, pad), (pad, pad)) leaves the batch and the channels alone.',
      ],
    },
  },
];
