/**
 * `Value` engines: an operation makes `out` and hangs on it a closure that adds to `self.grad` and `other.grad`. One
 * pair per operation: the method (or function) and the closure inside it.
 */
import type {FunctionDef} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {written} from '../context.ts';
import {expressionsIn, flatten, returnsOf} from '../definitions.ts';
import {targetsOf} from '../targets.ts';
import {isUpstreamName} from '../naming.ts';
import type {EnginePair, GradientName} from '../pair.ts';

const GRAD = /^_?(?:grad|gradient|g|adjoint|derivative|d|deriv|grad_value|_grad)$/;

export const findEnginePairs: Finder = context => {
  const pairs: EnginePair[] = [];
  for (const {definition: backward, within: forward, owner} of context.definitions.nested) {
    if (context.ignored(forward) || (owner !== null && context.ignored(owner)) || /^_*backward$/.test(forward.name)) continue;
    const gradients = gradientsIn(context, backward, forward);
    if (gradients.length === 0) continue;
    const output = outputOf(forward);
    if (output === null || !hungOn(forward, backward)) continue;
    const grad = /\.(\w+)(?:\[.*)?$/.exec(gradients[0].name ?? '')?.[1] ?? 'grad';
    pairs.push({
      pattern: 'engine', name: owner === null ? forward.name : `${owner.name}.${forward.name}`, path: context.path, module: context.module,
      spans: [forward.span], gradients, owner, forward, backward, operands: operandsOf(gradients, forward), output,
      upstream: backward.params.find(parameter => parameter.default === null && isUpstreamName(parameter.name))?.name
        ?? backward.params.find(parameter => parameter.default === null && parameter.star === '')?.name
        ?? backward.params.find(parameter => isUpstreamName(parameter.name))?.name ?? null,
      data: dataAttribute(forward, grad), grad,
    });
  }
  return pairs;
};

/** The places that a closure adds gradients to: `self.grad`, `other.grad`, `t.grad`. */
function gradientsIn(context: FindContext, backward: FunctionDef, forward: FunctionDef): readonly GradientName[] {
  const found = new Map<string, GradientName>();
  const known = new Set([...forward.params.map(parameter => parameter.name), ...localsOf(forward)]);
  for (const statement of flatten(backward.body)) {
    for (const [target] of targetsOf(statement)) {
      let at = target;
      while (at.kind === 'Subscript') at = at.object;
      if (at.kind !== 'Attribute' || !GRAD.test(at.name) || at.object.kind !== 'Name') continue;
      const of = at.object.id;
      const looped = flatten(backward.body).some(one => one.kind === 'For' && expressionsIn(one.target).some(part => part.kind === 'Name' && part.id === of));
      if (!known.has(of) && !looped) continue;
      const name = written(context, at);
      found.set(name, {name, position: null, of, by: 'name', span: target.span});
    }
  }
  return [...found.values()];
}

function localsOf(forward: FunctionDef): readonly string[] {
  return flatten(forward.body).flatMap(targetsOf).flatMap(([target]) => target.kind === 'Name' ? [target.id] : []);
}

/** The local that is returned; an operation returns the value that it makes. */
function outputOf(forward: FunctionDef): string | null {
  const last = returnsOf(forward).at(-1)?.value;
  return last?.kind === 'Name' ? last.id : null;
}

/** Whether the closure is kept: `out._backward = _backward`, `Value(..., _backward)`, `out.grad_fn = ...`. */
function hungOn(forward: FunctionDef, backward: FunctionDef): boolean {
  return flatten(forward.body).some(statement => statement.kind !== 'FunctionDef'
    && expressionsIn(statement).some(part => part.kind === 'Name' && part.id === backward.name));
}

function operandsOf(gradients: readonly GradientName[], forward: FunctionDef): readonly string[] {
  const touched = new Set(gradients.map(gradient => gradient.of));
  return forward.params.filter(parameter => touched.has(parameter.name)).map(parameter => parameter.name);
}

/** The attribute that holds the number: what the forward reads most besides the gradient. */
function dataAttribute(forward: FunctionDef, grad: string): string {
  const counts = new Map<string, number>();
  for (const statement of forward.body) {
    for (const part of expressionsIn(statement)) {
      if (part.kind === 'Attribute' && part.name !== grad && /^_?(?:data|value|val|v|x|item|array|arr|num|n|number|scalar)$/.test(part.name)) {
        counts.set(part.name, (counts.get(part.name) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'data';
}

