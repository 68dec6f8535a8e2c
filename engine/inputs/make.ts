/**
 * Makes Python values for decided inputs: sizes for the letters, then numbers for the arrays, and dictionaries, lists and
 * settings around them. The same candidate, run and seed give the same values.
 */
import type {Sizes} from '../dims/expression.ts';
import {evaluate} from '../dims/expression.ts';
import {chooseSizes} from '../dims/sizes.ts';
import {Dict} from '../interpreter/containers.ts';
import {fromData} from '../ndarray/array.ts';
import {float} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {draw, labels, signed} from './draw.ts';
import {createRandom, seedOf} from './random.ts';
import type {Candidate} from './candidate.ts';
import type {Setting} from './settings.ts';
import type {AxisSpec, FunctionInputs, InputSpec, Literal, Role} from './spec.ts';

export interface MadeInput {
  readonly name: string;
  /** An argument of the function, or of the constructor of its class. */
  readonly target: 'call' | 'construct';
  readonly value: Value;
  readonly role: Role;
  /** Letters and numbers of its axes, as they were decided; [] for what is no array. */
  readonly shape: readonly AxisSpec[];
  readonly spec: InputSpec;
}

/**
 * Values for every input that can be made. An input that is left out keeps its default, or is missing where there is
 * none: then nothing is known about it. Every call makes fresh values.
 */
export function makeInputs(candidate: Candidate, runIndex: number, seed: number, setting: Setting | null = null): readonly MadeInput[] {
  const {inputs} = candidate;
  const sizes = sizesFor(candidate, runIndex, setting);
  const maker: Maker = {sizes, setting, seed: seedOf(seed, runIndex), classes: classesOf(inputs, sizes)};
  const all = (specs: readonly InputSpec[], target: MadeInput['target']): readonly MadeInput[] => specs.flatMap((spec) => {
    const path = target === 'construct' ? `__init__.${spec.name}` : spec.name;
    const value = setting?.without.has(path) === true ? undefined : make(maker, spec, path);
    return value === undefined ? [] : [{name: spec.name, target, value, role: spec.role, shape: spec.shape ?? [], spec}];
  });
  return [...all(inputs.construct, 'construct'), ...all(inputs.specs, 'call')];
}

/** The sizes of all letters in a run, and the values of named integers among the settings. */
export function sizesFor(candidate: Candidate, runIndex: number, setting: Setting | null = null): Sizes {
  const key = setting === null ? `${runIndex}` : `${runIndex} ${JSON.stringify([[...setting.values], [...setting.sizes]])}`;
  let byRun = chosen.get(candidate);
  if (byRun === undefined) chosen.set(candidate, byRun = new Map<string, Sizes>());
  let sizes = byRun.get(key);
  if (sizes === undefined) byRun.set(key, sizes = choose(candidate, runIndex, setting));
  return sizes;
}

/** Sizes that were chosen before: a candidate never changes. */
const chosen = new WeakMap<Candidate, Map<string, Sizes>>();

function choose({inputs, ties}: Candidate, runIndex: number, setting: Setting | null): Sizes {
  const known = new Map<string, number>();
  const note = (spec: InputSpec, path: string): void => {
    const literal = setting?.values.get(path) ?? spec.literal;
    if (typeof literal === 'number') known.set(path.replace(/^__init__\./, ''), literal);
    for (const entry of spec.entries ?? []) note(withLiteral(entry, literal), `${path}.${entry.name}`);
  };
  for (const spec of inputs.construct) note(spec, `__init__.${spec.name}`);
  for (const spec of inputs.specs) note(spec, spec.name);
  const sizes = new Map(chooseSizes(inputs.letters, [...inputs.ties, ...ties], runIndex, known));
  for (const [letter, size] of setting?.sizes ?? []) sizes.set(letter, size);
  for (const [name, value] of known) if (!sizes.has(name)) sizes.set(name, value);
  return sizes;
}

/** An entry with the value that the whole dictionary's literal gives it. */
function withLiteral(entry: InputSpec, whole: Literal | undefined): InputSpec {
  if (typeof whole !== 'object' || whole === null || !('dict' in whole)) return entry;
  const own = whole.dict.find(([key]) => key === entry.name);
  return own === undefined ? entry : {...entry, literal: own[1]};
}

interface Maker {
  readonly sizes: Sizes;
  readonly setting: Setting | null;
  readonly seed: number;
  /** How many classes labels have when nothing says so. */
  readonly classes: number;
}

function classesOf({specs}: FunctionInputs, sizes: Sizes): number {
  const scores = specs.find((spec) => spec.kind === 'array' && spec.role === 'differentiable' && (spec.shape?.length ?? 0) > 1);
  const last = scores?.shape?.at(-1);
  return last === undefined ? 3 : sizeOf(last, sizes);
}

function sizeOf(axis: AxisSpec, sizes: Sizes): number {
  if ('size' in axis) return axis.size;
  if ('letter' in axis) return sizes.get(axis.letter) ?? 3;
  if ('expression' in axis) return Math.max(1, evaluate(axis.expression, sizes) ?? 3);
  return 3;
}

function make(maker: Maker, spec: InputSpec, path: string): Value | undefined {
  const literal = maker.setting?.values.get(path) ?? spec.literal;
  switch (spec.kind) {
    case 'array': return makeArray(maker, spec, path);
    case 'dict': return makeDict(maker, spec, path, literal);
    case 'list': case 'tuple': {
      if (literal !== undefined) return valueOf(literal);
      const items = (spec.entries ?? []).map((entry) => make(maker, entry, `${path}.${entry.name}`) ?? null);
      return spec.kind === 'list' ? new List(items) : new Tuple(items);
    }
    case 'int': {
      if (literal !== undefined) return valueOf(literal);
      return spec.dimension === undefined ? 2 : sizeOf(spec.dimension, maker.sizes);
    }
    case 'float': return literal !== undefined ? valueOf(literal) : float(signed(createRandom(seedOf(maker.seed, path)), 1)[0]);
    case 'none': case 'callable': case 'object': return literal !== undefined && literal !== null ? valueOf(literal) : spec.kind === 'none' && spec.default === undefined ? null : undefined;
    default: return literal === undefined ? undefined : valueOf(literal);
  }
}

function makeDict(maker: Maker, spec: InputSpec, path: string, literal: Literal | undefined): Dict {
  const dict = new Dict();
  if (typeof literal === 'object' && literal !== null && 'dict' in literal) for (const [key, value] of literal.dict) dict.set(valueOf(key), valueOf(value));
  for (const entry of spec.entries ?? []) {
    const own = `${path}.${entry.name}`;
    if (dict.has(entry.name) && maker.setting?.values.has(own) !== true) continue;
    if (entry.default !== undefined && isLeftOut(entry) && maker.setting?.values.has(own) !== true) continue;
    const value = make(maker, entry, own);
    if (value !== undefined) dict.set(entry.name, value);
  }
  return dict;
}

/**
 * Whether an optional entry is left to the default of the code that asks for it: numbers and arrays, and an axis or a
 * tuple of sizes that nobody states, since those fit only the caller that gives them together.
 */
function isLeftOut({kind, name, origin, literal}: InputSpec): boolean {
  if (kind === 'array' || kind === 'float') return true;
  return (kind === 'tuple' || kind === 'list') && literal === undefined || kind === 'int' && /^(?:axis|dim)$/.test(name) && (origin === 'use' || origin === 'guess');
}

/** A Python value for a literal. Fresh at each call. */
export function valueOf(literal: Literal): Value {
  if (literal === null || typeof literal !== 'object') return literal;
  if ('float' in literal) return float(literal.float);
  if ('tuple' in literal) return new Tuple(literal.tuple.map(valueOf));
  if ('list' in literal) return new List(literal.list.map(valueOf));
  return Dict.of(literal.dict.map(([key, value]) => [valueOf(key), valueOf(value)] as const));
}

function makeArray(maker: Maker, spec: InputSpec, path: string): Value {
  const axes: readonly AxisSpec[] = spec.shape ?? [{unknown: true}, {unknown: true}];
  const shape = axes.map((axis) => sizeOf(axis, maker.sizes));
  const random = createRandom(seedOf(maker.seed, path));
  const count = shape.reduce((product, size) => product * size, 1);
  if (shape.length === 0) return float(signed(random, 1)[0]);
  const whole = spec.below !== undefined || spec.role === 'index';
  if (whole && spec.domain !== 'one-hot' && spec.domain !== 'permutation') {
    const bound = spec.below === undefined || 'unknown' in spec.below ? maker.classes : sizeOf(spec.below, maker.sizes);
    return fromData(labels(random, count, Math.max(1, bound)), shape, 'int64');
  }
  const column = axes.findIndex((axis) => 'letter' in axis && axis.letter === 'm');
  const {data, dtype} = draw(random, shape, spec.domain, column === shape.length - 1 && shape.length > 1 ? 0 : shape.length - 1);
  const isMask = spec.domain === 'mask' && spec.role === 'config';
  return fromData(data, shape, isMask ? 'bool' : dtype);
}
