/** What the edits of each statement may draw on, from what the traced run bound. */
import {aliasOfNumpy} from './numpy-alias.ts';
import type {AssignEvent, Event} from '../../interpreter/events.ts';
import type {FunctionDef, Stmt} from '../../python/ast.ts';
import type {PairFile} from '../file.ts';
import {quantityOfAssignment, speaksOf} from '../matching.ts';
import type {NamedTruth} from '../matching.ts';
import type {Trial} from '../trial.ts';
import type {EditScope, ScopeName} from './edit.ts';
import type {Step} from './steps.ts';

/** What the edits of each step may draw on. */
export function scopesOf(file: PairFile, trial: Trial, steps: readonly Step[], all: readonly NamedTruth[]): EditScope[] {
  const events = trial.events.slice(trial.interleaved ? 0 : trial.forwardEnd.events);
  const alias = aliasOfNumpy(file.module);
  const truths = all.filter(({through, of}) => through === null && of !== '');
  const upstreams = new Set(trial.interleaved ? [] : trial.upstreams.map(({shape}) => shape.join()));
  const attributes = attributesIn(trial);
  return [...new Set(steps.map(({statement}) => statement))].map((statement): EditScope => {
    const own = lastAssignment(events, statement);
    const wanted = own === null ? undefined : truths.find(({of}) => speaksOf(own.target, of));
    const quantity = own === null ? null : quantityOfAssignment(own);
    const shape = quantity?.shape ?? null;
    const isInt = own?.how === 'name' && shape?.length === 0 && quantity?.dtype === 'int64';
    return {statement, numpy: alias, shape, isInt, wantedShape: wanted?.truth.shape ?? null, names: [...namesBefore(events, statement, upstreams), ...attributes]};
  });
}

function lastAssignment(events: readonly Event[], statement: Stmt): AssignEvent | null {
  const found = events.findLast((event) => event.type === 'assign' && event.statement === statement);
  return found?.type === 'assign' ? found : null;
}

/** What objects keep between forward and backward: `self.x`. */
function attributesIn({events}: Trial): ScopeName[] {
  const names = new Map<string, ScopeName>();
  for (const event of events) {
    if (event.type !== 'assign' || event.how !== 'attribute' || !/^self\.\w+$/.test(event.target)) continue;
    const quantity = quantityOfAssignment(event);
    names.set(event.target, {id: event.target, shape: quantity?.shape ?? null, isInt: quantity?.shape.length === 0 && quantity.dtype === 'int64', role: 'other'});
  }
  return [...names.values()];
}

/** Names bound in the same function before the statement, or anywhere in a loop around it; the nearest first. */
function namesBefore(events: readonly Event[], statement: Stmt, upstreams: ReadonlySet<string>): ScopeName[] {
  const at = events.find((event) => event.type === 'assign' && event.statement === statement);
  const definition = at === undefined ? events.find(({activation}) => contains(activation.definition, statement))?.activation.definition : at.activation.definition;
  const names = new Map<string, ScopeName>();
  for (const event of events) {
    if (event.type !== 'assign' || (event.how !== 'name' && event.how !== 'parameter')) continue;
    if (event.activation.definition !== definition || event.span.start > statement.span.end) continue;
    const quantity = quantityOfAssignment(event);
    const isInt = quantity !== null && quantity.shape.length === 0 && quantity.dtype === 'int64';
    const role = event.how === 'parameter' && quantity !== null && upstreams.has(quantity.shape.join()) ? 'upstream' : 'other';
    names.delete(event.target);
    names.set(event.target, {id: event.target, shape: quantity?.shape ?? null, isInt, role});
  }
  return [...names.values()].reverse();
}

function contains(definition: FunctionDef | null, {span}: Stmt): boolean {
  return definition !== null && definition.span.start <= span.start && span.end <= definition.span.end;
}
