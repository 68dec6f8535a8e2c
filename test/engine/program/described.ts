/** Pairs as lines of text, so that expectations can be read: `function-pair affine: dx of x, dw of w`. */
import {findPairs} from '../../../engine/program/find-pairs.ts';
import type {Pair} from '../../../engine/program/pair.ts';
import {parse} from '../../../engine/python/parse.ts';

/** All pairs of a text, in its order. */
export function pairsOf(text: string): readonly Pair[] {
  return findPairs('layers.py', text, parse(text).module);
}

/** The one pair of a text that has exactly one of this pattern. */
export function onlyPair<P extends Pair['pattern']>(text: string, pattern: P): Extract<Pair, {pattern: P}> {
  const found = pairsOf(text);
  const [pair] = found;
  if (found.length !== 1 || pair.pattern !== pattern) throw new Error(`expected one ${pattern}, found: ${described(text).join(' | ')}`);
  return pair as Extract<Pair, {pattern: P}>;
}

/** `pattern name: gradient of value, ...`; a `#` marks what only order decides, `?` what nothing says. */
export function described(text: string): readonly string[] {
  return pairsOf(text).map(pair => `${pair.pattern} ${pair.name}: ${gradients(pair)}`.trimEnd());
}

export function gradients(pair: Pair): string {
  return pair.gradients.map(gradient => {
    const name = gradient.name ?? `return[${String(gradient.position)}]`;
    return `${name} of ${gradient.of ?? '?'}${gradient.by === 'position' ? '#' : ''}`;
  }).join(', ');
}

/** `dout=upstream(out), cache=cache(cache)`. */
export function roles(parameters: readonly {readonly name: string; readonly role: string; readonly of: string | null}[]): string {
  return parameters.map(({name, role, of}) => `${name}=${role}${of === null ? '' : `(${of})`}`).join(', ');
}
