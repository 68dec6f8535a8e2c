/**
 * `np.einsum`: subscripts with ellipsis and implicit output, and the contraction over labelled axes that tensordot uses too.
 * One operand without a sum is a view; two operands give one Dot entry per output element; more are contracted in turn.
 */
import {Op} from '../tape/tape.ts';
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, positions, sizeOf, viewOf} from './array.ts';
import {shapeText} from './broadcast.ts';
import {roundAll} from './cast.ts';
import {promote} from './dtype.ts';
import {PyError} from './errors.ts';

/** An operand with a label for each axis; a label that comes twice walks the diagonal. */
export interface Labelled {
  readonly array: NDArray;
  readonly labels: readonly string[];
}

/** `np.einsum(subscripts, ...operands)`. A 0-d array where everything is summed. */
export function einsum(context: Context, subscripts: string, operands: readonly NDArray[]): NDArray {
  const text = subscripts.replaceAll(' ', '');
  const arrow = text.indexOf('->');
  const terms = (arrow === -1 ? text : text.slice(0, arrow)).split(',');
  if (terms.length < operands.length) {
    throw new PyError('ValueError', 'fewer operands provided to einstein sum function than specified in the subscripts string');
  }
  if (terms.length > operands.length) {
    throw new PyError('ValueError', 'more operands provided to einstein sum function than specified in the subscripts string');
  }
  const labelled = operands.map((array, k) => ({array, labels: readTerm(terms[k], array, k)}));
  const output = arrow === -1 ? implicitOutput(labelled) : explicitOutput(text.slice(arrow + 2), labelled);
  return contract(context, labelled, output);
}

function readTerm(term: string, array: NDArray, operand: number): string[] {
  for (const letter of term) {
    if (!/[A-Za-z.]/.test(letter)) {
      throw new PyError('ValueError', `invalid subscript '${letter}' in einstein sum subscripts string, subscripts must be letters`);
    }
  }
  const dots = term.indexOf('...');
  const letters = Array.from(term.replace('...', ''));
  if (letters.includes('.')) {
    throw new PyError('ValueError', `einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in operand ${operand}`);
  }
  const rest = array.ndim - letters.length;
  if (rest < 0) throw new PyError('ValueError', `einstein sum subscripts string contains too many subscripts for operand ${operand}`);
  if (dots === -1) {
    if (rest > 0) {
      throw new PyError('ValueError', 'operand has more dimensions than subscripts given in einstein sum, but no \'...\' ellipsis provided to broadcast the extra dimensions.');
    }
    return letters;
  }
  return [...letters.slice(0, dots), ...ellipsisLabels(rest), ...letters.slice(dots)];
}

/** Labels of the axes that `...` stands for, aligned at the right: `.1 .0`. */
function ellipsisLabels(count: number): string[] {
  return Array.from({length: count}, (_, k) => `.${count - 1 - k}`);
}

function widestEllipsis(operands: readonly Labelled[]): string[] {
  const counts = operands.map(({labels}) => labels.filter((label) => label.startsWith('.')).length);
  return ellipsisLabels(Math.max(0, ...counts));
}

function implicitOutput(operands: readonly Labelled[]): string[] {
  const all = operands.flatMap(({labels}) => labels).filter((label) => !label.startsWith('.'));
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort();
  return [...widestEllipsis(operands), ...once];
}

function explicitOutput(text: string, operands: readonly Labelled[]): string[] {
  const letters = Array.from(text.replace('...', ''));
  for (const letter of letters) {
    if (letters.indexOf(letter) !== letters.lastIndexOf(letter)) {
      throw new PyError('ValueError', `einstein sum subscripts string includes output subscript '${letter}' multiple times`);
    }
    if (!operands.some(({labels}) => labels.includes(letter))) {
      throw new PyError('ValueError', `einstein sum subscripts string included output subscript '${letter}' which never appeared in an input`);
    }
  }
  const dots = text.indexOf('...');
  const wide = widestEllipsis(operands);
  if (dots === -1) {
    if (wide.length > 0) {
      throw new PyError('ValueError', 'output has more dimensions than subscripts given in einstein sum, but no \'...\' ellipsis provided to broadcast the extra dimensions.');
    }
    return letters;
  }
  return [...letters.slice(0, dots), ...wide, ...letters.slice(dots)];
}

/** Multiplies the operands and sums over every label that is not in `output`. A label's axes of 1 broadcast. */
export function contract(context: Context, operands: readonly Labelled[], output: readonly string[]): NDArray {
  const sizes = labelSizes(operands);
  if (operands.length <= 2) return contractTwo(context, operands, output, sizes);
  const [first, second, ...rest] = operands;
  const later = new Set([...output, ...rest.flatMap(({labels}) => labels)]);
  const kept = [...new Set([...first.labels, ...second.labels])].filter((label) => later.has(label));
  const product = contractTwo(context, [first, second], kept, sizes);
  return contract(context, [{array: product, labels: kept}, ...rest], output);
}

function labelSizes(operands: readonly Labelled[]): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach(({array, labels}, operand) => {
    const own = new Map<string, number>();
    labels.forEach((label, axis) => {
      const n = array.shape[axis];
      const before = own.get(label);
      if (before !== undefined && before !== n && before !== 1 && n !== 1) {
        throw new PyError('ValueError', `dimensions in operand ${operand} for collapsing index '${label}' don't match (${before} != ${n})`);
      }
      own.set(label, before === undefined || before === 1 ? n : before);
    });
    for (const [label, n] of own) {
      const size = sizes.get(label);
      if (size !== undefined && size !== n && size !== 1 && n !== 1) {
        const shapes = operands.map((each) => shapeText(each.array.shape)).join(' ');
        throw new PyError('ValueError', `operands could not be broadcast together with shapes ${shapes} for einsum subscript '${label}'`);
      }
      if (size === undefined || size === 1) sizes.set(label, n);
    }
  });
  return sizes;
}

function contractTwo(context: Context, operands: readonly Labelled[], output: readonly string[], sizes: ReadonlyMap<string, number>): NDArray {
  const shape = output.map((label) => sizes.get(label) ?? 1);
  const present = new Set(operands.flatMap(({labels}) => labels));
  const summed = [...present].filter((label) => !output.includes(label));
  const sumShape = summed.map((label) => sizes.get(label) ?? 1);
  const [a, b] = operands;
  if (operands.length === 1 && summed.length === 0) return viewOf(a.array, shape, stridesBy(a, output, sizes), a.array.offset);
  const startsA = positions({shape, strides: stridesBy(a, output, sizes), offset: a.array.offset});
  const stepsA = positions({shape: sumShape, strides: stridesBy(a, summed, sizes), offset: 0});
  if (operands.length === 1) return sumOver(context, a.array, shape, startsA, stepsA);
  const startsB = positions({shape, strides: stridesBy(b, output, sizes), offset: b.array.offset});
  const stepsB = positions({shape: sumShape, strides: stridesBy(b, summed, sizes), offset: 0});
  return sumProduct(context, a.array, startsA, stepsA, b.array, startsB, stepsB, shape);
}

/** Strides of an operand along labels: 0 where it has none or broadcasts, added up where a label comes twice. */
function stridesBy({array, labels}: Labelled, along: readonly string[], sizes: ReadonlyMap<string, number>): number[] {
  return along.map((wanted) => labels.reduce((sum, label, axis) =>
    label === wanted && array.shape[axis] === sizes.get(label) ? sum + array.strides[axis] : sum, 0));
}

/** out[i] = sum over s of a[starts[i] + steps[s]]. */
function sumOver(context: Context, a: NDArray, shape: readonly number[], starts: Int32Array, steps: Int32Array): NDArray {
  const out = allocate(context, shape, a.dtype);
  context.budget.spend(starts.length * steps.length);
  const {data, ids} = a.buffer;
  const to = out.buffer.data;
  for (let i = 0; i < starts.length; i++) {
    let sum = 0;
    for (const step of steps) sum += data[starts[i] + step];
    to[i] = sum;
  }
  roundAll(context, out.dtype, to);
  const {tape} = context;
  if (tape === null || ids === null) return out;
  const own = out.buffer.idsForWrite();
  for (let i = 0; i < starts.length; i++) {
    let count = 0;
    for (const step of steps) if (ids[starts[i] + step] !== 0) count++;
    if (count === 0) continue;
    const start = tape.reserve(count);
    let at = start;
    for (const step of steps) {
      const id = ids[starts[i] + step];
      if (id === 0) continue;
      tape.pool[at] = id;
      tape.poolPartial[at++] = 1;
    }
    own[i] = tape.nary(Op.Sum, start, to[i]);
  }
  return out;
}

/** out[i] = sum over s of a[startsA[i] + stepsA[s]] * b[startsB[i] + stepsB[s]]. */
function sumProduct(
  context: Context, a: NDArray, startsA: Int32Array, stepsA: Int32Array,
  b: NDArray, startsB: Int32Array, stepsB: Int32Array, shape: readonly number[],
): NDArray {
  const out = allocate(context, shape, promote(a.dtype, b.dtype));
  const n = stepsA.length;
  const size = sizeOf(shape);
  context.budget.spend(size * n);
  const x = a.buffer.data;
  const y = b.buffer.data;
  const to = out.buffer.data;
  for (let i = 0; i < size; i++) {
    const p = startsA[i];
    const q = startsB[i];
    let sum = 0;
    for (let s = 0; s < n; s++) sum += x[p + stepsA[s]] * y[q + stepsB[s]];
    to[i] = sum;
  }
  roundAll(context, out.dtype, to);
  const {tape} = context;
  const xs = a.buffer.ids;
  const ys = b.buffer.ids;
  if (tape === null || (xs === null && ys === null)) return out;
  const own = out.buffer.idsForWrite();
  for (let i = 0; i < size; i++) {
    const start = tape.reserve(2 * n);
    const {pool, poolPartial} = tape;
    let any = 0;
    for (let s = 0, at = start; s < n; s++, at += 2) {
      const p = startsA[i] + stepsA[s];
      const q = startsB[i] + stepsB[s];
      pool[at] = xs === null ? 0 : xs[p];
      poolPartial[at] = y[q];
      pool[at + 1] = ys === null ? 0 : ys[q];
      poolPartial[at + 1] = x[p];
      any |= pool[at] | pool[at + 1];
    }
    if (any === 0) tape.poolLength = start;
    else own[i] = tape.nary(Op.Dot, start, to[i]);
  }
  return out;
}
