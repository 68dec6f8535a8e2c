/**
 * Makes leaves of an object's parameters: the attributes that the gradients of a pair are of (`self.W`, `self.params['W1']`).
 * Their values are drawn again, because initial values hide mistakes: zeros, ones, and steps of 0.01.
 */
import {NDArray, elements} from '../../ndarray/array.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import {Instance} from '../../interpreter/objects.ts';
import type {GradientName} from '../../program/pair.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import {reverseSweep} from '../../tape/sweep.ts';
import {quantityOf, sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import type {Scene} from './subject.ts';
import {follow, parseWritten, parts} from './written.ts';

/** Gives the names of the leaves, as `self.W`. */
export function placeAttributes(scene: Scene, self: Value, gradients: readonly GradientName[]): string[] {
  const leaves: string[] = [];
  const seen = new Set<NDArray>();
  for (const {of} of gradients) {
    const path = of === null ? null : parseWritten(of);
    if (path?.root !== 'self') continue;
    const computed = path.steps.findIndex((step) => 'computed' in step);
    const steps = computed < 0 ? path.steps : path.steps.slice(0, computed);
    const value = follow(self, steps);
    if (value === undefined) continue;
    if (path.steps.length === 1 && self instanceof Instance && 'attribute' in path.steps[0] && isNumber(value) && !leaves.includes(of!)) {
      self.attributes.set(path.steps[0].attribute, scene.place(of!, value));
      leaves.push(of!);
      continue;
    }
    const prefix = computed < 0 ? of! : of!.slice(0, of!.lastIndexOf('['));
    for (const part of parts(prefix, value)) placeArray(scene, part.name, part.value, seen, leaves);
  }
  if (gradients.some(({of}) => of !== null && !of.startsWith('self')) && self instanceof Instance) {
    const wanted = new Set(gradients.map(({of}) => of));
    for (const part of attributeParts(self)) {
      const plain = /\['([^']*)'\]$/.exec(part.name)?.[1] ?? part.name.replace(/^self\./, '');
      if (wanted.has(plain)) placeArray(scene, part.name, part.value, seen, leaves);
    }
  }
  return leaves;
}

/** A float that is kept as a number. */
function isNumber(value: Value): boolean {
  return value instanceof Scalar && isFloat(value.dtype);
}

/**
 * Whether nothing can be said of a gradient that is left in an attribute: what its name speaks of is no parameter of the object,
 * but nothing, or a value that changes while the forward runs.
 */
export function isOfNoParameter(self: Value, {name, of, by, position}: GradientName, leaves: readonly string[]): boolean {
  if (by !== 'name' || position !== null || of === null || !of.startsWith('self.') || name?.startsWith('self.') !== true || leaves.some((leaf) => leaf === of || leaf.startsWith(`${of}[`))) return false;
  const path = parseWritten(of);
  if (path === null || path.steps.some((step) => !('attribute' in step || 'key' in step))) return false;
  const quantity = quantityOf(follow(self, path.steps) ?? null);
  return quantity === null || quantity.ids.some((id) => id !== 0);
}

/** What attributes hold, by the name of the leaf. */
export function heldBy(self: Value, leaves: readonly string[]): ReadonlyMap<string, Quantity> {
  return new Map(leaves.flatMap((leaf) => {
    const path = parseWritten(leaf);
    const held = path?.root === 'self' ? quantityOf(follow(self, path.steps) ?? null) : null;
    return held === null ? [] : [[leaf, held] as const];
  }));
}

/**
 * The attributes that hold something else when the forward has run than `before` it, and how: `new` where that does not come from what
 * they held, so that they are no parameters; `grown` where it does, and has another shape, so that gradients are of what it became.
 */
export function replacedAttributes({run}: Scene, self: Value, before: ReadonlyMap<string, Quantity>): ReadonlyMap<string, 'new' | 'grown'> {
  const replaced = new Map<string, 'new' | 'grown'>();
  const {tape} = run;
  if (tape === null) return replaced;
  for (const [leaf, now] of heldBy(self, [...before.keys()])) {
    const {shape, ids} = before.get(leaf)!;
    if (now.ids.length === ids.length && now.ids.every((id, i) => id === ids[i])) continue;
    const {bar} = reverseSweep(tape, now.ids, normals(createRandom(ids.length), now.ids.length));
    if (ids.every((id) => bar[id] === 0)) replaced.set(leaf, 'new');
    else if (!sameShape(shape, now.shape)) replaced.set(leaf, 'grown');
  }
  return replaced;
}

function attributeParts(self: Instance) {
  return [...self.attributes].flatMap(([name, value]) => parts(`self.${name}`, value));
}

/** Draws the numbers of an array of floats again and makes a leaf of it, once. */
export function placeArray(scene: Scene, name: string, value: Value, seen: Set<NDArray>, leaves: string[]): void {
  if (!(value instanceof NDArray) || !isFloat(value.dtype) || seen.has(value) || !value.contiguous) return;
  seen.add(value);
  drawAgain(value, name);
  leaves.push(name);
  scene.place(name, value);
}

/** Fills a parameter with numbers of order 1 that keep its sign: what was positive everywhere stays so. */
function drawAgain(array: NDArray, name: string): void {
  let seed = array.size;
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0;
  const random = createRandom(seed);
  const positive = elements(array).every((element) => element > 0);
  const drawn = normals(random, array.size);
  array.buffer.beforeWrite();
  for (let i = 0; i < array.size; i++) {
    array.buffer.data[array.offset + i] = positive ? 0.5 + Math.abs(drawn[i]) : 0.5 * drawn[i] + (drawn[i] < 0 ? -0.05 : 0.05);
  }
}
