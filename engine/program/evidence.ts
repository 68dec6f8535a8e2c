/**
 * Proof that a function computes with numbers, since a name is none: a linked list has a `forward` and a `backward`,
 * too. Looks at what a body does, never at what it is called, but for checkers and tests, which are no layers.
 */
import type {FunctionDef, Stmt} from '../python/ast.ts';
import type {FindContext} from './context.ts';
import {expressionsIn, flatten} from './definitions.ts';
import {rootName} from './scopes.ts';

/** 'array' for array operations, 'scalar' for plain arithmetic only. */
export type Arithmetic = 'array' | 'scalar' | 'none';

const LIBRARIES: ReadonlySet<string> = new Set(['np', 'numpy', 'cp', 'cupy', 'xp', 'torch', 'F', 'array_api', 'jnp', 'tf', 'nd', 'ndl', 'math', 'init', 'minpy', 'onp', 'anp']);
/** Names that only an array library has, whatever it is imported as. */
const ARRAY_FUNCTIONS: ReadonlySet<string> = new Set([
  'zeros_like', 'ones_like', 'maximum', 'matmul', 'einsum', 'tensordot', 'outer', 'tanh', 'argmax', 'expand_dims', 'concatenate', 'hstack', 'vstack',
]);
const ARRAY_ATTRIBUTES: ReadonlySet<string> = new Set([
  'T', 'shape', 'dot', 'reshape', 'sum', 'mean', 'transpose', 'matmul', 'astype', 'flatten', 'ravel', 'clip', 'exp', 'log',
  'argmax', 'mm', 'clone', 'saved_tensors', 'zero_', 'ndim', 'swapaxes', 'clamp', 'mul', 'sqrt', 'view',
]);

export function arithmeticOf(definition: FunctionDef): Arithmetic {
  const known = remembered.get(definition);
  if (known !== undefined) return known;
  let found: Arithmetic = 'none';
  for (const statement of definition.body) {
    if (statement.kind === 'ExprStmt' && statement.value.kind === 'String') continue;
    const here = arithmeticIn(statement);
    if (here === 'array') {
      found = 'array';
      break;
    }
    if (here === 'scalar') found = 'scalar';
  }
  remembered.set(definition, found);
  return found;
}

const remembered = new WeakMap<FunctionDef, Arithmetic>();

/** The same of one statement. */
export function arithmeticIn(statement: Stmt): Arithmetic {
  let scalar = statement.kind === 'AugAssign' && statement.value.kind !== 'Number';
  for (const expression of expressionsIn(statement)) {
    if (expression.kind === 'Call') {
      const root = rootName(expression.callee);
      if (root !== null && expression.callee.kind === 'Attribute' && (LIBRARIES.has(root) || ARRAY_FUNCTIONS.has(expression.callee.name))) return 'array';
    } else if (expression.kind === 'Attribute') {
      if (ARRAY_ATTRIBUTES.has(expression.name)) return 'array';
    } else if (expression.kind === 'Binary') {
      if (expression.operator === '@' || expression.operator === '**') return 'array';
      const literal = expression.left.kind === 'Number' || expression.right.kind === 'Number';
      const text = expression.left.kind === 'String' || expression.right.kind === 'String' || expression.left.kind === 'FString';
      if (!text && (!literal || expression.operator === '*' || expression.operator === '/')) scalar = true;
    } else if (expression.kind === 'Unary' && expression.operator === '-' && expression.operand.kind !== 'Number') {
      scalar = true;
    }
  }
  return scalar ? 'scalar' : 'none';
}

/** Whether a body does nothing yet: `pass`, `...`, `return None`, `raise NotImplementedError`. */
export function isStub(definition: FunctionDef): boolean {
  return definition.body.every(statement => {
    switch (statement.kind) {
      case 'Pass':
      case 'Raise':
        return true;
      case 'ExprStmt':
        return statement.value.kind === 'String' || statement.value.kind === 'Constant'
          || (statement.value.kind === 'Call' && statement.value.callee.kind === 'Name' && statement.value.callee.id === 'print');
      case 'Return':
        return statement.value === null || statement.value.kind === 'Constant' || statement.value.kind === 'Name' && statement.value.id === 'NotImplemented';
      default:
        return false;
    }
  });
}

/** Whether the text marks a place to be filled in: `TODO`, `START OF YOUR CODE`, `YOUR CODE HERE`. */
export function hasBlank(context: FindContext, definition: FunctionDef): boolean {
  const marked = (text: string): boolean => /TODO|YOUR\s+(?:CODE|SOLUTION)|fill in|implement/i.test(text);
  return context.module.comments.some(comment =>
    definition.span.start <= comment.span.start && comment.span.end <= definition.span.end && marked(comment.text))
    || flatten(definition.body).some(statement => statement.kind === 'Raise' && /TODO|your code/i.test(context.text.slice(statement.span.start, statement.span.end)));
}

/** Functions that test or check gradients, draw, train or load: their names resemble pairs and they are none. */
export function isBystander(name: string): boolean {
  return /^_*(?:test|check|eval|verify|numeric|numerical|num_grad|assert|plot|visuali[sz]e|show|print|load|save|train|fit|run|demo|main|update|optimi[sz]e|sgd|gradient_descent|grad_check|gradient_check|predict|build_|draw|benchmark|time_|compare|clip_grad|clip|zero_grad|apply_grad|get_numeric\w*)(?:_|$|[A-Z])|numerical|numeric_?grad|grad(?:ient)?_?check|_test$|_check$|_vs_/i
    .test(name);
}
