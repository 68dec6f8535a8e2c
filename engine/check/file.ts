/** What judging a pair needs to know of the file that it is in. */
import type {ModuleSource} from '../interpreter/interpreter.ts';
import type {Module, Stmt} from '../python/ast.ts';
import type {Lines} from '../python/lines.ts';

export interface PairFile {
  readonly path: string;
  readonly text: string;
  readonly module: Module;
  readonly lines: Lines;
  readonly source: ModuleSource;
  /** The top-level statements that the pair reaches. */
  readonly statements: ReadonlySet<Stmt> | null;
  /** Whether it is read as Python 2, where / of two integers is floored. */
  readonly floorDivision?: boolean;
}
