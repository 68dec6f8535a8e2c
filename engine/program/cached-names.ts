/**
 * Names that a backward gives to what its forward saved: `A_prev, W, b = cache` where the forward made
 * `cache = (A, W, b)`. Reads tuples, dictionaries and indices; nothing is run.
 */
import type {Expr, FunctionDef} from '../python/ast.ts';
import {flatten, returnsOf} from './definitions.ts';
import {targetsOf} from './targets.ts';
import {isCacheName} from './naming.ts';

/** Pairs of the backward's name and the forward's name for the same saved value. */
export function cachedNames(forwards: readonly FunctionDef[], backward: FunctionDef): ReadonlyMap<string, string> {
  const saved = forwards.flatMap(savedBy);
  const names = new Map<string, string>();
  const caches = new Set(backward.params.map(parameter => parameter.name).filter(isCacheName));
  const bind = (target: Expr, value: Expr | null): void => {
    if (value === null) return;
    if ((target.kind === 'Tuple' || target.kind === 'List') && value.kind === 'Name' && caches.has(value.id)) {
      const tuple = saved.find(one => one.length === target.items.length);
      target.items.forEach((item, i) => {
        const name = tuple?.[i];
        if (item.kind === 'Name' && name !== undefined && name !== null) names.set(item.id, name);
      });
    } else if (target.kind === 'Name' && value.kind === 'Subscript' && value.object.kind === 'Name' && caches.has(value.object.id)) {
      const index = value.index;
      const name = index.kind === 'Number' ? saved.map(one => one.at(Number(index.value))).find(one => one !== undefined) : undefined;
      if (name !== undefined && name !== null) names.set(target.id, name);
    } else if (target.kind === 'Name' && value.kind === 'Name' && caches.has(value.id)) {
      const name = saved.find(one => one.length === 1)?.[0];
      if (name !== undefined && name !== null) names.set(target.id, name);
    }
  };
  for (const statement of flatten(backward.body)) {
    if (statement.kind !== 'Assign') continue;
    for (const target of statement.targets) {
      if (target.kind === 'Tuple' && statement.value.kind === 'Tuple') {
        for (const [one, value] of targetsOf(statement)) bind(one, value);
      } else {
        bind(target, statement.value);
      }
    }
  }
  return names;
}

/** The tuples of names that a forward returns or keeps under a cache's name; null for what is no plain name. */
function savedBy(forward: FunctionDef): readonly (readonly (string | null)[])[] {
  const found: (readonly (string | null)[])[] = [];
  const take = (value: Expr): void => {
    if (value.kind === 'Tuple' || value.kind === 'List') found.push(value.items.map(item => item.kind === 'Name' ? item.id : null));
    else if (value.kind === 'Name') found.push([value.id]);
  };
  for (const statement of flatten(forward.body)) {
    for (const [target, value] of targetsOf(statement)) if (target.kind === 'Name' && isCacheName(target.id) && value !== null) take(value);
    if (statement.kind === 'Assign' && statement.value.kind === 'Tuple' && statement.targets.some(target => target.kind === 'Name' && isCacheName(target.id))) {
      take(statement.value);
    }
  }
  for (const statement of returnsOf(forward)) {
    if (statement.value.kind === 'Tuple') statement.value.items.slice(1).forEach(item => { if (item.kind === 'Tuple') take(item); });
  }
  return found;
}
