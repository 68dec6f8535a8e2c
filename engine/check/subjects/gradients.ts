/** Reads the gradients of a pair out of what its backward returned or left behind, by the names that program/ found. */
import {NDArray} from '../../ndarray/array.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import type {GradientName} from '../../program/pair.ts';
import type {FoundGradient} from './subject.ts';
import {follow, parseWritten, parts} from './written.ts';
import type {HungOn} from './written.ts';

/** Where a backward's results may be found. */
export interface Results {
  /** What it returned; undefined if it was not called. */
  readonly returned: Value | undefined;
  /** Objects that gradients may be left in, by the name that the text has for them (`self`). */
  readonly roots: ReadonlyMap<string, Value>;
  /** The place of the dictionary of gradients in the returned tuple; null when it is all that is returned. */
  readonly dictionaryPosition: number | null;
  /** What the code has hung on tensors. */
  readonly hungOn?: HungOn;
}

/**
 * The gradients in the order of `names`. `leaves` are the forward values that gradients may be of, in the order of the
 * forward's parameters: a gradient whose name says nothing takes the next leaf that no other gradient is of.
 */
export function readGradients(names: readonly GradientName[], results: Results, leaves: readonly string[]): FoundGradient[] {
  const found: FoundGradient[] = [];
  for (const source of names) {
    const value = isOfWhole(source, names, results, leaves) ? results.returned : valueOf(source, results);
    const computed = source.name !== null && /\[[^'"\d\]][^\]]*\]|\[['"][^'"]*['"]\s*[+%.]/.test(source.name);
    const list = listOf(source, value, results, leaves);
    if (list !== null) found.push(...fromList(source, list, leaves));
    else if (value instanceof Dict || (computed && value === undefined)) found.push(...fromDictionary(source, value, results, leaves));
    else found.push({source, name: source.name ?? `return[${source.position ?? 0}]`, of: source.of ?? '', value});
  }
  return withoutCopies(assignLeaves(withoutRepeats(found), leaves), leaves);
}

/** A dictionary with several computed keys is read once. */
function withoutRepeats(found: readonly FoundGradient[]): FoundGradient[] {
  return found.filter(({name, of, value}, i) => found.findIndex((other) => other.name === name && other.of === of && other.value === value) === i);
}

/** A gradient that is kept under a second name, of nothing that is known, is judged under the first. */
function withoutCopies(found: readonly FoundGradient[], leaves: readonly string[]): FoundGradient[] {
  const known = new Set(found.filter(({of, value}) => leaves.includes(of) && value instanceof NDArray).map(({value}) => value));
  return found.filter(({of, value}) => leaves.includes(of) || !known.has(value));
}

/** Whether a list is the gradient of one leaf, a part for each example: nothing else is returned, and its name speaks of the leaf, or there is no other. */
function isOfWhole({position, of}: GradientName, names: readonly GradientName[], {returned}: Results, leaves: readonly string[]): boolean {
  return position === 0 && returned instanceof List && (leaves.length === 1 || leaves.includes(of ?? '')) && names.filter((other) => other.position !== null).length === 1;
}

function valueOf(source: GradientName, results: Results): Value | undefined {
  const {returned, roots, hungOn} = results;
  if (source.position !== null && returned !== undefined) {
    if (returned instanceof Tuple || (returned instanceof List && (source.position > 0 || returned.items.length > 1))) {
      return returned.items.at(source.position);
    }
    return source.position === 0 ? returned : undefined;
  }
  const path = source.name === null ? null : parseWritten(source.name);
  if (path === null) return undefined;
  const root = roots.get(path.root);
  const inObject = follow(root, path.steps, hungOn);
  return inObject ?? follow(dictionaryIn(results), path.steps);
}

/** The list of gradients behind `self.grads[i]` or a returned `nabla_b`, with its name; null where there is none. */
function listOf(source: GradientName, value: Value | undefined, {roots, returned}: Results, leaves: readonly string[]): {readonly name: string; readonly list: List | Tuple} | null {
  const {name} = source;
  if (isOfList(source) && returned instanceof List) return {name: 'return', list: returned};
  if (value instanceof List && name !== null && !leaves.includes(source.of ?? '') && value.items.some((item) => item instanceof NDArray)) return {name, list: value};
  const path = name === null ? null : parseWritten(name);
  const last = path?.steps.at(-1);
  if (name === null || path === null || last === undefined || !('computed' in last)) return null;
  const list = follow(roots.get(path.root), path.steps.slice(0, -1));
  return list instanceof List || list instanceof Tuple ? {name: name.slice(0, name.lastIndexOf('[')), list} : null;
}

/** Whether the whole of what is returned is the gradients of a list of parameters. */
function isOfList({name, of}: GradientName): boolean {
  return name === null && of?.endsWith('[i]') === true;
}

/** A list of gradients: each is of the leaf that stands at its place. */
function fromList(source: GradientName, {name, list}: {readonly name: string; readonly list: List | Tuple}, leaves: readonly string[]): FoundGradient[] {
  const {of} = source;
  const base = of === null ? null : of.endsWith(']') ? of.slice(0, of.lastIndexOf('[')) : of;
  const places = list.items.map((value, place) => ({value, of: `${base ?? ''}[${place}]`, name: `${name}[${place}]`}));
  const known = places.filter((one) => leaves.includes(one.of));
  if (base === null || known.length === 0) return [{source, name: source.name ?? name, of: of ?? '', value: list}];
  return known.map((one) => ({source, ...one}));
}

function dictionaryIn({returned, dictionaryPosition}: Results): Value | undefined {
  if (!(returned instanceof Tuple)) return returned;
  return dictionaryPosition === null ? returned.items.find((item) => item instanceof Dict) : returned.items.at(dictionaryPosition);
}

/** A dictionary of gradients: each entry is of the leaf that its key speaks of. */
function fromDictionary(source: GradientName, value: Value | undefined, results: Results, leaves: readonly string[]): FoundGradient[] {
  const dictionary = value instanceof Dict ? value : dictionaryIn(results);
  if (!(dictionary instanceof Dict)) return [{source, name: source.name ?? 'return[0]', of: source.of ?? '', value: undefined}];
  const base = (source.name === null ? null : parseWritten(source.name)?.root) ?? 'grads';
  const out: FoundGradient[] = [];
  for (const {name, value: item} of parts(base, dictionary)) {
    const key = /\['([^']*)'\]$/.exec(name)?.[1];
    const of = key === undefined ? undefined : leafOfKey(key, leaves);
    if (of !== undefined) out.push({source, name, of, value: item});
  }
  return out;
}

/** The leaf that a key of a gradient dictionary speaks of: `dW1`, `W1` or `grad_W1` for `params['W1']` or `W1`. */
function leafOfKey(key: string, leaves: readonly string[]): string | undefined {
  const wanted = [key, key.replace(/^(d_?|grad_?|∂)/, ''), key.replace(/_?grad$/, '')];
  for (const name of wanted) {
    const leaf = leaves.find((of) => of === name || of.endsWith(`['${name}']`) || of.endsWith(`.${name}`));
    if (leaf !== undefined) return leaf;
  }
  return undefined;
}

/** Gradients whose `of` is no leaf take the leaves that are left, in order, when there are as many of both. */
function assignLeaves(found: readonly FoundGradient[], leaves: readonly string[]): FoundGradient[] {
  const known = found.map((gradient) => ({...gradient, of: sameLeaf(gradient.of, leaves) ?? gradient.of}));
  const taken = new Set(known.map((gradient) => gradient.of));
  const free = leaves.filter((leaf) => !taken.has(leaf));
  const homeless = new Set(known.filter((gradient) => !leaves.includes(gradient.of) && !(gradient.source.by === 'name' && gradient.source.position === null)));
  if (homeless.size === 0 || homeless.size > free.length) return known;
  return known.map((gradient) => (homeless.has(gradient) ? {...gradient, of: free.shift()!} : gradient));
}

/** A leaf under another way of writing it: `W1` for `self.W1` or `params['W1']`, letters in another case. */
function sameLeaf(of: string, leaves: readonly string[]): string | undefined {
  if (leaves.includes(of)) return of;
  const plain = (name: string): string => (/\['([^']*)'\]$/.exec(name)?.[1] ?? name.replace(/^self\./, ''));
  return leaves.find((leaf) => plain(leaf) === plain(of)) ?? leaves.find((leaf) => plain(leaf).toLowerCase() === plain(of).toLowerCase());
}
