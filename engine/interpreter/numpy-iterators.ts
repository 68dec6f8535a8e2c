/**
 * `np.nditer`, `np.ndindex` and `np.ndenumerate`: walking over all elements of an array, as numerical gradients do.
 */
import {NDArray, positions, sizeOf} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {elementAt} from '../ndarray/index.ts';
import {PyObject, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toShape} from '../numpy/arguments.ts';
import {DONE, PyIterator} from './containers.ts';
import {Builtin} from './objects.ts';
import type {Keywords} from './objects.ts';
import type {Run} from './run.ts';

/** The multi-index of element `k` in C order. */
function indexOf(shape: readonly number[], k: number): Tuple {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = k % shape[axis];
    k = Math.floor(k / shape[axis]);
  }
  return new Tuple(index);
}

/** `np.nditer(x, flags=['multi_index'])` over one array in C order. */
export class NDIter extends PyObject {
  readonly typeName = 'numpy.nditer';
  private at = 0;

  constructor(private readonly run: Run, private readonly array: NDArray) {
    super();
  }

  /** `finished`, `multi_index`, `index`, `value`, `iternext()` and the like; undefined for anything else. */
  attribute(name: string): Value | undefined {
    switch (name) {
      case 'finished': return this.at >= this.array.size;
      case 'multi_index': return indexOf(this.array.shape, this.at);
      case 'index': case 'iterindex': return this.at;
      case 'value': return this.element();
      case 'shape': return new Tuple(this.array.shape);
      case 'iternext': return new Builtin(name, () => ++this.at < this.array.size);
      case 'reset': return new Builtin(name, () => {
        this.at = 0;
        return null;
      });
      case '__enter__': return new Builtin(name, () => this);
      case '__exit__': case 'close': return new Builtin(name, () => null);
      default: return undefined;
    }
  }

  /** The items that a `for` loop sees: a 0-d view of each element, so that `x[...] = 1` writes through. */
  items(): PyIterator {
    return new PyIterator('numpy.nditer', () => {
      if (this.at >= this.array.size) return DONE;
      const view = this.element();
      this.at++;
      return view;
    });
  }

  private element(): NDArray {
    const {array} = this;
    this.run.budget.spend(1);
    return new NDArray(array.buffer, array.dtype, [], [], positions(array)[this.at], array, array.writeable);
  }
}

/** `np.nditer(...)` of a single array. */
export function nditer(run: Run, [operand]: readonly Value[], keywords: Keywords): Value {
  if (operand instanceof Tuple || keywords?.has('itershape') === true) throw new UnsupportedError('np.nditer over several arrays');
  return new NDIter(run, asArray(run, operand));
}

/** `np.ndindex(2, 3)`: the multi-indices of a shape. */
export function ndindex(_run: Run, args: readonly Value[]): Value {
  const shape = toShape(args.length === 1 ? args[0] : new Tuple(args));
  const size = sizeOf(shape);
  let k = 0;
  return new PyIterator('numpy.ndindex', () => (k < size ? indexOf(shape, k++) : DONE));
}

/** `np.ndenumerate(x)`: pairs of multi-index and element. */
export function ndenumerate(run: Run, [operand]: readonly Value[]): Value {
  const array = asArray(run, operand);
  const places = positions(array);
  let k = 0;
  return new PyIterator('numpy.ndenumerate', () => {
    if (k >= places.length) return DONE;
    const element = elementAt(run, array, places[k]);
    return new Tuple([indexOf(array.shape, k++), element]);
  });
}
