/** Where a pair stands in its file, as the report names it. */
import type {Stmt} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import type {Lines} from '../python/lines.ts';
import {lineAt} from '../python/lines.ts';
import type {Pair} from '../program/pair.ts';

export interface Places {
  readonly forward: {readonly name: string; readonly line: number};
  readonly backward: {readonly name: string; readonly line: number};
  /** From the name of the definition to its end; of a script, from its first statement to its last. */
  readonly forwardSpan: Span;
  readonly backwardSpan: Span;
}

export function placesOf(pair: Pair, lines: Lines): Places {
  if (pair.pattern === 'script') {
    const forwardSpan = reaching(pair.forward);
    const backwardSpan = reaching(pair.backward);
    return {
      forward: {name: pair.output, line: lineAt(lines, forwardSpan.start)},
      backward: {name: pair.gradients[0]?.name ?? pair.name, line: lineAt(lines, backwardSpan.start)},
      forwardSpan, backwardSpan,
    };
  }
  const {forward, backward} = pair;
  return {
    forward: {name: forward.name, line: lineAt(lines, forward.nameSpan.start)},
    backward: {name: backward.name, line: lineAt(lines, backward.nameSpan.start)},
    forwardSpan: {start: forward.nameSpan.start, end: forward.span.end}, backwardSpan: {start: backward.nameSpan.start, end: backward.span.end},
  };
}

/** From the first statement to the last, with what stands between them. */
function reaching(statements: readonly Stmt[]): Span {
  return {start: statements[0].span.start, end: statements.at(-1)!.span.end};
}
