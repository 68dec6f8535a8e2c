/**
 * What to change after a Python error: NumPy's messages hold sizes and ranks, and since sizes are pairwise distinct a size
 * tells its letter. Knows messages only; trying is search.ts's and running its caller's.
 */
import type {DimExpression, Sizes} from '../dims/expression.ts';
import type {SizeConstraint} from '../dims/sizes.ts';
import type {Candidate, TrialError} from './candidate.ts';
import {priorOf} from './priors.ts';
import type {AxisSpec, Choice, InputSpec, Literal} from './spec.ts';

/** One change to a candidate. Smaller cost first. */
export interface Remedy {
  readonly choices: readonly Choice[];
  readonly ties: readonly SizeConstraint[];
  readonly cost: number;
}

/** What stands for an error where a loss came out as an array: one place of a word may have been meant, not several. */
export const MANY_LOSSES = 'the loss is not one number';

interface Named {
  readonly path: string;
  readonly spec: InputSpec;
}

/** The changes that an error suggests, best first; empty when it says nothing of the inputs. */
export function remedies(candidate: Candidate, {type, message}: TrialError, sizes: Sizes): readonly Remedy[] {
  const inputs: readonly Named[] = [
    ...candidate.inputs.specs.map((spec) => ({path: spec.name, spec})),
    ...candidate.inputs.construct.map((spec) => ({path: `__init__.${spec.name}`, spec})),
  ];
  const arrays = inputs.filter(({spec}) => spec.kind === 'array');
  const out: Remedy[] = [];
  const add = (cost: number, choices: readonly Choice[], ties: readonly SizeConstraint[] = []): void => { out.push({choices, ties, cost}); };
  const merge = (a: number, b: number, cost: number): void => { for (const [i, tie] of equalSizes(a, b, candidate, sizes).entries()) add(cost + 0.2 * i, [], [tie]); };
  const rank = (from: number | null, to: number, cost: number): void => {
    for (const [i, {path, spec}] of arrays.entries()) {
      const own = spec.shape?.length ?? 0;
      if (own !== to && (from === null || own === from)) add(cost + 0.1 * i + trust(spec), [{name: path, rank: to}]);
    }
  };
  let match: RegExpExecArray | null;

  if (message === MANY_LOSSES) {
    for (const {path, spec} of arrays) {
      if ((spec.role === 'index' || spec.role === 'label') && spec.shape?.length === 1) add(0.3, [{name: path, kind: 'int', literal: 1}]);
    }
    return out;
  }
  if (type === 'KeyError') {
    const key = message.replace(/^['"]|['"]$/g, '');
    for (const {path, spec} of inputs) if (spec.kind === 'dict') add(1, [{name: `${path}.${key}`}]);
    return out;
  }
  if ((match = /shapes? \(([\d,]*)\) (?:and )?\(([\d,]*)\)/.exec(message)) !== null && /broadcast|not aligned|operands/.test(message)) {
    const [a, b] = [numbers(match[1]), numbers(match[2])];
    const aligned = /(\d+) \(dim \d+\) != (\d+) \(dim \d+\)/.exec(message);
    if (aligned !== null) merge(Number(aligned[1]), Number(aligned[2]), 1);
    else for (let i = 1; i <= Math.min(a.length, b.length); i++) {
      const [x, y] = [a.at(-i)!, b.at(-i)!];
      if (x !== y && x !== 1 && y !== 1) merge(x, y, 1.3);
    }
    for (const axes of [a, b]) reshaped(arrays, axes, axes === a ? b : a, sizes, add);
    return out;
  }
  if ((match = /from shape \(([\d,]*)\) into shape \(([\d,]*)\)/.exec(message)) !== null) {
    const [a, b] = [numbers(match[1]), numbers(match[2])];
    for (let i = 1; i <= Math.min(a.length, b.length); i++) if (a.at(-i) !== b.at(-i)) merge(a.at(-i)!, b.at(-i)!, 1);
    // Axes that the place does not have may only be of size 1.
    const extra = [...new Set(a.slice(0, Math.max(0, a.length - b.length)))].filter((size) => size !== 1).map((size) => letterOf(size, candidate, sizes));
    if (extra.length > 0 && !extra.includes(null)) add(3, [], extra.map((letter) => ({type: 'equal', letter: letter!, to: 1})));
    return out;
  }
  if ((match = /^non-broadcastable output operand with shape \(([\d,]*)\) doesn't match the broadcast shape \(([\d,]*)\)/.exec(message)) !== null) {
    const [own, wider] = [numbers(match[1]), numbers(match[2])];
    for (const [axis, size] of own.entries()) {
      if (size !== 1 || own.length !== wider.length) continue;
      for (const {path, spec} of arrays) {
        if (spec.shape?.length !== own.length || !isOfSize(spec.shape[axis], wider[axis], sizes)) continue;
        add(0.5 + trust(spec), [{name: path, axes: spec.shape.map((one, i): AxisSpec => (i === axis ? {size: 1} : one))}]);
      }
    }
    return out;
  }
  if ((match = /size (\d+) is different from (\d+)/.exec(message)) !== null || (match = /has size (\d+) and the array at index \d+ has size (\d+)/.exec(message)) !== null) {
    merge(Number(match[1]), Number(match[2]), 1);
    rank(1, 2, 3);
    return out;
  }
  if ((match = /boolean index did not match indexed array along (?:axis|dimension) \d+; size of axis is (\d+) but size of corresponding boolean axis is (\d+)/.exec(message)) !== null) {
    merge(Number(match[1]), Number(match[2]), 1);
    return out;
  }
  if ((match = /not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)/.exec(message)) !== null) {
    rank(Number(match[2]), Number(match[1]), 1);
    return out;
  }
  if ((match = /too many values to unpack \(expected (\d+)/.exec(message)) !== null) {
    rank(null, Number(match[1]), 1.5);
    for (const {path, spec} of arrays) if (spec.role === 'differentiable') add(1.8 + trust(spec), [{name: path, kind: 'tuple'}]);
    return out;
  }
  if ((match = /array is (\d+)-dimensional, but (\d+) were indexed/.exec(message)) !== null) {
    rank(Number(match[1]), Number(match[2]), 1);
    return out;
  }
  if ((match = /axis -?(\d+) is out of bounds for array of dimension (\d+)/.exec(message)) !== null) {
    rank(Number(match[2]), Number(match[2]) + 1, 1);
    return out;
  }
  if ((match = /index -?(\d+) is out of bounds for (?:axis \d+ with )?size (\d+)/.exec(message)) !== null) {
    const bound = letterOf(Number(match[2]), candidate, sizes);
    const below: AxisSpec = bound === null ? {size: Number(match[2])} : {letter: bound};
    for (const {path, spec} of arrays) if (spec.role === 'label' || spec.role === 'index') add(0.3, [{name: path, below}]);
    merge(Number(match[1]) + 1, Number(match[2]), 2);
    for (const tie of squares(arrays)) add(2.5, [], [tie]);
    return out;
  }
  if ((match = /cannot reshape array of size (\d+) into shape \(([\d,]*)\)/.exec(message)) !== null) {
    merge(Number(match[1]), numbers(match[2]).reduce((product, size) => product * size, 1), 1);
    rank(2, 1, 2);
    rank(1, 2, 2.5);
    return out;
  }
  if (/tuple index out of range/.test(message)) {
    rank(1, 2, 1);
    rank(2, 4, 2);
    rank(2, 3, 2.2);
    return out;
  }
  if (/arrays used as indices must be of integer|only integers, slices|only integer scalar arrays/.test(message)) {
    for (const {path, spec} of arrays) {
      const likely = spec.role === 'label' || priorOf(spec.name).role === 'label' || spec.role === 'index';
      add(likely ? 1 : 3, [{name: path, rank: spec.role === 'label' ? 1 : spec.shape?.length ?? 1, role: likely ? 'label' : 'index', domain: 'any', below: {unknown: true}}]);
    }
    return out;
  }
  if (/truth value of an array|only (?:length-1|size-1|0-dimensional) arrays|setting an array element with a sequence/.test(message)) {
    if (arrays.length > 0) add(1, arrays.filter(({spec}) => spec.role === 'differentiable').map(({path}) => ({name: path, rank: 0})));
    rank(null, 0, 2);
    rank(2, 1, 3);
    return out;
  }
  if (/'(?:float|numpy\.float64)' object (?:is not (?:subscriptable|iterable)|has no attribute|does not support item)|object of type 'float' has no len/.test(message)) {
    for (const {path, spec} of inputs) if (spec.kind === 'float') { add(1, [{name: path, rank: 2}]); add(1.5, [{name: path, rank: 1}]); }
    rank(1, 2, 2);
    return out;
  }
  if (/'int' object is not (?:iterable|subscriptable)|object of type 'int' has no len|'bool' object/.test(message)) {
    for (const {path, spec} of inputs) if (spec.kind === 'int' || spec.kind === 'bool') { add(1, [{name: path, kind: 'tuple'}]); add(1.5, [{name: path, rank: 2}]); }
    return out;
  }
  if (/NoneType/.test(message)) {
    // A name is a word: what is joined to another one.
    const isJoined = /'NoneType' and 'str'|'str' and 'NoneType'|\(not "NoneType"\) to str/.test(message);
    for (const {path, spec} of inputs) if (isJoined && spec.kind === 'none') add(0.5, [{name: path, kind: 'string', literal: spec.name}]);
    for (const {path, spec} of inputs) {
      if (spec.kind === 'none' || spec.kind === 'object' || spec.kind === 'callable') { add(1, [{name: path, rank: 2}]); add(2, [{name: path, rank: 1}]); }
    }
    return out;
  }
  if (/unhashable|can't multiply sequence|'(?:list|tuple|dict)' (?:object|and)|must be str|string indices/.test(message)) {
    for (const {path, spec} of inputs) if (spec.kind === 'list' || spec.kind === 'tuple' || spec.kind === 'dict') add(1, [{name: path, rank: 2}]);
    if (message.includes('unhashable')) for (const {path} of arrays) add(2, [{name: path, kind: 'string'}]);
    return out;
  }
  if (message === 'shape-mismatch for sum') for (const tie of squares(arrays)) add(1, [], [tie]);
  // The user's own words about sizes that do not fit: those of the constructor are those of the data.
  if (type === 'ValueError' || type === 'AssertionError') for (const [i, tie] of constructedSizes(candidate).entries()) add(2 + 0.1 * i, [], [tie]);
  // A branch that only another number than the default takes may never have been run.
  if (type === 'NameError' || type === 'UnboundLocalError') {
    for (const {path, spec} of inputs) {
      const preset = spec.default;
      if (spec.kind === 'float' && preset !== undefined && preset !== null && plainNumber(spec.literal) !== plainNumber(preset)) add(1, [{name: path, literal: preset}]);
    }
    return out;
  }
  // The text refuses what it was given: a choice that is none by default may have to be one of the usual words.
  for (const {path, spec} of inputs) {
    if (spec.kind !== 'none') continue;
    for (const [i, word] of (priorOf(spec.name).values ?? []).entries()) if (typeof word === 'string') add(1.2 + 0.1 * i, [{name: path, kind: 'string', literal: word}]);
  }
  return out;
}

/**
 * The input `name` in the shape that its gradient has, where the text leaves that open: with fewer axes, or with other sizes. Not
 * with more axes, and not with more than one element where there was one: so a sum that is missing shows.
 */
export function reshaping(candidate: Candidate, name: string, shape: readonly number[], sizes: Sizes): Choice | null {
  const spec = candidate.inputs.specs.find((one) => one.name === name);
  if (spec?.kind !== 'array' || spec.role !== 'differentiable' || spec.shape === null || spec.origin === 'pragma') return null;
  if (shape.length === 0 || shape.length > spec.shape.length || (shape.length < spec.shape.length && trust(spec) > 0)) return null;
  if (shape.length === spec.shape.length && spec.shape.some((axis) => 'size' in axis)) return null;
  const axes = shape.map((size): AxisSpec => {
    const letter = letterOf(size, candidate, sizes);
    return letter === null ? {size} : {letter};
  });
  return {name, axes};
}

/** The sizes that a constructor takes, each as the last axis of each input that is differentiated. */
function constructedSizes({inputs: {specs, construct}}: Candidate): readonly SizeConstraint[] {
  return construct.flatMap(({dimension}) => specs.flatMap(({kind, role, shape}): SizeConstraint[] => {
    const last = shape?.at(-1);
    if (kind !== 'array' || role !== 'differentiable' || dimension === undefined || !('letter' in dimension) || last === undefined || !('letter' in last)) return [];
    return dimension.letter === last.letter ? [] : [{type: 'equal', letter: last.letter, to: dimension.letter}];
  }));
}

/** Images that are as wide as they are high: code that mixes the two up runs on nothing else. */
function squares(arrays: readonly Named[]): readonly SizeConstraint[] {
  return arrays.flatMap(({spec: {shape}}) => (shape?.length === 4 ? [[2, 3], [1, 2]] : []).flatMap(([first, second]): SizeConstraint[] => {
    const [height, width] = [shape![first], shape![second]];
    return 'letter' in height && 'letter' in width && height.letter !== width.letter ? [{type: 'equal', letter: width.letter, to: height.letter}] : [];
  }));
}

function plainNumber(literal: Literal | undefined): Literal | undefined {
  return typeof literal === 'object' && literal !== null && 'float' in literal ? literal.float : literal;
}

/** Inputs whose shape was told by the text change last. */
function trust({origin}: InputSpec): number {
  return origin === 'pragma' ? 9 : origin === 'annotation' || origin === 'docstring' || origin === 'comment' ? 3 : 0;
}

function isOfSize(axis: AxisSpec, size: number, sizes: Sizes): boolean {
  return 'letter' in axis && sizes.get(axis.letter) === size;
}

function numbers(text: string): readonly number[] {
  return text.split(',').filter((one) => one !== '').map(Number);
}

function letterOf(size: number, {inputs}: Candidate, sizes: Sizes): string | null {
  return inputs.letters.find((letter) => sizes.get(letter) === size) ?? null;
}

/** Ties that make two sizes equal: two letters, or a letter and a product of two. */
function equalSizes(a: number, b: number, candidate: Candidate, sizes: Sizes): readonly SizeConstraint[] {
  const left = expressionsOf(a, candidate, sizes);
  const right = expressionsOf(b, candidate, sizes);
  const out: SizeConstraint[] = [];
  const taken = new Set(candidate.ties.flatMap((tie) => tie.type === 'equal' ? [tie.letter] : []));
  const tie = (letter: DimExpression, to: DimExpression): void => {
    if (typeof letter === 'string' && letter !== to && to !== 1 && !taken.has(letter)) out.push({type: 'equal', letter, to});
  };
  for (const x of left) {
    for (const y of right) {
      if (typeof y === 'string') tie(y, x);
      else tie(x, y);
    }
  }
  const {letters} = candidate.inputs;
  for (const x of letters) {
    for (const y of letters) {
      const [p, q] = [sizes.get(x)!, sizes.get(y)!];
      if (x < y && p !== q && p !== a && q !== b && ((a % p === 0 && b % q === 0 && a / p === b / q) || (a % q === 0 && b % p === 0 && a / q === b / p))) tie(y, x);
    }
  }
  for (const x of left) tie(x, b);
  for (const y of right) tie(y, a);
  return out.slice(0, 6);
}

function expressionsOf(size: number, {inputs}: Candidate, sizes: Sizes): readonly DimExpression[] {
  const single: readonly DimExpression[] = inputs.letters.filter((letter) => sizes.get(letter) === size);
  if (single.length > 0) return single;
  const products: DimExpression[] = [];
  for (const [i, left] of inputs.letters.entries()) {
    for (const right of inputs.letters.slice(i + 1)) {
      if (sizes.get(left)! * sizes.get(right)! === size) products.push({operator: '*', left, right});
    }
  }
  if (products.length > 0) return products;
  const multiples = inputs.letters.flatMap((letter): DimExpression[] => [2, 3, 4].filter((by) => by * sizes.get(letter)! === size).map((by) => ({operator: '*', left: by, right: letter})));
  return [...multiples, size];
}

/** A small array that met a larger one: as a row, as a column, as a vector. One number for each channel stands on the axis of the channels. */
function reshaped(
  arrays: readonly Named[], own: readonly number[], other: readonly number[], sizes: Sizes,
  add: (cost: number, choices: readonly Choice[]) => void,
): void {
  if (own.length === 0 || own.length > 2) return;
  const perChannel = own.length === 1 && other.length === 4 && own[0] === other[1] && own[0] !== other[3]
    ? arrays.filter(({spec: {shape, origin}}) => shape?.length === 1 && origin !== 'pragma' && isOfSize(shape[0], own[0], sizes)) : [];
  if (perChannel.length > 0) add(0.5, perChannel.map(({path, spec}) => ({name: path, axes: [{size: 1}, spec.shape![0], {size: 1}, {size: 1}]})));
  for (const {path, spec} of arrays) {
    const {shape} = spec;
    if (shape?.length !== own.length || shape.some((axis, i) => 'letter' in axis && sizes.get(axis.letter) !== own[i])) continue;
    const free: AxisSpec = {unknown: true};
    if (own.length === 1 && other.length === 2) {
      add(1.6 + trust(spec), [{name: path, axes: [free, {size: 1}]}]);
      add(1.8 + trust(spec), [{name: path, axes: [{size: 1}, free]}]);
    }
    if (own.length === 1 && other.length === 4) add(1.5 + trust(spec), [{name: path, axes: [{size: 1}, free, {size: 1}, {size: 1}]}]);
    if (own.length === 2 && own.includes(1)) add(1.6 + trust(spec), [{name: path, axes: own[0] === 1 ? [free, {size: 1}] : [{size: 1}, free]}]);
    if (own.length === 2 && other.length !== 2) add(2 + trust(spec), [{name: path, rank: other.length === 0 ? 0 : other.length}]);
    add(2.4 + trust(spec), [{name: path, rank: 0}]);
  }
}
