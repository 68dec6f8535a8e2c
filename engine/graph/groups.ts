/**
 * What belongs together in a drawing: a call of one of the user's functions or methods, a loop, and each iteration of a loop
 * that is opened. A group is told by where it stands in the text, not by when it ran: calls from one place share one.
 */
import type {ClassDef, For, FunctionDef, Module, Stmt, While} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import {children} from '../python/walk.ts';
import type {Activation, AssignEvent, Event, OperationEvent} from '../interpreter/events.ts';
import type {GraphGroup} from './graph.ts';

export interface Grouping {
  /** The innermost group of what an operation makes; null for what stands outermost. */
  readonly groupOf: ReadonlyMap<OperationEvent, string | null>;
  /** Outer groups before those in them. */
  readonly groups: readonly GraphGroup[];
}

type Loop = For | While;

/** How far an activation has come. */
interface Progress {
  /** The group of the call itself. */
  readonly base: string | null;
  readonly iterations: Map<Loop, number>;
  /** What the current iteration is called: `t = 3`. */
  readonly labels: Map<Loop, string>;
  /** Operations of the current iteration, by their places: a `while` announces no iterations. */
  readonly done: Map<Loop, Set<string>>;
}

/** `opened` are the loops, by their groups, of which each iteration is a group of its own; `*` stands for all. */
export function groupOperations(events: readonly Event[], opened: ReadonlySet<string>): Grouping {
  const known = new Map<string, GraphGroup>();
  const ids = new Map<string, string>();
  const progress = new Map<Activation, Progress>();
  const groupOf = new Map<OperationEvent, string | null>();

  function group(parent: string | null, kind: GraphGroup['kind'], label: string, at: number, span: Span | null): string {
    const key = `${parent ?? ''}>${kind} ${label}@${at}`;
    const found = ids.get(key);
    if (found !== undefined) return found;
    // The place moves with edits; what counts is which of those of that name it is.
    const name = `${parent ?? ''}>${label}`;
    let id = name;
    for (let number = 2; known.has(id); number++) id = `${name} ${number}`;
    ids.set(key, id);
    known.set(id, {id, label, parent, kind, span: span === null ? null : {...span}, count: 1});
    return id;
  }

  function progressOf(activation: Activation): Progress {
    let found = progress.get(activation);
    if (found === undefined) {
      const {caller, callSpan, definition, module} = activation;
      const base = caller === null || callSpan === null || definition === null ? null
        : group(groupAt(caller, callSpan), 'call', callLabel(definition, module), callSpan.start, callSpan);
      found = {base, iterations: new Map(), labels: new Map(), done: new Map()};
      progress.set(activation, found);
    }
    return found;
  }

  function groupAt(activation: Activation, span: Span): string | null {
    const {base, iterations, labels} = progressOf(activation);
    let inner = base;
    for (const loop of loopsAround(activation, span)) {
      inner = group(inner, 'loop', loopLabel(loop), loop.span.start, loop.span);
      const iteration = iterations.get(loop) ?? 0;
      const whole = known.get(inner)!;
      if (Number(whole.count) <= iteration) known.set(inner, {...whole, count: iteration + 1});
      if (opened.has('*') || opened.has(inner)) inner = group(inner, 'iteration', labels.get(loop) ?? `iteration ${iteration}`, iteration, null);
    }
    return inner;
  }

  function assigned({activation, statement, iterations, target, value}: AssignEvent): void {
    if (statement.kind !== 'For') return;
    const around = loopsAround(activation, statement.body[0]?.span ?? statement.span);
    const depth = around.indexOf(statement);
    const current = progressOf(activation);
    if (depth < 0 || depth >= iterations.length) return;
    const before = current.iterations.get(statement);
    current.iterations.set(statement, iterations[depth]);
    if (typeof value === 'number' && (before !== iterations[depth] || !current.labels.has(statement))) current.labels.set(statement, `${target} = ${value}`);
    for (const inner of around.slice(depth + 1)) current.iterations.delete(inner);
  }

  function operated(event: OperationEvent): void {
    const {activation, span, name} = event;
    const innermost = loopsAround(activation, span).at(-1);
    if (innermost?.kind === 'While') {
      const {iterations, done} = progressOf(activation);
      const place = `${span.start} ${span.end} ${name}`;
      if (done.get(innermost)?.has(place) === true) {
        iterations.set(innermost, (iterations.get(innermost) ?? 0) + 1);
        done.delete(innermost);
      }
      const places = done.get(innermost) ?? new Set();
      done.set(innermost, places.add(place));
    }
    groupOf.set(event, groupAt(activation, span));
  }

  for (const event of events) {
    if (event.type === 'assign') assigned(event);
    else if (event.type === 'operation') operated(event);
  }
  return {groupOf, groups: [...known.values()]};
}

/** Those that hold one of `used`, themselves or in a group of theirs. */
export function groupsInUse({groups}: Grouping, used: Iterable<string | null>): readonly GraphGroup[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const found = new Set<string>();
  for (const start of used) for (let id = start; id !== null && !found.has(id); id = byId.get(id)?.parent ?? null) found.add(id);
  return groups.filter(({id}) => found.has(id));
}

/** `affine` for a function, `Affine.forward` for a method. */
function callLabel(definition: FunctionDef, module: Module): string {
  const owner = module.body.find((statement): statement is ClassDef => statement.kind === 'ClassDef' && statement.body.includes(definition));
  return owner === undefined ? definition.name : `${owner.name}.${definition.name}`;
}

function loopLabel(loop: Loop): string {
  if (loop.kind === 'While') return 'while';
  const names = loop.target.kind === 'Name' ? [loop.target.id] : loop.target.kind === 'Tuple' ? loop.target.items.flatMap((item) => (item.kind === 'Name' ? [item.id] : [])) : [];
  return names.length === 0 ? 'for' : `for ${names.join(', ')}`;
}

const loopsOf = new WeakMap<object, readonly Loop[]>();

/** The loops of the activation's own text whose bodies hold a place, outermost first. */
function loopsAround({definition, module}: Activation, {start, end}: Span): readonly Loop[] {
  const owner = definition ?? module;
  let loops = loopsOf.get(owner);
  if (loops === undefined) loopsOf.set(owner, (loops = loopsIn(owner.body)));
  if (loops.length === 0) return loops;
  return loops.filter(({body}) => body.length > 0 && body[0].span.start <= start && end <= body[body.length - 1].span.end);
}

/** Outer loops before inner ones; not those of functions in it. */
function loopsIn(body: readonly Stmt[]): Loop[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return [];
    const inner = loopsIn(children(statement).filter((node): node is Stmt => isBlock(node.kind)));
    return statement.kind === 'For' || statement.kind === 'While' ? [statement, ...inner] : inner;
  });
}

function isBlock(kind: string): boolean {
  return ['For', 'While', 'If', 'With', 'Try'].includes(kind);
}
