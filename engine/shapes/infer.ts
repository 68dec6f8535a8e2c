/**
 * Shapes of assignments from the text alone, for functions that nothing could be run of: what docstrings, comments, annotations and
 * pragmas say of parameters, and what the code does with them. Says nothing where it is not sure. Runs nothing.
 */
import type {ClassDef, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {generatedInit} from '../python/generated-init.ts';
import type {Span} from '../python/span.ts';
import {textFacts} from '../inputs/facts.ts';
import {priorOf} from '../inputs/priors.ts';
import type {AxisSpec, Fact} from '../inputs/spec.ts';
import type {Pair} from '../program/pair.ts';
import {dimText} from './dimension.ts';
import type {Dim} from './dimension.ts';
import {evaluate} from './expressions.ts';
import type {Library, Noted, Reading} from './reading.ts';
import {readBody} from './statements.ts';
import {array, called, int, join, listOf, shapeOf, unknown} from './values.ts';
import type {Abstract, ObjectValue} from './values.ts';

/** One assignment whose shape is known without running it. */
export interface InferredShape {
  readonly span: Span;
  readonly statement: Span;
  readonly name: string;
  /** A size of which nothing is known is `?`. */
  readonly shape: readonly (string | number)[];
}

/** Statements that are read for one module at most. */
const BUDGET = 20_000;

/**
 * Every assignment whose number of axes is known, in text order, counts left out, in those functions and classes of a module
 * that are `wanted`.
 */
export function inferShapes(module: Module, text: string, pairs: readonly Pair[], wanted: (definition: FunctionDef) => boolean = () => true): InferredShape[] {
  const library: Library = {module, globals: globalsOf(module), budget: BUDGET, given: new Map(), asked: new Set()};
  const notes = new Map<number, Noted>();
  const asked = (definition: FunctionDef): boolean => wanted(definition) && isRebound(definition.body, null);
  for (const statement of module.body) {
    try {
      if (statement.kind === 'FunctionDef' && asked(statement)) readFunction(library, statement, null, text, pairs, notes);
      else if (statement.kind === 'ClassDef') readClass(library, statement, text, pairs, asked, notes);
    } catch (error) {
      // Expressions that are nested too deeply for the stack say nothing.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return [...notes.values()].sort((a, b) => a.span.start - b.span.start).flatMap(({span, statement, name, value}) => {
    const shape = value.kind === 'array' ? value.shape : value.kind === 'number' ? [] : null;
    return shape === null ? [] : [{span, statement: statement.span, name: name ?? text.slice(span.start, span.end), shape: shape.map(dimText)}];
  });
}

function globalsOf({body}: Module): Map<string, Abstract> {
  const globals = new Map<string, Abstract>();
  for (const statement of body) {
    switch (statement.kind) {
      case 'FunctionDef': globals.set(statement.name, {kind: 'function', definition: statement, self: null}); break;
      case 'ClassDef': globals.set(statement.name, {kind: 'class', definition: statement}); break;
      case 'Import':
        for (const {module, as} of statement.names) if (module === 'numpy' || module.startsWith('numpy.')) globals.set(as ?? 'numpy', {kind: 'module', path: as === null ? '' : module.slice(6)});
        break;
      case 'ImportFrom':
        for (const {name, as} of statement.names) {
          if (/^(?:numpy|scipy\.special)$/.test(statement.module) && name !== '*') globals.set(as ?? name, {kind: 'module', path: name});
        }
        break;
      case 'Assign': {
        const [target] = statement.targets;
        if (target.kind !== 'Name') break;
        const {value} = statement;
        globals.set(target.id, globals.has(target.id) || value.kind !== 'Number' ? unknown : value.type === 'int' ? int(target.id) : {kind: 'number', whole: null});
        break;
      }
      default:
    }
  }
  return globals;
}

/** What a call of the function returns; its assignments are noted on the way. */
function readFunction(
  library: Library, definition: FunctionDef, self: ObjectValue | null, text: string, pairs: readonly Pair[], notes: Map<number, Noted> | null,
): Abstract {
  const names = new Map<string, Abstract>();
  const reading: Reading = {library, callers: [definition], names, returned: [], notes, loops: 0};
  const isStatic = definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod');
  const {facts} = textFacts(definition, self?.definition ?? null, library.module, text, []);
  const handed = handedOver(library, definition, self, text, pairs);
  const unpacked = unpackedAtOnce(definition);
  if (self === null && [...facts.values()].some(({shape, origin}) => shape !== undefined && origin !== 'call')) readCallers(library, definition, text, pairs);
  definition.params.forEach((param, place) => {
    if (place === 0 && self !== null && !isStatic) names.set(param.name, self);
    else if (isCalledOtherwise(library, definition, param.name, facts.get(param.name))) names.set(param.name, unknown);
    else names.set(param.name, told(param.name, facts.get(param.name), unpacked.get(param.name)) ?? handed.get(param.name) ?? untold(reading, param));
  });
  readBody(reading, definition.body);
  return reading.returned.length === 0 ? {kind: 'none'} : reading.returned.reduce(join);
}

/** Reads the constructor and every method for what they leave in attributes, and then those again that are wanted. */
function readClass(library: Library, owner: ClassDef, text: string, pairs: readonly Pair[], wanted: (definition: FunctionDef) => boolean, notes: Map<number, Noted>): void {
  const self: ObjectValue = {kind: 'object', definition: owner, attributes: new Map()};
  const methods = owner.body.filter((statement): statement is FunctionDef => statement.kind === 'FunctionDef');
  const asked = methods.filter(wanted);
  if (asked.length === 0) return;
  const inOrder = [generatedInit(owner) ?? [], ...methods.filter(({name}) => name === '__init__'), ...methods.filter(({name}) => name !== '__init__')].flat();
  for (const method of inOrder) readFunction(library, method, self, text, pairs, null);
  for (const method of asked) readFunction(library, method, self, text, pairs, notes);
}

/** Reads the functions of the module that call this one, for what they hand to it. */
function readCallers(library: Library, definition: FunctionDef, text: string, pairs: readonly Pair[]): void {
  if (library.asked.has(definition)) return;
  library.asked.add(definition);
  const call = new RegExp(`\\b${definition.name}\\(`);
  for (const statement of library.module.body) {
    if (statement.kind !== 'FunctionDef' || statement === definition || !call.test(text.slice(statement.span.start, statement.span.end))) continue;
    readFunction(library, statement, null, text, pairs, null);
  }
}

/** Whether somebody hands over another number of axes than the text promises: then nothing is sure. */
function isCalledOtherwise({given}: Library, definition: FunctionDef, name: string, fact: Fact | undefined): boolean {
  const stated = fact?.origin === 'call' ? null : fact?.shape;
  if (stated == null || stated.some((axis) => 'rest' in axis)) return false;
  return (given.get(definition) ?? []).some((names) => {
    const shape = shapeOf(names.get(name) ?? unknown);
    return shape != null && shape.length !== stated.length;
  });
}

/** What the text says of a parameter, unless the code takes it apart into another number of axes. `(x, w, b)` of a cache is no shape. */
function told(name: string, fact: Fact | undefined, unpacked: readonly string[] | undefined): Abstract | undefined {
  const stated = fact !== undefined && fact.origin !== 'call' && fact.shape && priorOf(name).role !== 'cache' ? dimsOf(fact.shape) : null;
  if (unpacked !== undefined && stated?.length !== unpacked.length) return array(unpacked.map((name, axis) => (name === '_' || unpacked.indexOf(name) < axis ? null : name)), 'unknown');
  if (stated !== null) return stated.length === 0 ? {kind: 'number', whole: null} : array(stated, fact?.below === undefined ? 'unknown' : 'int');
  return fact?.kind === 'float' && fact.origin !== 'call' ? {kind: 'number', whole: null} : undefined;
}

/**
 * A parameter of which nothing is said. A number as its default makes it a number only where its name does not speak of an
 * array (`dout=1`); a whole number goes by its name, since it may be another next time.
 */
function untold(reading: Reading, {name, default: preset, star}: FunctionDef['params'][number]): Abstract {
  if (star !== '') return star === '*' ? listOf(unknown) : unknown;
  const value = preset === null ? unknown : evaluate(reading, preset);
  if (value.kind === 'string') return {kind: 'string', value: null};
  if ((value.kind !== 'int' && value.kind !== 'number') || priorOf(name).kind === 'array') return called(name);
  return value.kind === 'int' ? int(name) : {kind: 'number', whole: null};
}

function dimsOf(axes: readonly AxisSpec[]): readonly Dim[] | null {
  if (axes.some((axis) => 'rest' in axis)) return null;
  return axes.map((axis) => ('letter' in axis ? axis.letter : 'size' in axis ? axis.size : 'expression' in axis ? axis.expression : null));
}

/** Parameters that the body takes apart whatever happens, and that keep their value: `N, D = x.shape`. */
function unpackedAtOnce({body, params}: FunctionDef): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const statement of body) {
    if (statement.kind === 'Return') break;
    if (statement.kind !== 'Assign' || statement.targets.length !== 1) continue;
    const [target] = statement.targets;
    const {value} = statement;
    if (target.kind !== 'Tuple' || value.kind !== 'Attribute' || value.name !== 'shape' || value.object.kind !== 'Name') continue;
    const {id} = value.object;
    if (!params.some(({name}) => name === id) || found.has(id) || !target.items.every(({kind}) => kind === 'Name') || isRebound(body, id)) continue;
    found.set(id, target.items.map((item) => (item.kind === 'Name' ? item.id : '_')));
  }
  return found;
}

/** Whether a name is assigned anywhere in these statements; null for anything at all. */
function isRebound(body: readonly Stmt[], name: string | null): boolean {
  return body.some((statement) => {
    switch (statement.kind) {
      case 'Assign': return name === null || statement.targets.some((target) => target.kind === 'Name' ? target.id === name : target.kind === 'Tuple' && target.items.some((item) => item.kind === 'Name' && item.id === name));
      case 'AugAssign': case 'AnnAssign': return name === null || (statement.target.kind === 'Name' && statement.target.id === name);
      case 'For': return name === null || (statement.target.kind === 'Name' && statement.target.id === name) || isRebound(statement.body, name) || isRebound(statement.otherwise, name);
      case 'If': case 'While': return isRebound(statement.body, name) || isRebound(statement.otherwise, name);
      case 'With': return isRebound(statement.body, name);
      case 'Try': return [statement.body, statement.otherwise, statement.finally, ...statement.handlers.map((handler) => handler.body)].some((one) => isRebound(one, name));
      default: return false;
    }
  });
}

/** What a forward hands to its backward: the cache as it was returned, and a gradient of the shape of the output. */
function handedOver(library: Library, definition: FunctionDef, self: ObjectValue | null, text: string, pairs: readonly Pair[]): ReadonlyMap<string, Abstract> {
  const handed = new Map<string, Abstract>();
  const pair = pairs.find((one) => (one.pattern === 'function-pair' || one.pattern === 'class') && one.backward === definition && one.forward !== definition);
  if (pair === undefined || (pair.pattern !== 'function-pair' && pair.pattern !== 'class')) return handed;
  const result = readFunction(library, pair.forward, self, text, [], null);
  const items = result.kind === 'sequence' ? result.items : null;
  const at = (role: 'output' | 'cache', of: string | null): Abstract | undefined => {
    const known = pair.results.filter((one) => one.role === role);
    const one = known.find(({name}) => name !== null && name === of) ?? (known.length === 1 ? known[0] : undefined);
    if (one === undefined) return pair.results.length === 0 && role === 'output' && result.kind === 'array' ? result : undefined;
    return one.position === null ? result : items?.at(one.position);
  };
  const output = pair.pattern === 'class' && pair.output !== null ? self?.attributes.get(pair.output.replace(/^self\./, '')) : undefined;
  for (const {name, role, of} of pair.parameters) {
    const value = role === 'upstream' ? at('output', of) ?? output : role === 'cache' ? at('cache', of) : role === 'forward-output' ? at('output', of) : undefined;
    if (value === undefined) continue;
    if (role !== 'upstream') handed.set(name, value);
    else if (value.kind === 'array') handed.set(name, array(value.shape));
  }
  return handed;
}
