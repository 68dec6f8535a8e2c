/**
 * Makes leaves of the module's own arrays that gradients are of: the weights of a script whose functions take none (`Wxh` of a
 * character RNN). Their values are drawn again, like those of attributes.
 */
import {Scalar} from '../../ndarray/scalar.ts';
import {NDArray} from '../../ndarray/array.ts';
import type {FunctionDef} from '../../python/ast.ts';
import type {GradientName} from '../../program/pair.ts';
import {scopeOf} from '../../program/scopes.ts';
import {placeArray} from './attributes.ts';
import type {Scene} from './subject.ts';

/** Gives the names of the leaves; what `forward` binds itself is none of the module's. */
export function placeGlobals(scene: Scene, forward: FunctionDef, gradients: readonly GradientName[]): string[] {
  const leaves: string[] = [];
  const {binds} = scopeOf(forward);
  const seen = new Set<NDArray>();
  for (const {of} of gradients) {
    if (of === null || binds.has(of) || leaves.includes(of)) continue;
    const value = scene.module.attributes.get(of);
    if (value instanceof NDArray) placeArray(scene, of, value, seen, leaves);
    else if (value instanceof Scalar) {
      scene.module.attributes.set(of, scene.place(of, value));
      leaves.push(of);
    }
  }
  return leaves;
}
