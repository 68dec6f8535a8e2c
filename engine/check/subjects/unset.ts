/**
 * Backwards that raise because of an attribute that only a method sets which nothing calls: `connect`, `compile`, `build`. What the
 * author calls between the forward and the backward is not known here, so that they are not run, and nothing is blamed.
 */
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {PythonException} from '../../interpreter/exceptions.ts';
import {Func, Instance, Property} from '../../interpreter/objects.ts';
import type {Class} from '../../interpreter/objects.ts';
import type {FunctionDef} from '../../python/ast.ts';
import {scopeOf} from '../../program/scopes.ts';
import {CannotRun} from './subject.ts';

/** What `call` gives, which runs the second of two methods of `self` when the first has run. */
export function unlessUnset(self: Value, [forward, backward]: readonly [FunctionDef, FunctionDef], call: () => Value): Value {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof PythonException) || !(self instanceof Instance)) throw error;
    const operand = operandOf(self, error);
    if (operand !== null) throw new CannotRun(`the backward raises ${error.type}: ${error.message}: the operators of ${operand} may be given to it in a file that is not read here`);
    const unset = unsetIn(self, backward, error);
    const setters = methodsOf(self.cls).filter((method) => method !== forward && method !== backward && !method.name.startsWith('__'));
    for (const name of unset) {
      const setter = setters.find((method) => scopeOf(method).selfWrites.has(name));
      if (setter !== undefined) throw new CannotRun(`the backward raises ${error.type}: ${error.message}: self.${name} is set by ${setter.name}, which nothing calls before it here`);
    }
    throw error;
  }
}

/** The library's class, such as DeZero's `Variable`, that an operator is missing of, where a `__call__` in a base made objects of it; else null. */
function operandOf(self: Instance, {message, type}: PythonException): string | null {
  const names = type === 'TypeError' ? [...(/^unsupported operand type\(s\) for .*?: (.*)$/.exec(message)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name) : [];
  const held = [...self.attributes.values()].flatMap((value) => (value instanceof List || value instanceof Tuple ? value.items : [value]));
  return names.find((name) => held.some((value) => value instanceof Instance && value.cls.name === name)) ?? null;
}

/** The attributes that an error may be of: the one that is not there, or those that are None and that the backward reads. */
function unsetIn(self: Instance, backward: FunctionDef, {message, type}: PythonException): readonly string[] {
  const absent = type === 'AttributeError' ? /^'\w+' object has no attribute '(\w+)'/.exec(message)?.[1] : undefined;
  if (absent !== undefined) return self.attributes.has(absent) ? [] : [absent];
  if (!/NoneType/.test(message)) return [];
  return readsOf(self.cls, backward).filter((name) => self.attributes.get(name) === null);
}

/** The attributes that a method reads, those behind properties too. */
function readsOf(cls: Class, method: FunctionDef): readonly string[] {
  return [...scopeOf(method).selfReads].flatMap((name) => {
    const found = cls.lookup(name);
    const getter = found instanceof Property ? definitionOf(found.getter) : null;
    return getter === null ? [name] : [name, ...scopeOf(getter).selfReads];
  });
}

function methodsOf({mro}: Class): readonly FunctionDef[] {
  return mro.flatMap(({attributes}) => [...attributes.values()]).flatMap((value) => definitionOf(value) ?? []);
}

function definitionOf(value: Value): FunctionDef | null {
  return value instanceof Func && value.code.definition.kind === 'FunctionDef' ? value.code.definition : null;
}
