/**
 * What happens when a value is bound or written: differentiable numbers get a tape entry of their own, the listener is
 * told, and may put another value in the place of this one.
 */
import type {Span} from '../python/span.ts';
import type {Expr, Stmt} from '../python/ast.ts';
import {NDArray} from '../ndarray/array.ts';
import type {Snapshot} from '../ndarray/array.ts';
import {setItem as arraySetItem} from '../ndarray/index.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {ELLIPSIS} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {Frame, FunctionCode} from './code.ts';
import {Dict} from './containers.ts';
import type {AssignEvent} from './events.ts';
import type {Run} from './run.ts';
import {quoted, textOf} from './target-text.ts';

/** One target in the text. */
export interface TargetSite {
  readonly statement: Stmt;
  readonly target: Expr;
  readonly span: Span;
  /** Loops around the statement. */
  readonly loops: number;
  readonly augmented: boolean;
}

/** A value with a tape entry of its own, if it is a differentiable number: `y = x` has a gradient that is not x's. */
export function ownEntry(run: Run, value: Value): Value {
  if (!(value instanceof Scalar) || value.id === 0 || run.tape === null) return value;
  run.tape.operation = ++run.operations;
  return new Scalar(value.value, run.tape.identity(value.id, value.value), value.dtype, value.weak);
}

/** The value to bind to a name. Call when there is a tape or a listener. */
export function bindToName(frame: Frame, site: TargetSite, value: Value): Value {
  const {run} = frame;
  const own = ownEntry(run, value);
  if (run.listener === null) return own;
  return announce(frame, site, 'name', own, null, textOf(site.target));
}

/** The value to store into an attribute of `object`. */
export function bindToAttribute(frame: Frame, site: TargetSite, object: Value, value: Value): Value {
  const {run} = frame;
  const own = ownEntry(run, value);
  if (run.listener === null) return own;
  return announce(frame, site, 'attribute', own, object, textOf(site.target));
}

/** The value to store at `container[index]`. Arrays make entries of their own when they are written. */
export function bindToItem(frame: Frame, site: TargetSite, container: Value, index: Value, value: Value): Value {
  const {run} = frame;
  const own = container instanceof NDArray ? value : ownEntry(run, value);
  if (run.listener === null) return own;
  return announce(frame, site, 'item', own, container, itemText(site.target, container, index));
}

/** Offers an array that was changed in place; a replacement overwrites its contents. */
export function announceInPlace(frame: Frame, site: TargetSite, array: NDArray): void {
  const value = announce(frame, site, site.target.kind === 'Attribute' ? 'attribute' : 'name', array, null, textOf(site.target));
  if (value !== array) arraySetItem(frame.run, array, ELLIPSIS, value);
}

/** `grads['W1']` for `grads['W' + str(i)]`: keys of dictionaries as they are, indices of arrays as written. */
function itemText(target: Expr, container: Value, index: Value): string {
  if (target.kind !== 'Subscript' || container instanceof NDArray) return textOf(target);
  if (typeof index === 'string') return `${textOf(target.object)}[${quoted(index)}]`;
  if (typeof index === 'number') return `${textOf(target.object)}[${index}]`;
  return container instanceof Dict && index instanceof Scalar ? `${textOf(target.object)}[${index.value}]` : textOf(target);
}

function announce(frame: Frame, site: Omit<TargetSite, 'target'>, how: AssignEvent['how'], value: Value, container: Value, target: string): Value {
  const listener = frame.run.listener!;
  const event = {
    type: 'assign', index: frame.run.assigns++, activation: frame.activation, statement: site.statement, span: site.span, target, how,
    augmented: site.augmented, value, snapshot: null as Snapshot | null, container, iterations: frame.iterations.slice(0, site.loops),
  } as const;
  const given = listener.replace === undefined ? value : listener.replace(event);
  const snapshot = given instanceof NDArray ? given.snapshot() : null;
  listener.event(given === value && snapshot === null ? event : {...event, value: given, snapshot});
  return given;
}

/** Tells of the parameters of a call, which are assignments too. Call when there is a tape or a listener. */
export function traceParameters(frame: Frame, code: FunctionCode): void {
  const {run, slots, cells} = frame;
  for (const {name, slot, cell, nameSpan} of code.params) {
    const value = (cell ? cells[slot].value : slots[slot])!;
    const own = ownEntry(run, value);
    const given = run.listener === null || code.function === null ? own
      : announce(frame, {statement: code.function, span: nameSpan, loops: 0, augmented: false}, 'parameter', own, null, name);
    if (cell) cells[slot].value = given;
    else slots[slot] = given;
  }
}
