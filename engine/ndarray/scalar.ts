/**
 * A number with a tape node: a Python float, a NumPy scalar (`np.float64(...)`, the result of `x.sum()` or `x[0, 1]`),
 * or a Python int that a script treats as an input. Immutable, like the Python objects it stands for.
 * Plain Python ints are JavaScript numbers (bigint beyond 2^53) and bools are booleans; they are never wrapped.
 */
import type {DType} from './dtype.ts';

export class Scalar {
  constructor(
    readonly value: number,
    /** Tape node, 0 for a constant. */
    readonly id: number,
    readonly dtype: DType,
    /** True for a Python float or int (weak promotion), false for a NumPy scalar. */
    readonly weak: boolean,
  ) {}
}

/** A Python float. */
export function float(value: number, id = 0): Scalar {
  return new Scalar(value, id, 'float64', true);
}

/** A NumPy scalar. */
export function numpyScalar(value: number, dtype: DType, id = 0): Scalar {
  return new Scalar(value, id, dtype, false);
}
