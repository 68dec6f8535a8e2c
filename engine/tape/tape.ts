/**
 * The scalar tape: one entry for every differentiable float that a run computed, in order.
 * An entry keeps its operation code, operands, value, local partial derivatives and the number of the array operation that made it.
 * Node id 0 is "a constant": it has no entry and no gradient. Knows nothing of Python or arrays.
 */

/** Scalar operations. The n-ary ones (`Sum`, `Dot`) keep their operands in the pool. */
export const Op = {
  Leaf: 0, Identity: 1, Neg: 2, Add: 3, Sub: 4, Mul: 5, Div: 6, Pow: 7,
  Exp: 8, Log: 9, Sqrt: 10, Sin: 11, Cos: 12, Tan: 13, Asin: 14, Acos: 15, Atan: 16,
  Sinh: 17, Cosh: 18, Tanh: 19, Asinh: 20, Acosh: 21, Atanh: 22,
  Abs: 23, Expm1: 24, Log1p: 25, Erf: 26, Atan2: 27, Hypot: 28, Linear: 29,
  Sum: 30, Dot: 31, Gamma: 32,
} as const;
export type Op = (typeof Op)[keyof typeof Op];

/** Thrown when a run may not append any more. */
export class TapeFull extends Error {
  constructor(readonly limit: number) {
    super(`more than ${limit} differentiable numbers`);
  }
}

/** Append-only. Every append returns the new entry's id, which is at least 1. */
export class Tape {
  length = 1;
  op: Uint8Array;
  /** First and second operand ids; for `Sum` and `Dot`: start in the pool and number of pool places. */
  a: Int32Array;
  b: Int32Array;
  value: Float64Array;
  /** Local partial derivatives by `a` and `b`. */
  da: Float64Array;
  db: Float64Array;
  /** Which array operation made the entry; set {@link operation} before appending. */
  operationOf: Int32Array;
  poolLength = 0;
  /** Operand ids of n-ary entries. `Dot` keeps pairs side by side: a1 b1 a2 b2 ...; id 0 is a constant. */
  pool: Int32Array;
  /** The partial derivative by each pool operand. */
  poolPartial: Float64Array;
  /** The number of the array operation that is being recorded. */
  operation = 0;

  constructor(readonly limit = 20_000_000, capacity = 256) {
    this.op = new Uint8Array(capacity);
    this.a = new Int32Array(capacity);
    this.b = new Int32Array(capacity);
    this.value = new Float64Array(capacity);
    this.da = new Float64Array(capacity);
    this.db = new Float64Array(capacity);
    this.operationOf = new Int32Array(capacity);
    this.pool = new Int32Array(capacity);
    this.poolPartial = new Float64Array(capacity);
  }

  /** Forgets all entries, keeping the memory. */
  clear(): void {
    this.length = 1;
    this.poolLength = 0;
    this.operation = 0;
  }

  /** An independent variable. */
  leaf(value: number): number {
    return this.append(Op.Leaf, 0, 0, value, 0, 0);
  }

  /** The same value under an identity of its own: a copy, a gather, a binding. `a` must not be 0. */
  identity(a: number, value: number): number {
    return this.append(Op.Identity, a, 0, value, 1, 0);
  }

  unary(op: Op, a: number, value: number, da: number): number {
    return this.append(op, a, 0, value, da, 0);
  }

  /** At least one of `a` and `b` is not 0. */
  binary(op: Op, a: number, b: number, value: number, da: number, db: number): number {
    return this.append(op, a, b, value, da, db);
  }

  /** Makes room for `places` pool operands and returns where to write them; follow with {@link nary}. */
  reserve(places: number): number {
    const start = this.poolLength;
    if (start + places > this.pool.length) this.growPool(start + places);
    this.poolLength = start + places;
    return start;
  }

  /** An entry over the pool places from `start` to the end of the pool. */
  nary(op: typeof Op.Sum | typeof Op.Dot, start: number, value: number): number {
    return this.append(op, start, this.poolLength - start, value, 0, 0);
  }

  /**
   * Makes room for `count` more entries, for a loop that writes the columns itself: from `length` on, without holes, and
   * sets `length` when it is done. Take the columns from the tape after this call.
   */
  makeRoom(count: number): void {
    while (this.length + count > this.op.length) this.grow();
  }

  private append(op: Op, a: number, b: number, value: number, da: number, db: number): number {
    const id = this.length;
    if (id >= this.op.length) this.grow();
    this.op[id] = op;
    this.a[id] = a;
    this.b[id] = b;
    this.value[id] = value;
    this.da[id] = da;
    this.db[id] = db;
    this.operationOf[id] = this.operation;
    this.length = id + 1;
    return id;
  }

  private grow(): void {
    if (this.op.length >= this.limit) throw new TapeFull(this.limit);
    const capacity = Math.min(this.limit, this.op.length * 2);
    this.op = extended(this.op, new Uint8Array(capacity));
    this.a = extended(this.a, new Int32Array(capacity));
    this.b = extended(this.b, new Int32Array(capacity));
    this.value = extended(this.value, new Float64Array(capacity));
    this.da = extended(this.da, new Float64Array(capacity));
    this.db = extended(this.db, new Float64Array(capacity));
    this.operationOf = extended(this.operationOf, new Int32Array(capacity));
  }

  private growPool(needed: number): void {
    if (needed > this.limit * 4) throw new TapeFull(this.limit);
    const capacity = Math.max(needed, this.pool.length * 2);
    this.pool = extended(this.pool, new Int32Array(capacity));
    this.poolPartial = extended(this.poolPartial, new Float64Array(capacity));
  }
}

function extended<T extends {set(source: T): void}>(from: T, to: T): T {
  to.set(from);
  return to;
}
