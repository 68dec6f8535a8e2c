/**
 * Generators: activations that are suspended at each `yield`. Their bodies are JavaScript generators over the same frame.
 */
import type {Value} from '../ndarray/values.ts';
import {Completion} from './code.ts';
import type {Frame} from './code.ts';
import {DONE, PyIterator} from './containers.ts';
import {exceptionOf, makeException, raised} from './exceptions.ts';
import {Builtin} from './objects.ts';
import type {Run} from './run.ts';

type Body = Generator<Value, Completion, Value>;

/** A suspended activation. */
class PyGenerator extends PyIterator {
  /** What `return` gave, once it has. */
  result: Value = null;

  constructor(private readonly frame: Frame, private readonly body: Body) {
    super('generator', () => this.resume(() => body.next(null)));
  }

  send(value: Value): Value | typeof DONE {
    return this.resume(() => this.body.next(value));
  }

  raise(run: Run, exception: Value): Value | typeof DONE {
    const error = raised(run, exceptionOf(run, exception));
    return this.resume(() => this.body.throw(error));
  }

  close(): void {
    this.resume(() => this.body.return(Completion.Return));
  }

  /** Runs on to the next `yield` in its own activation. */
  private resume(step: () => IteratorResult<Value, Completion>): Value | typeof DONE {
    const {run} = this.frame;
    const {activation, depth} = run;
    run.activation = this.frame.activation;
    run.depth = depth + 1;
    const {done, value} = step();
    run.activation = activation;
    run.depth = depth;
    if (done !== true) return value;
    this.result = this.frame.result;
    return DONE;
  }
}

export function makeGenerator(frame: Frame, body: Body): PyIterator {
  return new PyGenerator(frame, body);
}

/** `send`, `throw` and `close` of a generator. */
export function generatorMethod(object: PyIterator, name: string): Builtin | undefined {
  if (name === '__next__') return new Builtin(name, (run) => orStop(run, object, object.next()));
  if (name === '__iter__') return new Builtin(name, () => object);
  if (!(object instanceof PyGenerator)) return undefined;
  switch (name) {
    case 'send': return new Builtin(name, (run, [value]) => orStop(run, object, value === null ? object.next() : object.send(value)));
    case 'throw': return new Builtin(name, (run, [exception]) => orStop(run, object, object.raise(run, exception)));
    case 'close': return new Builtin(name, () => {
      object.close();
      return null;
    });
    default: return undefined;
  }
}

function orStop(run: Run, object: PyIterator, value: Value | typeof DONE): Value {
  if (value !== DONE) return value;
  const result = object instanceof PyGenerator ? object.result : null;
  throw raised(run, result === null ? makeException('StopIteration') : makeException('StopIteration', result));
}

/** `yield from iterator`: gives all that it gives, and what its `return` gave in the end. */
export function* delegate(run: Run, iterator: PyIterator): Generator<Value, Value, Value> {
  let sent: Value = null;
  for (;;) {
    run.step();
    const value: Value | typeof DONE = sent !== null && iterator instanceof PyGenerator ? iterator.send(sent) : iterator.next();
    if (value === DONE) return iterator instanceof PyGenerator ? iterator.result : null;
    sent = yield value;
  }
}

