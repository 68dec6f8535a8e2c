/**
 * Decides the inputs of one function from everything static: what the text says first, then what the code needs, then
 * names. The code is read up to three times, each time with the ranks that the last reading decided, since knowing one
 * rank tells others.
 */
import type {ClassDef, FunctionDef, Module} from '../python/ast.ts';
import {alternativesOf} from './alternatives.ts';
import type {Context, Decision} from './decide.ts';
import {decide} from './decide.ts';
import {mergeFacts, textFacts} from './facts.ts';
import type {Habit} from './letters.ts';
import {Letters} from './letters.ts';
import {literalOf} from './literal.ts';
import {priorOf} from './priors.ts';
import type {AxisSpec, Choice, Fact, FunctionInputs, InputProblem, InputSpec, Literal} from './spec.ts';
import type {Seed, Source, Use} from './use.ts';
import {readUse, withoutSelf} from './use.ts';
import type {NameRank, Shape} from './use/dimension.ts';
import {nameRank} from './use/dimension.ts';
import {methodOf} from './method.ts';
import type {Thing} from './use/values.ts';
import type {SizeConstraint} from '../dims/sizes.ts';

/**
 * The inputs of `definition`, a function of `module` or a method of `owner`. `backward`, where there is one, is read for
 * more facts on the same inputs. `text` is the module's.
 */
export function collectSpecs(
  definition: FunctionDef, owner: ClassDef | null, module: Module, text: string, backward: FunctionDef | null = null,
): FunctionInputs {
  const init = owner === null || definition.name === '__init__' ? null : methodOf(owner, module, '__init__');
  const own = textFacts(definition, owner, module, text, backward === null ? [] : [backward]);
  const made = init === null ? null : textFacts(init, owner, module, text, [definition]);
  const facts = new Map<string, Fact>(own.facts);
  for (const [name, fact] of made?.facts ?? []) facts.set(`__init__.${name}`, fact);
  const source = {definition, owner, module, text, backward};
  return inputsFrom(source, init, facts, [...own.ties, ...made?.ties ?? []], [...own.problems, ...made?.problems ?? []], []);
}

interface Input {
  readonly key: string;
  readonly name: string;
  readonly given: Literal | undefined;
}

function inputsFrom(
  source: Source, init: FunctionDef | null, told: ReadonlyMap<string, Fact>, ties: readonly SizeConstraint[],
  problems: readonly InputProblem[], choices: readonly Choice[],
): FunctionInputs {
  const facts = new Map(withChoices(told, choices));
  const inputs: Input[] = [
    ...(init?.params.slice(1) ?? []).flatMap((param): Input[] => param.star === '' ? [{key: `__init__.${param.name}`, name: param.name, given: defaultOf(param)}] : []),
    ...withoutSelf(source.definition, source.owner).flatMap((param): Input[] => param.star === '' ? [{key: param.name, name: param.name, given: defaultOf(param)}] : []),
  ];
  const seeds = new Map<string, Seed>();
  for (const [key, {shape, origin}] of facts) if (shape && shape.length > 0) seeds.set(key, {axes: shape, rank: rankOfOrigin(origin)});
  for (const [key, fact] of facts) {
    for (const [name, {shape, origin}] of entryFacts(fact)) if (shape && shape.length > 0) seeds.set(`${key}.${name}`, {axes: shape, rank: rankOfOrigin(origin)});
    const of = fact.shapeOf === undefined ? undefined : seeds.get(fact.shapeOf) ?? seeds.get(key.replace(/[^.]*$/, fact.shapeOf));
    if (of !== undefined && !seeds.has(key)) seeds.set(key, of);
  }

  let use = readUse(source, seeds);
  for (const [key, rank] of use.contradicted) {
    seeds.set(key, {axes: Array.from({length: rank}, () => ({unknown: true})), rank: nameRank.computed});
    facts.delete(key);
  }
  if (use.contradicted.size > 0) use = readUse(source, seeds);
  const fixed = new Map<string, number>(choices.flatMap(({name, rank, axes}) => axes !== undefined ? [[name, axes.length] as const] : rank !== undefined ? [[name, rank] as const] : []));
  for (const late of [false, true]) {
    let changed = false;
    for (const {input, thing, fact} of withEntries(inputs, use, facts)) {
      const decision = decide(input.name, thing, fact, input.given, contextOf(source, use, input));
      const chosen = fixed.get(input.key);
      if (chosen === undefined && (decision.kind !== 'array' || thing.shape.rank !== null)) continue;
      const hesitant = isBiasLike(input.name);
      if (hesitant && !late && chosen === undefined) continue;
      const gradient = use.gradients.get(input.name);
      const axes = chosen === undefined && hesitant && thing.evidence.column > 0 ? column : chosen === undefined && hesitant && gradient?.rank ? axesOf(gradient) : Array.from({length: chosen ?? decision.ranks.at(0) ?? 2}, (): AxisSpec => ({unknown: true}));
      if (!seeds.has(input.key)) { seeds.set(input.key, {axes, rank: nameRank.computed}); changed = true; }
    }
    if (changed) use = readUse(source, seeds);
  }
  return assemble(source, inputs, facts, use, ties, problems, told, (more) => inputsFrom(source, init, told, ties, problems, [...choices, ...more]));
}

interface Found {
  readonly input: Input;
  readonly thing: Thing;
  readonly fact: Fact | undefined;
}

/** The inputs with what was read of them, and the entries of those that are dictionaries. */
function withEntries(inputs: readonly Input[], use: Use, facts: ReadonlyMap<string, Fact>): readonly Found[] {
  return inputs.flatMap((input): readonly Found[] => {
    const thing = thingOf(use, input);
    if (thing === undefined) return [];
    const fact = facts.get(input.key);
    const own = {input, thing, fact};
    if (thing.evidence.keyed === 0 && fact?.kind !== 'dict') return [own];
    const told = entryFacts(fact);
    return [own, ...[...thing.entries].flatMap(([key, entry]): readonly Found[] => {
      if (typeof key !== 'string' || key === '[]') return [];
      return [{input: {key: `${input.key}.${key}`, name: key, given: undefined}, thing: entry, fact: told.get(key)}];
    })];
  });
}

/** What the text says of the keys of a dictionary. An entry of which it only tells the name is left to the code. */
function entryFacts(fact: Fact | undefined): ReadonlyMap<string, Fact> {
  const told = [...mergeFacts(fact?.entries ?? [])];
  return new Map(told.filter(([, one]) => Boolean(one.shape) || one.kind !== undefined || one.literal !== undefined || one.role !== undefined));
}

/** What is added to `W @ X` has a number for each row. */
const column: readonly AxisSpec[] = [{unknown: true}, {size: 1}];

/** A bias has one axis or two of which one is 1: its gradient tells which, once other ranks are known. */
function isBiasLike(name: string): boolean {
  const {ranks, kind} = priorOf(name);
  return kind === 'array' && ranks[0] === 1;
}

function axesOf(shape: Shape): readonly AxisSpec[] {
  return shape.axes!.map((axis): AxisSpec => axis.size === 1 ? {size: 1} : {unknown: true});
}

function thingOf(use: Use, {key, name}: Input): Thing | undefined {
  return key.startsWith('__init__.') ? use.construct.get(name) : use.params.get(name);
}

function contextOf({definition, owner}: Source, use: Use, {key, name}: Input): Context {
  return {
    hasGradient: use.gradients.has(name), around: `${owner?.name ?? ''} ${definition.name}`.toLowerCase(),
    isConstructor: key.startsWith('__init__.') || definition.name === '__init__',
  };
}

function defaultOf(param: FunctionDef['params'][number]): Literal | undefined {
  return param.default === null ? undefined : literalOf(param.default);
}

function rankOfOrigin(origin: Fact['origin']): NameRank {
  switch (origin) {
    case 'pragma': case 'trial': return nameRank.pragma;
    case 'annotation': return nameRank.annotation;
    case 'docstring': return nameRank.docstring;
    case 'comment': return nameRank.comment;
    default: return nameRank.computed;
  }
}

function withChoices(told: ReadonlyMap<string, Fact>, choices: readonly Choice[]): ReadonlyMap<string, Fact> {
  const facts = new Map(told);
  for (const {name, rank, axes, ...rest} of choices) {
    const dot = name.lastIndexOf('.');
    if (dot > 0 && facts.get(name) === undefined && name.slice(0, dot) !== '__init__') {
      const of = facts.get(name.slice(0, dot));
      const key: Fact = {...rest, name: name.slice(dot + 1), origin: 'trial', span: null};
      facts.set(name.slice(0, dot), {origin: 'trial', span: null, ...of, name: of?.name ?? name.slice(0, dot), kind: 'dict', entries: [...of?.entries ?? [], key]});
      continue;
    }
    const before = facts.get(name);
    const kind = rest.kind ?? (rank === 0 ? 'float' : rank !== undefined || axes !== undefined ? 'array' : before?.kind);
    const shape = axes ?? (rank === 0 ? [] : rank !== undefined ? Array.from({length: rank}, () => ({unknown: true as const})) : before?.shape);
    const dropped = rank !== undefined || axes !== undefined ? {shapeOf: undefined, literal: undefined} : {};
    const merged = {span: null, ...before, ...dropped, ...rest, name: before?.name ?? name.replace(/^__init__\./, ''), origin: 'trial' as const, kind, shape};
    facts.set(name, Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as unknown as Fact);
  }
  return facts;
}

function assemble(
  source: Source, inputs: readonly Input[], facts: ReadonlyMap<string, Fact>, use: Use, textTies: readonly SizeConstraint[],
  problems: readonly InputProblem[], told: ReadonlyMap<string, Fact>, reread: FunctionInputs['reread'],
): FunctionInputs {
  const letters = new Letters(use.world);
  letters.reserve(use.letters.keys());
  const decisions = new Map<string, Decision>();
  const decided = inputs.flatMap((input) => {
    const thing = thingOf(use, input);
    if (thing === undefined) return [];
    const decision = decide(input.name, thing, facts.get(input.key), input.given, contextOf(source, use, input));
    decisions.set(input.key, decision);
    return [{input, thing, decision}];
  });
  const arraysFirst = decided.toSorted((a, b) => Number(a.decision.kind !== 'array') - Number(b.decision.kind !== 'array')
    || Number(a.input.key.startsWith('__init__.')) - Number(b.input.key.startsWith('__init__.')));
  for (const {input, thing, decision} of decided) nameSettings(letters, input.name, thing, decision.kind, facts.get(input.key));
  const built = new Map<string, InputSpec>();
  for (const {input, thing, decision} of arraysFirst) {
    built.set(input.key, specOf(letters, input.name, thing, facts.get(input.key), input.given, decision));
  }
  const list = (construct: boolean): readonly InputSpec[] => decided.flatMap(({input}) => input.key.startsWith('__init__.') === construct ? [built.get(input.key)!] : []);
  const known = new Set(letters.all);
  const ties = [...letters.ties, ...letters.codeTies(), ...imageTies([...built.values()])];
  for (const tie of textTies) if (tie.type === 'equal' && known.has(tie.letter) && !ties.some((one) => one.type === 'equal' && one.letter === tie.letter)) ties.push(tie);
  return {
    specs: list(false), construct: list(true), letters: letters.all, ties: uniqueTies(ties),
    alternatives: alternativesOf(decided.map(({input, decision}) => ({key: input.key, name: input.name, decision, spec: built.get(input.key)!, told: told.get(input.key)}))),
    problems, reread,
  };
}

/** Integers that are settings get their path as their name, so that constraints can speak of them. */
function nameSettings(letters: Letters, path: string, thing: Thing, kind: Decision['kind'], fact: Fact | undefined): void {
  if (kind === 'dict') {
    if (isVocabulary(path.replace(/^.*\./, ''))) thing.shape.axis(0)?.fix(wordsOf(thing).length);
    for (const [key, entry] of thing.entries) if (entry.evidence.array === 0 && entry.shape.rank === null) nameSettings(letters, `${path}.${key}`, entry, 'int', undefined);
  } else if (kind === 'int') {
    const own = path.replace(/^.*\./, '');
    if (priorOf(own).values !== undefined || fact?.literal !== undefined) letters.nameSetting(thing.whole, path);
    else thing.whole.name(own, nameRank.parameter);
  }
}

function habitOf(name: string, rank: number, role: Decision['role']): Habit {
  if (role === 'label' || role === 'index') return 'labels';
  if (rank === 4) return /^(?:w|k|f)/i.test(name) ? 'filters' : 'data';
  return rank === 2 && /^(?:w|theta|u|v$)/i.test(name) ? 'weights' : 'data';
}

function specOf(letters: Letters, name: string, thing: Thing, fact: Fact | undefined, given: Literal | undefined, decision: Decision): InputSpec {
  const {kind, role, domain, origin, literal} = decision;
  const base = {name, role, domain, origin, span: fact?.span ?? null, ...(given !== undefined ? {default: given} : {})};
  const below = fact?.below ?? (decision.below === null ? undefined : letters.axis(decision.below, 2, 1, 'data'));
  const options = decision.choices.length > 0 ? {choices: decision.choices} : {};
  switch (kind) {
    case 'array': {
      const {axes} = thing.shape;
      const habit = habitOf(name, axes?.length ?? 0, role);
      const shape = axes?.map((axis, i) => letters.axis(axis, axes.length, i, habit)) ?? null;
      const bound = below ?? (decision.whole ? {unknown: true as const} : undefined);
      return {...base, kind, shape, ...(bound !== undefined ? {below: bound} : {})};
    }
    case 'int': {
      if (literal === undefined || isSizeName(name, thing, given)) {
        return {...base, kind, shape: [], dimension: letters.axis(thing.whole.name(name, nameRank.parameter), 1, 0, 'data')};
      }
      return {...base, kind, shape: [], literal, ...options};
    }
    case 'dict': {
      if (literal === undefined && isVocabulary(name)) {
        const words = wordsOf(thing);
        return {...base, kind, shape: null, literal: {dict: words.map((word, i) => [word, i] as const)}};
      }
      return {...base, kind, shape: null, entries: entriesOf(letters, thing, fact), ...(literal !== undefined ? {literal} : {})};
    }
    case 'list': case 'tuple':
      if (literal === undefined && given !== undefined && given !== null && isSmall(given)) return {...base, kind, shape: null, literal: given};
      return {...base, kind, shape: null, entries: itemsOf(letters, name, thing), ...(literal !== undefined && fact?.origin !== 'call' ? {literal} : {})};
    default: return {...base, kind, shape: kind === 'float' || kind === 'bool' ? [] : null, ...(literal !== undefined ? {literal} : {}), ...options};
  }
}

/** Whether a literal tuple holds settings such as (1, 1), not sizes such as (3, 32, 32). */
function isSmall(literal: Literal): boolean {
  if (typeof literal !== 'object' || literal === null) return false;
  const items = 'tuple' in literal ? literal.tuple : 'list' in literal ? literal.list : null;
  return items !== null && items.length > 0 && items.every((item) => typeof item === 'number' && item < 4);
}

/** A dictionary from words to numbers: it cannot be told from use what is in it. */
function isVocabulary(name: string): boolean {
  return /^(?:word|char|token)s?_to_|^vocab(?:ulary)?$|_to_i(?:d|dx|x|ndex)$/.test(name);
}

/** Words of a vocabulary: those that the code asks for, and some more. */
function wordsOf(thing: Thing): readonly string[] {
  const asked = [...thing.entries.keys()].flatMap((key) => typeof key === 'string' && key !== '[]' ? [key] : []);
  return [...asked, ...['a', 'b', 'c', 'd', 'e', 'f'].slice(0, Math.max(3, 6 - asked.length))];
}

/** Whether an int is a size that may be chosen: by its name, and by its use or a default too large to be a setting. */
function isSizeName(name: string, {evidence}: Thing, given: Literal | undefined): boolean {
  const prior = priorOf(name);
  if (prior.values !== undefined) return false;
  const large = typeof given === 'number' && given > 8;
  return prior.kind === 'int' ? evidence.integer > 0 || large : evidence.integer > 0 && large;
}

function entriesOf(letters: Letters, thing: Thing, fact: Fact | undefined): readonly InputSpec[] {
  const told = entryFacts(fact);
  const read = [...thing.entries.keys()].flatMap((key) => typeof key === 'string' && key !== '[]' ? [key] : []);
  return [...new Set([...read, ...fact?.entries?.map(({name}) => name) ?? []])].map((key) => {
    const entry = thing.entry(key);
    const own = told.get(key);
    const decision = decide(key, entry, own, undefined, {hasGradient: false, around: '', isConstructor: false});
    const spec = specOf(letters, key, entry, own, undefined, decision);
    return entry.evidence.optional ? {...spec, default: null} : spec;
  });
}

function itemsOf(letters: Letters, name: string, thing: Thing): readonly InputSpec[] {
  const count = Math.max(thing.evidence.unpacked, ...[...thing.entries.keys()].map((key) => typeof key === 'number' ? key + 1 : 0), 0);
  const sizes = priorOf(name).kind === 'list' || priorOf(name).kind === 'int' || thing.evidence.unpacked === 0;
  return Array.from({length: count === 0 ? 3 : count}, (_, i): InputSpec => {
    const entry = thing.entry(i);
    if (!sizes) {
      const decision = decide(entry.name, entry, undefined, undefined, {hasGradient: false, around: '', isConstructor: false});
      return specOf(letters, `${i}`, entry, undefined, undefined, decision);
    }
    const base = {name: `${i}`, role: 'config', domain: 'any', origin: 'guess', span: null, kind: 'int', shape: []} as const;
    const setting = priorOf(name).values?.[0];
    if (setting !== undefined) return {...base, literal: setting};
    return {
      ...base,
      dimension: letters.axis(entry.whole.name(`${name.replace(/s$/, '')}_${i}`, nameRank.parameter), 1, 0, 'data'),
    };
  });
}

/** An image is no smaller than the filters that go over it, whether or not the code says so. */
function imageTies(specs: readonly InputSpec[]): readonly SizeConstraint[] {
  const letterAt = (spec: InputSpec, axis: number): string | null => {
    const one = spec.shape?.[axis];
    return one !== undefined && 'letter' in one ? one.letter : null;
  };
  const four = specs.filter((spec) => spec.shape?.length === 4);
  const filters = four.filter((spec) => /^(?:w|k|f)/i.test(spec.name));
  const images = four.filter((spec) => !filters.includes(spec));
  return images.flatMap((image) => filters.flatMap((filter) => [2, 3].flatMap((axis): SizeConstraint[] => {
    const [large, small] = [letterAt(image, axis), letterAt(filter, axis)];
    return large !== null && small !== null && large !== small ? [{type: 'at-least', letter: large, than: small}] : [];
  })));
}

function uniqueTies(ties: readonly SizeConstraint[]): readonly SizeConstraint[] {
  const seen = new Set<string>();
  return ties.filter((tie) => {
    const key = JSON.stringify(tie);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
