/** Where a pair stands in its file, as the report names it. */
import type {Span} from '../python/span.ts';
import type {Lines} from '../python/lines.ts';
import {lineAt} from '../python/lines.ts';
import type {Pair} from '../program/pair.ts';

export interface Places {
  readonly forward: {readonly name: string; readonly line: number};
  readonly backward: {readonly name: string; readonly line: number};
  readonly forwardSpan: Span;
  readonly backwardSpan: Span;
}

export function placesOf(pair: Pair, lines: Lines): Places {
  if (pair.pattern === 'script') {
    const forwardSpan = pair.forward[0].span;
    const backwardSpan = pair.backward[0].span;
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
    forwardSpan: forward.nameSpan, backwardSpan: backward.nameSpan,
  };
}
