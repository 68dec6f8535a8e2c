/**
 * The inner loops of binary operations over one strip of elements: values, tape entries and guards.
 * The four operations that make up most of a backward pass have loops of their own; the others call their rule.
 */
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import type {GuardLog} from '../tape/guards.ts';
import type {DType} from './dtype.ts';
import type {BinaryName, BinaryRule} from './elementwise-rules.ts';
import {valueFor} from './elementwise-rules.ts';

/** Where the strips of one operand are. */
export interface Walk {
  readonly data: Float64Array;
  readonly ids: Int32Array | null;
}

/** out[r + k] = x[i + k * di] (operation) y[j + k * dj], for k below n. */
export function stripValues(
  operation: BinaryName, rule: BinaryRule, dtype: DType, n: number,
  x: Float64Array, i: number, di: number, y: Float64Array, j: number, dj: number, out: Float64Array, r: number,
): void {
  switch (operation) {
    case 'add':
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] + y[j];
      return;
    case 'subtract':
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] - y[j];
      return;
    case 'multiply':
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] * y[j];
      return;
    case 'divide':
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] / y[j];
      return;
    case 'maximum':
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] >= y[j] || x[i] !== x[i] ? x[i] : y[j];
      return;
    case 'minimum':
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = x[i] <= y[j] || x[i] !== x[i] ? x[i] : y[j];
      return;
    default: {
      const value = valueFor(rule, dtype);
      for (let k = 0; k < n; k++, i += di, j += dj) out[r + k] = value(x[i], y[j]);
    }
  }
}

/** Notes the decisions of a strip of an operation that has kinks or jumps. */
export function stripGuards(
  guards: GuardLog, operation: BinaryName, rule: BinaryRule, n: number,
  x: Float64Array, i: number, di: number, y: Float64Array, j: number, dj: number, out: Float64Array, r: number,
): void {
  const {distance, outcome} = rule;
  if (distance === undefined || outcome === undefined) return;
  if (operation === 'maximum') {
    for (let k = 0; k < n; k++, i += di, j += dj) guards.decide(x[i] >= y[j] ? 1 : 0, Math.abs(x[i] - y[j]));
    return;
  }
  for (let k = 0; k < n; k++, i += di, j += dj) {
    guards.decide(outcome(x[i], y[j], out[r + k]), distance(x[i], y[j], out[r + k]));
  }
}

/** Appends the entries of a strip and writes their ids into `ids`, which must hold zeros. */
export function stripEntries(
  tape: Tape, operation: BinaryName, rule: BinaryRule, n: number,
  left: Walk, i: number, di: number, right: Walk, j: number, dj: number, out: Float64Array, ids: Int32Array, r: number,
): void {
  const x = left.data;
  const y = right.data;
  const a = left.ids;
  const b = right.ids;
  tape.makeRoom(n);
  switch (operation) {
    case 'add': sumEntries(tape, Op.Add, 1, n, a, i, di, b, j, dj, out, ids, r); return;
    case 'subtract': sumEntries(tape, Op.Sub, -1, n, a, i, di, b, j, dj, out, ids, r); return;
    case 'multiply': productEntries(tape, n, x, a, i, di, y, b, j, dj, out, ids, r); return;
    case 'divide': quotientEntries(tape, n, a, i, di, y, b, j, dj, out, ids, r); return;
    default:
      if (operation === 'maximum') maximumEntries(tape, n, x, a, i, di, y, b, j, dj, out, ids, r);
      else if (rule.first !== undefined) choiceEntries(tape, rule.first, n, x, a, i, di, y, b, j, dj, out, ids, r);
      else {
        for (let k = 0; k < n; k++, i += di, j += dj) {
          ids[r + k] = recordBinary(tape, rule, a === null ? 0 : a[i], b === null ? 0 : b[j], x[i], y[j], out[r + k]);
        }
      }
  }
}

type Ids = Int32Array | null;

function sumEntries(
  tape: Tape, code: Op, sign: number, n: number, a: Ids, i: number, di: number, b: Ids, j: number, dj: number,
  out: Float64Array, ids: Int32Array, r: number,
): void {
  const {op, a: first, b: second, value, da, db, operationOf, operation} = tape;
  let id = tape.length;
  for (let k = 0; k < n; k++, i += di, j += dj) {
    const p = a === null ? 0 : a[i];
    const q = b === null ? 0 : b[j];
    if ((p | q) === 0) continue;
    op[id] = code;
    first[id] = p;
    second[id] = q;
    value[id] = out[r + k];
    da[id] = 1;
    db[id] = sign;
    operationOf[id] = operation;
    ids[r + k] = id++;
  }
  tape.length = id;
}

function productEntries(
  tape: Tape, n: number, x: Float64Array, a: Ids, i: number, di: number, y: Float64Array, b: Ids, j: number, dj: number,
  out: Float64Array, ids: Int32Array, r: number,
): void {
  const {op, a: first, b: second, value, da, db, operationOf, operation} = tape;
  let id = tape.length;
  for (let k = 0; k < n; k++, i += di, j += dj) {
    const p = a === null ? 0 : a[i];
    const q = b === null ? 0 : b[j];
    if ((p | q) === 0) continue;
    op[id] = Op.Mul;
    first[id] = p;
    second[id] = q;
    value[id] = out[r + k];
    da[id] = y[j];
    db[id] = x[i];
    operationOf[id] = operation;
    ids[r + k] = id++;
  }
  tape.length = id;
}

function quotientEntries(
  tape: Tape, n: number, a: Ids, i: number, di: number, y: Float64Array, b: Ids, j: number, dj: number,
  out: Float64Array, ids: Int32Array, r: number,
): void {
  const {op, a: first, b: second, value, da, db, operationOf, operation} = tape;
  let id = tape.length;
  for (let k = 0; k < n; k++, i += di, j += dj) {
    const p = a === null ? 0 : a[i];
    const q = b === null ? 0 : b[j];
    if ((p | q) === 0) continue;
    op[id] = Op.Div;
    first[id] = p;
    second[id] = q;
    value[id] = out[r + k];
    da[id] = 1 / y[j];
    db[id] = -out[r + k] / y[j];
    operationOf[id] = operation;
    ids[r + k] = id++;
  }
  tape.length = id;
}

function maximumEntries(
  tape: Tape, n: number, x: Float64Array, a: Ids, i: number, di: number, y: Float64Array, b: Ids, j: number, dj: number,
  out: Float64Array, ids: Int32Array, r: number,
): void {
  const {op, a: first, b: second, value, da, db, operationOf, operation} = tape;
  let id = tape.length;
  for (let k = 0; k < n; k++, i += di, j += dj) {
    const p = a === null ? 0 : a[i];
    const q = b === null ? 0 : b[j];
    if ((p | q) === 0) continue;
    const winner = x[i] >= y[j] || x[i] !== x[i] ? p : q;
    op[id] = winner === 0 ? Op.Leaf : Op.Identity;
    first[id] = winner;
    second[id] = 0;
    value[id] = out[r + k];
    da[id] = winner === 0 ? 0 : 1;
    db[id] = 0;
    operationOf[id] = operation;
    ids[r + k] = id++;
  }
  tape.length = id;
}

function choiceEntries(
  tape: Tape, takesFirst: (x: number, y: number) => boolean, n: number, x: Float64Array, a: Ids, i: number, di: number,
  y: Float64Array, b: Ids, j: number, dj: number, out: Float64Array, ids: Int32Array, r: number,
): void {
  for (let k = 0; k < n; k++, i += di, j += dj) {
    ids[r + k] = chosen(tape, takesFirst(x[i], y[j]), a === null ? 0 : a[i], b === null ? 0 : b[j], out[r + k]);
  }
}

/**
 * Appends the entry of a choice between two values, and returns its id; 0 between constants. A constant that wins against
 * something differentiable is a value with a gradient too: the slope of what follows, which the loser does not get.
 */
export function chosen(tape: Tape, isFirst: boolean, a: number, b: number, value: number): number {
  if ((a | b) === 0) return 0;
  const winner = isFirst ? a : b;
  return winner === 0 ? tape.leaf(value) : tape.identity(winner, value);
}

/** Appends the entry of one application of a rule, and returns its id; 0 when no operand with a derivative has an id. */
export function recordBinary(tape: Tape, rule: BinaryRule, a: number, b: number, x: number, y: number, r: number): number {
  if (rule.first !== undefined) return chosen(tape, rule.first(x, y), a, b, r);
  const p = rule.byX === undefined ? 0 : a;
  const q = rule.byY === undefined ? 0 : b;
  if ((p | q) === 0) return 0;
  return tape.binary(rule.op, p, q, r, p === 0 ? 0 : rule.byX!(x, y, r), q === 0 ? 0 : rule.byY!(x, y, r));
}
