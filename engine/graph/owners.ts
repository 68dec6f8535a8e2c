/**
 * Which step of the run made each tape entry: an operation, or the making of an input. Bindings and copies that stand
 * outside every operation belong to whoever made what they copy. Knows the tape and the events, not the drawing.
 */
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import type {OperationEvent} from '../interpreter/events.ts';

/** The numbers of one value, in C order, each with its tape node. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
  readonly ids: Int32Array;
}

/** Something that made entries. */
export type Step =
  | {readonly kind: 'input'; readonly of: string; readonly numbers: Numbers}
  | {readonly kind: 'operation'; readonly event: OperationEvent};

export interface Owners {
  readonly steps: readonly Step[];
  /** The step of each entry, -1 for none. */
  readonly of: Int32Array;
  /** Entries that the outputs depend on. */
  readonly reaches: Uint8Array;
}

export function findOwners(tape: Tape, inputs: readonly {readonly of: string; readonly numbers: Numbers}[], operations: readonly OperationEvent[], outputs: readonly Int32Array[]): Owners {
  const of = new Int32Array(tape.length).fill(-1);
  const steps: Step[] = [];
  for (const {of: name, numbers} of inputs) {
    for (const id of numbers.ids) if (id !== 0 && of[id] < 0) of[id] = steps.length;
    steps.push({kind: 'input', of: name, numbers});
  }
  for (const event of operations) {
    let makes = false;
    // What an operation calls has announced itself before and keeps what it made.
    for (let id = event.firstEntry; id < Math.min(event.endEntry, tape.length); id++) {
      if (id === 0 || of[id] >= 0) continue;
      of[id] = steps.length;
      makes = true;
    }
    if (makes) steps.push({kind: 'operation', event});
  }
  for (let id = 1; id < tape.length; id++) if (of[id] < 0 && tape.op[id] === Op.Identity) of[id] = of[tape.a[id]];
  return {steps, of, reaches: reachesOutput(tape, outputs)};
}

/** Calls `visit` with each operand of one entry and the derivative by it. */
export function eachOperand(tape: Tape, entry: number, visit: (operand: number, partial: number) => void): void {
  const {op, a, b, da, db, pool, poolPartial} = tape;
  if (op[entry] === Op.Sum || op[entry] === Op.Dot) {
    const end = a[entry] + b[entry];
    for (let k = a[entry]; k < end; k++) if (pool[k] !== 0) visit(pool[k], poolPartial[k]);
    return;
  }
  if (a[entry] !== 0) visit(a[entry], da[entry]);
  if (b[entry] !== 0) visit(b[entry], db[entry]);
}

function reachesOutput(tape: Tape, outputs: readonly Int32Array[]): Uint8Array {
  const reaches = new Uint8Array(tape.length);
  for (const ids of outputs) for (const id of ids) reaches[id] = 1;
  for (let entry = tape.length - 1; entry > 0; entry--) {
    if (reaches[entry] !== 0) eachOperand(tape, entry, (operand) => { reaches[operand] = 1; });
  }
  reaches[0] = 0;
  return reaches;
}
