/** Whole statements: `=` for `+=` and the reverse, copies, repeated indices, returns in another order. */
import type {Assign, AugAssign, Expr, ListExpr, Stmt, Subscript, TupleExpr} from '../../../python/ast.ts';
import type {Change, EditScope} from '../edit.ts';
import {method, numpy} from '../build.ts';

export function* statementEdits({statement, numpy: alias}: EditScope): Iterable<Change> {
  switch (statement.kind) {
    case 'Assign':
      if (statement.targets.length === 1) {
        const target = statement.targets[0];
        if (target.kind !== 'Tuple') yield {now: augmented(statement, target, '+'), code: 'missing-accumulation', cost: 2};
        if (target.kind !== 'Tuple') yield {now: augmented(statement, target, '-'), code: 'missing-accumulation', cost: target.kind === 'Subscript' ? 1.9 : 2.5};
        if (target.kind === 'Subscript') yield {now: added(statement, target, alias), code: 'lost-duplicates', cost: 3};
        if (target.kind === 'Tuple' && target.items.length > 1) yield* swappedTargets(statement, target.items);
      }
      if (statement.value.kind === 'Name') yield {now: {...statement, value: method(statement.value, 'copy', [])}, code: 'input-mutated', cost: 2};
      return;
    case 'AugAssign': {
      const {target, operator, value, span} = statement;
      yield {now: {kind: 'Assign', span, targets: [target], value}, code: 'wrong-operation', cost: 2};
      const others: Partial<Record<typeof operator, readonly (typeof operator)[]>> = {'+': ['-'], '-': ['+'], '*': ['/'], '/': ['*']};
      for (const other of others[operator] ?? []) yield {now: {...statement, operator: other}, code: operator === '+' || operator === '-' ? 'wrong-sign' : 'wrong-operation', cost: 2};
      if (target.kind === 'Subscript' && (operator === '+' || operator === '-')) {
        const call = numpy(alias, operator === '+' ? 'add.at' : 'subtract.at', [target.object, target.index, value], {}, span);
        yield {now: {kind: 'ExprStmt', span, value: call}, code: 'lost-duplicates', cost: 3};
      }
      return;
    }
    case 'Return':
      if (statement.value?.kind === 'Tuple' || statement.value?.kind === 'List') yield* swappedReturns(statement.value.items, statement);
      return;
    default:
  }
}

/** `np.add.at(dW, x, dout)` */
function added({span, value}: Assign, {object, index}: Subscript, alias: string): Stmt {
  return {kind: 'ExprStmt', span, value: numpy(alias, 'add.at', [object, index, value], {}, span)};
}

function augmented({span, value}: Assign, target: Expr, operator: AugAssign['operator']): Stmt {
  return {kind: 'AugAssign', span, target, operator, value};
}

function* swappedReturns(items: readonly Expr[], statement: Stmt & {kind: 'Return'}): Iterable<Change> {
  for (const [now, cost] of swaps(items)) yield {now: {...statement, value: {...statement.value as TupleExpr | ListExpr, items: now}}, code: 'swapped-returns', cost};
}

function* swappedTargets(statement: Assign, items: readonly Expr[]): Iterable<Change> {
  for (const [now, cost] of swaps(items)) yield {now: {...statement, targets: [{kind: 'Tuple', span: statement.targets[0].span, items: now}]}, code: 'wrong-variable', cost: cost + 1};
}

/** Every swap of two, and every rotation. */
function* swaps(items: readonly Expr[]): Iterable<readonly [readonly Expr[], number]> {
  for (let i = 0; i < items.length; i++) {
    for (let j = i + 1; j < items.length; j++) {
      const now = [...items];
      [now[i], now[j]] = [now[j], now[i]];
      yield [now, 2];
    }
  }
  for (let by = 1; items.length > 2 && by < items.length; by++) yield [[...items.slice(by), ...items.slice(0, by)], 3];
}
