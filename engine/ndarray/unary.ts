/**
 * Unary operations on arrays and numbers. What each means is in unary-rules.ts.
 * The functions that make up most of a backward pass have loops of their own; the others call their rule.
 */
import type {Tape} from '../tape/tape.ts';
import type {GuardLog} from '../tape/guards.ts';
import type {Context} from './context.ts';
import {isFloat} from './dtype.ts';
import type {DType} from './dtype.ts';
import {NDArray, allocate, positions} from './array.ts';
import {broadcastShapes} from './broadcast.ts';
import {roundAll, roundOne, scalarIfZeroD, writeOut} from './cast.ts';
import {dtypeOf, idOf, isContinuous, numberOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import {Scalar, numpyScalar} from './scalar.ts';
import {unaryRules} from './unary-rules.ts';
import type {UnaryName, UnaryRule} from './unary-rules.ts';
import {freshIds} from './memory.ts';

/**
 * `np.<operation>(a, out=out, where=where)`. A number or a 0-d array gives a NumPy scalar unless `out` is given.
 * Raises TypeError for dtypes without a loop.
 */
export function unary(
  context: Context, operation: UnaryName, a: Operand, out: NDArray | null = null, where: NDArray | null = null,
): NDArray | Scalar {
  const from = dtypeOf(a);
  if (operation === 'invert' && from === 'bool') return unary(context, 'logical_not', a, out, where);
  const rule = unaryRules[operation];
  const dtype = rule.dtype(from);
  if (!(a instanceof NDArray) && out === null && where === null) return ofNumber(context, rule, a, from, dtype, false);
  const result = compute(context, operation, rule, operandArray(context, a, from), dtype);
  if (out !== null) return writeOut(context, operation, result, out, where);
  if (where === null) return scalarIfZeroD(result);
  const blank = allocate(context, broadcastShapes(result.shape, where.shape), dtype);
  return scalarIfZeroD(writeOut(context, operation, result, blank, where));
}

/** Python's `-x`, `+x` or `abs(x)` on a number: a Python number stays one, a NumPy scalar too. */
export function scalarUnary(context: Context, operation: UnaryName, a: Scalar): Scalar {
  const rule = unaryRules[operation];
  return ofNumber(context, rule, a, a.dtype, rule.dtype(a.dtype), a.weak);
}

function ofNumber(
  context: Context, rule: UnaryRule, a: Scalar | number | bigint | boolean, from: DType, dtype: DType, weak: boolean,
): Scalar {
  context.budget.spend(1);
  const x = numberOf(a);
  const value = roundOne(context, dtype, valueFor(rule, from)(x));
  if (context.guards !== null && isContinuous(a) && rule.distance !== undefined) {
    context.guards.decide(rule.outcome!(x, value), rule.distance(x));
  }
  const id = idOf(a);
  const record = id !== 0 && context.tape !== null && rule.by !== undefined;
  const node = record ? context.tape!.unary(rule.op, id, value, rule.by(x, value)) : 0;
  return weak ? new Scalar(value, node, dtype, true) : numpyScalar(value, dtype, node);
}

function valueFor(rule: UnaryRule, from: DType): (x: number) => number {
  return rule.integer !== undefined && !isFloat(from) ? rule.integer : rule.value;
}

function compute(context: Context, operation: UnaryName, rule: UnaryRule, a: NDArray, dtype: DType): NDArray {
  const result = allocate(context, a.shape, dtype);
  context.budget.spend(a.size);
  const out = result.buffer.data;
  const x = a.buffer.data;
  const places = a.contiguous ? null : positions(a);
  if (places === null && isFloat(a.dtype)) loop(operation, rule, x, a.offset, out);
  else {
    const value = valueFor(rule, a.dtype);
    const {offset} = a;
    for (let k = 0; k < out.length; k++) out[k] = value(x[places === null ? offset + k : places[k]]);
  }
  roundAll(context, dtype, out);
  if (context.guards !== null && isFloat(a.dtype)) note(context.guards, rule, a, places, out);
  const {ids} = a.buffer;
  if (ids !== null && context.tape !== null && rule.by !== undefined) {
    result.buffer.ids = record(context.tape, operation, rule, a, places, ids, out);
  }
  return result;
}

function loop(operation: UnaryName, rule: UnaryRule, x: Float64Array, i: number, out: Float64Array): void {
  const n = out.length;
  switch (operation) {
    case 'negative': for (let k = 0; k < n; k++) out[k] = -x[i + k]; return;
    case 'exp': for (let k = 0; k < n; k++) out[k] = Math.exp(x[i + k]); return;
    case 'log': for (let k = 0; k < n; k++) out[k] = Math.log(x[i + k]); return;
    case 'tanh': for (let k = 0; k < n; k++) out[k] = Math.tanh(x[i + k]); return;
    case 'sqrt': for (let k = 0; k < n; k++) out[k] = Math.sqrt(x[i + k]); return;
    case 'square': for (let k = 0; k < n; k++) out[k] = x[i + k] * x[i + k]; return;
    default: {
      const {value} = rule;
      for (let k = 0; k < n; k++) out[k] = value(x[i + k]);
    }
  }
}

function note(guards: GuardLog, rule: UnaryRule, a: NDArray, places: Int32Array | null, out: Float64Array): void {
  const {distance, outcome} = rule;
  if (distance === undefined || outcome === undefined) return;
  for (let k = 0; k < out.length; k++) {
    const x = a.buffer.data[places === null ? a.offset + k : places[k]];
    guards.decide(outcome(x, out[k]), distance(x));
  }
}

function record(
  tape: Tape, operation: UnaryName, rule: UnaryRule, a: NDArray, places: Int32Array | null, ids: Int32Array, out: Float64Array,
): Int32Array {
  const n = out.length;
  const own = freshIds(n);
  const slopes = slopesOf(operation, rule, a, places, out);
  tape.makeRoom(n);
  const {op, a: first, b: second, value, da, db, operationOf, operation: number} = tape;
  let id = tape.length;
  const {offset} = a;
  const code = rule.op;
  for (let k = 0; k < n; k++) {
    const operand = ids[places === null ? offset + k : places[k]];
    if (operand === 0) continue;
    op[id] = code;
    first[id] = operand;
    second[id] = 0;
    value[id] = out[k];
    da[id] = slopes[k];
    db[id] = 0;
    operationOf[id] = number;
    own[k] = id++;
  }
  tape.length = id;
  return own;
}

let slopeRoom = new Float64Array(256);

/** The derivative at every element, in scratch memory that the next call overwrites. */
function slopesOf(operation: UnaryName, rule: UnaryRule, a: NDArray, places: Int32Array | null, out: Float64Array): Float64Array {
  const n = out.length;
  if (slopeRoom.length < n) slopeRoom = new Float64Array(2 * n);
  const slopes = slopeRoom;
  const x = a.buffer.data;
  const {offset} = a;
  switch (operation) {
    case 'negative': for (let k = 0; k < n; k++) slopes[k] = -1; return slopes;
    case 'exp': for (let k = 0; k < n; k++) slopes[k] = out[k]; return slopes;
    case 'tanh': for (let k = 0; k < n; k++) slopes[k] = 1 - out[k] * out[k]; return slopes;
    case 'sqrt': for (let k = 0; k < n; k++) slopes[k] = 0.5 / out[k]; return slopes;
    case 'log': for (let k = 0; k < n; k++) slopes[k] = 1 / x[places === null ? offset + k : places[k]]; return slopes;
    case 'square': for (let k = 0; k < n; k++) slopes[k] = 2 * x[places === null ? offset + k : places[k]]; return slopes;
    default: {
      const by = rule.by!;
      for (let k = 0; k < n; k++) slopes[k] = by(x[places === null ? offset + k : places[k]], out[k]);
      return slopes;
    }
  }
}
