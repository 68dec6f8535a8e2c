/**
 * Assignment targets as closures: names, attributes, subscripts, unpacking; and augmented assignment.
 */
import type {AugAssign, BinaryOperator, Expr, Stmt} from '../python/ast.ts';
import {NDArray} from '../ndarray/array.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {augmentItem} from '../ndarray/index-augment.ts';
import {getItem as arrayGetItem, setItem as arraySetItem} from '../ndarray/index.ts';
import {List, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {getAttribute, setAttribute} from './attributes.ts';
import {announceInPlace, bindToAttribute, bindToItem, bindToName} from './assignment.ts';
import type {TargetSite} from './assignment.ts';
import {unknownCause} from './calls.ts';
import {Completion} from './code.ts';
import type {ExprCode, Frame, StmtCode, StoreCode} from './code.ts';
import {compileExpr, loadName} from './compile-expressions.ts';
import {operate} from './compile-operators.ts';
import {Dict, PySet} from './containers.ts';
import {listOf} from './iteration.ts';
import {Instance, Unsupported} from './objects.ts';
import {announceOperation, beginOperation} from './operations.ts';
import {arrayName, binaryInto} from './operators.ts';
import type {Scope} from './scopes.ts';
import {arrayIndex, getItem, setItem} from './subscripts.ts';

/** Stores without telling anybody: poison, loop variables of comprehensions, definitions. */
export function storeName(scope: Scope, name: string): StoreCode {
  const place = scope.place(name);
  switch (place.kind) {
    case 'slot': {
      const {index} = place;
      return (frame, value) => { frame.slots[index] = value; };
    }
    case 'cell': {
      const {index} = place;
      return (frame, value) => { frame.cells[index].value = value; };
    }
    case 'global': return (frame, value) => { frame.globals.set(name, value); };
    case 'class': return (frame, value) => { frame.names!.set(name, value); };
  }
}

function isTraced(frame: Frame): boolean {
  return frame.run.tape !== null || frame.run.listener !== null;
}

/** What stores a value into a target of a statement. The variables of comprehensions (in an ExprStmt) are nobody's business. */
export function compileTarget(scope: Scope, target: Expr, statement: Stmt): StoreCode {
  const site: TargetSite = {statement, target, span: target.span, loops: scope.loops, augmented: statement.kind === 'AugAssign'};
  switch (target.kind) {
    case 'Name': {
      if (statement.kind === 'ExprStmt') return storeName(scope, target.id);
      const place = scope.place(target.id);
      if (place.kind === 'slot') {
        const {index} = place;
        return (frame, value) => { frame.slots[index] = isTraced(frame) ? bindToName(frame, site, value) : value; };
      }
      const store = storeName(scope, target.id);
      return (frame, value) => { store(frame, isTraced(frame) ? bindToName(frame, site, value) : value); };
    }
    case 'Attribute': {
      const object = compileExpr(scope, target.object);
      const {name, span} = target;
      return (frame, value) => {
        const holder = object(frame);
        frame.run.span = span;
        setAttribute(frame.run, holder, name, isTraced(frame) ? bindToAttribute(frame, site, holder, value) : value);
      };
    }
    case 'Subscript': {
      const object = compileExpr(scope, target.object);
      const index = compileExpr(scope, target.index);
      const holder = holderOf(scope, target);
      return (frame, value) => {
        const container = object(frame);
        const key = index(frame);
        if (container instanceof Unsupported && holder !== null) frame.run.poison(holder(frame), container);
        storeItem(frame, site, container, key, isTraced(frame) ? bindToItem(frame, site, container, key, value) : value);
      };
    }
    case 'Tuple': case 'List': return compileUnpacking(scope, target.items, statement);
    case 'Star': return compileTarget(scope, target.value, statement);
    default: return (frame) => {
      frame.run.span = target.span;
      throw new UnsupportedError('this assignment target');
    };
  }
}

/** What `a[i][j]` is an item of an item of: with an unknown `i` it is not known which row of `a` is written, and `a` is not known then. */
function holderOf(scope: Scope, target: Extract<Expr, {kind: 'Subscript'}>): ExprCode | null {
  let at = target.object;
  if (at.kind !== 'Subscript') return null;
  while (at.kind === 'Subscript') at = at.object;
  return compileExpr(scope, at);
}

function storeItem(frame: Frame, site: TargetSite, container: Value, key: Value, value: Value): void {
  const {run} = frame;
  run.span = site.span;
  if (!(container instanceof NDArray)) {
    setItem(run, container, key, value);
    return;
  }
  const first = beginOperation(run);
  const number = run.operations;
  try {
    setItem(run, container, key, value);
  } catch (error) {
    run.poison(container, unknownCause(run, error, [key, value]));
  }
  if (run.listener !== null) announceOperation(run, number, site.span, 'setitem', first, [container, key, value], container);
}

function compileUnpacking(scope: Scope, targets: readonly Expr[], statement: Stmt): StoreCode {
  const stores = targets.map((target) => compileTarget(scope, target, statement));
  const star = targets.findIndex((target) => target.kind === 'Star');
  const span = statement.span;
  return (frame, value) => {
    if (value instanceof Tuple && star < 0 && value.items.length === stores.length) {
      for (let i = 0; i < stores.length; i++) stores[i](frame, value.items[i]);
      return;
    }
    frame.run.span = span;
    const by = frame.run.poisonBy(value);
    if (by !== null) {
      for (const store of stores) store(frame, by);
      return;
    }
    const items = unpacked(frame, value, stores.length, star);
    for (let i = 0; i < stores.length; i++) stores[i](frame, items[i]);
  };
}

/** The values of each target. Raises ValueError and TypeError with CPython's words. */
function unpacked(frame: Frame, value: Value, count: number, star: number): readonly Value[] {
  const items = itemsToUnpack(frame, value);
  if (star < 0) {
    if (items.length < count) throw new PyError('ValueError', `not enough values to unpack (expected ${count}, got ${items.length})`);
    if (items.length > count) throw new PyError('ValueError', `too many values to unpack (expected ${count})`);
    return items;
  }
  if (items.length < count - 1) {
    throw new PyError('ValueError', `not enough values to unpack (expected at least ${count - 1}, got ${items.length})`);
  }
  const after = items.length - (count - 1 - star);
  return [...items.slice(0, star), new List(items.slice(star, after)), ...items.slice(after)];
}

function itemsToUnpack(frame: Frame, value: Value): readonly Value[] {
  try {
    return listOf(frame.run, value);
  } catch (error) {
    if (!(error instanceof PyError) || !error.message.endsWith('object is not iterable')) throw error;
    throw new PyError('TypeError', `cannot unpack non-iterable ${typeName(value)} object`);
  }
}

/** `target <operator>= value`. */
export function compileAugmented(scope: Scope, statement: AugAssign): StmtCode {
  const {target, operator} = statement;
  const value = compileExpr(scope, statement.value);
  const site: TargetSite = {statement, target, span: target.span, loops: scope.loops, augmented: true};
  if (target.kind === 'Name') return augmentName(scope, statement, site, value);
  if (target.kind === 'Subscript') return augmentSubscript(scope, site, target, operator, value);
  if (target.kind !== 'Attribute') return () => { throw new UnsupportedError('this assignment target'); };
  const object = compileExpr(scope, target.object);
  const {name} = target;
  return (frame) => {
    const holder = object(frame);
    frame.run.span = target.span;
    const old = getAttribute(frame.run, holder, name);
    const result = updated(frame, site, operator, old, value(frame));
    const inPlace = result === old && result instanceof NDArray;
    if (!inPlace || holder instanceof Instance) {
      frame.run.span = target.span;
      setAttribute(frame.run, holder, name, isTraced(frame) && !inPlace ? bindToAttribute(frame, site, holder, result) : result);
    }
    return Completion.Normal;
  };
}

function augmentName(scope: Scope, {target, operator}: AugAssign, site: TargetSite, value: ExprCode): StmtCode {
  const name = target.kind === 'Name' ? target.id : '';
  const load = loadName(scope, name, target.span);
  const store = storeName(scope, name);
  return (frame) => {
    const old = load(frame);
    const given = value(frame);
    if (typeof old === 'number' && typeof given === 'number' && !isTraced(frame)) {
      const sum = operator === '+' ? old + given : operator === '-' ? old - given : NaN;
      if (Number.isSafeInteger(sum)) {
        store(frame, sum);
        return Completion.Normal;
      }
    }
    const result = updated(frame, site, operator, old, given);
    if (isTraced(frame) && !(result === old && result instanceof NDArray)) store(frame, bindToName(frame, site, result));
    else store(frame, result);
    return Completion.Normal;
  };
}

/** The result of the in-place operator; a changed array is offered to the listener here. */
function updated(frame: Frame, site: TargetSite, operator: BinaryOperator, old: Value, given: Value): Value {
  const {run} = frame;
  run.span = site.statement.span;
  if (isMutable(old)) return binaryInto(run, operator, old, given);
  if (!(old instanceof NDArray)) return operate(frame, site.statement.span, operator, old, given);
  const first = beginOperation(run);
  const number = run.operations;
  let result: Value;
  try {
    result = binaryInto(run, operator, old, given);
  } catch (error) {
    result = unknownCause(run, error, [given]);
  }
  if (result instanceof Unsupported) run.poison(old, result);
  if (run.listener !== null) {
    announceOperation(run, number, site.statement.span, `${operator}=`, first, [old, given], result);
    if (result === old) announceInPlace(frame, site, old);
  }
  return result;
}

function isMutable(value: Value): boolean {
  return value instanceof List || value instanceof Instance || value instanceof Dict || value instanceof PySet;
}

function augmentSubscript(
  scope: Scope, site: TargetSite, target: Extract<Expr, {kind: 'Subscript'}>, operator: BinaryOperator, value: ExprCode,
): StmtCode {
  const object = compileExpr(scope, target.object);
  const index = compileExpr(scope, target.index);
  const name = arrayName(operator);
  const holder = holderOf(scope, target);
  return (frame) => {
    const {run} = frame;
    const container = object(frame);
    if (container instanceof Unsupported && holder !== null) run.poison(holder(frame), container);
    const key = container instanceof NDArray ? arrayIndex(index(frame)) : index(frame);
    if (container instanceof NDArray && name !== null) {
      const given = value(frame);
      run.span = site.statement.span;
      const by = run.poisonBy(given) ?? run.poisonBy(key);
      if (by !== null) run.poison(container, by);
      else augmentArray(frame, site, container, key, operator, given);
      return Completion.Normal;
    }
    run.span = target.span;
    const old = getItem(run, container, key);
    const result = updated(frame, site, operator, old, value(frame));
    run.span = target.span;
    const inPlace = result === old && result instanceof NDArray;
    setItem(run, container, key, isTraced(frame) && !inPlace ? bindToItem(frame, site, container, key, result) : result);
    return Completion.Normal;
  };
}

/** `array[key] <operator>= given`; the listener is offered the region as it is afterwards. */
function augmentArray(frame: Frame, site: TargetSite, array: NDArray, key: Value, operator: BinaryOperator, given: Value): void {
  const {run} = frame;
  const first = beginOperation(run);
  const number = run.operations;
  try {
    augmentItem(run, array, key, arrayName(operator)!, given);
  } catch (error) {
    run.poison(array, unknownCause(run, error, [key, given]));
    return;
  }
  if (run.listener === null) return;
  announceOperation(run, number, site.statement.span, `${operator}=`, first, [array, key, given], array);
  beginOperation(run);
  const region = arrayGetItem(run, array, key);
  const replaced = bindToItem(frame, site, array, key, region);
  if (replaced !== region) arraySetItem(run, array, key, replaced);
}
