/**
 * Rows of products: dot, matmul, inner, outer, tensordot, einsum, kron, cross, trace, diagonals.
 * A product switches: the gradient of one factor is the cotangent times the other.
 */
import type {NDArray} from '../ndarray/array.ts';
import type {Context} from '../ndarray/context.ts';
import {asArray, scalarIfZeroD} from '../ndarray/cast.ts';
import {einsum} from '../ndarray/einsum.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {dot, inner, matmul, vdot} from '../ndarray/product.ts';
import {cross, diag, diagonal, kron, multiDot, outer, tensordot, trace} from '../ndarray/product-tensor.ts';
import {ravel} from '../ndarray/shape.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toDType, toInt} from './arguments.ts';
import type {Explanation, NumpyContext, Row} from './row.ts';
import {delivered, toArrays, toInts} from './sequences.ts';

const MATRIX_WHY = 'Each element of the result is a sum of products, so the gradient of one factor is the cotangent times the other, summed over the rest.';
const MATRIX_PITFALLS = [
  'Shapes tell the order: for (N, D) @ (D, M) the gradients are g @ b.T of shape (N, D) and a.T @ g of shape (D, M).',
  'In matrix products * and @ are different things: elementwise products only fit by accident.',
];

const dotted: Explanation = {
  pullback: {
    a: 'g * b if np.ndim(a) == 0 or np.ndim(b) == 0 else np.multiply.outer(g, b) if b.ndim == 1 else np.tensordot(g, b, (list(range(a.ndim - 1, g.ndim)), [i for i in range(b.ndim) if i != b.ndim - 2]))',
    b: 'g * a if np.ndim(a) == 0 or np.ndim(b) == 0 else np.tensordot(a, g, (list(range(a.ndim - 1)), list(range(a.ndim - 1)))) if b.ndim == 1 else np.moveaxis(np.tensordot(a, g, (list(range(a.ndim - 1)), list(range(a.ndim - 1)))), 0, -2)',
  },
  pattern: 'multiply switches',
  why: MATRIX_WHY,
  pitfalls: MATRIX_PITFALLS,
};

const multiplied: Explanation = {
  pullback: {
    x1: 'g * x2 if x1.ndim == x2.ndim == 1 else unbroadcast(np.expand_dims(g, -2) @ np.swapaxes(x2, -1, -2), x1) if x1.ndim == 1 else unbroadcast(np.expand_dims(g, -1) * x2, x1) if x2.ndim == 1 else unbroadcast(g @ np.swapaxes(x2, -1, -2), x1)',
    x2: 'g * x1 if x1.ndim == x2.ndim == 1 else unbroadcast(np.expand_dims(x1, -1) * np.expand_dims(g, -2), x2) if x1.ndim == 1 else np.tensordot(g, x1, g.ndim) if x2.ndim == 1 else unbroadcast(np.swapaxes(x1, -1, -2) @ g, x2)',
  },
  pattern: 'multiply switches',
  why: MATRIX_WHY,
  pitfalls: MATRIX_PITFALLS,
};

/** `axes` of tensordot: a count, or one axis or list of axes for each operand. */
function tensorAxes(a: NDArray, axes: Value): [number[], number[]] {
  if (axes instanceof Tuple || axes instanceof List) {
    const {length} = axes.items;
    if (length !== 2) throw new PyError('ValueError', length < 2 ? `not enough values to unpack (expected 2, got ${length})` : 'too many values to unpack (expected 2)');
    return [toInts(axes.items[0]), toInts(axes.items[1])];
  }
  const count = toInt(axes);
  return [Array.from({length: count}, (_, k) => a.ndim - count + k), Array.from({length: count}, (_, k) => k)];
}

/** `np.einsum(subscripts, *operands)`, or operands each followed by its list of label numbers. */
function einsumOf(context: NumpyContext, operands: readonly Value[]): NDArray {
  if (typeof operands[0] === 'string') {
    return einsum(context, operands[0], operands.slice(1).map((operand) => toArray(context, operand)));
  }
  const letter = (label: number): string => String.fromCharCode(label < 26 ? 97 + label : 39 + label);
  const term = (labels: Value): string => {
    if (!(labels instanceof List || labels instanceof Tuple)) throw new UnsupportedError('np.einsum with labels that are not a list');
    return labels.items.map((label) => typeof label === 'number' ? letter(label) : '...').join('');
  };
  const arrays: NDArray[] = [];
  const terms: string[] = [];
  for (let k = 0; k + 1 < operands.length; k += 2) {
    arrays.push(toArray(context, operands[k]));
    terms.push(term(operands[k + 1]));
  }
  const output = operands.length % 2 === 1 ? `->${term(operands[operands.length - 1])}` : '';
  return einsum(context, terms.join(',') + output, arrays);
}

function dotOf(context: Context, a: NDArray, b: NDArray, out: Value): Value {
  return delivered(context, 'dot', dot(context, a, b), out);
}

export const products: readonly Row[] = [
  {
    names: ['np.dot', 'ndarray.dot'],
    signature: 'a, b, out=None',
    call: (context, [a, b, out]) => dotOf(context, toArray(context, a), toArray(context, b), out),
    explain: dotted,
  },
  {
    names: ['np.matmul', 'ndarray.__matmul__', 'np.linalg.matmul'],
    signature: `x1, x2, /, out=None, *, casting='same_kind', order='K', dtype=None, subok=True`,
    call: (context, [x1, x2, out]) => delivered(context, 'matmul', matmul(context, toArray(context, x1), toArray(context, x2)), out),
    explain: multiplied,
  },
  {
    names: ['np.vecdot', 'np.linalg.vecdot'],
    signature: 'x1, x2, /, *, axis=-1',
    call: (context, [x1, x2, axis]) => {
      if (axis !== -1) throw new UnsupportedError('np.vecdot(axis=)');
      return scalarIfZeroD(einsum(context, '...i,...i', [toArray(context, x1), toArray(context, x2)]));
    },
    explain: {
      pullback: {x1: 'unbroadcast(np.expand_dims(g, -1) * x2, x1)', x2: 'unbroadcast(np.expand_dims(g, -1) * x1, x2)'},
      pattern: 'multiply switches', why: MATRIX_WHY,
    },
  },
  {
    names: ['np.inner'],
    signature: 'a, b, /',
    call: (context, [a, b]) => inner(context, toArray(context, a), toArray(context, b)),
    explain: {
      pullback: {
        a: 'np.tensordot(g, b, (list(range(a.ndim - 1, g.ndim)), list(range(b.ndim - 1))))',
        b: 'np.tensordot(g, a, (list(range(a.ndim - 1)), list(range(a.ndim - 1))))',
      },
      pattern: 'multiply switches', why: MATRIX_WHY,
    },
  },
  {
    names: ['np.outer', 'ndarray.outer', 'np.linalg.outer'],
    signature: 'a, b, out=None',
    call: (context, [a, b, out]) => delivered(context, 'multiply', outer(context, toArray(context, a), toArray(context, b)), out),
    explain: {
      pullback: {a: 'np.reshape(g @ b.ravel(), a.shape)', b: 'np.reshape(a.ravel() @ g, b.shape)'},
      pattern: 'multiply switches',
      why: 'Every element is one product, so each factor gets the cotangent times the other, summed over the row or column that it made.',
      pitfalls: ['The gradient of a layer with one example is itself an outer product: np.outer(x, dout), not np.outer(dout, x).'],
    },
  },
  {
    names: ['np.vdot'],
    signature: 'a, b, /',
    call: (context, [a, b]) => vdot(context, toArray(context, a), toArray(context, b)),
    explain: {
      pullback: {a: 'g * b.reshape(a.shape)', b: 'g * a.reshape(b.shape)'}, pattern: 'multiply switches', why: MATRIX_WHY,
    },
  },
  {
    names: ['np.tensordot', 'np.linalg.tensordot'],
    signature: 'a, b, axes=2',
    call: (context, [a, b, axes]) => {
      const left = toArray(context, a);
      return tensordot(context, left, toArray(context, b), ...tensorAxes(left, axes));
    },
    explain: {
      pullback: {
        a: 'np.tensordot(g, b, (list(range(a.ndim - axes, g.ndim)), list(range(axes, b.ndim))))',
        b: 'np.tensordot(a, g, (list(range(a.ndim - axes)), list(range(a.ndim - axes))))',
      },
      pattern: 'multiply switches',
      why: MATRIX_WHY,
      pitfalls: ['The axes that were summed come back at the end of the result; transpose when the argument has them elsewhere.'],
    },
  },
  {
    names: ['np.einsum'],
    signature: '*operands, out=None, optimize=False, dtype=None',
    call: (context, [operands, out, , dtype]) => {
      const result = einsumOf(context, (operands as Tuple).items);
      const wanted = toDType(dtype);
      return delivered(context, 'einsum', scalarIfZeroD(wanted === null ? result : asArray(context, result, wanted)), out);
    },
    explain: {
      pullback: {},
      pattern: 'multiply switches',
      why: 'The gradient of an operand is an einsum too: its letters and the result\'s change places, and the other operands stay, as in dw = einsum(\'nd,nm->dm\', x, g).',
      pitfalls: ['A letter that is summed in the operand alone must be put back by broadcasting.'],
    },
  },
  {
    names: ['np.kron'],
    signature: 'a, b',
    call: (context, [a, b]) => scalarIfZeroD(kron(context, toArray(context, a), toArray(context, b))),
    explain: {
      pullback: {
        a: `np.einsum('iajb,ab->ij', g.reshape(a.shape[0], b.shape[0], a.shape[1], b.shape[1]), b)`,
        b: `np.einsum('iajb,ij->ab', g.reshape(a.shape[0], b.shape[0], a.shape[1], b.shape[1]), a)`,
      },
      pattern: 'multiply switches', why: MATRIX_WHY,
    },
  },
  {
    names: ['np.cross'],
    signature: 'a, b, axisa=-1, axisb=-1, axisc=-1, axis=None',
    call: (context, [a, b, axisA, axisB, axisC, axis]) => {
      const along = axis === null ? [axisA, axisB, axisC] : [axis, axis, axis];
      return cross(context, toArray(context, a), toArray(context, b), toInt(along[0]), toInt(along[1]), toInt(along[2]));
    },
    explain: {
      pullback: {a: 'unbroadcast(np.cross(b, g), a)', b: 'unbroadcast(np.cross(g, a), b)'},
      pattern: 'multiply switches',
      why: 'The product is linear in each factor, and turning the three around cyclically keeps its value.',
      pitfalls: ['The order matters: np.cross(b, g) and np.cross(g, b) differ by their sign.'],
    },
  },
  {
    names: ['np.linalg.multi_dot'],
    signature: 'arrays, *, out=None',
    call: (context, [arrays, out]) => delivered(context, 'dot', multiDot(context, toArrays(context, arrays)), out),
    explain: {
      pullback: {
        arrays: '[np.linalg.multi_dot([np.eye(len(g))] * 2 + list(arrays[:i])).T @ g @ np.linalg.multi_dot(list(arrays[i + 1:]) + [np.eye(g.shape[1])] * 2).T for i in range(len(arrays))]',
      },
      pattern: 'multiply switches',
      why: 'Each factor gets the cotangent between the transposed products of those before it and those after it.',
    },
  },
  {
    names: ['np.trace', 'ndarray.trace'],
    signature: 'a, offset=0, axis1=0, axis2=1, dtype=None, out=None',
    call: (context, [a, offset, axis1, axis2, dtype, out]) => {
      const array = toArray(context, a);
      const wanted = toDType(dtype);
      const source = wanted === null ? array : asArray(context, array, wanted);
      return delivered(context, 'add', trace(context, source, toInt(offset), toInt(axis1), toInt(axis2)), out);
    },
    explain: {
      pullback: {a: 'g * np.eye(a.shape[0], a.shape[1], offset)'},
      pattern: 'sum broadcasts',
      why: 'Every element of the diagonal counts once, the others not at all.',
    },
  },
  {
    names: ['np.diag'],
    signature: 'v, k=0',
    call: (context, [v, k]) => diag(context, toArray(context, v), toInt(k)),
    explain: {
      pullback: {
        v: 'np.diag(g, k) if v.ndim == 1 else np.bincount(np.diag(np.arange(v.size).reshape(v.shape), k), g, v.size).reshape(v.shape)',
      },
      pattern: 'take puts back',
      why: 'Only the diagonal is connected with the result.',
    },
  },
  {
    names: ['np.diagflat'],
    signature: 'v, k=0',
    call: (context, [v, k]) => diag(context, ravel(context, toArray(context, v)), toInt(k)),
    explain: {pullback: {v: 'np.diag(g, k).reshape(v.shape)'}, pattern: 'take puts back', why: 'Only the diagonal is connected with the argument.'},
  },
  {
    names: ['np.diagonal', 'ndarray.diagonal', 'np.linalg.diagonal'],
    signature: 'a, offset=0, axis1=0, axis2=1',
    call: (context, [a, offset, axis1, axis2]) => diagonal(toArray(context, a), toInt(offset), toInt(axis1), toInt(axis2)),
    explain: {
      pullback: {
        a: 'np.bincount(np.diagonal(np.arange(a.size).reshape(a.shape), offset, axis1, axis2).ravel(), g.ravel(), a.size).reshape(a.shape)',
      },
      pattern: 'take puts back',
      why: 'Only the diagonal is connected with the result; everything else gets zero.',
    },
  },
];
