/** The Jacobian of one value by another, row by row from the tape: one reverse sweep for each element of the later value. */
import {reverseSweep} from '../tape/sweep.ts';
import type {Tape} from '../tape/tape.ts';
import {eachOperand} from './owners.ts';
import {mostAcross} from './study.ts';
import type {JacobianAnswer} from './study.ts';

/** Rows times tape entries that are swept at most: what is beyond is not counted, and not shown. */
const mostWork = 40_000_000;

export type JacobianNumbers = Omit<JacobianAnswer, 'about' | 'from' | 'to'>;

/** `from` and `to` are the tape entries of the two values' elements, in C order. */
export function jacobian(tape: Tape, from: Int32Array, to: Int32Array): JacobianNumbers {
  const rows = to.length;
  const columns = from.length;
  const shownRows = Math.min(rows, mostAcross);
  const shownColumns = Math.min(columns, mostAcross);
  const entries: (number | null)[] = [];
  const sweptRows = Math.min(rows, Math.max(shownRows, Math.floor(mostWork / tape.length)));
  const firstOf: number[] = [];
  let connected = 0;
  let isDiagonal = rows === columns;
  for (let row = 0; row < sweptRows; row++) {
    const {bar} = reverseSweep(tape, [to[row]], [1]);
    const reached = reachedFrom(tape, to[row]);
    let first = -1;
    for (let column = 0; column < columns; column++) {
      const id = from[column];
      const isConnected = id !== 0 && reached[id] !== 0;
      if (isConnected) {
        connected++;
        if (first < 0) first = column;
        if (column !== row) isDiagonal = false;
      }
      if (row < shownRows && column < shownColumns) entries.push(isConnected ? bar[id] : null);
    }
    firstOf.push(first);
  }
  const known = sweptRows * columns;
  const structure = connected === 0 ? 'none' : isDiagonal ? 'diagonal' : connected === known ? 'dense' : isInBlocks(firstOf) ? 'blocks' : 'sparse';
  return {rows, columns, connected: Math.round(connected * rows / sweptRows), shownRows, shownColumns, entries, structure};
}

/** Rows that begin at the same column stand together, and each group of them begins further right. */
function isInBlocks(firstOf: readonly number[]): boolean {
  const distinct = new Set(firstOf);
  return distinct.size > 1 && !distinct.has(-1) && firstOf.every((first, row) => row === 0 || first >= firstOf[row - 1]);
}

/** Entries that this one is computed from, 1 for each. */
function reachedFrom(tape: Tape, id: number): Uint8Array {
  const reached = new Uint8Array(id + 1);
  reached[id] = 1;
  for (let entry = id; entry > 0; entry--) {
    if (reached[entry] !== 0) eachOperand(tape, entry, (operand) => { reached[operand] = 1; });
  }
  return reached;
}
