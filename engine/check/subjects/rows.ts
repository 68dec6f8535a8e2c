/**
 * Gradients of vectors that a backward returns as rows, because its documentation says so: `dx: (1, input_dim)`, as graders of courses
 * want it of cells that take one example. Then the row is the gradient. Knows what a docstring says, and nothing of verdicts.
 */
import {NDArray} from '../../ndarray/array.ts';
import {reshape} from '../../ndarray/shape.ts';
import {docstringFacts} from '../../inputs/docstring.ts';
import type {Pair} from '../../program/pair.ts';
import type {FoundGradient, Scene} from './subject.ts';

/** The gradients with such rows as the vectors that they stand for. */
export function withoutStatedRows(pair: Pair, scene: Scene, found: readonly FoundGradient[]): readonly FoundGradient[] {
  return found.map((gradient) => {
    const {value, name, of} = gradient;
    const input = scene.inputs.get(of);
    if (!(value instanceof NDArray) || !(input instanceof NDArray) || value.ndim !== input.ndim + 1 || value.shape[0] !== 1 || !isStated(pair, name, input.ndim)) return gradient;
    return value.shape.slice(1).every((size, axis) => size === input.shape[axis]) ? {...gradient, value: reshape(scene.run, value, input.shape)} : gradient;
  });
}

function isStated(pair: Pair, name: string, rank: number): boolean {
  if (pair.pattern === 'script' || pair.backward.docstring === null) return false;
  const {returns} = docstringFacts(pair.backward.docstring.value, 0, pair.backward.params.map((parameter) => parameter.name));
  return returns.some(({name: returned, shape}) => returned === name && shape?.length === rank + 1 && 'size' in shape[0] && shape[0].size === 1);
}
