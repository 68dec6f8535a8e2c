/**
 * Calls as closures: `f(x)`, `object.method(x)`, `super()`, with starred and keyword arguments.
 */
import type {Argument, Call} from '../python/ast.ts';
import {PyError} from '../ndarray/errors.ts';
import {typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {call, callMethod} from './calls.ts';
import {superOf} from './classes.ts';
import type {ExprCode, Frame} from './code.ts';
import {compileExpr, compileList} from './compile-expressions.ts';
import {Dict} from './containers.ts';
import {listOf} from './iteration.ts';
import {Instance, UnknownOperand, Unsupported} from './objects.ts';
import type {Keywords} from './objects.ts';
import type {Scope} from './scopes.ts';
import {types} from './types.ts';

type KeywordsCode = ((frame: Frame) => Keywords) | null;

/** A call as a closure. */
export function compileCall(scope: Scope, node: Call): ExprCode {
  const args = compilePositional(scope, node.args);
  const keywords = compileKeywords(scope, node.args);
  const {callee, span} = node;
  if (callee.kind === 'Attribute') {
    const object = compileExpr(scope, callee.object);
    const {name} = callee;
    return (frame) => {
      const self = object(frame);
      const positional = args(frame);
      const named = keywords === null ? null : keywords(frame);
      frame.run.span = span;
      return callMethod(frame.run, self, name, positional, named);
    };
  }
  const target = compileExpr(scope, callee);
  const isSuper = callee.kind === 'Name' && callee.id === 'super' && node.args.length === 0;
  return (frame) => {
    const value = target(frame);
    if (isSuper && value === types.super) return currentSuper(frame);
    const positional = args(frame);
    const named = keywords === null ? null : keywords(frame);
    frame.run.span = span;
    return call(frame.run, value, positional, named);
  };
}

/** `super()` without arguments: the class whose body holds the method, and the method's first argument. */
function currentSuper(frame: Frame): Value {
  const owner = frame.func?.owner ?? null;
  const first = frame.func?.code.params[0];
  if (owner === null || first === undefined) throw new PyError('RuntimeError', 'super(): no arguments');
  return superOf(owner, (first.cell ? frame.cells[first.slot].value : frame.slots[first.slot])!);
}

function compilePositional(scope: Scope, args: readonly Argument[]): (frame: Frame) => Value[] {
  const positional = args.filter((argument) => argument.name === null && argument.star !== '**');
  if (!positional.some((argument) => argument.star === '*')) return compileList(scope, positional.map((argument) => argument.value));
  const codes = positional.map((argument) => ({spread: argument.star === '*', code: compileExpr(scope, argument.value)}));
  return (frame) => {
    const values: Value[] = [];
    for (const {spread, code} of codes) {
      const value = code(frame);
      if (spread) for (const item of listOf(frame.run, value)) values.push(item);
      else values.push(value);
    }
    return values;
  };
}

/** The keyword arguments of a call, or null when it has none. */
export function compileKeywords(scope: Scope, args: readonly Argument[]): KeywordsCode {
  const named = args.filter((argument) => argument.name !== null || argument.star === '**')
    .map((argument) => ({name: argument.name, code: compileExpr(scope, argument.value)}));
  if (named.length === 0) return null;
  return (frame) => {
    const keywords = new Map<string, Value>();
    for (const {name, code} of named) {
      const value = code(frame);
      if (name !== null) keywords.set(name, value);
      else spread(value, keywords);
    }
    return keywords;
  };
}

function spread(mapping: Value, keywords: Map<string, Value>): void {
  const value = mapping instanceof Instance ? mapping.native : mapping;
  if (value instanceof Unsupported) throw new UnknownOperand(value);
  if (!(value instanceof Dict)) throw new PyError('TypeError', `argument after ** must be a mapping, not ${typeName(mapping)}`);
  for (const [key, item] of value.entries()) {
    if (typeof key !== 'string') throw new PyError('TypeError', 'keywords must be strings');
    keywords.set(key, item);
  }
}
