/**
 * A module whose hidden layers are small: `hidden_size = 100` at its top level is run as a size that takes a hundredth of the time
 * and shows the same mistakes. Only where nothing else of what is run says that number.
 */
import type {Module, Stmt} from '../python/ast.ts';
import {walk} from '../python/walk.ts';
import {isMainGuard} from '../program/reach.ts';

/** A size that nothing else is likely to have. */
const SMALL = 11;
/** What is smaller than this is left alone. */
const LARGE = 32;

/** The reached statements that have another number when they are run, each with the one that stands for it. */
const known = new WeakMap<ReadonlySet<Stmt>, ReadonlyMap<Stmt, Stmt>>();

/** The module and its reached statements with small sizes of hidden layers; the same ones where there is nothing to change. */
export function withSmallSizes(module: Module, statements: ReadonlySet<Stmt> | null): {readonly module: Module; readonly statements: ReadonlySet<Stmt> | null} {
  const changed = statements === null ? null : changedIn(statements);
  if (changed === null || changed.size === 0) return {module, statements};
  const now = (statement: Stmt): Stmt => changed.get(statement) ?? statement;
  return {module: {...module, body: module.body.map(now)}, statements: new Set([...statements!].map(now))};
}

/** The statements whose number is another when they are run, with that number. */
export function smallSizes(statements: ReadonlySet<Stmt>): readonly (readonly [Stmt, number])[] {
  return largeSizes(statements).map((statement) => [statement, SMALL]);
}

function changedIn(statements: ReadonlySet<Stmt>): ReadonlyMap<Stmt, Stmt> {
  let changed = known.get(statements);
  if (changed === undefined) known.set(statements, changed = shrink(statements));
  return changed;
}

function shrink(statements: ReadonlySet<Stmt>): ReadonlyMap<Stmt, Stmt> {
  const changed = new Map<Stmt, Stmt>(largeSizes(statements).map((statement) => [statement, smaller(statement)]));
  for (const statement of statements) {
    if (!isMainGuard(statement) || statement.kind !== 'If' || !statement.body.some((inner) => changed.has(inner))) continue;
    changed.set(statement, {...statement, body: statement.body.map((inner) => changed.get(inner) ?? inner)});
  }
  return changed;
}

/** Large sizes of hidden layers whose number is written nowhere else in what is run, but in other constants. */
function largeSizes(statements: ReadonlySet<Stmt>): readonly Constant[] {
  const constants = [...statements].flatMap((statement) => (isMainGuard(statement) && statement.kind === 'If' ? statement.body : [statement])).filter(isConstant);
  const large = constants.filter((statement) => /hidden/i.test(nameOf(statement)) && numberOf(statement) >= LARGE);
  const counts = new Map<number, number>();
  if (large.length > 0) for (const statement of statements) walk(statement, (node) => {
    if (node.kind === 'Number') counts.set(Number(node.value), (counts.get(Number(node.value)) ?? 0) + 1);
  });
  return large.filter((statement) => counts.get(numberOf(statement)) === constants.filter((one) => numberOf(one) === numberOf(statement)).length);
}

type Constant = Extract<Stmt, {kind: 'Assign'}>;

/** `name = 100`, with a whole number. */
function isConstant(statement: Stmt): statement is Constant {
  return statement.kind === 'Assign' && statement.targets.length === 1 && statement.targets[0].kind === 'Name'
    && statement.value.kind === 'Number' && statement.value.type === 'int';
}

function nameOf({targets: [target]}: Constant): string {
  return target.kind === 'Name' ? target.id : '';
}

function numberOf({value}: Constant): number {
  return value.kind === 'Number' ? Number(value.value) : NaN;
}

function smaller(statement: Constant): Constant {
  const {value} = statement;
  return value.kind === 'Number' ? {...statement, value: {...value, value: SMALL}} : statement;
}
