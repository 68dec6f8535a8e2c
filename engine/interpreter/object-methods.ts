/**
 * What every Python object has from `object`, and methods of builtin types reached through their class (`list.append`).
 */
import {PyError} from '../ndarray/errors.ts';
import type {Value} from '../ndarray/values.ts';
import {lookupMethod} from './builtins/methods.ts';
import {getAttribute} from './attributes.ts';
import {call} from './calls.ts';
import {blank} from './classes.ts';
import {identityOf} from './hash.ts';
import {Builtin, Class, ExceptionInstance, Instance} from './objects.ts';
import {repr, str} from './text/repr.ts';
import {baseExceptionType} from './types.ts';

const defaults: ReadonlyMap<string, Builtin> = new Map(
  [
    new Builtin('__init__', (_run, [self, ...args]) => {
      if (self instanceof ExceptionInstance) self.args = args;
      return null;
    }),
    new Builtin('__new__', (run, [cls, ...args]) => {
      if (!(cls instanceof Class)) throw new PyError('TypeError', 'object.__new__(X): X is not a type object');
      return blank(run, cls, args);
    }),
    new Builtin('__setattr__', (_run, [self, name, value]) => {
      if (self instanceof Instance && typeof name === 'string') self.attributes.set(name, value);
      return null;
    }),
    new Builtin('__getattribute__', (run, [self, name]) => getAttribute(run, self, typeof name === 'string' ? name : '')),
    new Builtin('__delattr__', (_run, [self, name]) => {
      if (self instanceof Instance && typeof name === 'string') self.attributes.delete(name);
      return null;
    }),
    new Builtin('__repr__', (run, [self]) => repr(run, self)),
    new Builtin('__str__', (run, [self]) => str(run, self)),
    new Builtin('__hash__', (_run, [self]) => (self !== null && typeof self === 'object' ? identityOf(self) : 0)),
    new Builtin('__eq__', (_run, [self, other]) => self === other),
    new Builtin('__init_subclass__', () => null),
  ].map((method) => [method.name, method]),
);

/** A method that every object has, unbound. */
export function defaultMethod(name: string): Builtin | undefined {
  return defaults.get(name);
}

/** A method of a builtin type as its class holds it: called with the object first. */
export function classMethodsOf(cls: Class, name: string): Value | undefined {
  for (const base of cls.mro) {
    if (!base.builtin) continue;
    if (base === baseExceptionType && name === 'with_traceback') return new Builtin(name, (_run, [self]) => self);
    const method = lookupMethod(base.name, name);
    if (method !== undefined) {
      return new Builtin(name, (run, [self, ...args], keywords) => method(run, held(self), args, keywords));
    }
    if (name === '__init__' && base.name in containerInits) {
      return new Builtin(name, (run, [self, ...args], keywords) => {
        if (self instanceof Instance) self.native = call(run, base, args, keywords);
        return null;
      });
    }
  }
  return undefined;
}

const containerInits: Readonly<Record<string, true>> = {list: true, dict: true, set: true};

/** The builtin value that an instance of a derived class holds. */
function held(self: Value): Value {
  return self instanceof Instance && self.native !== undefined ? self.native : self;
}
