/**
 * Reads the code of a function for what it says of its inputs: ranks, sizes that must be equal, labels, keys, switches.
 * Nothing is run. The constructor of a method's class is read before it, and its hand-written backward after it, since
 * both say more of the same inputs.
 */
import type {ClassDef, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {docstringFacts} from './docstring.ts';
import {lineEndOf, lineShapes} from './comments.ts';
import type {AxisSpec} from './spec.ts';
import type {Dimension, Shape, Whole} from './use/dimension.ts';
import {keepApart, letMeet, multipleOf, nameRank} from './use/dimension.ts';
import type {NameRank} from './use/dimension.ts';
import {evaluate, methodOf} from './use/expressions.ts';
import type {Reading, Scope} from './use/reading.ts';
import {believe, newScope} from './use/reading.ts';
import {assume} from './use/habits.ts';
import {construct, invoke, readBody, readClassBody} from './use/statements.ts';
import {Thing, array, unknown} from './use/values.ts';
import type {Abstract, ObjectValue} from './use/values.ts';
import {World} from './use/world.ts';

export interface Source {
  readonly definition: FunctionDef;
  readonly owner: ClassDef | null;
  readonly module: Module;
  readonly text: string;
  /** The hand-written backward, or null. */
  readonly backward: FunctionDef | null;
}

/** A shape that is known before the code is read. */
export interface Seed {
  readonly axes: readonly AxisSpec[];
  readonly rank: NameRank;
}

export interface Use {
  readonly params: ReadonlyMap<string, Thing>;
  /** The parameters of `__init__`, for a method of a class that has one. */
  readonly construct: ReadonlyMap<string, Thing>;
  /** The shapes of what looks like the gradient of a parameter, by the parameter's name. */
  readonly gradients: ReadonlyMap<string, Shape>;
  readonly letters: ReadonlyMap<string, Dimension>;
  readonly world: World;
  /** The ranks that the code needs of inputs that were said to have another, by the keys of their seeds. */
  readonly contradicted: ReadonlyMap<string, number>;
}

/** Seeds of `__init__`'s parameters have keys that begin with `__init__.`; `params.W1` is an entry of a dictionary. */
export function readUse(source: Source, seeds: ReadonlyMap<string, Seed>): Use {
  const {definition, owner, module, text, backward} = source;
  const reading = newReading(module, text);
  const contradicted = new Map<string, number>();
  const seeded: {readonly key: string; readonly thing: Thing}[] = [];
  const thingFor = (name: string, key: string): Thing => {
    const thing = new Thing(undefined, name);
    const seed = seeds.get(key);
    if (seed !== undefined) {
      believe(reading, thing.shape, seed.axes, seed.rank);
      if (seed.rank !== nameRank.pragma) seeded.push({key, thing});
    }
    for (const [inner, {axes, rank}] of seeds) {
      if (inner.startsWith(`${key}.`)) believe(reading, thing.entry(inner.slice(key.length + 1)).shape, axes, rank);
    }
    return thing;
  };

  const outer = newScope(reading.globals, null);
  const made = new Map<string, Thing>();
  let self: ObjectValue | null = null;
  if (owner !== null) {
    self = {kind: 'object', definition: owner, attributes: new Map()};
    readClassBody(reading, owner, self);
    const init = methodOf(reading, owner, '__init__');
    if (init !== null && init !== definition) {
      for (const param of init.params.slice(1)) if (param.star === '') made.set(param.name, thingFor(param.name, `__init__.${param.name}`));
      invoke(reading, init, {positional: [], named: made}, self, outer);
    }
  }

  const params = new Map<string, Thing>();
  const scope = newScope(outer, definition);
  const own = withoutSelf(definition, owner);
  if (self !== null && own.length < definition.params.length) scope.names.set(definition.params[0].name, self);
  for (const param of own) {
    const thing = thingFor(param.name, param.name);
    scope.names.set(param.name, thing);
    if (param.star === '') params.set(param.name, thing);
  }
  readBody(reading, definition.body, scope);
  for (const {shape, rank} of reading.world.contradictions) {
    for (const {key, thing} of seeded) if (thing.shape.root() === shape.root() && !contradicted.has(key)) contradicted.set(key, rank);
  }
  const apart = keepApart();
  const inner = backward === null || backward === definition ? null : readBackward(reading, backward, owner, scope, self, params);
  letMeet(apart);
  const gradients = gradientsOf(params, made, [scope, ...(inner === null ? [] : [inner])], self);
  assume(params, made, self);
  defineMultiples(reading.world);
  return {params, construct: made, gradients, letters: reading.letters, world: reading.world, contradicted};
}

/** `a[:, H:2*H]`, ..., `a[:, 3*H:]`: the axis is the largest multiple that is reached. */
function defineMultiples(world: World): void {
  const largest = new Map<Dimension, {readonly count: number; readonly than: Whole}>();
  for (const {dimension, than} of world.reach) {
    const multiple = multipleOf(than);
    const root = dimension.root();
    if (multiple === null || multiple.count < 2 || multiple.of.root() === root) continue;
    if ((largest.get(root)?.count ?? 0) < multiple.count) largest.set(root, {count: multiple.count, than});
  }
  for (const [dimension, {than}] of largest) if (dimension.definition === null && dimension.size === null) dimension.define(than);
}

/** The parameters of a definition without `self`, `cls` or the bare star. */
export function withoutSelf(definition: FunctionDef, owner: ClassDef | null): FunctionDef['params'] {
  const isStatic = definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod');
  const drop = owner !== null && !isStatic && definition.params.length > 0;
  return drop ? definition.params.slice(1) : definition.params;
}

function newReading(module: Module, text: string): Reading {
  const globals = newScope(null, null);
  const reading: Reading = {
    world: new World(), module, letters: new Map(), globals,
    lineShape: (offset) => linesOf(module, text).get(lineEndOf(text, offset)) ?? null,
    documented: (definition) => documentedShapes(definition, text),
    invoke: (definition, args, self, scope) => invoke(reading, definition, args, self, scope),
    construct: (definition, args, scope) => construct(reading, definition, args, scope),
    evaluate: (expression, scope) => evaluate(reading, expression, scope),
  };
  readGlobals(reading, module.body, text);
  return reading;
}

type Shapes = ReadonlyMap<string, readonly AxisSpec[]>;

/** What was read of syntax trees before: trees never change. */
const readShapes = new WeakMap<FunctionDef, Shapes>();
const readLines = new WeakMap<Module, ReadonlyMap<number, readonly AxisSpec[]>>();
const nothing: Shapes = new Map();

function documentedShapes(definition: FunctionDef, text: string): Shapes {
  if (definition.docstring === null) return nothing;
  let shapes = readShapes.get(definition);
  if (shapes === undefined) {
    const {start, end} = definition.docstring.span;
    const {params} = docstringFacts(text.slice(start, end), start, definition.params.map(({name}) => name));
    shapes = new Map(params.flatMap(({name, shape}) => shape ? [[name, shape] as const] : []));
    readShapes.set(definition, shapes);
  }
  return shapes;
}

function linesOf(module: Module, text: string): ReadonlyMap<number, readonly AxisSpec[]> {
  let lines = readLines.get(module);
  if (lines === undefined) readLines.set(module, lines = lineShapes(module, text));
  return lines;
}

/** Whether a short name that another file gives is NumPy or a twin of it, by what is asked of it: `from backend import xp`. */
function isNumpy(name: string, text: string): boolean {
  return /^[a-z]{1,3}$/.test(name) && new RegExp(`\\b${name}\\.(?:zeros|ones|dot|exp|maximum|arange|tanh)\\(`).test(text);
}

/** Definitions, imports and constants of the top level; nothing else of it is read. */
function readGlobals(reading: Reading, body: readonly Stmt[], text: string): void {
  const {names} = reading.globals;
  for (const statement of body) {
    switch (statement.kind) {
      case 'FunctionDef': names.set(statement.name, {kind: 'function', definition: statement, self: null}); break;
      case 'ClassDef': names.set(statement.name, {kind: 'class', definition: statement}); break;
      case 'Import':
        for (const {module, as} of statement.names) {
          if (/^(?:numpy|math|cupy|scipy)/.test(module)) names.set(as ?? module.split('.')[0], {kind: 'module', path: 'np'});
          if (/^torch\b/.test(module)) names.set(as ?? 'torch', {kind: 'module', path: as === null ? 'torch' : module});
        }
        break;
      case 'ImportFrom':
        for (const {name, as} of statement.names) {
          const path = /^(?:numpy|math|cupy|scipy)/.test(statement.module) ? `np.${name}` : /^torch\b/.test(statement.module) ? `${statement.module}.${name}` : isNumpy(as ?? name, text) ? 'np' : null;
          if (name !== '*' && path !== null) names.set(as ?? name, {kind: 'module', path});
        }
        break;
      case 'Assign':
        if (statement.targets[0].kind === 'Name' && (statement.value.kind === 'Number' || statement.value.kind === 'String')) {
          names.set(statement.targets[0].id, evaluate(reading, statement.value, reading.globals));
        }
        break;
      default:
    }
  }
}

/** Reads the backward with the forward's output as its upstream gradient and the forward's cache as its cache. */
function readBackward(
  reading: Reading, backward: FunctionDef, owner: ClassDef | null, forward: Scope, self: ObjectValue | null, params: ReadonlyMap<string, Thing>,
): Scope {
  const result = forward.returns.at(-1);
  const items = result?.kind === 'sequence' ? result.items : result === undefined ? [] : [result];
  const scope = newScope(forward.outer, backward);
  const own = withoutSelf(backward, owner);
  if (self !== null && own.length < backward.params.length) scope.names.set(backward.params[0].name, self);
  for (const [i, param] of own.entries()) {
    const same = params.get(param.name);
    const local = forward.names.get(param.name);
    const output = items.at(i);
    const value: Abstract = same ?? (/cache|memory|ctx|saved/.test(param.name) ? items.at(1) ?? unknown()
      : i === 0 && !(local !== undefined && own.length > 1) ? upstreamOf(output, self) : local ?? unknown());
    scope.names.set(param.name, value);
  }
  readBody(reading, backward.body, scope);
  return scope;
}

function upstreamOf(output: Abstract | undefined, self: ObjectValue | null): Abstract {
  const left = output === undefined || output.kind === 'none' ? self?.attributes.get('output') ?? self?.attributes.get('out') : output;
  return left?.kind === 'thing' ? array(left.shape) : unknown();
}

/** Shapes of locals and attributes that are called as gradients of a parameter are called: `db`, `grads['b']`, `self.db`. */
function gradientsOf(
  params: ReadonlyMap<string, Thing>, made: ReadonlyMap<string, Thing>, scopes: readonly Scope[], self: ObjectValue | null,
): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const inside = [...params.values(), ...made.values()].flatMap((thing) => [...thing.entries.keys()].filter((key) => typeof key === 'string'));
  for (const name of [...params.keys(), ...made.keys(), ...inside]) {
    for (const called of [`d${name}`, `d_${name}`, `grad_${name}`, `${name}_grad`, `d${name.toUpperCase()}`, `d${name.toLowerCase()}`, `grad_${name.toLowerCase()}`]) {
      for (const scope of scopes) {
        const value = scope.names.get(called) ?? self?.attributes.get(called);
        if (value?.kind === 'thing' && !shapes.has(name)) shapes.set(name, value.shape);
      }
    }
  }
  return shapes;
}
