/** Which product of atoms, powers and named numbers an array of numbers is. Arithmetic only. */
import type {Expr} from '../../python/ast.ts';
import type {Span} from '../../python/span.ts';
import {binary, float, int, negative} from './build.ts';
import type {Atom, NamedNumber} from './atoms.ts';

/** A product that an array equals, with how it is written. */
export interface Product {
  readonly atoms: readonly Atom[];
  readonly expression: (span: Span) => Expr;
  readonly cost: number;
  /** Whether a rate of regularisation is among its numbers. */
  readonly hasRate: boolean;
  /** Whether a number of the forward that is neither a size nor a rate is among its numbers. */
  readonly hasSetting: boolean;
  /** Whether it is -1 and nothing else. */
  readonly isSign: boolean;
}

/** Products p with `required = base * p`, or `required = p` without a base: the shortest ones. */
export function productsFor(required: Float64Array, base: Float64Array | null, atoms: readonly Atom[], numbers: readonly NamedNumber[]): readonly Product[] {
  const wanted = quotient(required, base);
  if (wanted === null || !wanted.some(({value}) => value !== 0)) return [];
  const found: Product[] = [];
  const test = (members: readonly Member[]): void => {
    const factor = factorOf(wanted, members);
    if (factor === null || (members.length === 0 && base === null)) return;
    for (const constant of constantsFor(factor, numbers)) if (found.length < MOST_PRODUCTS) found.push(productOf(members, constant));
  };
  test([]);
  if (found.length > 0) return found;
  const likely = atoms.filter(({isPlain}) => isPlain).length + 1;
  for (const [i, a] of atoms.entries()) {
    for (const power of [1, -1, 2, -2]) test([{atom: a, power}]);
    if (i > MOST_ATOMS) break;
  }
  if (found.length > 0) return found;
  const few = atoms.slice(0, MOST_ATOMS);
  for (const [i, a] of few.entries()) {
    for (const b of few.slice(i + 1)) {
      for (const [powerA, powerB] of PAIRS) test([{atom: a, power: powerA}, {atom: b, power: powerB}]);
    }
  }
  if (found.length > 0) return found;
  const fewer = atoms.slice(0, Math.min(MOST_ATOMS_OF_THREE, Math.max(likely, 12)));
  for (const [i, a] of fewer.entries()) {
    for (const [j, b] of fewer.slice(i + 1).entries()) {
      for (const c of fewer.slice(i + j + 2)) {
        for (const [x, y, z] of TRIPLES) test([{atom: a, power: x}, {atom: b, power: y}, {atom: c, power: z}]);
      }
    }
  }
  return found;
}

const MOST_PRODUCTS = 8;
const MOST_ATOMS = 60;
const MOST_ATOMS_OF_THREE = 40;
const PAIRS = [[1, 1], [1, -1], [-1, 1], [1, -2], [-2, 1], [2, 1], [1, 2], [-1, -1]] as const;
const TRIPLES = [[1, 1, 1], [1, 1, -1], [1, -1, 1], [-1, 1, 1]] as const;

interface Member {
  readonly atom: Atom;
  readonly power: number;
}

interface Element {
  readonly at: number;
  readonly value: number;
}

/** required / base where base is not zero; null where nothing can be told. */
function quotient(required: Float64Array, base: Float64Array | null): readonly Element[] | null {
  const elements: Element[] = [];
  const largest = required.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) return null;
  for (let at = 0; at < required.length; at++) {
    const divisor = base === null ? 1 : base[at];
    if (divisor === 0 && Math.abs(required[at]) > 1e-12 * largest) return null;
    if (divisor !== 0) elements.push({at, value: Math.abs(required[at]) <= 1e-13 * largest ? 0 : required[at] / divisor});
  }
  return elements.length < 2 ? null : elements.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** k with `wanted = k * product` throughout, or null. The largest element comes first. */
function factorOf(wanted: readonly Element[], members: readonly Member[]): number | null {
  const [first] = wanted;
  const product = productAt(members, first.at);
  if (product === 0 || !Number.isFinite(product)) return null;
  const factor = first.value / product;
  for (const {at, value} of wanted) {
    const other = factor * productAt(members, at);
    if (!(Math.abs(other - value) <= 1e-8 * (Math.abs(value) + 1e-4 * Math.abs(first.value)))) return null;
  }
  return factor;
}

function productAt(members: readonly Member[], at: number): number {
  let product = 1;
  for (const {atom: {data}, power} of members) product *= power === 1 ? data[at] : power === -1 ? 1 / data[at] : data[at] ** power;
  return product;
}

interface Constant {
  /** A small number, with its sign. */
  readonly plain: number;
  readonly times: NamedNumber | null;
  readonly over: NamedNumber | null;
}

const SMALL = [1, 2, 0.5, 3, 4, 0.25];

/** The ways in which a number is written with the named ones: `2`, `1 / N`, `2 * reg`. Which of them is meant other sizes tell. */
function* constantsFor(factor: number, numbers: readonly NamedNumber[]): Iterable<Constant> {
  const isSmall = (rest: number): number | undefined => SMALL.find((small) => Math.abs(Math.abs(rest) - small) <= 1e-7 * small);
  const plain = isSmall(factor);
  if (plain !== undefined) yield {plain: Math.sign(factor) * plain, times: null, over: null};
  for (const number of numbers) {
    const over = isSmall(factor * number.value);
    if (over !== undefined && over <= 2) yield {plain: Math.sign(factor * number.value) * over, times: null, over: number};
    const times = isSmall(factor / number.value);
    if (times !== undefined && times <= 2) yield {plain: Math.sign(factor / number.value) * times, times: number, over: null};
  }
}

function productOf(members: readonly Member[], {plain, times, over}: Constant): Product {
  const magnitude = Math.abs(plain);
  const parts = members.reduce((sum, {atom, power}) => sum + atom.cost + (power < 0 ? COST_OF_DIVIDING : power === 1 ? 0 : 0.1), 0);
  const numbers = (magnitude === 1 ? 0 : 0.3) + (plain < 0 ? 0.2 : 0) + (times === null ? 0 : 0.4) + (over === null ? 0 : 0.4);
  return {
    atoms: members.map(({atom}) => atom), cost: parts + numbers, hasRate: times?.isRate === true || over?.isRate === true,
    hasSetting: [times, over].some((number) => number !== null && !number.isSize && !number.isRate),
    isSign: members.length === 0 && plain === -1 && times === null && over === null,
    expression(span) {
      const literal = Number.isInteger(magnitude) ? int(magnitude, span) : float(magnitude, span);
      const above: Expr[] = [...(magnitude === 1 ? [] : [literal]), ...(times === null ? [] : [times.expression(span)]), ...members.filter(({power}) => power > 0).map(({atom, power}) => powerOf(atom, power, span))];
      const below: Expr[] = [...(over === null ? [] : [over.expression(span)]), ...members.filter(({power}) => power < 0).map(({atom, power}) => powerOf(atom, -power, span))];
      const start = above.length === 0 ? int(1, span) : above.reduce((left, right) => binary(left, '*', right, span));
      const whole = below.reduce((left, right) => binary(left, '/', right, span), start);
      return plain < 0 ? negative(whole) : whole;
    },
  };
}

/** What is divided by is mostly what stands there and should not. */
const COST_OF_DIVIDING = 1;

function powerOf(atom: Atom, power: number, span: Span): Expr {
  return power === 1 ? atom.expression(span) : binary(atom.expression(span), '**', int(power, span), span);
}
