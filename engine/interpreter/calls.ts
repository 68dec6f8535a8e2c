/**
 * Calling any Python value: functions of the text, builtins, NumPy rows, classes, bound methods.
 * Binding of arguments to parameters is in arguments.ts, making instances in classes.ts.
 */
import {NDArray} from '../ndarray/array.ts';
import {ObjectDType, PyError, UnsupportedError} from '../ndarray/errors.ts';
import {DTypeValue, List, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {bindArguments} from '../numpy/bind.ts';
import type {Row} from '../numpy/row.ts';
import {bindParameters} from './arguments.ts';
import {bind, findSpecial, getAttribute} from './attributes.ts';
import {lookupMethod} from './builtins/methods.ts';
import {instantiate} from './classes.ts';
import {Frame} from './code.ts';
import {Dict, PySet, Range} from './containers.ts';
import {makeGenerator} from './generators.ts';
import {dtypeCall} from './numpy-module.ts';
import {BoundMethod, Builtin, Class, Func, Instance, ModuleValue, NumpyFunction, StaticMethod, Unsupported, unknownOf} from './objects.ts';
import type {Cell, Keywords, NativeMethod} from './objects.ts';
import {objectArray} from './object-arrays.ts';
import {announceOperation, beginOperation} from './operations.ts';
import type {Run} from './run.ts';
import {listOfRange} from './subscripts.ts';
import {lookup} from '../numpy/table.ts';
import {traceParameters} from './assignment.ts';
import type {Activation} from './events.ts';

/** Python's own limit of nested calls. */
const recursionLimit = 1000;

/** Calls any callable. Raises TypeError for anything else; an unknown callee poisons its arguments and gives itself. */
export function call(run: Run, callee: Value, args: readonly Value[], keywords: Keywords): Value {
  if (callee instanceof Func) return callFunction(run, callee, args, keywords);
  if (callee instanceof BoundMethod) return call(run, callee.callee, [callee.self, ...args], keywords);
  if (callee instanceof NumpyFunction) return callRow(run, callee.row, args, keywords);
  if (callee instanceof Builtin) return callBuiltin(run, callee, args, keywords);
  if (callee instanceof Class) return instantiate(run, callee, args, keywords);
  if (callee instanceof DTypeValue) return dtypeCall(run, callee, args);
  if (callee instanceof StaticMethod) return call(run, callee.callee, args, keywords);
  if (callee instanceof Unsupported) {
    if (!callee.harmless) poisonArguments(run, callee, args, keywords);
    return callee;
  }
  if (callee instanceof Instance) {
    const method = findSpecial(callee, '__call__');
    if (method !== undefined) return call(run, method, [callee, ...args], keywords);
    if (callee.cls.unknownBase !== null) return callee.cls.unknownBase;
  }
  throw new PyError('TypeError', `'${typeName(callee)}' object is not callable`);
}

/** `object.name(...)` without making a bound method where that can be avoided. */
export function callMethod(run: Run, object: Value, name: string, args: readonly Value[], keywords: Keywords): Value {
  if (object instanceof ModuleValue) {
    const callee = object.attributes.get(name);
    if (callee !== undefined) return call(run, callee, args, keywords);
  } else if (object instanceof NDArray && run.tensorAttribute === null && run.poisonBy(object) === null) {
    const row = arrayMethod(name);
    if (row !== undefined) return callRow(run, row, [object, ...args], keywords);
  } else if (object instanceof Instance && !object.attributes.has(name)) {
    const held = object.cls.lookup(name);
    if (held instanceof Func) return callFunction(run, held, [object, ...args], keywords);
    if (held !== undefined) return call(run, bind(run, held, object, object.cls), args, keywords);
  } else if (object instanceof List || object instanceof Dict || object instanceof PySet || typeof object === 'string') {
    const method = lookupMethod(typeName(object), name);
    if (method !== undefined) return callNativeMethod(run, method, object, name, args, keywords);
  }
  return call(run, getAttribute(run, object, name), args, keywords);
}

const arrayMethods = new Map<string, Row | undefined>();

/** The row of an array's method, remembered by name. */
function arrayMethod(name: string): Row | undefined {
  const known = arrayMethods.get(name);
  if (known !== undefined || arrayMethods.has(name)) return known;
  const row = lookup(`ndarray.${name}`);
  arrayMethods.set(name, row);
  return row;
}

/** Marks everything mutable that something unknown was given. */
export function poisonArguments(run: Run, by: Unsupported, args: readonly Value[], keywords: Keywords): void {
  for (const value of args) run.poison(value, by);
  if (keywords !== null) for (const value of keywords.values()) run.poison(value, by);
}

/** The first argument that is not known, or null. */
function unknownArgument(run: Run, args: readonly Value[], keywords: Keywords): Unsupported | null {
  for (const value of args) {
    const by = run.poisonBy(value);
    if (by !== null) return by;
  }
  if (keywords !== null) {
    for (const value of keywords.values()) {
      const by = run.poisonBy(value);
      if (by !== null) return by;
    }
  }
  return null;
}

/** Builtins that can do with unknown arguments: they look at the type only, or at nothing. */
const indifferent: ReadonlySet<string> = new Set(['print', 'isinstance', 'type', 'id', 'hasattr', 'getattr', 'setattr', 'callable']);

function callBuiltin(run: Run, callee: Builtin, args: readonly Value[], keywords: Keywords): Value {
  const by = indifferent.has(callee.name) ? null : unknownArgument(run, args, keywords);
  if (by !== null) {
    poisonArguments(run, by, args, keywords);
    return by;
  }
  run.step();
  try {
    return callee.call(run, args, keywords);
  } catch (error) {
    return unknownResult(run, error, args, keywords);
  }
}

/** Methods that put their arguments into a container: what is not known is put there too. */
const storing: ReadonlySet<string> = new Set(['append', 'insert', 'add', 'setdefault', 'get', 'update', 'pop', 'remove']);

function callNativeMethod(run: Run, method: NativeMethod, self: Value, name: string, args: readonly Value[], keywords: Keywords): Value {
  const by = run.poisonBy(self) ?? (storing.has(name) ? null : unknownArgument(run, args, keywords));
  if (by !== null) {
    poisonArguments(run, by, [self, ...args], keywords);
    return by;
  }
  run.step();
  try {
    return method(run, self, args, keywords);
  } catch (error) {
    return unknownResult(run, error, [self, ...args], keywords);
  }
}

/**
 * What a call gives that met something the engine cannot do, or failed because of something unknown in its arguments:
 * then what they hold is unknown too. Throws every other error on.
 */
export function unknownResult(run: Run, error: unknown, args: readonly Value[], keywords: Keywords): Unsupported {
  const by = unknownCause(run, error, operandsOf(args, keywords));
  poisonArguments(run, by, args, keywords);
  return by;
}

/** What an operation gives that failed because of something unknown among its operands, which stay as they are. */
export function unknownCause(run: Run, error: unknown, operands: readonly Value[]): Unsupported {
  if (!(error instanceof PyError) && !(error instanceof UnsupportedError)) throw error;
  for (const operand of operands) {
    const by = run.unknownIn(operand);
    if (by !== null) return by;
  }
  if (error instanceof UnsupportedError) return unknownOf(run, error);
  throw error;
}

/** Calls a NumPy function: an operation of its own on the tape and in the event stream. */
export function callRow(run: Run, row: Row, args: readonly Value[], keywords: Keywords): Value {
  const by = unknownArgument(run, args, keywords);
  if (by !== null) {
    poisonArguments(run, by, args, keywords);
    return by;
  }
  run.step();
  const {span} = run;
  const first = beginOperation(run);
  const number = run.operations;
  try {
    const result = row.call(run, bindArguments(row, withoutRanges(args), keywords));
    if (run.listener !== null) announceOperation(run, number, span, row.names[0], first, operandsOf(args, keywords), result);
    return result;
  } catch (error) {
    const grid = error instanceof ObjectDType ? objectArray(run, row, args, keywords) : null;
    return grid ?? unknownResult(run, error, args, keywords);
  }
}

/** The array layer knows lists but no ranges. */
function withoutRanges(args: readonly Value[]): readonly Value[] {
  for (const value of args) {
    if (value instanceof Range) return args.map((each) => (each instanceof Range ? listOfRange(each) : each));
  }
  return args;
}

function operandsOf(args: readonly Value[], keywords: Keywords): readonly Value[] {
  return keywords === null ? args : [...args, ...keywords.values()];
}

/** Runs a function of the text. */
export function callFunction(run: Run, func: Func, args: readonly Value[], keywords: Keywords): Value {
  run.step();
  const {code} = func;
  const compiled = code.compiled();
  const slots: (Value | undefined)[] = compiled.blank.slice();
  const cells: Cell[] = compiled.cellCount === 0 ? func.closure as Cell[] : func.closure.slice();
  for (let i = 0; i < compiled.cellCount; i++) cells.push({value: undefined});
  if (code.plain && keywords === null && args.length === code.params.length) {
    for (let i = 0; i < args.length; i++) slots[i] = args[i];
  } else {
    bindParameters(func, args, keywords, slots, cells);
  }
  if (run.depth >= recursionLimit) throw new PyError('RecursionError', 'maximum recursion depth exceeded');
  const caller = run.activation;
  const activation: Activation = {
    number: run.activations++, caller, callSpan: caller === null ? null : run.span, definition: code.function,
    module: func.module.tree ?? code.module,
    path: func.module.path ?? '',
  };
  run.activation = activation;
  const frame = new Frame(run, slots, cells, func.module, func.module.attributes, activation, func, null, run.depth + 1);
  if (run.listener !== null) run.listener.event({type: 'call', activation, span: activation.callSpan, args});
  if (run.listener !== null || run.tape !== null) traceParameters(frame, code);
  if (compiled.lazyBody !== null) {
    run.activation = caller;
    return makeGenerator(frame, compiled.lazyBody(frame));
  }
  run.depth++;
  const result = compiled.body(frame);
  run.depth--;
  run.activation = caller;
  if (run.listener !== null) run.listener.event({type: 'return', activation, span: frame.returned, value: result});
  return result;
}
