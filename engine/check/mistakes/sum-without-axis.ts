/** `np.sum(x - mean)` without an axis in a backward: zero however it is summed, so that no number shows the missing axis. */
import {NDArray, elements} from '../../ndarray/array.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import type {OperationEvent} from '../../interpreter/events.ts';
import type {Expr} from '../../python/ast.ts';
import {walk} from '../../python/walk.ts';
import {calledName} from './lint.ts';
import type {Lint, Linted} from './lint.ts';

export const sumWithoutAxis: Lint = {
  code: 'wrong-axis',
  * find(linted) {
    const {backward, trial, text} = linted;
    if (trial === null || trial.raised !== null) return;
    for (const call of callsWithoutAxis(backward)) {
      const event = operationAt(linted, call);
      if (event === null || !isZeroAnyway(event)) continue;
      yield {span: call.span, severity: 'information', message: `${text.slice(call.span.start, call.span.end)} has no axis, so it is one number for all columns. It is zero anyway, so that the gradient is right; with an axis it says what is meant`};
    }
  },
};

type CallExpr = Extract<Expr, {kind: 'Call'}>;

function callsWithoutAxis(statements: Linted['backward']): CallExpr[] {
  const found: CallExpr[] = [];
  for (const statement of statements) {
    walk(statement, (node) => {
      if (node.kind !== 'Call' || !/^(?:sum|mean)$/.test(calledName(node)) || node.callee.kind !== 'Attribute') return;
      const own = node.callee.object.kind === 'Name' && /^(?:np|numpy)$/.test(node.callee.object.id);
      if (node.args.length === (own ? 1 : 0)) found.push(node);
    });
  }
  return found;
}

function operationAt({trial}: Linted, {span}: CallExpr): OperationEvent | null {
  const found = trial!.events.find((event) => event.type === 'operation' && event.span.start === span.start && event.span.end === span.end && /sum|mean/.test(event.name));
  return found?.type === 'operation' ? found : null;
}

/** Whether the sums along an axis are zero too. */
function isZeroAnyway({operands, result}: OperationEvent): boolean {
  const array = operands.find((operand) => operand instanceof NDArray);
  if (array === undefined || array.shape.length !== 2 || !(result instanceof Scalar)) return false;
  const data = elements(array);
  const scale = data.reduce((sum, value) => sum + Math.abs(value), 0);
  const [rows, columns] = array.shape;
  if (!(scale > 0) || rows < 2 || columns < 2 || Math.abs(result.value) > 1e-9 * scale) return false;
  return Array.from({length: columns}, (_, j) => data.reduce((sum, value, i) => (i % columns === j ? sum + value : sum), 0)).every((sum) => Math.abs(sum) <= 1e-9 * scale);
}
