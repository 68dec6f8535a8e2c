/**
 * How an operation passes gradients on, in words and as NumPy text, made simple for the shapes at hand. The texts are the
 * NumPy tables' own, which a test holds to the tape; here they are only shortened.
 */
import type {ShapeText} from '../graph/graph.ts';
import {lookup} from '../numpy/table.ts';

export interface OperationExplanation {
  /** How gradients move through it: `add distributes`. */
  readonly pattern: string;
  /** One sentence. */
  readonly why: string;
  readonly pitfalls: readonly string[];
  /** The names of all parameters, in order. */
  readonly parameters: readonly string[];
  /** For each differentiable operand its gradient in terms of `g`, the gradient of the result. */
  readonly pullbacks: readonly {readonly operand: string; readonly text: string; readonly shape: ShapeText}[];
}

/** Operators by the row that computes them. */
export const operators: Readonly<Record<string, string>> = {
  '+': 'np.add', '-': 'np.subtract', '*': 'np.multiply', '/': 'np.divide', '**': 'np.power', '@': 'np.matmul', 'negative': 'np.negative', 'abs': 'np.absolute',
};

const indexing: Readonly<Record<string, Omit<OperationExplanation, 'pullbacks' | 'parameters'> & {readonly pullback: string}>> = {
  getitem: {
    pattern: 'a selection hands back',
    why: 'What was picked hands its gradient back to the place it was picked from, and all other places get nothing.',
    pitfalls: ['When a place is picked more than once its gradients add up: np.add.at(dx, index, g), not dx[index] = g.'],
    pullback: 'np.zeros_like(x) with g added at the index',
  },
  setitem: {
    pattern: 'a write cuts',
    why: 'What was written takes the gradient of the place it was written to; what stood there before gets none.',
    pitfalls: ['The old value of an overwritten place has the gradient zero.'],
    pullback: 'g at the index',
  },
};

/** Null for an operation that no gradient passes through, or of which nothing is known. */
export function explainOperation(name: string, operands: readonly ShapeText[], result: ShapeText): OperationExplanation | null {
  const augmented = /^[-+*/@]+=$/.test(name) ? name.slice(0, -1) : name;
  if (Object.hasOwn(indexing, augmented)) {
    const {pullback, ...rest} = indexing[augmented];
    return {...rest, parameters: augmented === 'getitem' ? ['x'] : ['x', 'index', 'value'], pullbacks: [{operand: augmented === 'getitem' ? 'x' : 'value', text: pullback, shape: operands.at(0) ?? []}]};
  }
  const row = lookup(operators[augmented] ?? augmented);
  if (row?.explain === undefined) return null;
  const parameters = row.signature.split(',').map((parameter) => parameter.trim().split('=')[0]).filter((parameter) => parameter !== '/' && parameter !== '*');
  const {pullback, pattern, why, pitfalls} = row.explain;
  const matrices = operands.length >= 2 && operands[0].length === 2 && operands[1].length === 2 && (row.names.includes('np.dot') || row.names.includes('np.matmul'));
  const pullbacks = Object.entries(pullback).flatMap(([operand, text], i) => {
    const shape = operands.at(parameters.indexOf(operand));
    if (shape === undefined) return [];
    if (matrices) return [{operand, shape, text: i === 0 ? `g @ ${parameters[1]}.T` : `${parameters[0]}.T @ g`}];
    return [{operand, shape, text: shortened(text, operand, shape, result)}];
  });
  return {pattern, why, pitfalls: pitfalls ?? [], parameters, pullbacks};
}

/** `unbroadcast(E, x)` is E where nothing was broadcast, and a sum over the axes that were. */
function shortened(text: string, operand: string, shape: ShapeText, result: ShapeText): string {
  const suffix = `, ${operand})`;
  if (!text.startsWith('unbroadcast(') || !text.endsWith(suffix)) return text;
  const inner = text.slice('unbroadcast('.length, -suffix.length);
  if (shape.join() === result.join()) return inner;
  if (shape.length === 0) return `np.sum(${inner})`;
  const extra = result.length - shape.length;
  const leading = Array.from({length: extra}, (_, axis) => axis);
  const kept = shape.flatMap((size, axis) => (size === 1 && result[axis + extra] !== 1 ? [axis + extra] : []));
  const sum = (expression: string, axes: readonly number[], keepdims: string): string => (
    axes.length === 0 ? expression : `np.sum(${expression}, axis=${axes.length === 1 ? axes[0] : `(${axes.join(', ')})`}${keepdims})`
  );
  return sum(sum(inner, kept, ', keepdims=True'), leading, '');
}
