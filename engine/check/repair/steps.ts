/**
 * The statements of a backward as steps: what each reads and writes, by name, and what it assigned in the traced run.
 * Knows names and order; not what is right.
 */
import type {AssignEvent} from '../../interpreter/events.ts';
import {walk} from '../../python/walk.ts';
import type {Assign, Expr, FunctionDef, Stmt} from '../../python/ast.ts';
import type {PairFile} from '../file.ts';
import type {Trial} from '../trial.ts';

/** A statement that holds no others, or the head of one that does. */
export interface Step {
  readonly statement: Stmt;
  /** Null at a module's top level. */
  readonly definition: FunctionDef | null;
  /** Names, `self.x`, `grads['W1']`. */
  readonly writes: readonly string[];
  readonly reads: ReadonlySet<string>;
  /** What it assigned, in the order in which it did. */
  readonly events: readonly AssignEvent[];
  /** Place of its first run among the steps; those that never assign stand where the text has them. */
  readonly place: number;
  /** The loops around it in its function. */
  readonly loops: readonly Stmt[];
}

/**
 * The steps of the backward of this file in the order in which they ran, helpers that the forward calls too left out. Where a
 * loss is judged, those stay, but not what only makes and runs the network: to change it is to change the loss.
 */
export function stepsOf(file: PairFile, trial: Trial, script: readonly Stmt[] | null): Step[] {
  const end = trial.forwardEnd.events;
  const events = trial.events.slice(trial.interleaved && end === trial.events.length ? 0 : end);
  const inForward = new Set<FunctionDef>();
  if (!trial.interleaved) for (const {activation} of trial.events.slice(0, end)) if (activation.definition !== null) inForward.add(activation.definition);
  const definitions = new Set<FunctionDef>();
  const assigned = new Map<Stmt, AssignEvent[]>();
  const firstEvent = new Map<Stmt, number>();
  events.forEach((event, i) => {
    const {definition, path} = event.activation;
    if (path === file.path && definition !== null && !inForward.has(definition)) definitions.add(definition);
    if (event.type !== 'assign' || event.how === 'parameter') return;
    const known = assigned.get(event.statement);
    if (known === undefined) assigned.set(event.statement, [event]);
    else known.push(event);
    if (!firstEvent.has(event.statement)) firstEvent.set(event.statement, i);
  });
  const found: Omit<Step, 'place'>[] = [];
  if (script !== null) collect(script, null, [], [], assigned, found);
  else for (const definition of definitions) collect(definition.body, definition, [], [], assigned, found);
  return inOrder(found, firstEvent);
}

/** A statement that assigned nothing stands right after the one before it. */
function inOrder(found: readonly Omit<Step, 'place'>[], firstEvent: ReadonlyMap<Stmt, number>): Step[] {
  let last = -1;
  const placed = found.map((step, i) => {
    last = firstEvent.get(step.statement) ?? last;
    return {step, at: last, i};
  });
  placed.sort((a, b) => a.at - b.at || a.i - b.i);
  return placed.map(({step}, place) => ({...step, place}));
}

function collect(
  statements: readonly Stmt[], definition: FunctionDef | null, loops: readonly Stmt[], tests: readonly string[],
  assigned: ReadonlyMap<Stmt, readonly AssignEvent[]>, into: Omit<Step, 'place'>[],
): void {
  for (const statement of statements) {
    const add = (writes: readonly string[], reads: Iterable<string>): void => {
      into.push({statement, definition, writes, reads: new Set([...reads, ...tests]), events: assigned.get(statement) ?? [], loops});
    };
    switch (statement.kind) {
      case 'For': case 'While': {
        const test = statement.kind === 'For' ? statement.iterable : statement.test;
        add(statement.kind === 'For' ? keysOf(statement.target) : [], readsOf(test));
        collect([...statement.body, ...statement.otherwise], definition, [...loops, statement], statement.kind === 'For' ? tests : [...tests, ...readsOf(test)], assigned, into);
        break;
      }
      case 'If':
        add([], readsOf(statement.test));
        collect([...statement.body, ...statement.otherwise], definition, loops, [...tests, ...readsOf(statement.test)], assigned, into);
        break;
      case 'With':
        collect(statement.body, definition, loops, tests, assigned, into);
        break;
      case 'Try':
        collect([...statement.body, ...statement.otherwise, ...statement.finally], definition, loops, tests, assigned, into);
        break;
      case 'Assign': {
        const separate = partsOf(statement);
        for (const {target, key, value} of separate) {
          const events = (assigned.get(statement) ?? []).filter(({span}) => key !== null || (target.span.start <= span.start && span.end <= target.span.end));
          into.push({statement, definition, writes: keysOf(target).map((base) => (key === null ? base : `${base}['${key}']`)), reads: new Set([...readsOf(value), ...tests]), events, loops});
        }
        if (separate.length > 0) break;
        const parts = statement.targets.filter(({kind}) => kind === 'Subscript').flatMap((target) => [...readsOf(target)]);
        add(statement.targets.flatMap(keysOf), [...readsOf(statement.value), ...parts]);
        break;
      }
      case 'AugAssign':
        add(keysOf(statement.target), [...readsOf(statement.value), ...readsOf(statement.target)]);
        break;
      case 'AnnAssign':
        add(keysOf(statement.target), statement.value === null ? [] : readsOf(statement.value));
        break;
      case 'ExprStmt':
        add(writtenByCall(statement.value), readsOf(statement.value));
        break;
      case 'Return':
        add([], statement.value === null ? [] : readsOf(statement.value));
        break;
      default:
    }
  }
}

interface Part {
  readonly target: Expr;
  /** For a dictionary's entry. */
  readonly key: string | null;
  readonly value: Expr;
}

/** `a, b = c, d` and `grads = {'W': dW, 'b': db}` are several assignments in one statement; none for any other. */
function partsOf({targets, value}: Assign): readonly Part[] {
  const [target] = targets;
  if (targets.length !== 1) return [];
  if (target.kind === 'Tuple' && value.kind === 'Tuple' && target.items.length === value.items.length) {
    return target.items.map((item, i) => ({target: item, key: null, value: value.items[i]}));
  }
  if (value.kind !== 'Dict' || value.entries.length === 0) return [];
  return value.entries.flatMap((item): Part[] => (item.key?.kind === 'String' ? [{target, key: item.key.value, value: item.value}] : []));
}

/** What an assignment to `target` writes; a slice of an array writes the array. */
function keysOf(target: Expr): readonly string[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.items.flatMap(keysOf);
  if (target.kind === 'Star') return keysOf(target.value);
  const key = keyOf(target);
  return key === null ? [] : [key];
}

/** `x`, `self.x`, `other.grad`, `grads['W1']`; an element of anything else is the whole of it. */
export function keyOf(expression: Expr): string | null {
  switch (expression.kind) {
    case 'Name': return expression.id;
    case 'Attribute': return expression.object.kind === 'Name' && (expression.object.id === 'self' || isGradientOfObject(expression.name)) ? `${expression.object.id}.${expression.name}` : keyOf(expression.object);
    case 'Subscript': {
      const base = keyOf(expression.object);
      return base !== null && expression.index.kind === 'String' ? `${base}['${expression.index.value}']` : base;
    }
    default: return null;
  }
}

/** Attributes that objects hold their gradients in; any other attribute of a name may be one of an array. */
function isGradientOfObject(attribute: string): boolean {
  return /^_?(?:grad|gradient|derivative)$/.test(attribute);
}

export function readsOf(expression: Expr): Set<string> {
  const reads = new Set<string>();
  walk(expression, (node) => {
    if (node.kind !== 'Name' && node.kind !== 'Attribute' && node.kind !== 'Subscript') return;
    const key = keyOf(node);
    if (key !== null) reads.add(key);
    if (node.kind === 'Attribute') return !(node.object.kind === 'Name' && (node.object.id === 'self' || isGradientOfObject(node.name)));
    if (node.kind === 'Subscript' && key !== null && key.endsWith(']')) return false;
    return;
  });
  return reads;
}

/** A call that stands alone changes its object or its first argument: `np.add.at(dW, x, dout)`, `grads.update(...)`. */
function writtenByCall(expression: Expr): readonly string[] {
  if (expression.kind !== 'Call') return [];
  const object = expression.callee.kind === 'Attribute' ? keyOf(expression.callee.object) : null;
  const first = expression.args.length === 0 ? null : keyOf(expression.args[0].value);
  return [object, first].filter((key) => key !== null);
}

/** Whether writing `written` changes what reading `read` gives: `grads` and `grads['W1']` do, `self.x` and `self.y` do not. */
export function touches(written: string, read: string): boolean {
  return written === read || read.startsWith(`${written}[`) || written.startsWith(`${read}[`);
}

/** The steps that what is read under `keys` after `end` may come from. */
export function upstreamOf(steps: readonly Step[], keys: Iterable<string>, end: Step | null): Set<Step> {
  const found = new Set<Step>();
  const queue: {readonly key: string; readonly reader: Step | null}[] = [...keys].map((key) => ({key, reader: end}));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const step of steps) {
      if (found.has(step) || !step.writes.some((written) => touches(written, next.key)) || !mayPrecede(step, next.reader)) continue;
      found.add(step);
      for (const key of step.reads) queue.push({key, reader: step});
    }
  }
  return found;
}

/** Steps that share a loop may come before each other. */
function mayPrecede(step: Step, reader: Step | null): boolean {
  return reader === null || step.place < reader.place || step.definition !== reader.definition || step.loops.some((loop) => reader.loops.includes(loop));
}
