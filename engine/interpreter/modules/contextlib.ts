/**
 * The module `contextlib`: context managers made of generators, and those that do nothing or swallow exceptions.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import {call} from '../calls.ts';
import {DONE, PyIterator} from '../containers.ts';
import {asPythonException} from '../exceptions.ts';
import {Builtin, Class, Instance} from '../objects.ts';
import {generatorMethod} from '../generators.ts';
import type {Run} from '../run.ts';
import {isInstance, types} from '../types.ts';

/** A context manager with these two actions; `leave` tells whether an exception ends here. */
function manager(enter: (run: Run) => Value, leave: (run: Run, exception: Value) => boolean): Instance {
  const cls = new Class('contextlib.manager', [types.object], new Map<string, Value>([
    ['__enter__', new Builtin('__enter__', (run) => enter(run))],
    ['__exit__', new Builtin('__exit__', (run, args) => leave(run, args[args.length - 2] ?? null))],
  ]), types.object.mro);
  return new Instance(cls);
}

/** The manager that a generator is: up to its `yield` on entry, from there on leaving. */
function generated(run: Run, callee: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value> | null): Instance {
  const generator = call(run, callee, args, keywords);
  if (!(generator instanceof PyIterator)) throw new UnsupportedError('contextmanager of something that is no generator');
  return manager(() => {
    const value = generator.next();
    if (value === DONE) throw new PyError('RuntimeError', "generator didn't yield");
    return value;
  }, (inner, exception) => {
    if (exception !== null) return thrownInto(inner, generator, exception);
    if (generator.next() !== DONE) throw new PyError('RuntimeError', "generator didn't stop");
    return false;
  });
}

/** Raises the exception at the generator's `yield`; true when the generator ends without raising it again. */
function thrownInto(run: Run, generator: PyIterator, exception: Value): boolean {
  const raise = generatorMethod(generator, 'throw');
  if (raise === undefined) return false;
  const {activation, depth, span} = run;
  try {
    raise.call(run, [exception], null);
  } catch (error) {
    const raised = asPythonException(run, error);
    if (raised === null) throw error;
    run.activation = activation;
    run.depth = depth;
    run.span = span;
    if (raised.exception === exception) return false;
    if (raised.type === 'StopIteration') return true;
    throw raised;
  }
  throw new PyError('RuntimeError', "generator didn't stop after throw()");
}

/** The module's names. */
export const contextlib: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['contextmanager', new Builtin('contextmanager', (_run, [callee]) =>
    new Builtin('contextmanager', (run, args, keywords) => generated(run, callee, args, keywords)))],
  ['nullcontext', new Builtin('nullcontext', (_run, args) => manager(() => args[0] ?? null, () => false))],
  ['suppress', new Builtin('suppress', (_run, classes) =>
    manager(() => null, (_inner, exception) => exception !== null && classes.some((cls) => isInstance(exception, cls))))],
  ['closing', new Builtin('closing', (_run, [object]) => manager(() => object, () => false))],
  ['AbstractContextManager', types.object], ['ContextDecorator', types.object],
]);
