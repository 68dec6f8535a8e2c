/**
 * Comprehensions and generator expressions as closures. Their variables are places of their own in the frame around them.
 */
import type {Comprehension} from '../python/ast.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {List} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {ExprCode, Frame, StoreCode} from './code.ts';
import {compileExpr} from './compile-expressions.ts';
import {truthOf} from './compile-operators.ts';
import {compileTarget} from './compile-targets.ts';
import {DONE, Dict, PyIterator, PySet} from './containers.ts';
import {iterator} from './iteration.ts';
import {UnknownOperand, unknownOf} from './objects.ts';
import type {Scope} from './scopes.ts';

interface Clause {
  readonly store: StoreCode;
  readonly iterable: ExprCode;
  readonly conditions: readonly ExprCode[];
}

/** What a comprehension gives: a list, a set, a dictionary or a lazy iterator. An unknown iterable makes it unknown. */
export function compileComprehension(scope: Scope, node: Comprehension): ExprCode {
  // The first iterable is of the scope around: `[sum(x) for x in zip(x.shape)]` reads the x outside.
  const outermost = compileExpr(scope, node.clauses[0].iterable);
  const {result: {clauses, key, element}, cells} = scope.within(node, () => ({
    clauses: node.clauses.map((clause, i): Clause => ({
      iterable: i === 0 ? outermost : compileExpr(scope, clause.iterable),
      store: compileTarget(scope, clause.target, {kind: 'ExprStmt', span: node.span, value: node}),
      conditions: clause.conditions.map((condition) => compileExpr(scope, condition)),
    })),
    key: node.key === null ? null : compileExpr(scope, node.key),
    element: compileExpr(scope, node.element),
  }));
  const renew = (frame: Frame): void => {
    for (const cell of cells) (frame.cells as {value: Value | undefined}[])[cell] = {value: undefined};
  };
  const each = (frame: Frame, first: Value, use: () => void): void => {
    renew(frame);
    forEach(frame, clauses, 0, first, use);
  };
  const build = (frame: Frame, first: Value): Value => {
    switch (node.type) {
      case 'list': {
        const items: Value[] = [];
        each(frame, first, () => items.push(element(frame)));
        return new List(items);
      }
      case 'set': {
        const set = new PySet();
        each(frame, first, () => { set.add(element(frame)); });
        return set;
      }
      case 'dict': {
        const dict = new Dict();
        each(frame, first, () => {
          const name = key!(frame);
          dict.set(name, element(frame));
        });
        return dict;
      }
      case 'generator': {
        renew(frame);
        return lazy(frame, clauses, first, element);
      }
    }
  };
  const {span} = node.clauses[0].iterable;
  return (frame) => {
    const first = clauses[0].iterable(frame);
    const by = frame.run.poisonBy(first);
    if (by !== null) return by;
    frame.run.span = span;
    try {
      return build(frame, first);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      return unknownOf(frame.run, error);
    }
  };
}

function holds(frame: Frame, conditions: readonly ExprCode[]): boolean {
  for (const condition of conditions) {
    const test = truthOf(frame.run, condition(frame));
    if (typeof test !== 'boolean') throw new UnknownOperand(test);
    if (!test) return false;
  }
  return true;
}

function forEach(frame: Frame, clauses: readonly Clause[], depth: number, iterable: Value, use: () => void): void {
  const {store, conditions} = clauses[depth];
  const {run} = frame;
  const {next} = iterator(run, iterable);
  for (let item = next(); item !== DONE; item = next()) {
    run.step();
    store(frame, item);
    if (conditions.length > 0 && !holds(frame, conditions)) continue;
    if (depth === clauses.length - 1) use();
    else forEach(frame, clauses, depth + 1, clauses[depth + 1].iterable(frame), use);
  }
}

function* forEachLazily(frame: Frame, clauses: readonly Clause[], depth: number, iterable: Value, element: ExprCode): Generator<Value, void> {
  const {store, conditions} = clauses[depth];
  const {run} = frame;
  const {next} = iterator(run, iterable);
  for (let item = next(); item !== DONE; item = next()) {
    run.step();
    store(frame, item);
    if (!holds(frame, conditions)) continue;
    if (depth === clauses.length - 1) yield element(frame);
    else yield* forEachLazily(frame, clauses, depth + 1, clauses[depth + 1].iterable(frame), element);
  }
}

function lazy(frame: Frame, clauses: readonly Clause[], first: Value, element: ExprCode): PyIterator {
  const items = forEachLazily(frame, clauses, 0, iterator(frame.run, first), element);
  return new PyIterator('generator', () => {
    const {done, value} = items.next();
    return done === true ? DONE : value;
  });
}
