/**
 * What a forward returns and what each parameter of its backward stands for: the upstream gradient, the cache, an
 * argument or output of the forward, a label, a hyperparameter. From names and order only.
 */
import type {ClassDef, Expr, FunctionDef, Parameter} from '../python/ast.ts';
import type {FindContext} from './context.ts';
import {written} from './context.ts';
import {flatten, isStatic, returnsOf} from './definitions.ts';
import {isCacheName, isHyperparameterName, isLabelName, isStrongUpstream, isUpstreamName, speaksOf, squash} from './naming.ts';
import type {BackwardParameter, ForwardResult} from './pair.ts';
import {rootName, scopeOf} from './scopes.ts';
import {targetsOf} from './targets.ts';

/** What a forward returns, from its longest return statement (the last of equals). */
export function resultsOf(context: FindContext, forward: FunctionDef, backward: FunctionDef | null): readonly ForwardResult[] {
  let best: readonly Expr[] = [];
  let tuple = false;
  for (const statement of returnsOf(forward)) {
    const value = tupleBehind(forward, statement.value);
    const items = value.kind === 'Tuple' || (value.kind === 'List' && value !== statement.value) ? value.items : [value];
    if (items.length === 1 && items[0].kind === 'Constant' && best.length > 0) continue;
    if (items.length >= best.length) {
      best = items;
      tuple = items.length > 1 || value.kind === 'Tuple';
    }
  }
  const takesCache = backward !== null && backward.params.some(parameter => isCacheName(parameter.name));
  const roles = best.map((item, i): ForwardResult['role'] => {
    const name = rootName(item);
    if (best.length > 1 && ((name !== null && isCacheName(name)) || (i > 0 && i === best.length - 1 && (item.kind === 'Tuple' || item.kind === 'Dict')))) return 'cache';
    return 'output';
  });
  if (takesCache && best.length > 1 && !roles.includes('cache')) roles[best.length - 1] = 'cache';
  // `return A, Z` of a function of Z: what it was handed is kept for the backward, and is no output.
  const passed = best.map((item) => item.kind === 'Name' && isHandedBack(forward, item.id));
  const own = Math.max(0, passed.indexOf(false));
  passed.forEach((isPassed, i) => { if (isPassed && i !== own) roles[i] = 'cache'; });
  const results = best.map((item, i): ForwardResult => ({name: rootName(item) === null ? null : written(context, item), position: tuple ? i : null, role: roles[i]}));
  const meant = backward === null ? null : outputMeant(results, backward);
  const isHandedOn = (result: ForwardResult): boolean => backward !== null && backward.params.some(({name}) => name === result.name);
  return meant === null ? results : results.map((result) => (result.role === 'output' && result !== meant && !isHandedOn(result) ? {...result, role: 'cache'} : result));
}

/** Whether a name that a forward returns is an argument that it has not assigned anew, or only a second name of one. */
function isHandedBack(forward: FunctionDef, name: string, seen: ReadonlySet<string> = new Set()): boolean {
  const values = flatten(forward.body).flatMap((statement) => targetsOf(statement).flatMap(([target, value]) => (rootName(target) === name ? [value] : [])));
  if (values.length === 0) return forward.params.some((parameter) => parameter.name === name);
  const [value] = values;
  return values.length === 1 && value?.kind === 'Name' && value.id !== name && !seen.has(value.id) && isHandedBack(forward, value.id, new Set([...seen, name]));
}

/** Of several values that are returned, the one that the backward's only upstream gradient is of by its name: what else is returned is kept for others. */
function outputMeant(results: readonly ForwardResult[], backward: FunctionDef): ForwardResult | null {
  const outputs = results.filter(({role, name}) => role === 'output' && name !== null);
  const bare = outputs.map(({name}) => plainName(name!));
  const upstreams = backward.params.filter(({name}) => isStrongUpstream(name) || (/^_?d|grad/i.test(name) && speaksOf(name, bare) !== null));
  if (outputs.length < 2 || upstreams.length !== 1) return null;
  const spoken = speaksOf(upstreams[0].name, bare, false);
  return spoken === null || bare.filter((name) => name === spoken).length > 1 ? null : outputs[bare.indexOf(spoken)];
}

/** `z` for `self.z`. */
function plainName(name: string): string {
  return name.replace(/^self\./, '');
}

/** The tuple that a returned name was bound to, else the value itself. */
function tupleBehind(forward: FunctionDef, value: Expr): Expr {
  if (value.kind !== 'Name') return value;
  let found: Expr = value;
  for (const statement of flatten(forward.body)) {
    for (const [target, assigned] of targetsOf(statement)) {
      if (target.kind === 'Name' && target.id === value.id && assigned?.kind === 'Tuple') found = assigned;
    }
  }
  return found;
}

/** A role for every parameter of the backward, `self` included, star parameters left out. */
export function rolesOf(
  forward: FunctionDef, backward: FunctionDef, owner: ClassDef | null, results: readonly ForwardResult[],
): readonly BackwardParameter[] {
  const bound = owner !== null && !isStatic(backward);
  const parameters = backward.params.filter(parameter => parameter.star === '');
  const first = bound ? 1 : 0;
  const given = forward.params.slice(owner !== null && !isStatic(forward) ? 1 : 0).filter(parameter => parameter.star === '').map(parameter => parameter.name);
  // A backward that goes forward itself is handed data and labels, and not what its forward gave.
  const again = bound && scopeOf(backward).calls.has(`self.${forward.name}`);
  const roles = parameters.map((parameter, i): BackwardParameter =>
    bound && i === 0 ? {name: parameter.name, role: 'self', of: null}
      : again && isLabelName(parameter.name) && !given.includes(parameter.name) ? {name: parameter.name, role: 'label', of: null} : roleOf(parameter, i === first, given, results));
  return bindLeftovers(roles, given);
}

function roleOf(parameter: Parameter, first: boolean, given: readonly string[], results: readonly ForwardResult[]): BackwardParameter {
  const {name} = parameter;
  const as = (role: BackwardParameter['role'], of: string | null): BackwardParameter => ({name, role, of});
  const outputs = results.filter(result => result.role === 'output' && result.name !== null).map(result => result.name!);
  const caches = results.filter(result => result.role === 'cache');
  const same = results.find(result => result.name === name);
  if (given.includes(name)) return as('forward-argument', name);
  if (same !== undefined) return as(same.role === 'cache' ? 'cache' : 'forward-output', name);
  const spoken = speaksOf(name, outputs.map(plainName));
  const ofOutput = outputs.find((output) => plainName(output) === spoken) ?? null;
  if (ofOutput !== null && (first || /^_?d|grad/i.test(name))) return as('upstream', ofOutput);
  if (isStrongUpstream(name)) {
    const only = outputs.length === 1 ? outputs[0] : null;
    return as('upstream', only);
  }
  if (isCacheName(name)) return as('cache', caches.length === 1 ? caches[0].name : null);
  const alike = given.find(one => squash(one) === squash(name));
  if (alike !== undefined) return as('forward-argument', alike);
  const output = outputs.find(one => squash(one) === squash(name));
  if (output !== undefined) return as('forward-output', output);
  if (first && isUpstreamName(name)) return as('upstream', outputs.length === 1 ? outputs[0] : null);
  if (isLabelName(name)) return as('label', null);
  if (isHyperparameterName(name) || parameter.default !== null) return as('hyperparameter', null);
  if (isUpstreamName(name)) return as('upstream', null);
  return as('unknown', null);
}

/** What is left unknown and can only be one thing: `Z` of relu_backward(dA, Z) where relu has the one argument x. */
function bindLeftovers(roles: readonly BackwardParameter[], given: readonly string[]): readonly BackwardParameter[] {
  const unknown = roles.filter(role => role.role === 'unknown');
  const upstream = roles.some(role => role.role === 'upstream');
  const cache = roles.some(role => role.role === 'cache');
  const first = roles.find(role => role.role !== 'self');
  if (!upstream && first?.role === 'unknown' && cache) {
    return roles.map(role => role === first ? {...role, role: 'upstream'} : role);
  }
  const asked = roles.filter(role => role.role !== 'self');
  if (asked.length === 1 && given.length === 1 && (first?.role === 'unknown' || first?.role === 'label')) {
    return roles.map(role => role === first ? {...role, role: 'forward-argument', of: given[0]} : role);
  }
  const free = given.filter(name => !roles.some(role => role.role === 'forward-argument' && role.of === name));
  const label = roles.some(role => role.role === 'label');
  if (label && unknown.length === 1 && /pred|hat|prob|out|^(?:a|A|AL|p)$/.test(unknown[0].name)) {
    return roles.map(role => role === unknown[0] ? {...role, role: 'forward-output'} : role);
  }
  if (unknown.length === 1 && free.length === 1 && (upstream || label) && !cache) {
    return roles.map(role => role === unknown[0] ? {...role, role: 'forward-argument', of: free[0]} : role);
  }
  return roles;
}

/**
 * The same parameters where the only one of a backward has the name of the forward's argument and may still be its upstream:
 * `forward(self, Z)` with `backward(self, Z)`. Null where no parameter can be both.
 */
export function asUpstream(parameters: readonly BackwardParameter[]): readonly BackwardParameter[] | null {
  const asked = parameters.filter(({role}) => role !== 'self');
  if (asked.length !== 1 || asked[0].role !== 'forward-argument' || asked[0].name !== asked[0].of) return null;
  return parameters.map((parameter) => (parameter === asked[0] ? {...parameter, role: 'upstream', of: null} : parameter));
}

export function upstreamOf(parameters: readonly BackwardParameter[]): string | null {
  return parameters.find(parameter => parameter.role === 'upstream')?.name ?? null;
}

export function cacheOf(parameters: readonly BackwardParameter[]): string | null {
  return parameters.find(parameter => parameter.role === 'cache')?.name ?? null;
}
