/**
 * Reads gradients from the steps that a backward takes: what a parameter lost, divided by the learning rate. Knows what program/
 * found of the steps; judges nothing.
 */
import {NDArray, elements, fromData} from '../../ndarray/array.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Expr} from '../../python/ast.ts';
import type {GradientName} from '../../program/pair.ts';
import {quantityOf} from '../quantity.ts';
import type {FoundGradient, Scene} from './subject.ts';
import {follow, parseWritten, parts} from './written.ts';

/** The parameters that a backward is about to change, as they are before. */
export interface Before {
  readonly source: GradientName;
  /** The numbers of each array behind the name: `self.weights[0]`, `self.weights[1]`. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
}

/** Copies what the steps among `gradients` will change. */
export function beforeUpdates(self: Value, gradients: readonly GradientName[]): readonly Before[] {
  return gradients.flatMap((source): Before[] => {
    if (source.update === undefined) return [];
    const numbers = new Map(valuesOf(self, source).flatMap(({name, value}): [string, Float64Array][] => {
      const quantity = quantityOf(value);
      return quantity === null ? [] : [[name, Float64Array.from(quantity.data)]];
    }));
    return [{source, numbers}];
  });
}

/** The gradients that the steps since then stand for. `argument` gives what the backward was called with. */
export function readUpdates(scene: Scene, self: Value, before: readonly Before[], argument: (name: string) => Value | undefined): FoundGradient[] {
  return before.flatMap(({source, numbers}) => {
    const rate = rateOf(scene, self, source.update?.rate ?? null, argument);
    return valuesOf(self, source).flatMap(({name, value}): FoundGradient[] => {
      const old = numbers.get(name);
      return old === undefined ? [] : [{source, name, of: name, value: rate === null ? undefined : stepOf(value, old, rate)}];
    });
  });
}

function valuesOf(self: Value, {of}: GradientName) {
  const path = of === null ? null : parseWritten(of);
  const value = path === null ? undefined : follow(self, path.steps);
  return value === undefined || of === null ? [] : parts(of, value);
}

/** What was taken away per unit of the rate. A parameter of another size than before is shown as it is. */
function stepOf(value: Value, old: Float64Array, rate: number): Value {
  if (value instanceof NDArray) {
    const now = elements(value);
    return now.length === old.length ? fromData(now.map((number, i) => (old[i] - number) / rate), value.shape, 'float64') : value;
  }
  const quantity = quantityOf(value);
  return quantity?.data.length === 1 && old.length === 1 ? float((old[0] - quantity.data[0]) / rate) : value;
}

/** The number behind a learning rate: an argument, an attribute, a global, or a literal; 1 where there is none, null if unknown. */
function rateOf(scene: Scene, self: Value, rate: Expr | null, argument: (name: string) => Value | undefined): number | null {
  if (rate === null) return 1;
  if (rate.kind === 'Number') return Number(rate.value);
  const value = rate.kind === 'Name' ? argument(rate.id) ?? scene.module.attributes.get(rate.id)
    : rate.kind === 'Attribute' ? follow(rate.object.kind === 'Name' && rate.object.id === 'self' ? self : undefined, [{attribute: rate.name}]) : undefined;
  if (typeof value === 'number') return value;
  return value instanceof Scalar ? value.value : null;
}
