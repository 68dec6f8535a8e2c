/**
 * Second derivatives: a Hessian times a direction, by differentiating the reverse sweep along it (forward over reverse).
 * The tape keeps slopes; how a slope changes is told by the operation's code. Knows only the tape.
 */
import {Op} from './tape.ts';
import type {Tape} from './tape.ts';
import type {Sweep} from './sweep.ts';

export interface Curvature {
  /** For every entry, how its gradient changes along the direction; for leaves, the Hessian times the direction. */
  readonly product: Float64Array;
  /** Entries of which the tape keeps too little to say how their slope changes; they are taken as straight. */
  readonly unknown: number;
}

/** `direction[id]` is how fast each leaf moves; 0 for all other entries. Both have the length of the tape. */
export function hessianTimes(tape: Tape, {bar}: Sweep, direction: Float64Array): Curvature {
  const {op, a, b, da, db, pool, poolPartial} = tape;
  const count = bar.length;
  const moves = direction.slice();
  for (let id = 1; id < count; id++) {
    if (op[id] === Op.Sum || op[id] === Op.Dot) {
      for (let k = a[id]; k < a[id] + b[id]; k++) moves[id] += poolPartial[k] * moves[pool[k]];
    } else if (op[id] !== Op.Leaf) {
      moves[id] += da[id] * moves[a[id]] + db[id] * moves[b[id]];
    }
  }
  const product = new Float64Array(count);
  let unknown = 0;
  const slopes = {da: 0, db: 0};
  for (let id = count - 1; id > 0; id--) {
    const up = bar[id];
    const upMoves = product[id];
    if (up === 0 && upMoves === 0) continue;
    if (op[id] === Op.Sum || op[id] === Op.Dot) {
      const isDot = op[id] === Op.Dot;
      for (let k = a[id]; k < a[id] + b[id]; k++) {
        // The partial by one of a pair is the value of the other.
        const other = isDot ? moves[pool[(k - a[id]) % 2 === 0 ? k + 1 : k - 1]] : 0;
        product[pool[k]] += upMoves * poolPartial[k] + up * other;
      }
      continue;
    }
    if (!changeOfSlopes(tape, id, moves, slopes)) unknown++;
    if (a[id] !== 0) product[a[id]] += upMoves * da[id] + up * slopes.da;
    if (b[id] !== 0) product[b[id]] += upMoves * db[id] + up * slopes.db;
  }
  product[0] = 0;
  return {product, unknown};
}

/** Entries that are straight lines in their operands. */
const straight = new Set<number>([Op.Leaf, Op.Identity, Op.Neg, Op.Add, Op.Sub, Op.Abs]);

/** Writes how fast the two slopes of an entry change when its operands move; false when the tape does not say. */
function changeOfSlopes(tape: Tape, id: number, moves: Float64Array, into: {da: number; db: number}): boolean {
  const {op, a, b, da, db, value} = tape;
  const first = a[id];
  const second = b[id];
  const u = moves[first];
  const v = moves[second];
  into.da = 0;
  into.db = 0;
  if (straight.has(op[id]) || u === 0 && v === 0) return true;
  const x = value[first];
  const y = value[second];
  const r = value[id];
  switch (op[id]) {
    case Op.Mul:
      into.da = second === 0 ? 0 : v;
      into.db = first === 0 ? 0 : u;
      return true;
    case Op.Div:
      if (second !== 0) {
        into.da = -v / (y * y);
        into.db = -u / (y * y) - 2 * db[id] * v / y;
      } else if (Math.abs(da[id] * x - r) > 1e-9 * Math.abs(r)) {
        // One over x, and not x over a constant.
        into.da = -2 * da[id] * u / x;
      }
      return true;
    case Op.Pow: return changeOfPower(tape, id, u, v, into);
    case Op.Hypot:
      into.da = first === 0 ? 0 : ((1 - da[id] ** 2) * u - da[id] * db[id] * v) / r;
      into.db = second === 0 ? 0 : ((1 - db[id] ** 2) * v - da[id] * db[id] * u) / r;
      return true;
    case Op.Atan2: {
      if (first === 0 || second === 0) return false;
      const square = (x * x + y * y) ** 2;
      into.da = (-2 * x * y * u + (x * x - y * y) * v) / square;
      into.db = ((x * x - y * y) * u + 2 * x * y * v) / square;
      return true;
    }
    default: {
      if (second !== 0) return false;
      const bend = bendOf(op[id], x, r, da[id]);
      if (Number.isNaN(bend)) return false;
      into.da = bend * u;
      return true;
    }
  }
}

/** The second derivative of a function of one number, from its operand, value and slope; NaN when the code does not say. */
function bendOf(op: number, x: number, r: number, slope: number): number {
  switch (op) {
    // Also powers of other bases: the slope is a multiple of the value.
    case Op.Exp: return r === 0 ? 0 : slope * slope / r;
    case Op.Expm1: return slope;
    case Op.Log: return -slope / x;
    case Op.Log1p: return -slope * slope;
    case Op.Sqrt: return -slope / (2 * x);
    case Op.Sin: case Op.Cos: return -r;
    case Op.Tan: return 2 * r * slope;
    case Op.Asin: case Op.Acos: return x * slope ** 3;
    case Op.Atan: return -2 * x * slope * slope;
    case Op.Sinh: case Op.Cosh: return r;
    case Op.Tanh: return -2 * r * slope;
    case Op.Asinh: case Op.Acosh: return -x * slope ** 3;
    case Op.Atanh: return 2 * x * slope * slope;
    case Op.Erf: return -2 * x * slope;
    default: return NaN;
  }
}

function changeOfPower(tape: Tape, id: number, u: number, v: number, into: {da: number; db: number}): boolean {
  const {a, b, da, db, value} = tape;
  const x = value[a[id]];
  const r = value[id];
  if (b[id] === 0) {
    const exponent = exponentOf(tape, id);
    if (exponent === null) return false;
    into.da = (x === 0 ? (exponent === 2 ? 2 : exponent === 1 || exponent > 2 ? 0 : NaN) : da[id] * (exponent - 1) / x) * u;
    return !Number.isNaN(into.da);
  }
  if (a[id] === 0) {
    into.db = r === 0 ? 0 : db[id] * db[id] / r * v;
    return true;
  }
  if (x <= 0) return false;
  const y = value[b[id]];
  const mixed = (1 + y * Math.log(x)) * r / x;
  into.da = y * (y - 1) * r / (x * x) * u + mixed * v;
  into.db = mixed * u + r * Math.log(x) ** 2 * v;
  return true;
}

/** The constant exponent of a power: of this entry, or of another of the same array operation where this one is of zero. */
function exponentOf({a, b, da, value, operationOf, length}: Tape, id: number): number | null {
  const from = (entry: number): number | null => {
    const x = value[a[entry]];
    return b[entry] !== 0 || x === 0 || value[entry] === 0 ? null : Math.round(da[entry] * x / value[entry] * 1e9) / 1e9;
  };
  const own = from(id);
  if (own !== null) return own;
  for (const step of [-1, 1]) {
    for (let entry = id + step; entry > 0 && entry < length && operationOf[entry] === operationOf[id]; entry += step) {
      const other = from(entry);
      if (other !== null) return other;
    }
  }
  return null;
}
