/**
 * Classes: their linearisation, how a class statement's result is made, and instances.
 */
import {PyError} from '../ndarray/errors.ts';
import {Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {call} from './calls.ts';
import {constructors} from './builtins/constructors.ts';
import {bind} from './attributes.ts';
import {Dict} from './containers.ts';
import {Builtin, Class, ClassMethod, ExceptionInstance, Func, Instance, Property, StaticMethod, Super, Unsupported} from './objects.ts';
import type {Keywords, NativeCall} from './objects.ts';
import type {Run} from './run.ts';
import {baseExceptionType, classOf, types} from './types.ts';

/** The C3 linearisation of the bases, without the class itself. Raises TypeError when there is none. */
function linearise(bases: readonly Class[]): Class[] {
  const lists = [...bases.map((base) => [...base.mro]), [...bases]];
  const order: Class[] = [];
  for (;;) {
    const open = lists.filter((list) => list.length > 0);
    if (open.length === 0) return order;
    const next = open.map((list) => list[0]).find((head) => !open.some((list) => list.indexOf(head) > 0));
    if (next === undefined) {
      throw new PyError('TypeError', 'Cannot create a consistent method resolution order (MRO) for bases ' +
        bases.map((base) => base.name).join(', '));
    }
    order.push(next);
    for (const list of lists) if (list[0] === next) list.shift();
  }
}

/** The class that a class statement or `type(name, bases, dict)` makes. Unknown bases are remembered, not followed. */
export function createClass(run: Run, name: string, bases: readonly Value[], attributes: Map<string, Value>): Class {
  const known: Class[] = [];
  let unknown: Unsupported | null = null;
  for (const base of bases) {
    if (base instanceof Class) {
      known.push(base);
      unknown ??= base.unknownBase;
    } else if (base instanceof Unsupported) unknown ??= base;
    else throw new PyError('TypeError', `${typeName(base)} is not a base class`);
  }
  if (known.length === 0) known.push(types.object);
  const cls = new Class(name, known, attributes, linearise(known));
  cls.unknownBase = unknown;
  for (const [attribute, value] of attributes) own(run, cls, attribute, value);
  const hook = cls.mro.slice(1).map((base) => base.attributes.get('__init_subclass__')).find((value) => value !== undefined);
  if (hook !== undefined) call(run, hook instanceof ClassMethod ? hook.callee : hook, [cls], null);
  return cls;
}

/** Tells the functions of a class body whose they are, and descriptors their name. */
function own(run: Run, cls: Class, name: string, value: Value): void {
  if (value instanceof Func) value.owner ??= cls;
  else if (value instanceof StaticMethod || value instanceof ClassMethod) own(run, cls, name, value.callee);
  else if (value instanceof Property) {
    own(run, cls, name, value.getter);
    own(run, cls, name, value.setter);
  } else if (value instanceof Instance) {
    const hook = value.cls.lookup('__set_name__');
    if (hook !== undefined) call(run, hook, [value, cls, name], null);
  }
}

/** `cls(...)`. */
export function instantiate(run: Run, cls: Class, args: readonly Value[], keywords: Keywords): Value {
  if (cls.builtin) return construct(run, cls, args, keywords);
  const maker = cls.lookup('__new__');
  const made = maker === undefined ? blank(run, cls, args)
    : call(run, maker instanceof StaticMethod ? maker.callee : maker, [cls, ...args], keywords);
  if (!(made instanceof Instance) || !made.cls.isSubclass(cls)) return made;
  const init = cls.lookup('__init__');
  if (init !== undefined) {
    const result = init instanceof Func ? call(run, init, [made, ...args], keywords) : call(run, bind(run, init, made, cls), args, keywords);
    if (result !== null && !(result instanceof Unsupported)) {
      throw new PyError('TypeError', `__init__() should return None, not '${typeName(result)}'`);
    }
  } else if (maker === undefined && made.native !== undefined) {
    made.native = construct(run, nativeBase(cls)!, args, keywords);
  } else if (maker === undefined && cls.unknownBase === null && !(made instanceof ExceptionInstance) && (args.length > 0 || keywords !== null)) {
    throw new PyError('TypeError', `${cls.name}() takes no arguments`);
  }
  return made;
}

/** The builtin container or number that a class of the text derives from. */
function nativeBase(cls: Class): Class | undefined {
  return cls.mro.find((base) => base.builtin && constructors.has(base.name));
}

/** An instance before `__init__`. */
export function blank(run: Run, cls: Class, args: readonly Value[]): Instance {
  if (cls.isSubclass(baseExceptionType)) return new ExceptionInstance(cls, args);
  const instance = new Instance(cls);
  const base = nativeBase(cls);
  if (base === undefined) return instance;
  const fixed = base === types.int || base === types.float || base === types.str || base === types.tuple;
  instance.native = construct(run, base, fixed ? args : [], null);
  return instance;
}

/** Calls a type of Python itself. */
function construct(run: Run, cls: Class, args: readonly Value[], keywords: Keywords): Value {
  const known = constructors.get(cls.name);
  if (known !== undefined) return call(run, constructorOf(cls.name, known), args, keywords);
  if (cls.isSubclass(baseExceptionType)) return new ExceptionInstance(cls, args);
  switch (cls) {
    case types.object: return new Instance(types.object);
    case types.type: return typeCall(run, args);
    case types.property: return new Property(args[0] ?? null, args[1] ?? keywords?.get('fset') ?? null, args[2] ?? null);
    case types.staticmethod: return new StaticMethod(args[0]);
    case types.classmethod: return new ClassMethod(args[0]);
    case types.super: return superOf(args[0], args[1]);
    default: return run.unsupported(`${cls.name}()`);
  }
}

/** The constructors of `builtins/` as callables, so that calls of them are guarded like any other. */
const callables = new Map<string, Builtin>();

function constructorOf(name: string, known: NativeCall): Builtin {
  let callable = callables.get(name);
  if (callable === undefined) {
    callable = new Builtin(name, known);
    callables.set(name, callable);
  }
  return callable;
}

function typeCall(run: Run, args: readonly Value[]): Value {
  if (args.length === 1) return args[0] instanceof Unsupported ? args[0] : classOf(args[0]);
  const [name, bases, attributes] = args;
  if (typeof name !== 'string' || !(bases instanceof Tuple) || !(attributes instanceof Dict)) {
    throw new PyError('TypeError', 'type() takes 1 or 3 arguments');
  }
  return createClass(run, name, bases.items, new Map(attributes.entries().map(([key, value]) => [typeof key === 'string' ? key : '', value])));
}

/** `super(cls, self)`, where `self` may be a class. Raises TypeError if it does not fit. */
export function superOf(cls: Value, self: Value): Value {
  if (cls instanceof Unsupported) return cls;
  if (cls instanceof Class) {
    if (self instanceof Instance && self.cls.isSubclass(cls)) return new Super(self, self.cls, cls);
    if (self instanceof Class && self.isSubclass(cls)) return new Super(self, self, cls);
  }
  throw new PyError('TypeError', 'super(type, obj): obj must be an instance or subtype of type');
}
