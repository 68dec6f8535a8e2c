/** All small edits of the statements of a backward. */
import {children} from '../../python/walk.ts';
import type {Expr, Stmt} from '../../python/ast.ts';
import type {Change, Edit, EditScope} from './edit.ts';
import {arithmeticEdits, scaleEdits} from './edits/arithmetic.ts';
import {derivativeEdits, doubleFactorEdits} from './edits/derivatives.ts';
import {elementEdits, indexEdits, stepEdits} from './edits/indices.ts';
import {constantEdits, cropEdits, factorEdits, nameEdits, renamings, reshapeEdits, sizeRenamings, termEdits} from './edits/names.ts';
import {productEdits} from './edits/products.ts';
import {innerSums, missingSums, reductionEdits} from './edits/reductions.ts';
import {statementEdits} from './edits/statements.ts';

/** Every edit of every statement, in text order; `bonus` makes those of a statement cheaper. */
export function candidateEdits(scopes: readonly EditScope[], bonus: (statement: Stmt) => number): Edit[] {
  const edits: Edit[] = [];
  for (const scope of scopes) {
    const {statement} = scope;
    const less = bonus(statement);
    const add = (old: Expr | Stmt, changes: Iterable<Change>, extra = 0): void => {
      for (const {now, code, cost} of changes) edits.push({old, now, statement, code: scope.isInt && code !== 'off-by-one' ? 'wrong-index' : code, cost: cost + extra - less});
    };
    add(statement, statementEdits(scope));
    const value = valueOf(statement);
    if (value === null) continue;
    for (const {node, depth, inIndex, inMask} of expressionsIn(value)) {
      const extra = inIndex ? 0.2 : 0;
      add(node, arithmeticEdits(node, scope, inIndex || statement.kind === 'For'), extra);
      add(node, nameEdits(node, scope, inMask), extra);
      if (inIndex) {
        add(node, indexEdits(node, scope));
        continue;
      }
      add(node, productEdits(node, scope));
      add(node, reductionEdits(node, scope));
      add(node, derivativeEdits(node, scope));
      if (depth <= 2 && isTerm(node)) add(node, innerSums(node, scope), depth / 4);
      if (depth === 0 || depth > 3) continue;
      add(node, stepEdits(node, scope));
      add(node, constantEdits(node, scope));
      if (isTerm(node)) add(node, factorEdits(node, scope, depth), depth === 1 ? 0.5 : 1);
    }
    add(value, renamings(value, scope));
    add(value, sizeRenamings(value, scope));
    add(value, missingSums(value, scope));
    add(value, reshapeEdits(value, scope));
    add(value, cropEdits(value, scope));
    add(value, scaleEdits(value, scope));
    for (const term of termsOf(value)) add(term, scaleEdits(term, scope), 0.5);
    add(value, factorEdits(value, scope));
    add(value, termEdits(value, scope));
    add(value, doubleFactorEdits(value, scope));
    for (const element of value.kind === 'List' ? value.items : [value]) if (value.kind === 'List' || scope.counters.length > 0) add(element, elementEdits(element, scope));
    for (const target of targetsOf(statement)) {
      for (const expression of expressionsIn(target)) {
        if (expression.depth === 0) continue;
        add(expression.node, nameEdits(expression.node, scope, expression.inMask), 0.5);
        add(expression.node, arithmeticEdits(expression.node, scope, true), 0.5);
        if (expression.inIndex) add(expression.node, indexEdits(expression.node, scope), 0.2);
      }
    }
  }
  return edits;
}

/** Cheapest first; what costs the same stays in its order. */
export function inOrder(edits: readonly Edit[]): Edit[] {
  return edits.map((edit, i) => ({edit, i})).sort((a, b) => a.edit.cost - b.edit.cost || a.i - b.i).map(({edit}) => edit);
}

/** What a returned tuple or a sum is made of. */
function termsOf(value: Expr): readonly Expr[] {
  if (value.kind === 'Tuple') return value.items.filter(({kind}) => kind === 'Name');
  if (value.kind !== 'Binary' || (value.operator !== '+' && value.operator !== '-')) return [];
  return [value.left, value.right].flatMap((side) => (side.kind === 'Binary' && (side.operator === '+' || side.operator === '-') ? termsOf(side) : [side]));
}

/** The expression that a statement computes. */
function valueOf(statement: Stmt): Expr | null {
  switch (statement.kind) {
    case 'Assign': case 'AugAssign': case 'AnnAssign': case 'Return': case 'ExprStmt': return statement.value;
    case 'If': case 'While': return statement.test;
    case 'For': return statement.iterable;
    default: return null;
  }
}

function targetsOf(statement: Stmt): readonly Expr[] {
  if (statement.kind === 'Assign') return statement.targets.filter(({kind}) => kind === 'Subscript');
  return statement.kind === 'AugAssign' && statement.target.kind === 'Subscript' ? [statement.target] : [];
}

interface Placed {
  readonly node: Expr;
  readonly depth: number;
  readonly inIndex: boolean;
  /** Whether it is one side of a comparison. */
  readonly inMask: boolean;
}

/** An expression and all below it that an edit may replace; names of functions are left alone. */
function expressionsIn(root: Expr): Placed[] {
  const found: Placed[] = [];
  const visit = (node: Expr, depth: number, inIndex: boolean, inMask = false): void => {
    found.push({node, depth, inIndex, inMask});
    if (node.kind === 'Call') {
      if (node.callee.kind === 'Attribute') visit(node.callee.object, depth + 1, inIndex);
      for (const {value, name} of node.args) if (name === null) visit(value, depth + 1, inIndex);
      return;
    }
    if (node.kind === 'Lambda' || node.kind === 'Comprehension') return;
    for (const child of children(node)) visit(child as Expr, depth + 1, inIndex || node.kind === 'Subscript', node.kind === 'Compare');
  };
  visit(root, 0, false);
  return found;
}

function isTerm({kind}: Expr): boolean {
  return kind === 'Name' || kind === 'Call' || kind === 'Binary' || kind === 'Attribute' || kind === 'Subscript';
}
