/** Turns the made inputs that gradients may be of into leaves, looking into dictionaries and lists of parameters. */
import {NDArray} from '../../ndarray/array.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import type {FunctionDef} from '../../python/ast.ts';
import type {GradientName} from '../../program/pair.ts';
import type {Scene} from './subject.ts';

export interface Placed {
  /** All inputs by name, those that became leaves replaced. */
  readonly values: ReadonlyMap<string, Value>;
  /** The names of the leaves in the order of the parameters. */
  readonly leaves: readonly string[];
}

/**
 * Float arrays become leaves; float scalars only where a gradient is named after them. The arrays in a tuple do where `tuples` says
 * so: a layer of several inputs may take them as one argument.
 */
export function placeInputs(scene: Scene, definition: FunctionDef, gradients: readonly GradientName[], tuples = false): Placed {
  const wanted = new Set(gradients.map((gradient) => gradient.of).filter((of) => of !== null));
  const values = new Map<string, Value>();
  const leaves: string[] = [];
  for (const {name} of definition.params) {
    const value = scene.inputs.get(name);
    if (value === undefined) continue;
    const placed = (item: Value, called: string): Value => placeValue(scene, called, item, wanted, leaves);
    values.set(name, tuples && value instanceof Tuple ? new Tuple(value.items.map((item, place) => placed(item, `${name}[${place}]`))) : placed(value, name));
  }
  return {values, leaves};
}

/** Makes leaves of the numbers inside `value`; gives the value to use in its place. */
export function placeValue(scene: Scene, name: string, value: Value, wanted: ReadonlySet<string>, leaves: string[]): Value {
  if (value instanceof Dict) {
    for (const [key, item] of value.entries()) {
      if (typeof key === 'string' && (item instanceof NDArray || item instanceof Dict || item instanceof List)) {
        value.set(key, placeValue(scene, `${name}['${key}']`, item, wanted, leaves));
      }
    }
    return value;
  }
  if (value instanceof List && value.items.some((item) => item instanceof NDArray)) {
    value.items.forEach((item, place) => {
      value.items[place] = placeValue(scene, `${name}[${place}]`, item, wanted, leaves);
    });
    return value;
  }
  const differentiable = (value instanceof NDArray && isFloat(value.dtype))
    || (wanted.has(name) && (value instanceof NDArray || value instanceof Scalar || typeof value === 'number' || value instanceof List));
  if (!differentiable) return value;
  leaves.push(name);
  return scene.place(name, value);
}
