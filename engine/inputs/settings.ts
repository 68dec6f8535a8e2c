/**
 * The configurations to check a function in: first the one that its text promises, then variations of one thing each
 * (stride, padding, pool size against stride, mode, flags, a regularisation of zero, an argument left out, a batch of one).
 */
import {priorOf} from './priors.ts';
import type {FunctionInputs, InputSpec, Literal} from './spec.ts';

export interface Setting {
  /** What differs from the base, as it is told to the user: `{pad: 0}`; empty for the base. */
  readonly differs: Readonly<Record<string, Literal>>;
  /** Values by path (`conv_param.stride`, `__init__.pad`, `reg`) in place of the spec's own. */
  readonly values: ReadonlyMap<string, Literal>;
  /** Paths of inputs that are left out, so that their defaults hold. */
  readonly without: ReadonlySet<string>;
  /** Sizes that letters have here. */
  readonly sizes: ReadonlyMap<string, number>;
}

const nothing: Setting = {differs: {}, values: new Map(), without: new Set(), sizes: new Map()};

/** The base setting, then its variations; at most `most` in all. */
export function settingsOf(inputs: FunctionInputs, most = 12): readonly Setting[] {
  const leaves = leavesOf(inputs);
  const base: Setting = {...nothing, values: poolStride(leaves)};
  const variations = [...leaves.flatMap(({path, spec}) => variationsOf(path, spec, base)), ...poolVariations(leaves, base), ...strideOfWindow(leaves, base), ...omissions(inputs), ...batchOfOne(inputs)];
  const seen = new Set<string>([JSON.stringify({})]);
  const unique = variations.filter(({differs}) => {
    const key = JSON.stringify(differs);
    return !seen.has(key) && Boolean(seen.add(key));
  });
  return [base, ...unique.slice(0, most - 1).map((one) => ({...one, values: new Map([...base.values, ...one.values])}))];
}

interface Leaf {
  readonly path: string;
  readonly spec: InputSpec;
}

/** Configuration values, those inside dictionaries too. */
function leavesOf(inputs: FunctionInputs): readonly Leaf[] {
  const inside = (spec: InputSpec, path: string): readonly Leaf[] => spec.kind === 'dict'
    ? spec.entries?.flatMap((entry) => inside(asStated(entry, spec), `${path}.${entry.name}`)) ?? [] : [{path, spec}];
  return [...inputs.construct.flatMap((spec) => inside(spec, `__init__.${spec.name}`)), ...inputs.specs.flatMap((spec) => inside(spec, spec.name))];
}

/** An entry of a dictionary that is stated as a whole is stated too. */
function asStated(entry: InputSpec, {literal, origin}: InputSpec): InputSpec {
  if (typeof literal !== 'object' || literal === null || !('dict' in literal)) return entry;
  const own = literal.dict.find(([key]) => key === entry.name);
  return own === undefined ? entry : {...entry, literal: own[1], origin};
}

const isPoolSize = ({spec}: Leaf): boolean => /^pool/.test(spec.name) && typeof spec.literal === 'number';
const isStride = ({spec}: Leaf): boolean => /stride/.test(spec.name) && typeof spec.literal === 'number';

/** Pools do not overlap unless they are made to: the stride is the pool's size, where the text gives no other. */
function poolStride(leaves: readonly Leaf[]): ReadonlyMap<string, Literal> {
  const pools = leaves.filter(isPoolSize);
  const size = pools.at(0)?.spec.literal;
  if (size === undefined) return new Map();
  const beside = (path: string): boolean => pools.some((pool) => pool.path.replace(/[^.]*$/, '') === path.replace(/[^.]*$/, ''));
  const own = leaves.filter((leaf) => beside(leaf.path) && leaf.spec.origin !== 'pragma');
  return new Map([
    ...own.filter(isStride).map(({path}) => [path, size] as const),
    ...own.filter(({spec}) => /^pad/.test(spec.name) && spec.default === undefined).map(({path}) => [path, 0] as const),
  ]);
}

function change(path: string, spec: InputSpec, value: Literal): Setting {
  return {...nothing, differs: {[spec.name]: value}, values: new Map([[path, value]])};
}

function variationsOf(path: string, spec: InputSpec, base: Setting): readonly Setting[] {
  if (spec.origin === 'pragma' && spec.kind !== 'string' && spec.kind !== 'bool' && spec.role !== 'config') return [];
  const now = base.values.get(path) ?? spec.literal;
  switch (spec.kind) {
    case 'string': return (spec.choices ?? []).filter((choice) => choice !== now).map((choice) => change(path, spec, choice));
    case 'bool': return typeof now === 'boolean' ? [change(path, spec, !now)] : [];
    case 'int': {
      if (typeof now !== 'number' || spec.dimension !== undefined || isPoolSize({path, spec})) return [];
      if (/^(?:seed|random_state|axis|dim|t|iter\w*|epochs?)$/.test(spec.name)) return [];
      if (/stride/.test(spec.name)) return [change(path, spec, now === 1 ? 2 : 1)];
      if (/pad/.test(spec.name)) return [change(path, spec, now === 0 ? 1 : 0)];
      return priorOf(spec.name).values?.filter((value) => typeof value === 'number' && value !== now).slice(0, 1).map((value) => change(path, spec, value)) ?? [];
    }
    case 'float': return priorOf(spec.name).values?.some((value) => typeof value === 'object' && value !== null && 'float' in value && value.float === 0) === true
      ? [change(path, spec, {float: 0})] : [];
    default: return [];
  }
}

/** A pool that is larger than its stride: windows overlap. */
function poolVariations(leaves: readonly Leaf[], base: Setting): readonly Setting[] {
  const sizes = leaves.filter(isPoolSize);
  const strides = leaves.filter(isStride);
  if (sizes.length === 0 || strides.length === 0) return [];
  const larger = new Map<string, Literal>(sizes.map(({path}) => [path, 3]));
  const differs = Object.fromEntries(sizes.map(({spec}): [string, Literal] => [spec.name, 3]));
  const stride = base.values.get(strides[0].path) ?? 2;
  return [{...nothing, differs: {...differs, [strides[0].spec.name]: stride}, values: larger}];
}

/** A stride as large as its window, by whatever name: code often has a branch of its own for windows that do not overlap. */
function strideOfWindow(leaves: readonly Leaf[], base: Setting): readonly Setting[] {
  const strides = leaves.filter(isStride);
  const windows = leaves.filter(({spec}) => typeof spec.literal === 'number' && !isPoolSize({path: '', spec}) && /^(?:filter|kernel|window|field)(?:_?(?:size|dims?|shape|length|len))?$/.test(spec.name));
  if (strides.length !== 1 || windows.length !== 1) return [];
  const now = (leaf: Leaf): Literal | undefined => base.values.get(leaf.path) ?? leaf.spec.literal;
  if (now(strides[0]) === now(windows[0])) return [];
  return [{...nothing, differs: {[windows[0].spec.name]: 2, [strides[0].spec.name]: 2}, values: new Map([[windows[0].path, 2], [strides[0].path, 2]])}];
}

/** Optional arrays that a caller may leave out; labels are not, since a loss without them is no loss. */
function omissions(inputs: FunctionInputs): readonly Setting[] {
  return inputs.specs.filter((spec) => spec.kind === 'array' && spec.default === null && spec.role !== 'label')
    .map((spec) => ({...nothing, differs: {[spec.name]: null}, without: new Set([spec.name])}));
}

/** The first axis of the first array with several axes, unless other axes depend on it. */
function batchOfOne(inputs: FunctionInputs): readonly Setting[] {
  const first = inputs.specs.find((spec) => (spec.kind === 'array' && spec.role === 'differentiable' && (spec.shape?.length ?? 0) > 1));
  const letters = first?.shape?.flatMap((axis) => 'letter' in axis ? [axis.letter] : []) ?? [];
  const letter = letters.includes('m') ? 'm' : first?.shape?.[0] !== undefined && 'letter' in first.shape[0] ? first.shape[0].letter : undefined;
  if (letter === undefined || inputs.ties.some((tie) => tie.type === 'equal' && tie.letter === letter)) return [];
  return [{...nothing, differs: {[letter]: 1}, sizes: new Map([[letter, 1]])}];
}
