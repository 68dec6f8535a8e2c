/**
 * Blocks of statements as closures. A statement that meets something unknown poisons what it assigns, and the block goes on.
 */
import type {Stmt} from '../python/ast.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {Completion} from './code.ts';
import type {Frame, StmtCode} from './code.ts';
import {compileStmt} from './compile-statements.ts';
import {compilePoison} from './poison.ts';
import type {Poison} from './poison.ts';
import {unknownOf} from './objects.ts';
import type {Unsupported} from './objects.ts';
import type {Scope} from './scopes.ts';

/** Runs statements in order until one breaks, continues or returns. Charges a step for each. */
export function compileBlock(scope: Scope, statements: readonly Stmt[]): StmtCode {
  const codes = statements.map((statement) => compileStmt(scope, statement));
  const spoil = lazyPoison(scope, statements);
  const count = codes.length;
  return (frame) => {
    const {run} = frame;
    let i = 0;
    for (;;) {
      try {
        for (; i < count; i++) {
          run.step();
          const completion = codes[i](frame);
          if (completion !== Completion.Normal) return completion;
        }
        return Completion.Normal;
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        resume(frame);
        const completion = spoil(frame, i, unknownOf(run, error));
        if (completion !== Completion.Normal) return completion;
        i++;
      }
    }
  };
}

/** Goes on in this activation after something was thrown out of a deeper one. */
export function resume(frame: Frame): void {
  frame.run.activation = frame.activation;
  frame.run.depth = frame.depth;
}

/** Poisons what one of the statements assigns. Compiled when it is first needed. */
export function lazyPoison(scope: Scope, statements: readonly Stmt[]): (frame: Frame, index: number, by: Unsupported) => Completion {
  const poisons: (Poison | undefined)[] = [];
  const {loops} = scope;
  return (frame, index, by) => {
    const poison = (poisons[index] ??= compilePoison(scope, [statements[index]], loops));
    return poison(frame, by);
  };
}
