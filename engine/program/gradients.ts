/**
 * What a backward gives: the gradients that it returns (a tuple, a name, a dictionary) and those that it leaves in
 * attributes, each mapped to the forward value that its name speaks of. Reads text only.
 */
import type {ClassDef, Expr, FunctionDef, Stmt} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import type {FindContext} from './context.ts';
import {slice, written, writtenKey} from './context.ts';
import {flatten} from './definitions.ts';
import type {ForwardValues} from './forward-values.ts';
import {isConfigurationName, isGenericGradient, isHyperparameterName, isLabelName, isLossName, isStrongUpstream} from './naming.ts';
import type {GradientName} from './pair.ts';
import {inStatedOrder} from './return-order.ts';
import type {Returned} from './returned.ts';
import {isKey, literalEntries, returnedBy, wordInside} from './returned.ts';
import {scopeOf} from './scopes.ts';
import {targetsOf} from './targets.ts';
import {expectedForNones, expectedGradients} from './unwritten.ts';
import {updatesIn} from './updates.ts';

/** The gradients of a backward, returned ones first, each with what it is of. */
export function readGradients(context: FindContext, backward: FunctionDef, owner: ClassDef | null, values: ForwardValues): readonly GradientName[] {
  // In a backward that is handed an error, an error is what it hands on.
  const isLoss = backward.params.some(({name}) => /err|delta/i.test(name)) ? (word: string): boolean => isLossName(word) && !/err/i.test(word) : isLossName;
  const given = returnedBy(context, backward, owner);
  const ordered = inStatedOrder(gradientsAmong(given, values, isLoss), backward, context.module);
  const returned = [...ordered, ...expectedForNones(given, ordered, backward, values)];
  const left = leftBehind(context, backward, owner, values);
  const names = new Set(returned.map(gradient => gradient.name));
  const covered = new Set(returned.map(gradient => gradient.of).filter(of => of !== null));
  const kept = [...returned, ...onePerValue(left).filter(gradient => !names.has(gradient.name) && (gradient.of === null || !covered.has(gradient.of)))];
  const found = [...kept, ...updatesIn(context, backward, owner, values).filter(update => !kept.some(({of, name}) => name === update.of || (of !== null && (of === update.of || of.startsWith(`${update.of!}[`)))))];
  if (found.length > 0) return found;
  const expected = expectedGradients(backward, values);
  return expected.length > 0 || given.length > 0 ? expected : changedUpstream(context, backward, owner, values);
}

/** A backward that gives nothing but `self.dvalues`, named after the upstream gradient that it was handed: it is of the layer's input. */
function changedUpstream(context: FindContext, backward: FunctionDef, owner: ClassDef | null, values: ForwardValues): readonly GradientName[] {
  if (owner === null || values.parameters.length === 0) return [];
  for (const statement of flatten(backward.body)) {
    for (const [target, value] of targetsOf(statement)) {
      const place = wholeOf(target);
      const isHanded = value?.kind === 'Name' && target === place;
      if (place.kind !== 'Attribute' || isHanded || !(place.object.kind === 'Name' && place.object.id === 'self') || !isStrongUpstream(place.name)) continue;
      if (!backward.params.some(({name}) => name === place.name)) continue;
      return [{name: written(context, place), position: null, of: values.parameters[0], by: 'position', span: target.span}];
    }
  }
  return [];
}

/** Of several attributes for one value, a gradient of the loss: `self.dLdW`, and not the local derivative `self.dZdW`. */
function onePerValue(left: readonly GradientName[]): readonly GradientName[] {
  const local = (gradient: GradientName): boolean => /\.d(?![LJEC](?:oss)?_?d)[A-Z]\w*?d[A-Za-z]\w*$/.test(gradient.name ?? '');
  return left.filter(gradient => !(local(gradient) && left.some(other => other !== gradient && other.of === gradient.of && !local(other))));
}

/** Maps what is returned to forward values: by name where a name says so, else by order where the count fits. */
export function gradientsAmong(returned: readonly Returned[], values: ForwardValues, isLoss: (word: string) => boolean = isLossName): readonly GradientName[] {
  const found = returned.filter(one => !one.none && (one.key !== null || one.word === null || !isLoss(one.word))).map(one => {
    // `dout`, used again for dx, is of no output: the output's gradient comes from above.
    const meant = meaning(one, values);
    const of = one.key === null && meant !== null && values.outputs.has(meant) && values.parameters.length > 0 ? null : meant;
    return {name: one.name, position: one.key === null ? one.position : null, of, by: of === null ? null : 'name', span: one.span} as const;
  });
  const data = values.parameters.filter(name => !isHyperparameterName(name) && !isLabelName(name) && !isConfigurationName(name));
  const candidates = data.length === 0 ? values.parameters : data;
  if (found.some(gradient => gradient.of !== null && gradient.position !== null)) return restInOrder(found, candidates, values);
  const places = found.filter(gradient => gradient.position !== null);
  if (places.length === 0 || places.some(gradient => gradient.name !== null && isLoss(gradient.name)) || (places.length !== candidates.length && places.length !== 1) || candidates.length === 0) return found;
  return found.map(gradient => gradient.position === null ? gradient
    : {...gradient, of: candidates[places.indexOf(gradient)], by: 'position'} as const);
}

/**
 * Where there are as many gradients as arguments, those that name no argument (`dh` for h0) belong to the arguments
 * that are left, in order.
 */
function restInOrder(found: readonly GradientName[], candidates: readonly string[], values: ForwardValues): readonly GradientName[] {
  if (found.length !== candidates.length || found.some(gradient => gradient.position === null)) return found;
  const open = found.filter(gradient => gradient.of === null || values.computed.has(gradient.of));
  const free = candidates.filter(name => !found.some(gradient => gradient.of === name));
  if (open.length !== free.length) return found;
  return found.map(gradient => open.includes(gradient) ? {...gradient, of: free[open.indexOf(gradient)], by: 'position'} : gradient);
}

/** `grads` of `grads['W1']` and of `self.grads['W1']`. */
function container(one: Returned): string {
  return /(\w+)\[[^[]*\]$/.exec(one.name ?? '')?.[1] ?? '';
}

function meaning(one: Returned, values: ForwardValues): string | null {
  if (one.key !== null && one.word === null) return values.ofComputedKey(one.key);
  if (one.word === null || isGenericGradient(one.word)) return null;
  return values.of(one.word) ?? (one.key !== null && isGenericGradient(container(one)) ? values.named(one.word) : null);
}

/** Gradients left in attributes: `self.dW = `, `self.grads['W'] += `, `self.grads[0][...] = dW`, `self.W.grad = `. */
function leftBehind(context: FindContext, backward: FunctionDef, owner: ClassDef | null, values: ForwardValues): readonly GradientName[] {
  const found = new Map<string, GradientName>();
  const add = (name: string, of: string | null, span: Span): void => {
    if (of !== null || !found.has(name)) found.set(name, {name, position: null, of, by: of === null ? null : 'name', span});
  };
  const handed = new Set(backward.params.map(parameter => parameter.name));
  for (const [alias, place] of listAliases(context, backward.body)) {
    const base = place.replace(/\w+(?=\[)/, 'params');
    add(place, values.places.has(base.replace(/\[.*$/, '')) ? base : values.of(alias), backward.nameSpan);
  }
  for (const statement of bodiesOf(context, backward, owner).flatMap(body => flatten(body))) {
    for (const [target, value] of targetsOf(statement)) {
      if (target.kind !== 'Attribute' && target.kind !== 'Subscript') continue;
      const place = wholeOf(target);
      const held = owner === null ? null : heldBeside(context, target, owner);
      if (held !== null) {
        add(written(context, target), held, target.span);
      } else if (place.kind === 'Attribute') {
        if (value?.kind === 'Name' && handed.has(value.id) && isGenericGradient(place.name)) continue;
        if (isGenericGradient(place.name) && !(place.object.kind === 'Name' && place.object.id === 'self')) {
          add(written(context, place), keptArgument(place.object, values) ?? written(context, place.object), target.span);
        } else if (place.object.kind === 'Name' && place.object.id === 'self' && owner !== null) {
          if (isGenericGradient(place.name) && value !== null && (value.kind === 'Dict' || value.kind === 'List' || value.kind === 'Tuple')) {
            addContainer(context, place, value, values, add);
          } else {
            const of = isGenericGradient(place.name) ? null : values.of(place.name) ?? firstInput(place.name, values);
            const isHanded = value?.kind === 'Name' && handed.has(value.id);
            if (of !== null && of !== `self.${place.name}` && !values.outputs.has(of) && !(isHanded && !values.places.has(of) && !values.parameters.includes(of))) add(written(context, place), of, target.span);
          }
        }
      } else if (!(value?.kind === 'Name' && handed.has(value.id)) && place.kind === 'Subscript' && place.object.kind === 'Attribute' && isGenericGradient(place.object.name)) {
        const key = writtenKey(context, place.index);
        const word = place.index.kind === 'String' ? place.index.value : null;
        const named = value === null ? null : wordInside(value);
        const of = word !== null ? values.of(word) ?? values.named(word)
          : values.ofComputedKey(key) ?? (named === null ? null : values.of(named)) ?? sibling(context, place.object, key, values);
        add(written(context, place), of, target.span);
      }
    }
  }
  return [...found.values()];
}

/** `self.W['value']` for `self.W['grad']`, where a class keeps a parameter and its gradient in one dictionary. */
function heldBeside(context: FindContext, target: Expr, owner: ClassDef): string | null {
  if (target.kind !== 'Subscript' || target.index.kind !== 'String' || !isGenericGradient(target.index.value) || target.object.kind !== 'Attribute') return null;
  const holder = written(context, target.object);
  if (!/^self\.\w+$/.test(holder) || isGenericGradient(target.object.name)) return null;
  const key = new RegExp(`\\b${holder}\\[['"](val(?:ues?)?|data|weights?|w|param(?:eter)?|array)['"]\\]`).exec(slice(context, owner.span))?.[1];
  return key === undefined ? null : `${holder}['${key}']`;
}

/** The argument that an attribute of the object keeps: `inp` for `self.inp` after `self.inp = inp`. */
function keptArgument(place: Expr, values: ForwardValues): string | null {
  if (place.kind !== 'Attribute' || place.object.kind !== 'Name' || place.object.id !== 'self') return null;
  const kept = values.named(place.name);
  return kept !== null && values.parameters.includes(kept) ? kept : null;
}

/** `self.dinputs` of a layer whose argument has another name. */
function firstInput(name: string, values: ForwardValues): string | null {
  return /^(?:d_?|grad_?)(?:inputs?|in|x)$|^(?:inputs?|x)_?grad$/i.test(name) ? values.parameters[0] ?? null : null;
}

/** Local names of the lists in an object: dW for `self.grads[0]` after `dW, = self.grads`. */
function listAliases(context: FindContext, body: readonly Stmt[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const statement of flatten(body)) {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Attribute' || !isGenericGradient(statement.value.name)) continue;
    const place = written(context, statement.value);
    for (const target of statement.targets) {
      if (target.kind !== 'Tuple' && target.kind !== 'List') continue;
      target.items.forEach((item, i) => { if (item.kind === 'Name') aliases.set(item.id, `${place}[${i}]`); });
    }
  }
  return aliases;
}

/** The body of a backward and those of the methods that it calls on `self`. */
function bodiesOf(context: FindContext, backward: FunctionDef, owner: ClassDef | null): readonly (readonly Stmt[])[] {
  const bodies = [backward.body];
  if (owner === null) return bodies;
  const methods = context.definitions.methods(owner);
  for (const call of scopeOf(backward).calls) {
    const method = call.startsWith('self.') ? methods.get(call.slice(5)) : undefined;
    if (method !== undefined && method !== backward && !/forward|loss|cost|update|__init__/i.test(method.name)) bodies.push(method.body);
  }
  return bodies;
}

/** Takes away indices that write into an array: `self.dW` of `self.dW[i, j]`, `self.grads[0]` of `self.grads[0][...]`. */
function wholeOf(target: Expr): Expr {
  let at = target;
  while (at.kind === 'Subscript') {
    const inner = at.object;
    if (inner.kind === 'Attribute' && /^(?:d?grads|gradients)$/i.test(inner.name)) return at;
    if (inner.kind === 'Attribute' && isGenericGradient(inner.name) && isKey(at.index)) return at;
    at = inner;
  }
  return at;
}

function addContainer(
  context: FindContext, place: Expr, value: Expr, values: ForwardValues, add: (name: string, of: string | null, span: Span) => void,
): void {
  const name = written(context, place);
  if (value.kind === 'Dict') {
    for (const one of literalEntries(context, value, name)) add(one.name!, meaning(one, values), one.span);
  } else if (value.kind === 'List' || value.kind === 'Tuple') {
    value.items.forEach((item, i) => {
      const word = wordInside(item);
      add(`${name}[${i}]`, (word === null ? null : values.of(word)) ?? sibling(context, place, String(i), values), item.span);
    });
  }
}

/** `self.params[0]` for `self.grads[0]`, where there is such a thing. */
function sibling(context: FindContext, grads: Expr, key: string, values: ForwardValues): string | null {
  if (/['"]/.test(key)) return null;
  const parameters = written(context, grads).replace(/\w+$/, word => word.startsWith('g') ? 'params' : 'parameters');
  return values.places.has(parameters) ? `${parameters}[${key}]` : null;
}

