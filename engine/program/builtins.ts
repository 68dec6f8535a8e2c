/** The names that Python gives every module: a name among them needs no import to be understood. */

const BUILTINS: ReadonlySet<string> = new Set((
  'abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod '
  + 'enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance '
  + 'issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr '
  + 'reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip xrange raw_input unicode '
  + 'reduce long Exception BaseException ArithmeticError AssertionError AttributeError ImportError IndexError KeyError '
  + 'NameError NotImplemented NotImplementedError OSError OverflowError RuntimeError StopIteration TypeError ValueError '
  + 'ZeroDivisionError FloatingPointError ModuleNotFoundError IOError KeyboardInterrupt Warning UserWarning '
  + 'DeprecationWarning RuntimeWarning __name__ __file__ __doc__ __builtins__ __import__ Ellipsis self cls'
).split(' '));

export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}
