/** Statements that the grammar finds an error in, taken apart line by line. */
import type {Stmt} from './ast.ts';
import type {Reading} from './reading.ts';
import type {LogicalLine} from './scan.ts';

export function recoverGroup(_r: Reading, group: readonly LogicalLine[], _level: number, into: Stmt[]): void {
  into.push({kind: 'Invalid', span: {start: group[0]!.start, end: group.at(-1)!.end}, message: 'not Python'});
}
