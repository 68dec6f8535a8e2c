/**
 * A pair: a forward computation with its hand-written backward, as found in the text by the files of pairs/.
 * Purely static: says what belongs together and how to read the names; running it is check/'s business.
 */
import type {Span} from '../python/span.ts';
import type {ClassDef, Expr, FunctionDef, Module, Stmt} from '../python/ast.ts';

export type Pattern =
  | 'function-pair' | 'loss-with-gradients' | 'class' | 'derivative-pair' | 'script' | 'step-functions' | 'engine' | 'torch';

/** How one gradient is found among what a backward gives, and of what it is. */
export interface GradientName {
  /** The gradient as the user writes it: `dx`, `self.dW`, `grads['W1']`, or null when only its position is known. */
  readonly name: string | null;
  /** Position in the returned tuple, or null when it is left in an attribute or a dictionary. A single value is at 0. */
  readonly position: number | null;
  /**
   * The forward value that it is of, as the user writes it there: `x`, `self.W`, `params['W1']`, `W1`; null when
   * nothing in the text says so. A computed key (`grads['dW' + str(l)]`) stays as written in both fields.
   */
  readonly of: string | null;
  /** What `of` rests on: the gradient's name, or only the order of the forward's arguments. */
  readonly by: 'name' | 'position' | null;
  /** The last place that assigns it, or the return. */
  readonly span: Span;
  /**
   * Present when the backward takes a step with the gradient and keeps it nowhere: `self.W -= lr * dW`. Name and `of` are then
   * the parameter; `rate` is the learning rate in the step, null where there is none.
   */
  readonly update?: {readonly rate: Expr | null};
}

/** What a parameter of a backward stands for, so that it can be bound. */
export type ParameterRole =
  | 'self' | 'upstream' | 'cache' | 'forward-argument' | 'forward-output' | 'hyperparameter' | 'unknown'
  /** A target that the forward never sees: `Y` of `L_model_backward(AL, Y, caches)`; `of` is the cost's parameter. */
  | 'label'
  /** The first parameter of a torch-like Function: what the forward saved. */
  | 'context'
  /** An object whose `inputs` are the forward's arguments. */
  | 'node';

export interface BackwardParameter {
  readonly name: string;
  readonly role: ParameterRole;
  /**
   * The forward's parameter for 'forward-argument'; the forward's returned name for 'upstream', 'cache' and
   * 'forward-output'; null where there is no name to give.
   */
  readonly of: string | null;
}

/** One value that a forward returns. */
export interface ForwardResult {
  /** The name it is returned under, or null for an expression. */
  readonly name: string | null;
  /** Position in the returned tuple, or null when it is the only value returned. */
  readonly position: number | null;
  readonly role: 'output' | 'cache';
}

interface Common {
  /**
   * `affine` for affine_forward and affine_backward, `conv_naive` for conv_forward_naive and conv_backward_naive; the
   * class's name; the function's name; `Net.loss` for methods; `script`. Unique in the file: a second one is `script_2`.
   */
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
  /** The class that both are methods of, or null. */
  readonly owner: ClassDef | null;
  /** The backward's parameter that takes the upstream gradient, and the one that takes the cache; null if there is none. */
  readonly upstream: string | null;
  readonly cache: string | null;
  /** Every parameter of the backward, in order. */
  readonly parameters: readonly BackwardParameter[];
  /** What the forward returns, in order; empty when it returns nothing. */
  readonly results: readonly ForwardResult[];
}

export interface LossPair extends Common {
  readonly pattern: 'loss-with-gradients';
  /** The same definition as backward, but for a `loss` and a `gradient` that are two methods. */
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  /** The class that the function is a method of, or null. */
  readonly owner: ClassDef | null;
  /** Gradients come back in a tuple with the loss, or in a dictionary. */
  readonly result: 'tuple' | 'dictionary';
  /** Where the loss stands in the backward's returned tuple (`return grads, cost` has it at 1); null when it is not there. */
  readonly lossPosition: number | null;
  /** Where the dictionary of gradients stands in the returned tuple; null when it is all that is returned, or for a tuple. */
  readonly dictionaryPosition: number | null;
}

export interface ClassPair extends Common {
  readonly pattern: 'class';
  /** The class whose objects are made; the methods may be a base's. */
  readonly owner: ClassDef;
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  /** The method that is called to run the forward: `__call__` where only that keeps what the backward reads, else the forward itself. */
  readonly entrance: string;
  /** Methods to be called after backward with the arguments that they name: Torch7's accGradParameters. */
  readonly also: readonly FunctionDef[];
  /** The backward's parameter that takes the upstream gradient, or null (`backward(self)`). */
  readonly upstream: string | null;
  readonly parameters: readonly BackwardParameter[];
  readonly results: readonly ForwardResult[];
  /** The attribute that the forward leaves its output in when it returns nothing, such as `self.output`; else null. */
  readonly output: string | null;
}

export interface DerivativePair extends Common {
  readonly pattern: 'derivative-pair';
  readonly forward: FunctionDef;
  /** The same definition as forward for `sigmoid(x, derivative=True)`. */
  readonly backward: FunctionDef;
  /** The flag that switches one function to its derivative, or null for two functions. */
  readonly flag: string | null;
  readonly owner: ClassDef | null;
  /** The forward's parameter that is differentiated: the only one, or the prediction of a loss. */
  readonly of: string;
  /** The method that calls the forward and leaves its value where the derivative reads it (`self.y = self.act(x)`), or null. */
  readonly keeper: {readonly definition: FunctionDef; readonly attribute: string} | null;
  /** The forward's parameter that is the sigmoid of `of`, where the derivative is by what goes into it: Nielsen's `delta(z, a, y)`. */
  readonly activated: string | null;
  readonly parameters: readonly BackwardParameter[];
}

export interface ScriptPair extends Common {
  readonly pattern: 'script';
  /** The statements that compute forward values, and those that compute gradients, in order. */
  readonly forward: readonly Stmt[];
  readonly backward: readonly Stmt[];
  /** The forward value that the gradients are of: the last one computed. */
  readonly output: string;
  /** The gradient of the output itself, when the text gives it a value (`dD = np.random.randn(...)`, `df = 1.0`); else null. */
  readonly seed: string | null;
  /**
   * The loop (or `if __name__ == '__main__'`) whose body holds the statements, outermost first; empty for
   * statements of the module's top level.
   */
  readonly within: readonly Stmt[];
}

/** Forward, cost and backward in separate functions, or in the methods of one class. */
export interface StepPair extends Common {
  readonly pattern: 'step-functions';
  readonly forward: FunctionDef;
  /** What makes a scalar of the forward's output and the labels; null when the text has none. */
  readonly cost: FunctionDef | null;
  readonly backward: FunctionDef;
  readonly owner: ClassDef | null;
  /** The backward's parameters; 'label' is what the cost takes besides the forward's output. */
  readonly parameters: readonly BackwardParameter[];
  readonly costParameters: readonly BackwardParameter[];
  readonly results: readonly ForwardResult[];
}

/** One operation of a `Value` engine: a method (or function) that makes `out`, and the closure that it hangs on it. */
export interface EnginePair extends Common {
  readonly pattern: 'engine';
  /** The class of the values; null for an operation that is a function of its own. */
  readonly owner: ClassDef | null;
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  /** The forward's parameters that are values, `self` included. */
  readonly operands: readonly string[];
  /** The local that the forward returns and that carries the upstream gradient, such as `out`. */
  readonly output: string;
  /** The closure's parameter that takes the upstream gradient; null when it reads `out.grad`. */
  readonly upstream: string | null;
  /** The attribute names of the number and of its gradient: `data` and `grad`. */
  readonly data: string;
  readonly grad: string;
}

/** A torch.autograd.Function, or a look-alike: forward(ctx, ...) and backward(ctx, grad_output). */
export interface TorchPair extends Common {
  readonly pattern: 'torch';
  readonly owner: ClassDef;
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  /** True when the base class is torch's own. */
  readonly torch: boolean;
  /** The name of the context parameter of both methods; null when `self` plays it. */
  readonly context: string | null;
  readonly upstream: string | null;
  readonly parameters: readonly BackwardParameter[];
  readonly results: readonly ForwardResult[];
}

export type Pair =
  | FunctionPair | LossPair | ClassPair | DerivativePair | ScriptPair | StepPair | EnginePair | TorchPair;
