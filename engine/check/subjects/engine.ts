/**
 * Runs one operation of a `Value` engine: operands are made through the user's class, the operation is called, its output
 * gets an upstream gradient, and the closure that it hung there is run. The operands' gradients are not zero before,
 * so that an assignment where an addition is needed shows.
 */
import {fromData} from '../../ndarray/array.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import {List} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute, setAttribute} from '../../interpreter/interpreter.ts';
import {Class, Instance, Unsupported} from '../../interpreter/objects.ts';
import type {EnginePair} from '../../program/pair.ts';
import {quantityOf, sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import {bindParameters} from './bind.ts';
import {CannotRun} from './subject.ts';
import type {Execution, FoundGradient, Scene} from './subject.ts';
import {asLists, filledLike, hungOn, tensorClassOf, unwrapped, wrapped} from './wrapper.ts';

/** What an operand's gradient is before the closure runs. */
const BEFORE = 0.75;

export function startEngine(pair: EnginePair, scene: Scene): Execution {
  const {run} = scene;
  const cls = classOf(pair, scene);
  const objects = new Map<string, Instance>();
  const numbers = new Map<Value, string>();
  const placed = new Map<string, Quantity | null>();
  const twins: [string, string][] = [];
  for (const name of pair.operands) {
    const value = scene.inputs.get(name);
    if (value === undefined) continue;
    const twin = numbers.get(value);
    if (twin !== undefined) {
      objects.set(name, objects.get(twin)!);
      placed.set(name, placed.get(twin) ?? null);
      twins.push([name, twin]);
      continue;
    }
    numbers.set(value, name);
    const leaf = scene.place(name, value);
    placed.set(name, quantityOf(leaf));
    const object = wrapped(run, cls, leaf);
    if (!(object instanceof Instance)) throw new CannotRun(`${cls.name}() gives no object`);
    objects.set(name, object);
  }
  if (objects.size === 0) throw new CannotRun(`no operand of ${pair.forward.name} is a value of the engine`);
  const {callee, skip} = operation(pair, scene, objects, cls);
  const bound = bindParameters(pair.forward, skip, (name) => objects.get(name) ?? scene.inputs.get(name));
  // A property such as `T` has been computed by reading it.
  const out = isProperty(pair) ? callee : callFunction(run, callee, bound.positional, bound.keywords);
  if (!(out instanceof Instance)) throw new CannotRun(`${pair.forward.name} gives no ${cls.name}`);
  return {
    outputs: [asFloat(readAttribute(scene, out, pair.data))],
    takesUpstream: true,
    intermediates: new Map(twins.flatMap(([name, twin]): [string, Quantity][] => {
      const quantity = placed.get(twin) ?? null;
      return quantity === null ? [] : [[name, quantity]];
    })),
    backward([upstream]) {
      const before = new Map([...objects].map(([name, object]) => [name, prepareGradient(scene, object, pair.grad)]));
      const given = likeGradient(scene, cls, readAttribute(scene, out, pair.grad), upstream);
      if (pair.upstream === null) setAttribute(run, out, pair.grad, given);
      const closure = hungOn(out, pair.backward);
      if (closure === undefined) throw new CannotRun(`the closure ${pair.backward.name} is not found on what ${pair.forward.name} gives`);
      callFunction(run, closure, pair.upstream === null ? [] : [given]);
      return pair.gradients.flatMap((source): FoundGradient[] => {
        const object = source.of === null ? undefined : objects.get(source.of);
        if (object === undefined) return [];
        return [{source, name: source.name ?? source.of!, of: source.of!, value: likeLeaf(added(numbersOf(scene, getAttribute(run, object, pair.grad), pair.data), before.get(source.of!) ?? null, pair.data), placed.get(source.of!), quantityOf(unwrapped(object, pair.data)))}];
      });
    },
  };
}

/** The class of the values: the operation's own, or what a function of the module makes. */
function classOf(pair: EnginePair, scene: Scene): Class {
  const cls = pair.owner === null ? tensorClassOf(scene.module) : scene.module.attributes.get(pair.owner.name);
  if (!(cls instanceof Class)) throw new CannotRun('the class of the values could not be made');
  return cls;
}

function isProperty({forward}: EnginePair): boolean {
  return forward.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'property');
}

function operation(pair: EnginePair, scene: Scene, objects: ReadonlyMap<string, Instance>, cls: Class): {callee: Value; skip: number} {
  if (pair.owner === null) {
    const callee = scene.module.attributes.get(pair.forward.name);
    if (callee === undefined) throw new CannotRun(`${pair.forward.name} is not defined at the module's top level`);
    return {callee, skip: 0};
  }
  const self = objects.get(pair.forward.params.at(0)?.name ?? '');
  if (self === undefined) return {callee: getAttribute(scene.run, cls, pair.forward.name), skip: 0};
  return {callee: getAttribute(scene.run, self, pair.forward.name), skip: 1};
}

/** Puts a gradient that is not zero into an operand; gives its numbers, or null where there was none. */
function prepareGradient(scene: Scene, object: Instance, name: string): Quantity | null {
  const {run} = scene;
  const prior = readAttribute(scene, object, name);
  if (prior instanceof Instance) {
    const data = [...prior.attributes].find(([, value]) => quantityOf(value) !== null);
    if (data === undefined) return null;
    setAttribute(run, prior, data[0], filledLike(data[1], BEFORE));
    return quantityOf(prior.attributes.get(data[0]));
  }
  if (quantityOf(prior) === null) return null;
  setAttribute(run, object, name, filledLike(prior, BEFORE));
  return quantityOf(readAttribute(scene, object, name));
}

/** An attribute, also one behind a property; None when there is none. */
function readAttribute({run}: Scene, object: Instance, name: string): Value {
  const own = object.attributes.get(name);
  if (own !== undefined) return own;
  return object.cls.lookup(name) === undefined ? unwrapped(object) : getAttribute(run, object, name);
}

/** `relu` of a negative number gives the int 0. */
function asFloat(value: Value): Value {
  const number = unwrapped(value);
  if (typeof number === 'number') return float(number);
  return number instanceof Scalar && number.dtype !== 'float64' ? float(number.value, number.id) : number;
}

/** The upstream in the form that the engine keeps gradients in. */
function likeGradient(scene: Scene, cls: Class, prior: Value, upstream: Value): Value {
  if (prior instanceof Instance) return wrapped(scene.run, cls, upstream);
  if (prior instanceof List) return prior.items.length === 0 ? new List([upstream]) : asLists(upstream);
  return upstream;
}

/** The numbers of a gradient that became a value of the engine itself, which may keep them behind a property. */
function numbersOf(scene: Scene, gradient: Value, data: string): Value {
  if (!(gradient instanceof Instance) || quantityOf(unwrapped(gradient, data)) !== null) return gradient;
  return readAttribute(scene, gradient, data);
}

/** What was added to a gradient. */
function added(now: Value, before: Quantity | null, dataName: string): Value | undefined {
  if (now instanceof Unsupported) return now;
  const contributions = now instanceof List && before === null ? now.items : null;
  const after = contributions === null ? quantityOf(unwrapped(now, dataName)) : summed(contributions);
  if (after === null) return undefined;
  const difference = after.data.map((number, i) => number - (before === null ? 0 : (before.data.length === after.data.length ? before.data[i] : BEFORE)));
  return after.shape.length === 0 ? float(difference[0]) : fromData(difference, after.shape, 'float64');
}

/** A gradient in the shape of its operand, where the class keeps a single number in an array of one. */
function likeLeaf(value: Value | undefined, leaf: Quantity | null | undefined, kept: Quantity | null): Value | undefined {
  const gradient = value === undefined ? null : quantityOf(value);
  if (leaf?.shape.length !== 0 || gradient === null || kept === null || gradient.data.length !== 1 || gradient.shape.length === 0) return value;
  return sameShape(gradient.shape, kept.shape) ? float(gradient.data[0]) : value;
}

/** The sum of gradients that were collected in a list. */
function summed(items: readonly Value[]): Quantity | null {
  const parts = items.map((item) => quantityOf(item));
  const first = parts.at(0) ?? null;
  if (first === null) return null;
  return {...first, data: first.data.map((_, i) => parts.reduce((sum, part) => sum + (part?.data[i] ?? 0), 0))};
}
