/**
 * Reads statements in order, both branches of a condition and each loop once, and follows calls of functions and
 * classes of the same file. Conditions on a known rank are decided, so that code for another rank says nothing.
 */
import type {ClassDef, Expr, FunctionDef, If, Stmt} from '../../python/ast.ts';
import {bindTarget, elementOf} from './binding.ts';
import {keepApart, letMeet, nameRank} from './dimension.ts';
import {asserted, evaluate, methodOf, tested} from './expressions.ts';
import type {Arguments} from './numpy.ts';
import type {Reading, Scope} from './reading.ts';
import {believe, newScope} from './reading.ts';
import {Thing, bool, none, unknown} from './values.ts';
import type {Abstract, ObjectValue} from './values.ts';

export function readBody(reading: Reading, body: readonly Stmt[], scope: Scope): void {
  for (const statement of body) readStatement(reading, statement, scope);
}

function readStatement(reading: Reading, statement: Stmt, scope: Scope): void {
  const target = statement.kind === 'Assign' ? statement.targets[0] : statement.kind === 'AugAssign' ? statement.target : null;
  if (target === null || !isGradient(target)) {
    readPlain(reading, statement, scope);
    return;
  }
  const apart = keepApart();
  readPlain(reading, statement, scope);
  letMeet(apart);
}

/** Whether a target is called as a gradient is: its statement may be wrong, and is read like a backward. */
function isGradient(target: Expr): boolean {
  switch (target.kind) {
    case 'Name': return /^(?:d[A-Z_]\w*|d(?:x|w|b|h|c|z|y|a|s|f|q|u|v|p|i|o|g)\w{0,2}|d(?:out|scores?|logits|hidden|loss|gamma|beta|margins?|prev|next)\w*|grads?(?:_\w+)?|\w+_grads?)$/.test(target.id);
    case 'Attribute': return /^(?:d[A-Z_]\w*|d[xwb]|grads?)$/.test(target.name);
    case 'Subscript': return isGradient(target.object);
    case 'Tuple': return target.items.some(isGradient);
    default: return false;
  }
}

function readPlain(reading: Reading, statement: Stmt, scope: Scope): void {
  const value = (one: Expr): Abstract => evaluate(reading, one, scope);
  switch (statement.kind) {
    case 'ExprStmt': value(statement.value); return;
    case 'Assign': {
      const result = value(statement.value);
      const shape = reading.lineShape(statement.span.end);
      if (shape !== null && result.kind === 'thing') believe(reading, result.shape, shape, nameRank.comment);
      for (const target of statement.targets) bindTarget(reading, target, result, scope);
      return;
    }
    case 'AnnAssign': if (statement.value !== null) bindTarget(reading, statement.target, value(statement.value), scope); return;
    case 'AugAssign': {
      const {target, operator, span} = statement;
      const result = value({kind: 'Binary', span, operator, left: target, right: statement.value, operatorSpan: span});
      if (target.kind === 'Name') bindTarget(reading, target, result, scope);
      return;
    }
    case 'Return': scope.returns.push(statement.value === null ? none : value(statement.value)); return;
    case 'If': readIf(reading, statement, scope); return;
    case 'For':
      bindTarget(reading, statement.target, elementOf(reading, value(statement.iterable)), scope);
      readBody(reading, statement.body, scope);
      readBody(reading, statement.otherwise, scope);
      return;
    case 'While':
      tested(value(statement.test));
      readBody(reading, statement.body, scope);
      return;
    case 'With':
      for (const item of statement.items) value(item.context);
      readBody(reading, statement.body, scope);
      return;
    case 'Try':
      readBody(reading, statement.body, scope);
      for (const handler of statement.handlers) readBody(reading, handler.body, branch(scope));
      readBody(reading, statement.finally, scope);
      return;
    case 'Assert': asserted(reading, statement.test, scope); return;
    case 'FunctionDef': scope.names.set(statement.name, {kind: 'function', definition: statement, self: null}); return;
    case 'ClassDef': scope.names.set(statement.name, {kind: 'class', definition: statement}); return;
    default:
  }
}

function branch(scope: Scope): Scope {
  return {...scope, names: new Map(scope.names)};
}

function readIf(reading: Reading, statement: If, scope: Scope): void {
  const decided = rankTest(reading, statement.test, scope);
  if (decided !== null) {
    if (decided !== 'unknown') readBody(reading, decided ? statement.body : statement.otherwise, scope);
    else readBody(reading, statement.otherwise, scope);
    return;
  }
  const test = evaluate(reading, statement.test, scope);
  tested(test);
  const then = branch(scope);
  const otherwise = branch(scope);
  // What is done without an argument says more than what is done with an unknown one: attributes keep what is read last.
  const isLast = statement.test.kind === 'Compare' && statement.test.left.kind === 'Name' && isNoneTest(statement.test, statement.test.left.id);
  if (!isLast) readBody(reading, statement.body, then);
  readBody(reading, statement.otherwise, otherwise);
  if (isLast) readBody(reading, statement.body, then);
  const leaves = statement.body.at(-1);
  const early = leaves?.kind === 'Return' || leaves?.kind === 'Raise';
  for (const name of new Set([...then.names.keys(), ...otherwise.names.keys()])) {
    const a = then.names.get(name);
    const b = otherwise.names.get(name);
    const before = scope.names.get(name);
    const isDefault = isNoneTest(statement.test, name);
    const kept = isDefault ? before ?? a : early ? b ?? a : a === undefined || a.kind === 'none' || (a === before && b !== undefined) ? b : a;
    if (kept !== undefined) scope.names.set(name, kept);
  }
}

/** `if name is None: name = ...`: the value from outside is kept. */
function isNoneTest(test: Expr, name: string): boolean {
  return test.kind === 'Compare' && test.operators[0] === 'is' && test.left.kind === 'Name' && test.left.id === name;
}

/** What `x.ndim == 2` is: true or false for a known rank, 'unknown' for an open one, null when it is another test. */
function rankTest(reading: Reading, test: Expr, scope: Scope): boolean | 'unknown' | null {
  if (test.kind !== 'Compare' || test.operators.length !== 1) return null;
  const left = evaluate(reading, test.left, scope);
  const right = evaluate(reading, test.comparators[0], scope);
  if (left.kind !== 'ndim' || right.kind !== 'int' || typeof right.value !== 'number') return null;
  const {rank} = left.of;
  left.thing.evidence.ranks.add(right.value);
  if (rank === null) return 'unknown';
  switch (test.operators[0]) {
    case '==': return rank === right.value;
    case '!=': return rank !== right.value;
    case '<': return rank < right.value;
    case '<=': return rank <= right.value;
    case '>': return rank > right.value;
    case '>=': return rank >= right.value;
    default: return null;
  }
}

const deepest = 6;

/** Follows a call. Parameters without an argument have their defaults' kinds. */
export function invoke(reading: Reading, definition: FunctionDef, args: Arguments, self: ObjectValue | null, caller: Scope): Abstract {
  let depth = 0;
  for (let at: Scope | null = caller; at !== null; at = at.outer) {
    if (at.definition === definition || ++depth > deepest * 2) return unknown();
  }
  if (reading.world.calls-- <= 0) return unknown();
  const scope = newScope(caller, definition);
  const isStatic = definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod');
  const params = self !== null && !isStatic ? definition.params.slice(1) : definition.params;
  if (self !== null && !isStatic && definition.params.length > 0) scope.names.set(definition.params[0].name, self);
  const told = reading.documented(definition);
  // The letters of another function's text are its own: n_prev is another size at each call.
  const inside: Reading = {...reading, letters: new Map()};
  for (const [i, param] of params.entries()) {
    if (param.star !== '') { scope.names.set(param.name, unknown()); continue; }
    const given = args.positional[i] as Abstract | undefined ?? args.named.get(param.name);
    const value = given ?? (param.default === null ? new Thing(undefined, param.name) : evaluate(reading, param.default, reading.globals));
    const axes = told.get(param.name);
    if (axes !== undefined && value.kind === 'thing' && value.shape.rank === null) believe(inside, value.shape, axes, nameRank.computed);
    scope.names.set(param.name, value);
  }
  readBody(reading, definition.body, scope);
  return scope.returns.at(-1) ?? none;
}

/** An object of a class of the file: its `__init__` is read. */
export function construct(reading: Reading, definition: ClassDef, args: Arguments, caller: Scope): ObjectValue {
  const object: ObjectValue = {kind: 'object', definition, attributes: new Map()};
  const {making} = reading.world;
  if (making.has(definition)) return object;
  making.add(definition);
  readClassBody(reading, definition, object);
  const init = methodOf(reading, definition, '__init__');
  if (init !== null) invoke(reading, init, args, object, caller);
  making.delete(definition);
  return object;
}

/** Attributes that are assigned in the body of the class. */
export function readClassBody(reading: Reading, definition: ClassDef, object: ObjectValue): void {
  for (const statement of definition.body) {
    if (statement.kind !== 'Assign' || statement.targets[0].kind !== 'Name') continue;
    const value = evaluate(reading, statement.value, reading.globals);
    object.attributes.set(statement.targets[0].id, value.kind === 'bool' ? bool : value);
  }
}
