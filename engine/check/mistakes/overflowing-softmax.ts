/** A softmax without its maximum subtracted: right for the small numbers of a check, nan for large scores. */
import type {Expr, Stmt} from '../../python/ast.ts';
import {walk} from '../../python/walk.ts';
import {calledName} from './lint.ts';
import type {Lint} from './lint.ts';

export const overflowingSoftmax: Lint = {
  code: 'unstable',
  * find({forward, text}) {
    const assigned = assignments(forward);
    const seen = new Set<number>();
    for (const {node} of quotients(forward)) {
      const above = exponentialOf(node.left, assigned);
      const below = sumOf(node.right, assigned);
      if (above === null || below === null || seen.has(above.span.start) || isShifted(above.args[0].value, assigned)) continue;
      seen.add(above.span.start);
      const argument = text.slice(above.args[0].span.start, above.args[0].span.end);
      yield {span: above.span, severity: 'information', message: `np.exp(${argument}) overflows where ${argument} is above 709, and the softmax is nan then: subtract the maximum of each row first. No number of this check shows it`};
    }
  },
};

type Assignments = ReadonlyMap<string, readonly Expr[]>;
type CallExpr = Extract<Expr, {kind: 'Call'}>;

function assignments(statements: readonly Stmt[]): Assignments {
  const found = new Map<string, Expr[]>();
  for (const statement of statements) {
    walk(statement, (node) => {
      const target = node.kind === 'Assign' && node.targets.length === 1 ? node.targets[0] : node.kind === 'AugAssign' ? node.target : null;
      if (target?.kind === 'Name' && (node.kind === 'Assign' || node.kind === 'AugAssign')) found.set(target.id, [...found.get(target.id) ?? [], node.value]);
    });
  }
  return found;
}

function quotients(statements: readonly Stmt[]): {readonly node: {readonly left: Expr; readonly right: Expr}}[] {
  const found: {node: {left: Expr; right: Expr}}[] = [];
  for (const statement of statements) {
    walk(statement, (node) => {
      if (node.kind === 'Binary' && node.operator === '/') found.push({node});
      if (node.kind === 'AugAssign' && node.operator === '/') found.push({node: {left: node.target, right: node.value}});
    });
  }
  return found;
}

/** `np.exp(s)`, or a name that was assigned one. */
function exponentialOf(expression: Expr, assigned: Assignments): CallExpr | null {
  if (expression.kind === 'Call') return calledName(expression) === 'exp' && expression.args.length > 0 ? expression : null;
  if (expression.kind !== 'Name') return null;
  const first = assigned.get(expression.id)?.at(0);
  return first?.kind === 'Call' ? exponentialOf(first, assigned) : null;
}

/** A sum of exponentials, or a name that was assigned one. */
function sumOf(expression: Expr, assigned: Assignments): CallExpr | null {
  if (expression.kind === 'Name') {
    const first = assigned.get(expression.id)?.at(0);
    return first?.kind === 'Call' ? sumOf(first, assigned) : null;
  }
  if (expression.kind === 'Subscript') return sumOf(expression.object, assigned);
  if (expression.kind !== 'Call') return null;
  if (calledName(expression) === 'reshape' && expression.callee.kind === 'Attribute') return sumOf(expression.callee.object, assigned);
  if (calledName(expression) !== 'sum' || expression.callee.kind !== 'Attribute') return null;
  const {object} = expression.callee;
  const summed = object.kind === 'Name' && /^(?:np|numpy)$/.test(object.id) ? expression.args.at(0)?.value : object;
  return summed === undefined ? null : exponentialOf(summed, assigned);
}

/** Whether a maximum is subtracted somewhere on the way to the exponential; what comes from elsewhere may be. */
function isShifted(argument: Expr, assigned: Assignments, depth = 0): boolean {
  let found = false;
  walk(argument, (node) => {
    if (/^(?:max|amax|maximum|clip|minimum|nanmax)$/.test(calledName(node))) found = true;
    if (node.kind === 'Name' && depth < 4 && (assigned.get(node.id) ?? []).some((value) => isShifted(value, assigned, depth + 1))) found = true;
  });
  return found;
}
