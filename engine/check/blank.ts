/**
 * Whether the text of a backward leaves a gradient as it was made: `dx = np.zeros_like(x)` and nothing behind it, as the
 * template of an exercise has it. What is computed and comes out as zero is no template. Runs nothing.
 */
import type {Expr, Stmt} from '../python/ast.ts';
import {flatten} from '../program/definitions.ts';
import type {Pair} from '../program/pair.ts';
import {targetsOf} from '../program/targets.ts';

/** Whether no line of the pair's backward puts anything but zeros into the gradient that is written as `name`. */
export function isLeftBlank(pair: Pair, text: string, name: string): boolean {
  const statements = pair.pattern === 'script' ? pair.backward : flatten(pair.backward.body);
  return !statements.some((statement) => writes(statement, text, name));
}

/** Scaling a zero is no work: `dW /= N` stands at the end of templates. */
function writes(statement: Stmt, text: string, name: string): boolean {
  if (statement.kind === 'AugAssign' && statement.operator !== '+' && statement.operator !== '-') return false;
  return targetsOf(statement).some(([target, value]) => (isCalled(target, text, name) || (target.kind === 'Subscript' && isCalled(target.object, text, name)))
    && !(value !== null && isZero(value)));
}

function isCalled({span}: Expr, text: string, name: string): boolean {
  return plain(text.slice(span.start, span.end)) === plain(name);
}

function plain(written: string): string {
  return written.replace(/\s+/g, '').replaceAll('"', "'");
}

/** `None`, `0`, `np.zeros_like(x)`, `dout * 0`. */
function isZero(value: Expr): boolean {
  switch (value.kind) {
    case 'Number': return Number(value.value) === 0;
    case 'Constant': return true;
    case 'Call': return value.callee.kind === 'Attribute' && /^(?:zeros|empty)(?:_like)?$/.test(value.callee.name);
    case 'Binary': return value.operator === '*' && (isZero(value.left) || isZero(value.right));
    default: return false;
  }
}
