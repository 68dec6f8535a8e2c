/** What a module asks of Python's future versions. Knows nothing of what a division gives. */
import type {Stmt} from './ast.ts';

const known = new WeakMap<readonly Stmt[], boolean>();

/** Whether a module of these statements asks for the division of Python 3, in which / of two integers is a float. */
export function asksForTrueDivision(body: readonly Stmt[]): boolean {
  let asks = known.get(body);
  if (asks === undefined) {
    asks = body.some((statement) => statement.kind === 'ImportFrom' && statement.module === '__future__' && statement.names.some(({name}) => name === 'division'));
    known.set(body, asks);
  }
  return asks;
}
