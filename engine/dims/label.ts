/**
 * Puts letters on observed sizes. The same code is run with several size assignments, and a dimension is labelled by the
 * vector of its sizes over the runs: the simplest expression that gives every one of them.
 * Dimensions do not travel through array operations; nothing here knows what an array is.
 */

export interface Labeller {
  /** The label of a dimension that had `sizes[run]` in each run; the number of the first run when nothing fits. */
  readonly label: (sizes: readonly number[]) => string | number;
}

interface Term {
  readonly text: string;
  readonly sizes: readonly number[];
  /** How many letters it multiplies. */
  readonly factors: number;
}

/**
 * `letters` are the dimensions that sizes were chosen for, `named` the names that the text gives to computed ones
 * (`H_out`), each with its value in every run and each in order of preference: docstring letters before local names,
 * names from a shape unpack before computed ones. All vectors have one length.
 *
 * Preference: a letter, a name, a number (the same in all runs), a product of letters, a small multiple, a product
 * with a multiple, a sum or difference with a small constant, a quotient, a sum or difference of two letters.
 * With a single run only letters, names and numbers are told.
 */
export function makeLabeller(
  letters: ReadonlyMap<string, readonly number[]>, named: ReadonlyMap<string, readonly number[]>,
): Labeller {
  const base = [...letters].map(([text, sizes]): Term => ({text, sizes, factors: 1}));
  const exact = new Map<string, string>();
  for (const {text, sizes} of base) remember(exact, sizes, text);
  for (const [text, sizes] of named) remember(exact, sizes, text);
  const names = [...named].map(([text, sizes]): Term => ({text, sizes, factors: 1}));
  let compound: Map<string, string> | null = null;

  return {
    label(sizes) {
      const known = exact.get(key(sizes));
      if (known !== undefined) return known;
      const first = sizes[0];
      if (sizes.every((size) => size === first)) return first;
      if (sizes.length < 2) return first;
      compound ??= compoundLabels(base, names);
      return compound.get(key(sizes)) ?? first;
    },
  };
}

function key(sizes: readonly number[]): string {
  return sizes.join(' ');
}

/** The first text for a vector stays. */
function remember(labels: Map<string, string>, sizes: readonly number[], text: string): void {
  const at = key(sizes);
  if (!labels.has(at)) labels.set(at, text);
}

const multiples = [2, 3, 4, 5, 6, 8];
const constants = [1, 2, 3];
const mostFactors = 4;

function compoundLabels(base: readonly Term[], names: readonly Term[]): Map<string, string> {
  const labels = new Map<string, string>();
  const letters = base.filter((term) => term.sizes.some((size) => size !== term.sizes[0]) || base.length <= 6);
  const products: Term[] = [];
  for (let factors = 2; factors <= mostFactors; factors++) {
    if (letters.length > 8 && factors > 3) break;
    products.push(...productsOf(letters, factors));
  }
  const pairsWithNames = [...letters, ...names].flatMap((left, i, all) =>
    all.slice(Math.max(i, letters.length)).map((right) => times(left, right)));
  const add = (terms: readonly Term[]): void => { for (const {text, sizes} of terms) remember(labels, sizes, text); };
  const scaled = (terms: readonly Term[]): Term[] => multiples.flatMap((by) => terms.map((term): Term => (
    {text: `${by}*${term.text}`, sizes: term.sizes.map((size) => by * size), factors: term.factors})));

  add(products.filter((term) => term.factors === 2));
  add(scaled(letters));
  add(pairsWithNames);
  add(products.filter((term) => term.factors > 2));
  add(scaled(names));
  const triplesWithNames = products.filter((term) => term.factors === 2)
    .flatMap((left) => names.map((right) => times(left, right)));
  add(triplesWithNames);
  add(pairsWithNames.filter((term) => term.factors === 2)
    .flatMap((left, i) => names.slice(i % Math.max(1, names.length)).map((right) => times(left, right))));
  add(scaled(products));
  add(shifted([...letters, ...names]));
  add([...letters, ...names].flatMap((term) => multiples.slice(0, 3).filter((by) => term.sizes.every((size) => size % by === 0))
    .map((by): Term => ({text: `${term.text}/${by}`, sizes: term.sizes.map((size) => size / by), factors: 1}))));
  for (const left of letters) {
    for (const right of letters) {
      if (left === right) continue;
      remember(labels, left.sizes.map((size, run) => size - right.sizes[run]), `${left.text}-${right.text}`);
      remember(labels, left.sizes.map((size, run) => size - right.sizes[run] + 1), `${left.text}-${right.text}+1`);
    }
  }
  for (const [i, left] of letters.entries()) {
    for (const right of letters.slice(i + 1)) {
      remember(labels, left.sizes.map((size, run) => size + right.sizes[run]), `${left.text}+${right.text}`);
    }
  }
  return labels;
}

function times(left: Term, right: Term): Term {
  return {
    text: `${left.text}*${right.text}`, sizes: left.sizes.map((size, run) => size * right.sizes[run]),
    factors: left.factors + right.factors,
  };
}

/** All products of `factors` terms, each used once before any is used twice. */
function productsOf(terms: readonly Term[], factors: number): Term[] {
  const out: Term[] = [];
  const extend = (from: number, left: Term | null, remaining: number, repeat: boolean): void => {
    if (remaining === 0) { if (left !== null) out.push(left); return; }
    for (let i = from; i < terms.length; i++) {
      extend(repeat ? i : i + 1, left === null ? terms[i] : times(left, terms[i]), remaining - 1, repeat);
    }
  };
  extend(0, null, factors, false);
  if (factors === 2) extend(0, null, factors, true);
  return out;
}

function shifted(terms: readonly Term[]): Term[] {
  return constants.flatMap((by) => terms.flatMap((term): Term[] => [
    {text: `${term.text}+${by}`, sizes: term.sizes.map((size) => size + by), factors: 1},
    {text: `${term.text}-${by}`, sizes: term.sizes.map((size) => size - by), factors: 1},
  ]));
}
