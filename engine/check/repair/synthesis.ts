/**
 * Edits that are read off the numbers: what a wrong value lacks, as a factor or as a term, is looked for among products of the
 * values that the backward has at hand. Each holds on the traced run; whether it holds in general is for the proof to say.
 */
import type {AssignEvent, Event} from '../../interpreter/events.ts';
import type {Expr, Stmt} from '../../python/ast.ts';
import {quantityOfAssignment} from '../matching.ts';
import {quantityOf, sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import type {DiagnosisCode} from '../report.ts';
import type {Trial} from '../trial.ts';
import type {Truth} from '../compare.ts';
import {binary} from './build.ts';
import type {Edit, EditScope} from './edit.ts';
import {atomsFor, constantsIn, stretch} from './atoms.ts';
import {productsFor} from './monomials.ts';
import type {Product} from './monomials.ts';
import {mentionsRate} from './edits/arithmetic.ts';
import {codeOfFactor} from './edits/names.ts';

/** A value that is wrong, and what it should be. */
export interface Wanted {
  readonly event: AssignEvent;
  readonly truth: Truth;
}

/** Edits of the statement of `wanted` that give it the truth on the traced run, cheapest first. */
export function synthesisedEdits({event, truth}: Wanted, scope: EditScope, trial: Trial): Edit[] {
  const {statement} = event;
  const actual = quantityOfAssignment(event);
  const value = valueOf(statement);
  if (value === null || actual === null || event.how === 'item' || !sameShape(actual.shape, truth.shape) || truth.data.length < 2) return [];
  const known = environment(trial, event);
  const atoms = atomsFor(known, scope, truth.shape);
  const constants = constantsIn(known, scope);
  const edits: Edit[] = [];
  const add = (old: Expr, required: Float64Array, base: Float64Array | null): void => {
    for (const product of productsFor(required, base, atoms, constants)) {
      const now = base === null ? binary(old, '+', product.expression(old.span), old.span) : binary(old, '*', product.expression(old.span), old.span);
      edits.push({old, now, statement, code: codeOf(product, base === null ? null : old, scope), cost: product.cost + (base === null ? COST_OF_A_TERM : COST_OF_A_FACTOR) + (old === value ? 0 : 0.2)});
    }
  };
  const difference = truth.data.map((number, i) => number - actual.data[i]);
  if (statement.kind === 'Assign') add(value, truth.data, actual.data);
  for (const {node, sign} of termsOf(value, 1)) {
    const numbers = valueAt(trial, event, node, known, truth.shape);
    if (numbers !== null) add(node, numbers.map((number, i) => number + sign * difference[i]), numbers);
  }
  add(value, difference, null);
  return edits;
}

const COST_OF_A_FACTOR = 2;
const COST_OF_A_TERM = 2.4;

function valueOf(statement: Stmt): Expr | null {
  if (statement.kind === 'Assign') return statement.targets.length === 1 && statement.targets[0].kind !== 'Tuple' && statement.value.kind !== 'List' && statement.value.kind !== 'Tuple' ? statement.value : null;
  return statement.kind === 'AugAssign' && statement.operator === '+' ? statement.value : null;
}

/** `factorOf` is what the product multiplies; null for a term. */
function codeOf({atoms, hasRate, hasSetting, isSign}: Product, factorOf: Expr | null, scope: EditScope): DiagnosisCode {
  if (factorOf === null) return hasRate ? 'missing-regularization' : 'missing-path';
  if (atoms.length === 0) return hasRate || mentionsRate(factorOf) ? 'wrong-regularization-factor' : isSign ? 'wrong-sign' : hasSetting ? 'missing-factor' : 'wrong-scale';
  if (atoms.some(({isDerivative}) => isDerivative)) return 'missing-local-derivative';
  const above = atoms.map(({name}) => scope.names.find(({id}) => id === name)).find((name) => name !== undefined && name.role === 'upstream');
  const own = atoms.length === 1 ? scope.names.find(({id}) => id === atoms[0].name) : undefined;
  return above !== undefined ? codeOfFactor(above) : own === undefined ? 'missing-factor' : codeOfFactor(own);
}

/** The values of names when the assignment was made; those that have been written into since are left out. */
function environment({events}: Trial, end: AssignEvent): Map<string, Quantity> {
  const known = new Map<string, Quantity>();
  for (const event of events) {
    if (event === end) break;
    if (event.type !== 'assign') continue;
    if (event.how === 'item') {
      if (event.activation === end.activation) known.delete(/^[\w.]+/.exec(event.target)?.[0] ?? '');
      continue;
    }
    const isSeen = event.how === 'attribute' ? /^self\.\w+$/.test(event.target) : event.activation === end.activation;
    const quantity = isSeen ? quantityOfAssignment(event) : null;
    if (quantity !== null) known.set(event.target, quantity);
  }
  if (end.how === 'name' && end.augmented) known.delete(end.target);
  return known;
}

interface Term {
  readonly node: Expr;
  readonly sign: number;
}

/** The terms of a sum; none for anything else. */
function termsOf(expression: Expr, sign: number): readonly Term[] {
  if (expression.kind !== 'Binary' || (expression.operator !== '+' && expression.operator !== '-')) return [];
  const right = expression.operator === '-' ? -sign : sign;
  const inner = (node: Expr, own: number): readonly Term[] => {
    const terms = termsOf(node, own);
    return terms.length > 0 ? terms : [{node, sign: own}];
  };
  return [...inner(expression.left, sign), ...inner(expression.right, right)];
}

/** The numbers of a part of the statement in the traced run, stretched to `shape`. */
function valueAt({events}: Trial, event: AssignEvent, node: Expr, known: ReadonlyMap<string, Quantity>, shape: readonly number[]): Float64Array | null {
  if (node.kind === 'Name') {
    const quantity = known.get(node.id);
    return quantity === undefined ? null : stretch(quantity, shape);
  }
  const end = events.indexOf(event);
  const found = events.slice(0, end).findLast((other: Event) => other.type === 'operation' && other.activation === event.activation && other.span.start === node.span.start && other.span.end === node.span.end);
  const quantity = found?.type === 'operation' ? quantityOf(found.result) : null;
  return quantity === null ? null : stretch(quantity, shape);
}
