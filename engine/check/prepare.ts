/**
 * From what the text says about a pair's inputs to attempts: complete, repeatable sets of values for one run.
 * Runs nothing; the search for inputs learns from what its caller tells it.
 */
import {NDArray, sizeOf} from '../ndarray/array.ts';
import {Scalar} from '../ndarray/scalar.ts';
import type {Value} from '../ndarray/values.ts';
import {makeInputs, sizesFor} from '../inputs/make.ts';
import type {MadeInput} from '../inputs/make.ts';
import {collectSpecs} from '../inputs/merge.ts';
import {createSearch} from '../inputs/search.ts';
import type {Candidate} from '../inputs/candidate.ts';
import {settingsOf} from '../inputs/settings.ts';
import type {Setting} from '../inputs/settings.ts';
import type {FunctionInputs, InputSpec, Origin} from '../inputs/spec.ts';
import type {FunctionDef, Module} from '../python/ast.ts';
import type {ParsedText} from '../python/parse.ts';
import type {BackwardParameter, Pair} from '../program/pair.ts';
import {keepingSwitches} from '../program/keeping.ts';
import {namedArguments} from '../program/named-arguments.ts';
import {scopeOf} from '../program/scopes.ts';
import type {PairFile} from './file.ts';
import {freshCopies} from './fresh.ts';
import type {Attempt, MadeFact, Prepared} from './attempt.ts';
import {engineAttempts} from './subjects/engine-inputs.ts';
import {networkAttempts} from './subjects/network-inputs.ts';
import {modelAttempts} from './subjects/model-inputs.ts';

export interface PrepareOptions {
  readonly seed: number;
  readonly ignorePragmas: boolean;
}

/** With fewer numbers than this in all inputs together, agreement may be chance: more sets are tried. */
const FEW_NUMBERS = 8;

/** Rule 11: a backward is linear in its upstream, so what is right for one of order one must be right for a large one. */
const LARGE_UPSTREAM = 64;

export function prepare(pair: Pair, file: PairFile, options: PrepareOptions): Prepared {
  if (pair.pattern === 'script') return scriptAttempts(options.seed, /rand/i.test(file.text) && !/seed\(/.test(file.text));
  if (pair.pattern === 'engine') return engineAttempts(pair, file.text, options.seed);
  if (pair.pattern === 'step-functions' && pair.owner === null) return modelAttempts(pair, file.text, options.seed);
  if (pair.pattern === 'step-functions') return networkAttempts(pair, file.text, searched(pair, file, options));
  return searched(pair, file, options);
}

/** Attempts from what the text says of the forward's inputs. */
function searched(pair: Callable, file: PairFile, options: PrepareOptions): Prepared {
  const inputs = specsOf(pair, file.module, file.text, options.ignorePragmas);
  const extra = backwardOnly(pair, file.module, file.text, options.ignorePragmas);
  const search = createSearch(withSwitches(pair, file.text, withVectors(pair, inputs)));
  const candidates = new Map<Attempt, Candidate>();
  let last: Attempt | null = null;
  const attempt = (candidate: Candidate, run: number, setting: Setting, label: string, seed = options.seed, upstreamFactor = 1): Attempt => {
    const made = {...attemptOf(candidate, extra, run, seed, setting, label), upstreamFactor, ...(hasBareAnnotation(pair) ? {stated: false} : {})};
    candidates.set(made, candidate);
    return made;
  };
  const base = (candidate: Candidate): Setting => settingsOf(candidate.inputs)[0];
  return {
    first: attempt({inputs, choices: [], ties: [], cost: 0}, 0, settingsOf(inputs)[0], 'set 1'),
    problems: inputs.problems,
    next() {
      const candidate = search.next();
      last = candidate === null ? null : attempt(candidate, 0, base(candidate), 'set 1');
      return last;
    },
    failed: (type, message) => {
      search.failed({type, message}, last?.letters);
    },
    shaped: (of, shape) => {
      search.shaped(of, shape, last?.letters);
    },
    moreSets: (chosen) => {
      const candidate = candidates.get(chosen)!;
      const numbers = chosen.made.reduce((sum, {shape}) => sum + sizeOf(shape), 0);
      const sets = numbers < FEW_NUMBERS ? 5 : 2;
      return Array.from({length: sets - 1}, (_, i) => attempt(candidate, i + 1, base(candidate), `set ${i + 2}`, options.seed, i === 0 ? LARGE_UPSTREAM : 1));
    },
    unseen: (chosen) => {
      const candidate = candidates.get(chosen)!;
      return [1, 2].map((run) => attempt(candidate, run, base(candidate), `unseen ${run}`, options.seed + 7919));
    },
    settings: (chosen) => {
      const candidate = candidates.get(chosen)!;
      const kept = pair.pattern === 'class' ? keepingSwitches(pair.forward, pair.backward) : new Map<string, boolean>();
      const hasNoBackward = ({differs}: Setting): boolean => Object.entries(differs).some(([name, value]) => value === false && kept.get(name) === true);
      return settingsOf(candidate.inputs).slice(1).filter((setting) => !hasNoBackward(setting)).map((setting) => attempt(candidate, 0, setting, labelOf(setting)));
    },
  };
}

/** `x: np.ndarray` says that it is an array, and nothing of its axes. */
function hasBareAnnotation({forward}: Callable): boolean {
  const bare = forward.params.some(({annotation}) => annotation !== null && (annotation.kind === 'Attribute' || annotation.kind === 'Name'));
  return bare && !/\(\s*\w+\s*,|shape/i.test(forward.docstring?.value ?? '');
}

/** A loss and its derivative that are meant for vectors: all arguments of one axis, tried before one of them alone is changed. A Jacobian may be of a column. */
function withVectors(pair: Pair, inputs: FunctionInputs): FunctionInputs {
  const arrays = inputs.specs.filter(({kind, origin}) => kind === 'array' && origin !== 'pragma');
  if (pair.pattern !== 'derivative-pair' || arrays.length === 0) return inputs;
  if (arrays.length === 1) return {...inputs, alternatives: [...inputs.alternatives, {choices: [{name: arrays[0].name, axes: [{unknown: true}, {size: 1}]}], cost: 2}]};
  const vectors = arrays.map(({name}) => ({name, rank: 1}));
  const oneHot = arrays.map(({name, role}) => (role === 'label' ? {name, rank: 1, role, domain: 'one-hot' as const} : {name, rank: 1}));
  return {...inputs, alternatives: [{choices: vectors, cost: 0.5}, {choices: oneHot, cost: 0.6}, ...inputs.alternatives]};
}

/** A switch of the forward that its backward does not know: the backward belongs to one of its values. */
function withSwitches({forward, backward}: Callable, text: string, inputs: FunctionInputs): FunctionInputs {
  if (forward === backward) return inputs;
  const behind = text.slice(backward.span.start, backward.span.end);
  const others = inputs.specs.flatMap(({name, kind, choices, literal, origin}) => {
    const words = (choices ?? []).filter((choice) => typeof choice === 'string');
    const isKnown = new RegExp(`\\b${name}\\b`).test(behind) || words.some((word) => behind.includes(`'${word}'`) || behind.includes(`"${word}"`));
    if (kind !== 'string' || origin === 'pragma' || isKnown) return [];
    return words.filter((word) => word !== literal).map((word) => ({choices: [{name, literal: word}], cost: 0.4}));
  });
  return others.length === 0 ? inputs : {...inputs, alternatives: [...others, ...inputs.alternatives]};
}

/** A text that changes when anything changes that is known about the inputs of `pair`. */
export function factsKey(pair: Pair, {module, text}: ParsedText, ignorePragmas: boolean): string {
  if (pair.pattern === 'script' || pair.pattern === 'engine') return '';
  const {specs, construct, ties} = specsOf(pair, module, text, ignorePragmas);
  return JSON.stringify([specs, construct, ties], (key, value: unknown) => (key === 'span' ? undefined : value));
}

type Callable = Exclude<Pair, {pattern: 'script'}>;

/** What has been collected for a pair, with and without pragmas: the key of a verdict and the verdict both need it. */
const collected = new WeakMap<Callable, Map<boolean, FunctionInputs>>();

function specsOf(pair: Callable, module: Module, text: string, ignorePragmas: boolean): FunctionInputs {
  const known = collected.get(pair)?.get(ignorePragmas);
  if (known !== undefined) return known;
  const owner = 'owner' in pair ? pair.owner : null;
  const backward = pair.backward === pair.forward ? null : pair.backward;
  const inputs = withKeeping(pair, collectSpecs(namedArguments(pair.forward)?.definition ?? pair.forward, owner, ignorePragmas ? withoutPragmas(module) : module, text, backward));
  collected.set(pair, (collected.get(pair) ?? new Map<boolean, FunctionInputs>()).set(ignorePragmas, inputs));
  return inputs;
}

/** A switch that is off by default, and without which the forward keeps nothing for its backward, is on when a backward follows. */
function withKeeping({forward, backward, pattern}: Callable, inputs: FunctionInputs): FunctionInputs {
  if (pattern !== 'class') return inputs;
  const switches = keepingSwitches(forward, backward);
  const isOff = ({name, kind, literal, origin}: InputSpec): boolean => kind === 'bool' && literal === false && origin !== 'pragma' && switches.has(name);
  if (!inputs.specs.some(isOff)) return inputs;
  const on = (read: FunctionInputs): FunctionInputs => ({
    ...read, specs: read.specs.map((spec) => (isOff(spec) ? {...spec, literal: true} : spec)), reread: (choices) => on(read.reread(choices)),
  });
  return on(inputs);
}

/** Inputs of the backward that the forward never sees: a learning rate, an activation's name. */
function backwardOnly(pair: Callable, module: Module, text: string, ignorePragmas: boolean): FunctionInputs | null {
  if (!('parameters' in pair)) return null;
  const names = new Set(pair.parameters.filter((parameter) => isMissing(pair, parameter)).map(({name}) => name));
  if (names.size === 0) return null;
  const inputs = collectSpecs(pair.backward, pair.owner, ignorePragmas ? withoutPragmas(module) : module, text, null);
  const specs = inputs.specs.filter(({name}) => names.has(name)).map((spec) => (isDecay(spec) ? {...spec, literal: {float: 0}} : spec));
  return {...inputs, specs, construct: []};
}

/**
 * Whether a parameter of the backward has to be made up. Settings keep their defaults; what the forward computes and does not
 * hand on cannot be made.
 */
function isMissing({forward, backward}: Callable, {role, name}: BackwardParameter): boolean {
  if (hasParameter(forward, name)) return false;
  if (role === 'label') return true;
  if (role !== 'hyperparameter' && role !== 'unknown') return false;
  const preset = backward.params.find((parameter) => parameter.name === name)?.default ?? null;
  return (role === 'unknown' || preset?.kind !== 'Number') && !scopeOf(forward).binds.has(name);
}

/** The strength of a weight decay that the forward knows nothing of: its term is in a cost elsewhere. */
function isDecay({name, kind}: InputSpec): boolean {
  return kind === 'float' && /^(?:lambda?d?_?\w*|lamda|lam|reg\w*|l2\w*|weight_?decay|decay)$/i.test(name);
}

function hasParameter({params}: FunctionDef, name: string): boolean {
  return params.some((parameter) => parameter.name === name);
}

function withoutPragmas(module: Module): Module {
  return {...module, comments: module.comments.filter(({text}) => !/^#\s*backprop\s*:/.test(text))};
}

function attemptOf(candidate: Candidate, extra: FunctionInputs | null, run: number, seed: number, setting: Setting, label: string): Attempt {
  const made = makeInputs(candidate, run, seed, setting);
  const more = extra === null ? [] : makeInputs({inputs: extra, choices: [], ties: [], cost: 0}, run, seed);
  const valuesFor = (inputs: readonly MadeInput[]): Map<string, Value> => new Map(inputs.map(({name, value}): [string, Value] => [name, value]));
  const specs = new Map(made.map(({name, spec}) => [name, spec]));
  const letters = new Set(candidate.inputs.letters);
  return {
    label, seed: seed * 1009 + run, first: run === 0 && Object.keys(setting.differs).length === 0, upstreamFactor: 1,
    inputs: freshCopies(valuesFor([...more, ...made.filter(({target}) => target === 'call')])),
    constructed: freshCopies(valuesFor(made.filter(({target}) => target === 'construct'))),
    stated: candidate.choices.length === 0 && made.every(({spec}) => isStated(spec)),
    setting: plain(setting.differs),
    letters: new Map([...sizesFor(candidate, run, setting)].filter(([letter]) => letters.has(letter))),
    made: made.filter(({target}) => target === 'call').map(factOf),
    skipped: (of) => {
      const role = specs.get(of)?.role;
      if (role === 'label') return `${of} holds labels, which have no gradient`;
      if (role === 'index') return `${of} holds indices, which have no gradient`;
      return role === 'hyperparameter' || role === 'config' ? `${of} is a setting, not a differentiable input` : null;
    },
  };
}

const statedOrigins: readonly Origin[] = ['pragma', 'annotation', 'docstring', 'comment', 'call'];

/** Whether the text itself says what an input is; a setting with a default needs no saying. */
function isStated({kind, role, origin}: InputSpec): boolean {
  if (kind !== 'array' && kind !== undefined) return true;
  return role === 'config' || role === 'hyperparameter' || statedOrigins.includes(origin);
}

function factOf({name, value, role, spec}: MadeInput): MadeFact {
  const {shape, dtype} = describeValue(value);
  return {name, role, origin: spec.origin, span: spec.span, shape, dtype};
}

function describeValue(value: Value): {shape: readonly number[]; dtype: string} {
  if (value instanceof NDArray) return {shape: value.shape, dtype: value.dtype};
  if (value instanceof Scalar) return {shape: [], dtype: value.dtype};
  if (value === null) return {shape: [], dtype: 'None'};
  switch (typeof value) {
    case 'number': case 'bigint': return {shape: [], dtype: 'int64'};
    case 'boolean': return {shape: [], dtype: 'bool'};
    case 'string': return {shape: [], dtype: 'str'};
    default: return {shape: [], dtype: value.typeName};
  }
}

function plain(differs: Setting['differs']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(differs).map(([name, value]) => [name, typeof value === 'object' && value !== null && 'float' in value ? value.float : value]));
}

function labelOf({differs}: Setting): string {
  return Object.entries(plain(differs)).map(([name, value]) => `${name} = ${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)}`).join(', ');
}

/** A script brings its own inputs: there is one attempt, and a second one with other numbers where it `draws` at random. */
function scriptAttempts(seed: number, draws: boolean): Prepared {
  const only = (run: number): Attempt => ({
    label: `set ${run + 1}`, inputs: () => new Map(), constructed: () => new Map(), seed: seed * 1009 + run, first: run === 0, upstreamFactor: 1, stated: true, setting: {},
    letters: new Map(), made: [], skipped: () => null,
  });
  let given = false;
  return {
    first: null, problems: [],
    next: () => (given ? null : ((given = true), only(0))),
    failed: () => undefined,
    shaped: () => undefined,
    moreSets: () => (draws ? [only(1)] : []),
    unseen: () => [only(2)],
    settings: () => [],
  };
}
