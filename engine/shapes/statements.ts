/**
 * Reads statements in order. Both branches of a condition are read and joined; a loop is read until nothing more is learnt,
 * so that what is said of a value holds in every round.
 */
import type {Expr, Stmt} from '../python/ast.ts';
import {evaluate, operate} from './expressions.ts';
import {elementOf} from './indexing.ts';
import {joinNames, note} from './reading.ts';
import type {Reading} from './reading.ts';
import {array, int, isSame, join, sequence, shapeOf, unknown} from './values.ts';
import type {Abstract} from './values.ts';

/** Rounds in which a loop is read; what is still changing then is unknown. */
const ROUNDS = 4;

export function readBody(reading: Reading, body: readonly Stmt[]): void {
  for (const statement of body) {
    if (reading.names === null || reading.library.budget-- <= 0) return;
    read(reading, statement);
  }
}

function read(reading: Reading, statement: Stmt): void {
  switch (statement.kind) {
    case 'ExprStmt': evaluate(reading, statement.value); return;
    case 'Assign': {
      const value = nameAxes(reading, statement.targets, statement.value) ?? evaluate(reading, statement.value);
      for (const target of statement.targets) bind(reading, target, value, statement);
      return;
    }
    case 'AnnAssign': if (statement.value !== null) bind(reading, statement.target, evaluate(reading, statement.value), statement); return;
    case 'AugAssign': augment(reading, statement); return;
    case 'Return':
      reading.returned.push(statement.value === null ? {kind: 'none'} : evaluate(reading, statement.value));
      reading.names = null;
      return;
    case 'Raise': case 'Break': case 'Continue': leave(reading, statement.kind); return;
    case 'If': branches(reading, [statement.body, statement.otherwise], () => { evaluate(reading, statement.test); }); return;
    case 'For':
      loop(reading, () => {
        bind(reading, statement.target, elementOf(evaluate(reading, statement.iterable)), statement);
        readBody(reading, statement.body);
      });
      readBody(reading, statement.otherwise);
      return;
    case 'While':
      loop(reading, () => {
        evaluate(reading, statement.test);
        readBody(reading, statement.body);
      });
      return;
    case 'With':
      for (const {context, target} of statement.items) {
        evaluate(reading, context);
        if (target !== null) bind(reading, target, unknown, statement);
      }
      readBody(reading, statement.body);
      return;
    case 'Try':
      branches(reading, [[...statement.body, ...statement.otherwise], ...statement.handlers.map(({body}) => body)], () => undefined);
      readBody(reading, statement.finally);
      return;
    case 'FunctionDef': reading.names!.set(statement.name, unknown); return;
    case 'Delete': for (const target of statement.targets) if (target.kind === 'Name') reading.names!.delete(target.id); return;
    default:
  }
}

/** The rest of this block is not reached; a loop that is left keeps what was known then. */
function leave(reading: Reading, kind: 'Raise' | 'Break' | 'Continue'): void {
  if (kind !== 'Raise') left.get(reading)?.push(reading.names!);
  reading.names = null;
}

/** What was known where the innermost loop of a reading was left early. */
const left = new WeakMap<Reading, Map<string, Abstract>[]>();

function branches(reading: Reading, bodies: readonly (readonly Stmt[])[], before: () => void): void {
  before();
  const start = reading.names!;
  let after: Map<string, Abstract> | null = null;
  for (const body of bodies) {
    reading.names = new Map(start);
    readBody(reading, body);
    after = joinNames(after, reading.names);
  }
  reading.names = after;
}

function loop(reading: Reading, round: () => void): void {
  const outer = left.get(reading);
  let start = reading.names!;
  reading.loops++;
  for (let i = 0; i < ROUNDS; i++) {
    const early: Map<string, Abstract>[] = [];
    left.set(reading, early);
    reading.names = new Map(start);
    round();
    const end: Map<string, Abstract> | null = early.reduce<Map<string, Abstract> | null>((joined, one) => joinNames(joined, one), reading.names);
    const next = joinNames(start, end)!;
    const settled = next.size === start.size && [...next].every(([name, value]) => start.has(name) && isSame(value, start.get(name)!));
    if (i === ROUNDS - 1 && !settled) for (const [name, value] of next) if (!start.has(name) || !isSame(value, start.get(name)!)) next.set(name, unknown);
    start = next;
    if (settled) break;
  }
  reading.loops--;
  reading.names = start;
  if (outer === undefined) left.delete(reading);
  else left.set(reading, outer);
}

export function bind(reading: Reading, target: Expr, value: Abstract, statement: Stmt): void {
  switch (target.kind) {
    case 'Name':
      reading.names!.set(target.id, value);
      note(reading, target.span, statement, target.id, value);
      return;
    case 'Tuple': case 'List': {
      const star = target.items.findIndex(({kind}) => kind === 'Star');
      target.items.forEach((item, place) => {
        if (item.kind === 'Star') bind(reading, item.value, unknown, statement);
        else bind(reading, item, star >= 0 && place > star ? unknown : part(value, place), statement);
      });
      return;
    }
    case 'Attribute': {
      const object = evaluate(reading, target.object);
      if (object.kind === 'object') {
        const before = object.attributes.get(target.name);
        object.attributes.set(target.name, before === undefined ? value : join(before, value));
      }
      if (target.object.kind !== 'Name') return;
      reading.names!.set(`${target.object.id}.${target.name}`, value);
      note(reading, target.span, statement, `${target.object.id}.${target.name}`, value);
      return;
    }
    case 'Subscript': {
      const object = evaluate(reading, target.object);
      const key = evaluate(reading, target.index);
      if (object.kind === 'dict') {
        const entries = new Map(object.entries);
        if (key.kind === 'string' && key.value !== null) {
          entries.set(key.value, value);
          const holder = target.object.kind === 'Name' ? target.object.id : target.object.kind === 'Attribute' && target.object.object.kind === 'Name' ? `${target.object.object.id}.${target.object.name}` : null;
          note(reading, target.span, statement, holder === null ? null : `${holder}['${key.value}']`, value);
        } else entries.clear();
        store(reading, target.object, {kind: 'dict', entries});
      } else if (object.kind === 'array') note(reading, target.span, statement, null, value);
      else if (object.kind === 'sequence') {
        store(reading, target.object, {kind: 'sequence', items: null, element: object.items?.length === 0 ? value : join(object.element, value)});
      }
      return;
    }
    default:
  }
}

/** Puts a changed container back where it came from. */
function store(reading: Reading, place: Expr, value: Abstract): void {
  if (place.kind === 'Name') reading.names!.set(place.id, value);
  else if (place.kind === 'Attribute' && place.object.kind === 'Name') {
    const object = evaluate(reading, place.object);
    if (object.kind === 'object') object.attributes.set(place.name, value);
    reading.names!.set(`${place.object.id}.${place.name}`, value);
  }
}

function part(value: Abstract, place: number): Abstract {
  if (value.kind === 'sequence') return value.items === null ? value.element : value.items.at(place) ?? unknown;
  return value.kind === 'array' ? elementOf(value) : unknown;
}

/** An array that is changed in place keeps its shape. */
function augment(reading: Reading, statement: Extract<Stmt, {kind: 'AugAssign'}>): void {
  const {target, operator} = statement;
  const given = evaluate(reading, statement.value);
  if (target.kind !== 'Name' && target.kind !== 'Attribute') return;
  const before = evaluate(reading, target);
  const result = operate(operator, before, given);
  const kept = before.kind === 'array' && before.shape !== null && before.shape.length > 0 ? before : result;
  bind(reading, target, kept, statement);
}

/**
 * `N, D = x.shape` and `N = x.shape[0]`: sizes that nothing is known of get the names that they are given, and x has them
 * from now on. Null for any other statement.
 */
function nameAxes(reading: Reading, targets: readonly Expr[], value: Expr): Abstract | null {
  const [target] = targets;
  if (reading.loops > 0 || targets.length !== 1) return null;
  if (value.kind === 'Attribute' && value.name === 'shape' && target.kind === 'Tuple' && target.items.every(({kind}) => kind === 'Name')) {
    const names = target.items.map((item) => (item.kind === 'Name' ? item.id : ''));
    const object = evaluate(reading, value.object);
    const shape = shapeOf(object);
    if (shape === undefined ? object.kind !== 'unknown' : shape !== null && shape.length !== names.length) return null;
    const axes = names.map((name, axis) => shape?.[axis] ?? (name === '_' || isTaken(names, axis) ? null : name));
    store(reading, value.object, array(axes, object.kind === 'array' ? object.type : 'unknown'));
    return sequence(axes.map(int));
  }
  if (value.kind === 'Subscript' && value.object.kind === 'Attribute' && value.object.name === 'shape' && target.kind === 'Name' && value.index.kind === 'Number' && typeof value.index.value === 'number') {
    const object = evaluate(reading, value.object.object);
    const shape = shapeOf(object);
    const own = shape?.at(value.index.value);
    if (own !== undefined && own !== null) return int(own);
    if (shape != null && own === null) store(reading, value.object.object, array(shape.with(value.index.value, target.id), object.kind === 'array' ? object.type : 'unknown'));
    return int(target.id);
  }
  return null;
}

function isTaken(names: readonly string[], axis: number): boolean {
  return names.indexOf(names[axis]) < axis;
}
