/**
 * What one row of the NumPy tables says about one operation. Tables are plain arrays of rows (`export const reductions: Row[]`);
 * `table.ts` joins them. Nothing registers itself by being imported.
 */
import type {Context} from '../ndarray/context.ts';
import type {Value} from '../ndarray/values.ts';

/** What rows may ask of the run beside arithmetic. */
export interface NumpyContext extends Context {
  /** Calls a Python callable (for `np.apply_along_axis`, `np.vectorize`). Provided by the interpreter. */
  readonly callPython: (callee: Value, args: readonly Value[]) => Value;
  /** The items of any Python iterable. Raises TypeError if it is none. Provided by the interpreter. */
  readonly iterate: (value: Value) => readonly Value[];
  /** The state of `np.random`'s legacy global generator in this run; made on first use. */
  readonly randomState: {current: unknown};
}

/** How a differentiable operation is explained to a student. A test evaluates every pullback text against the tape. */
export interface Explanation {
  /**
   * For each differentiable argument, its cotangent as NumPy text in terms of `g` (the upstream), the row's argument
   * names and `out` (the result): `{a: 'g @ b.T'}`. The text may call `unbroadcast(expr, a)` to sum over broadcast axes.
   */
  readonly pullback: Readonly<Record<string, string>>;
  /** How the gradient moves through it: 'add distributes', 'multiply switches', 'max routes', ... */
  readonly pattern: string;
  /** One sentence: why. */
  readonly why: string;
  /** What people get wrong, a sentence each. */
  readonly pitfalls?: readonly string[];
}

export interface Row {
  /** Every spelling: `np.sum`, `ndarray.sum`, `np.add.reduce`. A method's first parameter is the array itself. */
  readonly names: readonly string[];
  /** Parameters with defaults as Python writes them: `a, axis=None, *, keepdims=False`. */
  readonly signature: string;
  /** Arguments in the order of the signature, defaults filled in. */
  readonly call: (context: NumpyContext, args: readonly Value[]) => Value;
  readonly explain?: Explanation;
}
