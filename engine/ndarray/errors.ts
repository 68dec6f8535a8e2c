/**
 * Errors that Python code can catch, raised by array operations with NumPy's own words.
 * The interpreter turns them into Python exception objects; budgets are never errors of this kind.
 */

export type PyErrorName =
  | 'ValueError' | 'TypeError' | 'IndexError' | 'KeyError' | 'AttributeError' | 'NameError' | 'UnboundLocalError'
  | 'ZeroDivisionError' | 'OverflowError' | 'AssertionError' | 'NotImplementedError' | 'RuntimeError' | 'StopIteration'
  | 'RecursionError' | 'AxisError' | 'LinAlgError' | 'ImportError' | 'ModuleNotFoundError' | 'ArithmeticError' | 'LookupError'
  | 'FileNotFoundError' | 'SyntaxError' | 'MemoryError' | 'Exception';

/** A Python exception on its way up. */
export class PyError extends Error {
  constructor(readonly type: PyErrorName, message: string) {
    super(message);
  }
}

/** Something real Python can do and this engine cannot: the value becomes `unsupported`, never an error of the user's. */
export class UnsupportedError extends Error {
  constructor(
    /** The construct, as it is counted in surveys: `np.fft.fft`, `complex numbers`. */
    readonly construct: string,
  ) {
    super(`${construct} is not supported`);
  }
}

/** A dtype of Python objects was asked for: `object`, `tuple`, `list`, a class. */
export class ObjectDType extends UnsupportedError {}
