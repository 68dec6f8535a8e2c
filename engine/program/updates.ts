/**
 * Backwards that change the weights themselves: `self.W -= lr * dW`, `self.b = self.b - lr * db`. Each step that is plain
 * gradient descent stands for a gradient; what an optimizer with a memory of its own does is left alone. Reads text only.
 */
import type {ClassDef, Expr, FunctionDef, Stmt} from '../python/ast.ts';
import type {FindContext} from './context.ts';
import {written} from './context.ts';
import {expressionsIn, flatten} from './definitions.ts';
import {directionOf} from './directions.ts';
import type {ForwardValues} from './forward-values.ts';
import {isGenericGradient} from './naming.ts';
import type {GradientName} from './pair.ts';
import {dottedName, scopeOf} from './scopes.ts';

const RATE = /^(?:lr|l_?rate|learn(?:ing)?_?rate|learningRate|eta|alpha|step_?size|rate|η|α)$/;
/** What only an optimizer does: it divides by a running size of the gradients. */
const OPTIMIZER = /sqrt|\*\*\s*0?\.5|rms_?prop|adam|adagrad|beta_?2/i;

/** The gradients that the steps of a backward and of the methods that it calls stand for, one for each parameter. */
export function updatesIn(context: FindContext, backward: FunctionDef, owner: ClassDef | null, values: ForwardValues): readonly GradientName[] {
  if (owner === null) return [];
  const found = new Map<string, GradientName>();
  const moved = movedForward(context, owner);
  for (const definition of steppingFunctions(context, backward, owner)) {
    if (OPTIMIZER.test(context.text.slice(definition.span.start, definition.span.end))) continue;
    for (const statement of flatten(definition.body)) {
      const step = stepOf(context, statement);
      if (step === null) continue;
      const place = attributeOf(step.target);
      if (place === null || isGradientOf(place, values) || moved.has(place.text) || !values.places.has(place.text) || isGenericGradient(place.name) || /^_?(?:d[A-Z]|d_|grad)|grad$|^(?:t|step|count|iter\w*|epoch\w*|n_\w+|loss\w*|cost\w*|error\w*)$/.test(place.name)) continue;
      const rate = rateIn(step.value) ?? rateBehind(definition, step.value);
      found.set(place.text, {name: place.text, position: null, of: place.text, by: 'name', span: step.target.span, update: {rate}});
    }
  }
  return [...found.values()];
}

/** `self.dbias` beside `self.bias` is what a backward adds up, and no weight. */
function isGradientOf({text, name}: {readonly text: string; readonly name: string}, values: ForwardValues): boolean {
  const of = values.of(name);
  return of !== null && of !== text && values.places.has(of);
}

/** What the forward changes step by step is no weight: the place of a robot. */
function movedForward(context: FindContext, owner: ClassDef): ReadonlySet<string> {
  const forwards = [...context.definitions.methods(owner).values()].filter(method => directionOf(method.name)?.direction === 'forward');
  return new Set(forwards.flatMap(method => flatten(method.body)).flatMap(statement => {
    const step = stepOf(context, statement);
    return (step === null ? null : attributeOf(step.target)?.text) ?? [];
  }));
}

/** The backward itself, and the methods of its object that it calls to take its steps. */
function steppingFunctions(context: FindContext, backward: FunctionDef, owner: ClassDef): readonly FunctionDef[] {
  const methods = context.definitions.methods(owner);
  const called = [...scopeOf(backward).calls].flatMap(call => (call.startsWith('self.') ? methods.get(call.slice(5)) ?? [] : []));
  return [backward, ...called.filter(method => method !== backward && !/forward|predict|loss|cost|__init__/i.test(method.name))];
}

interface Step {
  readonly target: Expr;
  /** What is added or taken away. */
  readonly value: Expr;
}

/** `T -= v`, `T += v`, `T = T - v`, and `T = [w - v for w, ... in zip(T, ...)]`. */
function stepOf(context: FindContext, statement: Stmt): Step | null {
  if (statement.kind === 'AugAssign') {
    return (statement.operator === '-' || statement.operator === '+') && statement.value.kind !== 'Number' ? {target: statement.target, value: statement.value} : null;
  }
  if (statement.kind !== 'Assign') return null;
  const [target] = statement.targets;
  const {value} = statement;
  if (value.kind === 'Binary' && (value.operator === '-' || value.operator === '+') && value.right.kind !== 'Number') {
    return written(context, value.left) === written(context, target) ? {target, value: value.right} : null;
  }
  if (value.kind !== 'Comprehension' || value.element.kind !== 'Binary' || (value.element.operator !== '-' && value.element.operator !== '+')) return null;
  const text = written(context, target);
  return expressionsIn(value).some(part => part.kind === 'Attribute' && written(context, part) === text) ? {target, value: value.element.right} : null;
}

/** `self.W` of `self.W[:, j]` and of `self.weights[i]`; null for what is no attribute of the object. */
function attributeOf(target: Expr): {readonly text: string; readonly name: string} | null {
  let at = target;
  while (at.kind === 'Subscript') at = at.object;
  return at.kind === 'Attribute' && at.object.kind === 'Name' && at.object.id === 'self' ? {text: `self.${at.name}`, name: at.name} : null;
}

/** The learning rate in a step: by its name, or the number that everything is multiplied with; null when there is none. */
function rateIn(value: Expr): Expr | null {
  const parts = expressionsIn(value);
  const named = parts.find(part => (part.kind === 'Name' && RATE.test(part.id)) || (part.kind === 'Attribute' && RATE.test(part.name) && dottedName(part) !== null));
  if (named !== undefined) return named;
  let at = value;
  while (at.kind === 'Binary' && at.operator === '*') {
    if (at.right.kind === 'Number') return at.right;
    at = at.left;
  }
  return at.kind === 'Number' ? at : null;
}

/** The rate in what the names of a step were given before: `step = lr * dW`. */
function rateBehind(definition: FunctionDef, value: Expr): Expr | null {
  const names = new Set(expressionsIn(value).flatMap(part => dottedName(part) ?? []));
  for (const statement of flatten(definition.body)) {
    if (statement.kind !== 'Assign' || !names.has(dottedName(statement.targets[0]) ?? '')) continue;
    const parts = expressionsIn(statement.value);
    const named = parts.find(part => (part.kind === 'Name' && RATE.test(part.id)) || (part.kind === 'Attribute' && RATE.test(part.name)));
    if (named !== undefined) return named;
  }
  return null;
}
