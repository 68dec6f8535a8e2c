/** `1 / N` in a text of Python 2, where whole numbers are divided to a whole number. */
import type {Expr, Stmt} from '../../python/ast.ts';
import {asksForTrueDivision} from '../../python/future.ts';
import {walk} from '../../python/walk.ts';
import {calledName} from './lint.ts';
import type {Lint} from './lint.ts';

export const wholeDivision: Lint = {
  code: 'integer-division',
  * find({forward, backward, module, text}) {
    if (!isPython2(text, module.body)) return;
    const bodies = forward === backward ? [forward] : [forward, backward];
    for (const body of bodies) {
      const whole = wholeNames(body);
      for (const statement of body) {
        const found: {readonly span: Expr['span']}[] = [];
        walk(statement, (node) => {
          if (node.kind === 'Binary' && node.operator === '/' && isWhole(node.left, whole) && isWhole(node.right, whole)) found.push(node);
        });
        for (const {span} of found) {
          const written = text.slice(span.start, span.end);
          yield {span, severity: 'warning', message: `in Python 2, which this text is written in, ${written} divides whole numbers and loses the fraction: make one of them a float, as in 1.0 / N`};
        }
      }
    }
  },
};

/** Python 2's own words, and no division of the future. */
function isPython2(text: string, body: readonly Stmt[]): boolean {
  if (asksForTrueDivision(body)) return false;
  return /\b(?:xrange|raw_input|unicode)\s*\(/.test(text) || /^[ \t]*print[ \t]+["'\w]/m.test(text);
}

/** Names of sizes and counts. */
function wholeNames(statements: readonly Stmt[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    walk(statement, (node) => {
      if (node.kind !== 'Assign') return;
      for (const target of node.targets) {
        if (target.kind === 'Name' && isWhole(node.value, names)) names.add(target.id);
        if (target.kind === 'Tuple' && node.value.kind === 'Attribute' && node.value.name === 'shape') for (const item of target.items) if (item.kind === 'Name') names.add(item.id);
      }
    });
  }
  return names;
}

function isWhole(expression: Expr, names: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case 'Number': return expression.type === 'int';
    case 'Name': return names.has(expression.id);
    case 'Call': return calledName(expression) === 'len' || calledName(expression) === 'int';
    case 'Subscript': return expression.object.kind === 'Attribute' && expression.object.name === 'shape';
    case 'Binary': return expression.operator !== '/' && isWhole(expression.left, names) && isWhole(expression.right, names);
    default: return false;
  }
}
