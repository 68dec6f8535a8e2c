/**
 * Rows of `scipy.special` that are more than one elementary function: softmax and its logarithm, x log y.
 */
import type {NDArray} from '../../ndarray/array.ts';
import {compare} from '../../ndarray/compare.ts';
import type {Context} from '../../ndarray/context.ts';
import {binary} from '../../ndarray/elementwise.ts';
import type {Scalar} from '../../ndarray/scalar.ts';
import {scalarIfZeroD} from '../../ndarray/cast.ts';
import {reduce} from '../../ndarray/reduce.ts';
import {where} from '../../ndarray/select.ts';
import {unary} from '../../ndarray/unary.ts';
import type {Value} from '../../ndarray/values.ts';
import {toAxes, toOperand} from '../arguments.ts';
import type {Row} from '../row.ts';

function logSoftmax(context: Context, x: Value, axis: Value): NDArray | Scalar {
  const array = toOperand(context, x);
  return binary(context, 'subtract', array, reduce(context, 'logsumexp', array, {axis: toAxes(axis), keepdims: true}));
}

export const specialRows: readonly Row[] = [
  {
    names: ['scipy.special.softmax'],
    signature: 'x, axis=None',
    call: (context, [x, axis]) => unary(context, 'exp', logSoftmax(context, x, axis)),
  },
  {
    names: ['scipy.special.log_softmax'],
    signature: 'x, axis=None',
    call: (context, [x, axis]) => logSoftmax(context, x, axis),
  },
  {
    names: ['scipy.special.xlogy'],
    signature: 'x, y',
    call: (context, [x, y]) => {
      const factor = toOperand(context, x);
      const product = binary(context, 'multiply', factor, unary(context, 'log', toOperand(context, y)));
      return scalarIfZeroD(where(context, compare(context, '==', factor, 0), 0, product));
    },
  },
];
