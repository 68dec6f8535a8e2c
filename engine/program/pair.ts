/**
 * A pair: a forward computation with its hand-written backward, as found in the text by the files of pairs/.
 * Purely static: says what belongs together and how to read the names; running it is check/'s business.
 */
import type {Span} from '../python/span.ts';
import type {ClassDef, FunctionDef, Module, Stmt} from '../python/ast.ts';

export type Pattern =
  | 'function-pair' | 'loss-with-gradients' | 'class' | 'derivative-pair' | 'script' | 'step-functions' | 'engine' | 'torch';

/** How one gradient is found among what a backward gives, and of what it is. */
export interface GradientName {
  /** The gradient as the user writes it: `dx`, `self.dW`, `grads['W1']`, or null when only its position is known. */
  readonly name: string | null;
  /** Position in the returned tuple, or null when it is left in an attribute or a dictionary. */
  readonly position: number | null;
  /** The forward value that the name speaks of: `x`, `self.W`, `W1`, or null when order decides. */
  readonly of: string | null;
  /** The last place that assigns it, or the return. */
  readonly span: Span;
}

interface Common {
  /** `affine` for affine_forward and affine_backward; the class's name; the function's name; `script`. */
  readonly name: string;
  readonly path: string;
  readonly module: Module;
  /** What the pair covers in the text, for cursors and code lenses. */
  readonly spans: readonly Span[];
  readonly gradients: readonly GradientName[];
}

export interface FunctionPair extends Common {
  readonly pattern: 'function-pair';
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  /** The backward's parameter that takes the upstream gradient, and the one that takes the cache; null if there is none. */
  readonly upstream: string | null;
  readonly cache: string | null;
}

export interface LossPair extends Common {
  readonly pattern: 'loss-with-gradients';
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  /** The class that the function is a method of, or null. */
  readonly owner: ClassDef | null;
  /** Gradients come back in a tuple after the loss, or in a dictionary. */
  readonly result: 'tuple' | 'dictionary';
}

export interface ClassPair extends Common {
  readonly pattern: 'class';
  readonly owner: ClassDef;
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
}

export interface DerivativePair extends Common {
  readonly pattern: 'derivative-pair';
  readonly forward: FunctionDef;
  /** The same definition as forward for `sigmoid(x, derivative=True)`. */
  readonly backward: FunctionDef;
  /** The flag that switches one function to its derivative, or null for two functions. */
  readonly flag: string | null;
  readonly owner: ClassDef | null;
}

export interface ScriptPair extends Common {
  readonly pattern: 'script';
  /** The top-level statements that compute forward values, and those that compute gradients. */
  readonly forward: readonly Stmt[];
  readonly backward: readonly Stmt[];
  /** The forward value that the gradients are of: the last one computed. */
  readonly output: string;
}

export type Pair = FunctionPair | LossPair | ClassPair | DerivativePair | ScriptPair;
