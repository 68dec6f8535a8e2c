/** Which values the backward pass needs again: read off the derivative of each scalar operation on the tape. */
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';

const ofTheResult = new Set<number>([Op.Exp, Op.Sqrt, Op.Tanh, Op.Expm1]);
const ofNothing = new Set<number>([Op.Leaf, Op.Identity, Op.Neg, Op.Add, Op.Sub, Op.Sum, Op.Linear]);

/** Calls `need` with the entries whose values the derivative of `entry` is made of. */
export function eachNeeded(tape: Tape, entry: number, need: (needed: number) => void): void {
  const op = tape.op[entry];
  const a = tape.a[entry];
  const b = tape.b[entry];
  if (ofNothing.has(op)) return;
  if (ofTheResult.has(op)) {
    need(entry);
  } else if (op === Op.Dot) {
    for (let k = a; k + 1 < a + b; k += 2) needPair(tape.pool[k], tape.pool[k + 1], need);
  } else if (op === Op.Mul) {
    needPair(a, b, need);
  } else {
    if (a !== 0 && !(op === Op.Div && b === 0)) need(a);
    if (b !== 0) need(b);
  }
}

/** Each factor is the derivative by the other, where that one has a derivative. */
function needPair(a: number, b: number, need: (needed: number) => void): void {
  if (a === 0 || b === 0) return;
  need(a);
  need(b);
}
