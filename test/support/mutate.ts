/** Random damage to Python texts, as typing, pasting and deleting do it: tokens and lines deleted, inserted, doubled, swapped. */

/** The next number in [0, 1). */
export type Random = () => number;

/** A small generator (mulberry32) of its own, so that a seed gives the same texts for ever. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

/** One to four mutations of `text`; `others` lends tokens and lines. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  let result = text;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    result = random() < 0.6 ? mutateParts(result, others, random, /\w+|\s+|[^\w\s]/g, '') : mutateParts(result, others, random, /[^\n]*\n|[^\n]+$/g, '');
  }
  return result;
}

function mutateParts(text: string, others: readonly string[], random: Random, part: RegExp, glue: string): string {
  const parts: string[] = text.match(part) ?? [];
  const below = (n: number): number => Math.floor(random() * n);
  if (parts.length === 0) return text;
  const at = below(parts.length);
  switch (below(5)) {
    case 0: parts.splice(at, 1); break;
    case 1: parts.splice(at, 1 + below(6)); break;
    case 2: {
      const source = others[below(others.length)].match(part) ?? [''];
      parts.splice(at, below(2), source[below(source.length)]);
      break;
    }
    case 3: parts.splice(at, 0, parts[below(parts.length)]); break;
    default: {
      const other = below(parts.length);
      [parts[at], parts[other]] = [parts[other], parts[at]];
    }
  }
  return parts.join(glue);
}
