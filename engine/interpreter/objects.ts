/**
 * Python's functions, classes, instances and modules, and the mark of what the engine does not know.
 * Data only: how they are called, looked up and made is in calls.ts, attributes.ts and classes.ts.
 * dict, set, range and iterators are in containers.ts; list, tuple and slice are in ndarray/values.ts.
 */
import type {Module} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {PyObject} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {Row} from '../numpy/row.ts';
import type {Activation} from './events.ts';
import type {FunctionCode} from './code.ts';
import type {Run} from './run.ts';

/** Keyword arguments of a call, or null for none. */
export type Keywords = ReadonlyMap<string, Value> | null;

/** A function of ours that Python code can call. */
export type NativeCall = (run: Run, args: readonly Value[], keywords: Keywords) => Value;

/** A method of ours on a builtin type: `self` is a value of that type. */
export type NativeMethod = (run: Run, self: Value, args: readonly Value[], keywords: Keywords) => Value;

/** A variable that an inner function shares with an outer one; undefined while it is unbound. */
export interface Cell {
  value: Value | undefined;
}

/** A function written in the text. */
export class Func extends PyObject {
  readonly typeName = 'function';
  /** `f.x = 1`; made on first use. */
  attributes: Map<string, Value> | null = null;
  /** The class whose body defined it, for `super()`. */
  owner: Class | null = null;

  constructor(
    readonly code: FunctionCode,
    /** The cells of the outer functions' variables that it uses, in the order of `code.free`. */
    readonly closure: readonly Cell[],
    /** One for each parameter; undefined where there is none. */
    readonly defaults: readonly (Value | undefined)[],
    readonly module: ModuleValue,
  ) {
    super();
  }
}

export class BoundMethod extends PyObject {
  readonly typeName = 'method';
  constructor(readonly self: Value, readonly callee: Value) {
    super();
  }
}

/** A function of ours as a Python value: `len`, `math.exp`, `functools.partial(f)`. */
export class Builtin extends PyObject {
  readonly typeName = 'builtin_function_or_method';
  constructor(readonly name: string, readonly call: NativeCall) {
    super();
  }
}

/** What a special method gives when it does not know the other operand. */
export const NOT_IMPLEMENTED = new Builtin('NotImplemented', () => null);

/** A NumPy row as a Python value: `np.sum`. */
export class NumpyFunction extends PyObject {
  readonly typeName = 'ufunc';
  constructor(readonly row: Row, /** As written with `np.` in front: `np.add.at`. */ readonly name: string) {
    super();
  }
}

export class Class extends PyObject {
  readonly typeName = 'type';
  /** Linearised bases, itself first. */
  readonly mro: readonly Class[];
  /** A base that the engine does not know (`torch.autograd.Function`): what is not found may be there. */
  unknownBase: Unsupported | null = null;

  constructor(
    readonly name: string,
    readonly bases: readonly Class[],
    readonly attributes: Map<string, Value>,
    mro: readonly Class[],
    /** A type of Python itself (`int`, `ValueError`), made by `builtins/`; false for a class of the text. */
    readonly builtin = false,
  ) {
    super();
    this.mro = [this, ...mro];
  }

  /** The attribute as the class or its bases hold it, unbound. */
  lookup(name: string): Value | undefined {
    for (const cls of this.mro) {
      const value = cls.attributes.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  isSubclass(of: Class): boolean {
    return this.mro.includes(of);
  }
}

export class Instance extends PyObject {
  readonly attributes = new Map<string, Value>();
  /** The list, dict or the like that an instance of a class derived from a builtin type holds; else undefined. */
  native: Value | undefined = undefined;

  constructor(public cls: Class) {
    super();
  }

  get typeName(): string {
    return this.cls.name;
  }
}

/** Where an exception was raised. */
export interface RaisedAt {
  readonly span: Span;
  readonly activation: Activation;
}

/** An instance of an exception class. */
export class ExceptionInstance extends Instance {
  /** Where it was raised, null until it is. */
  raisedAt: RaisedAt | null = null;

  constructor(cls: Class, public args: readonly Value[]) {
    super(cls);
  }
}

export class ModuleValue extends PyObject {
  readonly typeName = 'module';
  /** Set by a star import of something unknown: any name that is not found may come from it. */
  unknownNames: Unsupported | null = null;
  /** Whether its statements are being run; false for a module of ours. */
  isLoading = false;

  constructor(
    readonly name: string,
    /** The names at the top level, or what has been looked up so far. */
    readonly attributes: Map<string, Value>,
    /** Gives names that are not there yet (NumPy's tables), or null. */
    readonly lookup: ((name: string) => Value | undefined) | null = null,
    /** The file that it is, or null for a module of ours. */
    readonly path: string | null = null,
    /** The tree that it was loaded from. */
    readonly tree: Module | null = null,
    /** Whether a name that is not found may be there in reality, so that it is unknown rather than a mistake. */
    readonly mayHave: (name: string) => boolean = () => path === null,
  ) {
    super();
  }
}

export class Property extends PyObject {
  readonly typeName = 'property';
  constructor(readonly getter: Value, readonly setter: Value, readonly deleter: Value) {
    super();
  }
}

export class StaticMethod extends PyObject {
  readonly typeName = 'staticmethod';
  constructor(readonly callee: Value) {
    super();
  }
}

export class ClassMethod extends PyObject {
  readonly typeName = 'classmethod';
  constructor(readonly callee: Value) {
    super();
  }
}

/** `super()`: attributes are looked up in the classes after `after` in the order of `cls`. */
export class Super extends PyObject {
  readonly typeName = 'super';
  constructor(readonly self: Value, readonly cls: Class, readonly after: Class) {
    super();
  }
}

/** The result of something that real Python can do and the engine cannot. It spreads through every operation. */
export class Unsupported extends PyObject {
  readonly typeName = 'unsupported';
  constructor(
    /** What is not known: `np.fft.fft`, `matplotlib.pyplot`. */
    readonly construct: string,
    readonly span: Span | null,
    /** Calls of it change none of their arguments (plots, progress bars). */
    readonly harmless = false,
  ) {
    super();
  }
}

/** Something unknown was asked for more than spreading (its truth, its items): the operation's result is `by`. */
export class UnknownOperand extends UnsupportedError {
  constructor(readonly by: Unsupported) {
    super(by.construct);
  }
}

/** The value that stands for what a thrown error says is unknown; told to the listener unless it has been. */
export function unknownOf(run: Run, error: UnsupportedError): Unsupported {
  return error instanceof UnknownOperand ? error.by : run.unsupported(error.construct);
}
