/**
 * `object.name`: looking attributes up, binding methods, and setting them.
 * The attributes of arrays are in array-attributes.ts, the methods of builtin types in builtins/.
 */
import {NDArray} from '../ndarray/array.ts';
import {PyError} from '../ndarray/errors.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {DTypeValue, Slice, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {TypeLimits} from '../numpy/queries.ts';
import {arrayAttribute, setArrayAttribute} from './array-attributes.ts';
import {lookupMethod} from './builtins/methods.ts';
import {call} from './calls.ts';
import {Dict, PyIterator, Range} from './containers.ts';
import {NDIter} from './numpy-iterators.ts';
import {dtypeAttribute, numpyFunctionAttribute} from './numpy-module.ts';
import {
  BoundMethod, Builtin, Class, ClassMethod, ExceptionInstance, Func, Instance, ModuleValue, NumpyFunction, Property,
  StaticMethod, Super, Unsupported,
} from './objects.ts';
import {generatorMethod} from './generators.ts';
import {classMethodsOf, defaultMethod} from './object-methods.ts';
import type {Run} from './run.ts';
import {classOf} from './types.ts';

/** Python's `getattr(object, name)`. Raises AttributeError; gives an Unsupported for what may well be there. */
export function getAttribute(run: Run, object: Value, name: string): Value {
  const value = findAttribute(run, object, name);
  if (value !== undefined) return value;
  throw new PyError('AttributeError', missingText(object, name));
}

function missingText(object: Value, name: string): string {
  if (object instanceof Class) return `type object '${object.name}' has no attribute '${name}'`;
  if (object instanceof ModuleValue) return `module '${object.name}' has no attribute '${name}'`;
  if (object instanceof Super) return `'super' object has no attribute '${name}'`;
  return `'${typeName(object)}' object has no attribute '${name}'`;
}

/** The attribute, or undefined where Python would raise AttributeError. */
export function findAttribute(run: Run, object: Value, name: string): Value | undefined {
  if (object instanceof Instance) return instanceAttribute(run, object, name);
  if (object instanceof NDArray) return run.poisonBy(object) ?? run.tensorAttribute?.(object, name, run.hungOn.get(object)?.get(name)) ?? arrayAttribute(run, object, name);
  if (object instanceof ModuleValue) return moduleAttribute(run, object, name);
  if (object instanceof Unsupported) return object;
  if (object instanceof Class) return classAttribute(object, name);
  if (object instanceof Super) return superAttribute(run, object, name);
  if (object instanceof Func) return functionAttribute(object, name);
  if (object instanceof Scalar && !object.weak) return run.tensorAttribute?.(object, name, undefined) ?? arrayAttribute(run, object, name);
  if (object instanceof DTypeValue) return dtypeAttribute(run, object, name);
  if (object instanceof NumpyFunction) return numpyFunctionAttribute(run, object, name);
  return builtinAttribute(run, object, name);
}

/** A special method as the class holds it (`__add__`, `__len__`), unbound; undefined if it has none. */
export function findSpecial(object: Instance, name: string): Value | undefined {
  const value = object.cls.lookup(name);
  if (value instanceof StaticMethod) return value.callee;
  return value === null ? undefined : value;
}

function instanceAttribute(run: Run, object: Instance, name: string): Value | undefined {
  const own = object.attributes.get(name);
  if (own !== undefined) return own;
  const held = object.cls.lookup(name);
  if (held !== undefined) return bind(run, held, object, object.cls);
  if (name === '__class__') return object.cls;
  if (name === '__dict__') return Dict.of(object.attributes);
  if (object.native !== undefined) {
    const value = findAttribute(run, object.native, name);
    if (value !== undefined) return value;
  }
  if (object instanceof ExceptionInstance) {
    const value = exceptionAttribute(object, name);
    if (value !== undefined) return value;
  }
  const fallback = object.cls.lookup('__getattr__');
  if (fallback !== undefined) return call(run, fallback, [object, name], null);
  const method = defaultMethod(name);
  if (method !== undefined) return new BoundMethod(object, method);
  const by = object.cls.unknownBase;
  return by === null ? (run.poisonBy(object) ?? undefined) : by;
}

function exceptionAttribute(exception: ExceptionInstance, name: string): Value | undefined {
  switch (name) {
    case 'args': return new Tuple(exception.args);
    case 'value': return exception.cls.name === 'StopIteration' ? (exception.args[0] ?? null) : undefined;
    case '__cause__': case '__context__': case '__traceback__': return null;
    default: return undefined;
  }
}

/** What an attribute of a class gives when it is reached through `self`. */
export function bind(run: Run, held: Value, self: Value, cls: Class): Value {
  if (held instanceof Func) return new BoundMethod(self, held);
  if (held instanceof StaticMethod) return held.callee;
  if (held instanceof ClassMethod) return new BoundMethod(cls, held.callee);
  if (held instanceof Property) return call(run, held.getter, [self], null);
  if (held instanceof Instance) {
    const get = findSpecial(held, '__get__');
    if (get !== undefined) return call(run, get, [held, self, cls], null);
  }
  return held;
}

function classAttribute(cls: Class, name: string): Value | undefined {
  const held = cls.lookup(name);
  if (held instanceof StaticMethod) return held.callee;
  if (held instanceof ClassMethod) return new BoundMethod(cls, held.callee);
  if (held !== undefined) return held;
  switch (name) {
    case '__name__': case '__qualname__': return cls.builtin ? cls.name.slice(cls.name.lastIndexOf('.') + 1) : cls.name;
    case '__mro__': return new Tuple(cls.mro);
    case '__bases__': return new Tuple(cls.bases);
    case '__dict__': return Dict.of(cls.attributes);
    case '__doc__': return null;
    case '__module__': return cls.builtin ? 'builtins' : '__main__';
    case '__class__': return classOf(cls);
    default: break;
  }
  return classMethodsOf(cls, name) ?? defaultMethod(name) ?? cls.unknownBase ?? undefined;
}

function superAttribute(run: Run, object: Super, name: string): Value | undefined {
  const {mro} = object.cls;
  for (let i = mro.indexOf(object.after) + 1; i < mro.length; i++) {
    const held = mro[i].attributes.get(name);
    if (held !== undefined) return bind(run, held, object.self, object.cls);
    const native = mro[i].builtin ? classMethodsOf(mro[i], name) : undefined;
    if (native !== undefined) return new BoundMethod(object.self, native);
  }
  if (object.cls.unknownBase !== null) return object.cls.unknownBase;
  const method = defaultMethod(name);
  return method === undefined ? undefined : new BoundMethod(object.self, method);
}

function moduleAttribute(run: Run, module: ModuleValue, name: string): Value | undefined {
  const own = module.attributes.get(name);
  if (own !== undefined) return own;
  if (name === '__name__') return module.name;
  if (name === '__dict__') return Dict.of(module.attributes);
  const found = module.lookup?.(name);
  if (found !== undefined) {
    if (!(found instanceof Unsupported)) module.attributes.set(name, found);
    return found;
  }
  return module.mayHave(name) || isLeftOut(run, module, name) ? run.unsupported(`${module.name}.${name}`) : undefined;
}

/** Whether a name may be bound by a statement that this run leaves out. */
function isLeftOut({options}: Run, {path, tree, unknownNames}: ModuleValue, name: string): boolean {
  if (unknownNames !== null) return true;
  const chosen = path === null || tree === null ? null : options.statements(path, tree);
  return chosen !== null && tree!.body.some((statement) => !chosen.has(statement) && ('name' in statement && statement.name === name));
}

function functionAttribute(func: Func, name: string): Value | undefined {
  const own = func.attributes?.get(name);
  if (own !== undefined) return own;
  switch (name) {
    case '__name__': return func.code.name;
    case '__qualname__': return func.code.qualifiedName;
    case '__module__': return func.module.name;
    case '__doc__': return func.code.definition.kind === 'FunctionDef' ? (func.code.definition.docstring?.value ?? null) : null;
    case '__dict__': return Dict.of(func.attributes ?? []);
    default: return undefined;
  }
}

function builtinAttribute(run: Run, object: Value, name: string): Value | undefined {
  const by = run.poisonBy(object);
  if (by !== null) return by;
  const method = lookupMethod(typeName(object), name);
  if (method !== undefined) return new Builtin(name, (inner, args, keywords) => method(inner, object, args, keywords));
  if (object instanceof Scalar || typeof object === 'number') {
    if (name === 'real' || name === 'numerator') return object;
    if (name === 'imag') return object instanceof Scalar ? new Scalar(0, 0, object.dtype, true) : 0;
  }
  if (object instanceof BoundMethod) {
    if (name === '__self__') return object.self;
    if (name === '__func__') return object.callee;
    return findAttribute(run, object.callee, name);
  }
  if (object instanceof Slice || object instanceof Range) {
    if (name === 'start' || name === 'stop' || name === 'step') return object[name];
  }
  if (object instanceof NDIter) return object.attribute(name);
  if (object instanceof PyIterator) {
    const generated = generatorMethod(object, name);
    if (generated !== undefined) return generated;
  }
  if (object instanceof Property) return propertyAttribute(object, name);
  if (object instanceof TypeLimits) return object.attribute(name);
  if (name === '__name__' && object instanceof Builtin) return object.name;
  if (name === '__class__') return classOf(object);
  if (name === '__doc__') return null;
  return undefined;
}

/** `@x.setter` and its kin. */
function propertyAttribute(property: Property, name: string): Value | undefined {
  const {getter, setter, deleter} = property;
  switch (name) {
    case 'setter': return new Builtin(name, (_run, [callee]) => new Property(getter, callee, deleter));
    case 'getter': return new Builtin(name, (_run, [callee]) => new Property(callee, setter, deleter));
    case 'deleter': return new Builtin(name, (_run, [callee]) => new Property(getter, setter, callee));
    case 'fget': return getter;
    case 'fset': return setter;
    default: return undefined;
  }
}

/** Python's `setattr(object, name, value)`. Storing into an unknown object does nothing. */
export function setAttribute(run: Run, object: Value, name: string, value: Value): void {
  if (object instanceof Instance) {
    setInstanceAttribute(run, object, name, value);
  } else if (object instanceof Class && !object.builtin) {
    object.attributes.set(name, value);
  } else if (object instanceof ModuleValue) {
    object.attributes.set(name, value);
  } else if (object instanceof Func) {
    (object.attributes ??= new Map<string, Value>()).set(name, value);
  } else if (object instanceof NDArray) {
    if (run.tensorAttribute === null) setArrayAttribute(run, object, name, value);
    else setTensorAttribute(run, object, name, value);
  } else if (!(object instanceof Unsupported)) {
    throw new PyError('AttributeError', missingText(object, name));
  }
}

/** Tensors take any attribute; numbers put into `data` are written where the tensor's own are. */
function setTensorAttribute(run: Run, tensor: NDArray, name: string, value: Value): void {
  if (name === 'shape' || name === 'data') {
    if (name === 'shape') setArrayAttribute(run, tensor, name, value);
    else if (value !== tensor) setArrayAttribute(run, tensor, 'flat', value);
    return;
  }
  const attributes = run.hungOn.get(tensor) ?? new Map<string, Value>();
  run.hungOn.set(tensor, attributes.set(name, value));
}

function setInstanceAttribute(run: Run, object: Instance, name: string, value: Value): void {
  const held = object.cls.lookup(name);
  if (held instanceof Property) {
    if (held.setter === null) throw new PyError('AttributeError', `property '${name}' of '${object.typeName}' object has no setter`);
    call(run, held.setter, [object, value], null);
    return;
  }
  const setter = object.cls.lookup('__setattr__');
  if (setter !== undefined) call(run, setter, [object, name, value], null);
  else if (name === '__class__' && value instanceof Class) object.cls = value;
  else object.attributes.set(name, value);
}

/** Python's `delattr(object, name)`. */
export function deleteAttribute(object: Value, name: string): void {
  if (object instanceof Unsupported) return;
  const held = object instanceof Instance || object instanceof Class || object instanceof ModuleValue ? object.attributes : null;
  if (held === null || !held.delete(name)) throw new PyError('AttributeError', missingText(object, name));
}
