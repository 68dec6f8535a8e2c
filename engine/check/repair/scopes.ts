/** What the edits of each statement may draw on, from what the traced run bound. */
import {aliasOfNumpy} from './numpy-alias.ts';
import type {AssignEvent, Event} from '../../interpreter/events.ts';
import type {Expr, FunctionDef, Stmt} from '../../python/ast.ts';
import {walk} from '../../python/walk.ts';
import type {PairFile} from '../file.ts';
import {quantityOfAssignment, speaksOf} from '../matching.ts';
import type {NamedTruth} from '../matching.ts';
import type {Trial} from '../trial.ts';
import type {EditScope, ScopeName} from './edit.ts';
import {keyOf, readsOf} from './steps.ts';
import type {Step} from './steps.ts';

/** What the edits of each step may draw on; `above` are the names that hold what is made from the upstream gradient. */
export function scopesOf(file: PairFile, trial: Trial, steps: readonly Step[], all: readonly NamedTruth[], above: FromAbove): EditScope[] {
  const isScript = steps.some(({definition}) => definition === null);
  const events = trial.events.slice(trial.interleaved || isScript ? 0 : trial.forwardEnd.events);
  const alias = aliasOfNumpy(file.module);
  const truths = all.filter(({through, of}) => through === null && of !== '');
  const attributes = attributesIn(trial, above);
  const raisedAt = trial.raised?.error.raisedAt?.span.start ?? -1;
  const scopes = new Map<Stmt, EditScope>();
  for (const {statement, loops, writes, reads} of steps) {
    if (scopes.has(statement)) continue;
    const own = lastAssignment(events, statement);
    const wanted = truths.find(({of}) => (own === null ? writes : [own.target]).some((target) => speaksOf(target, of)));
    const quantity = own === null ? null : quantityOfAssignment(own);
    const shape = quantity?.shape ?? null;
    const isGradient = wanted !== undefined || trial.found?.some(({name}) => writes.includes(name)) === true;
    scopes.set(statement, {
      statement, numpy: alias, shape, wantedShape: wanted?.truth.shape ?? null,
      isInt: own?.how === 'name' && shape?.length === 0 && quantity?.dtype === 'int64' && !isGradient,
      raised: statement.span.start <= raisedAt && raisedAt < statement.span.end,
      lacksUpstream: above.names.size > 0 && isGradient && ![...reads].some((name) => above.names.has(name) && !writes.includes(name)),
      ties: trial.guards.ties > 0,
      counters: loops.flatMap((loop) => (loop.kind === 'For' ? [...readsOf(loop.target)] : [])),
      names: [...namesBefore(events, statement, above), ...attributes],
    });
  }
  return [...scopes.values()];
}

/** Names of the backward by what they hold. */
export interface FromAbove {
  /** Parameters that are the upstream gradient, and elements and views of it. */
  readonly upstreams: ReadonlySet<string>;
  /** These and all that is computed from them. */
  readonly names: ReadonlySet<string>;
}

/** Follows the upstream gradient through the statements; what is made of its sizes alone is not made from it. */
export function fromAbove(steps: readonly Step[], parameters: readonly string[]): FromAbove {
  const upstreams = new Set(parameters);
  const names = new Set(parameters);
  for (let before = -1; before !== names.size + upstreams.size;) {
    before = names.size + upstreams.size;
    for (const {statement, writes} of steps) {
      if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign' && statement.kind !== 'ExprStmt') continue;
      const value = statement.value;
      if (numbersReadBy(value).some((name) => names.has(name))) for (const written of writes) names.add(written);
      const base = value.kind === 'Name' || value.kind === 'Subscript' ? keyOf(value) : null;
      if (statement.kind === 'Assign' && base !== null && upstreams.has(base)) for (const written of writes) upstreams.add(written);
    }
  }
  return {upstreams, names};
}

/** The names whose numbers an expression reads, and not only their sizes. */
function numbersReadBy(expression: Expr): string[] {
  const read: string[] = [];
  walk(expression, (node) => {
    if (node.kind === 'Attribute' && /^(?:shape|ndim|size|dtype)$/.test(node.name)) return false;
    if (node.kind === 'Call' && /^(?:zeros_like|ones_like|empty_like|len)$/.test(node.callee.kind === 'Attribute' ? node.callee.name : node.callee.kind === 'Name' ? node.callee.id : '')) return false;
    const key = node.kind === 'Name' || node.kind === 'Attribute' ? keyOf(node) : null;
    if (key !== null) read.push(key);
    return;
  });
  return read;
}

function lastAssignment(events: readonly Event[], statement: Stmt): AssignEvent | null {
  const found = events.findLast((event) => event.type === 'assign' && event.statement === statement);
  return found?.type === 'assign' ? found : null;
}

/** What objects keep between forward and backward: `self.x`. */
function attributesIn({events}: Trial, above: FromAbove): ScopeName[] {
  const names = new Map<string, ScopeName>();
  for (const event of events) {
    if (event.type !== 'assign' || event.how !== 'attribute' || !/^self\.\w+$/.test(event.target)) continue;
    names.set(event.target, scopeName(event, above));
  }
  return [...names.values()];
}

/** Names bound in the same function before the statement, or anywhere in a loop around it; the nearest first. */
function namesBefore(events: readonly Event[], statement: Stmt, above: FromAbove): ScopeName[] {
  const at = events.find((event) => event.type === 'assign' && event.statement === statement);
  const definition = at === undefined ? events.find(({activation}) => contains(activation.definition, statement))?.activation.definition ?? null : at.activation.definition;
  const names = new Map<string, ScopeName>();
  for (const event of events) {
    if (event.type !== 'assign' || (event.how !== 'name' && event.how !== 'parameter')) continue;
    if (event.activation.definition !== definition || event.span.start > statement.span.end) continue;
    names.delete(event.target);
    names.set(event.target, scopeName(event, above));
  }
  return [...names.values()].reverse();
}

function scopeName(event: AssignEvent, {upstreams, names}: FromAbove): ScopeName {
  const {target} = event;
  const quantity = quantityOfAssignment(event);
  const role = upstreams.has(target) ? 'upstream' : names.has(target) ? 'gradient' : 'other';
  return {id: target, shape: quantity?.shape ?? null, isInt: quantity?.shape.length === 0 && quantity.dtype === 'int64', isBool: quantity?.dtype === 'bool', role};
}

function contains(definition: FunctionDef | null, {span}: Stmt): boolean {
  return definition !== null && definition.span.start <= span.start && span.end <= definition.span.end;
}
