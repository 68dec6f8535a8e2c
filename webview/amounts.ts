/** Amounts in letters (`2*N*D`, `H-HH+1`) worked out for sizes that the user types, and written as people read them. Pure. */
import type {Amount} from '../engine/graph/study.ts';
import type {Picture} from './protocol.ts';

export type Sizes = ReadonlyMap<string, number>;

/** The letters of all shapes and counts of a picture, in the order in which they appear. */
export function lettersOf({nodes, groups}: Picture): readonly string[] {
  const letters = new Set<string>();
  for (const {shape, count} of nodes) for (const amount of [...shape, count]) for (const letter of lettersIn(amount)) letters.add(letter);
  for (const {count} of groups) for (const letter of lettersIn(count)) letters.add(letter);
  return [...letters];
}

function lettersIn(amount: Amount): readonly string[] {
  return typeof amount === 'number' ? [] : amount.match(/[A-Za-z_]\w*/g) ?? [];
}

/** Sizes that a network could have: the batch first, then what the letter is used for. */
export function usualSizes(letters: readonly string[]): Sizes {
  const usual: Readonly<Record<string, number>> = {H: 32, W: 32, HH: 3, WW: 3, FH: 3, FW: 3, KH: 3, KW: 3, T: 50, C: 10, F: 32};
  const isConvolution = letters.includes('H') && letters.includes('W');
  return new Map(letters.map((letter, i) => [letter, i === 0 ? 100 : letter === 'H' && !isConvolution ? 512 : usual[letter] ?? 512]));
}

/** The typed sizes, and usual ones where none is typed. */
export function sizesOf(picture: Picture, typed: Sizes): Sizes {
  return new Map([...usualSizes(lettersOf(picture)), ...typed]);
}

/** What the amount is for these sizes: sums and differences of products and quotients, as dimensions are named. */
export function worth(amount: Amount, sizes: Sizes): number {
  if (typeof amount === 'number') return amount;
  let total = 0;
  for (const [, sign, term] of amount.matchAll(/([+-]?)([^+-]+)/g)) {
    let product = 1;
    for (const [, operator, factor] of term.matchAll(/([*/]?)([^*/]+)/g)) {
      const value = /^\d+$/.test(factor) ? Number(factor) : sizes.get(factor) ?? 1;
      product = operator === '/' ? product / value : product * value;
    }
    total += sign === '-' ? -product : product;
  }
  return total;
}

/** The product of amounts, as one: `N*D` of a shape (N, D); sums in it are put in parentheses. */
export function productOf(amounts: readonly Amount[]): readonly Amount[] {
  return amounts.filter((amount) => amount !== 1);
}

export function worthOf(product: readonly Amount[], sizes: Sizes): number {
  return product.reduce<number>((all, amount) => all * worth(amount, sizes), 1);
}

/** `N·D`, `2·N·D·M`, `N·(H−HH+1)`; 1 for nothing. */
export function productText(product: readonly Amount[]): string {
  const numbers = product.filter((amount) => typeof amount === 'number').reduce((all, amount) => all * amount, 1);
  const letters = product.filter((amount) => typeof amount === 'string').map((amount) => (/[+-]/.test(amount) ? `(${amount})` : amount).replaceAll('*', '·').replaceAll('-', '−'));
  return [...(numbers === 1 && letters.length > 0 ? [] : [String(numbers)]), ...letters].join('·');
}

/** `N·D + 2·N·H`: equal products are counted together. */
export function sumText(products: readonly (readonly Amount[])[]): string {
  const counts = new Map<string, number>();
  for (const product of products) {
    const text = productText(product);
    if (text !== '0') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const numbers = [...counts].filter(([text]) => /^\d+$/.test(text)).reduce((sum, [text, count]) => sum + count * Number(text), 0);
  const terms = [...counts].filter(([text]) => !/^\d+$/.test(text)).map(([text, count]) => multiplied(text, count));
  return [...terms, ...(numbers > 0 || terms.length === 0 ? [whole(numbers)] : [])].join(' + ');
}

function multiplied(text: string, count: number): string {
  const [, factor, rest] = /^(\d+)·(.*)$/.exec(text) ?? [null, '1', text];
  const all = Number(factor) * count;
  return all === 1 ? rest : `${all}·${rest}`;
}

/** `409,600`; from a million million on `1.7 × 10¹⁴`. */
export function whole(number: number): string {
  if (number < 1e12) return Math.round(number).toLocaleString('en-US');
  const exponent = Math.floor(Math.log10(number));
  return `${(number / 10 ** exponent).toFixed(1)} × 10${String(exponent).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])}`;
}

/** `1.6 MB`, in thousands. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return unit === 0 ? `${whole(value)} bytes` : `${value < 10 ? value.toFixed(1) : whole(value)} ${units[unit]}`;
}
