/**
 * A class whose objects go forward and backward: `forward`/`backward`, `__call__`, `forward_pass`/`backward_pass`,
 * `fprop`/`bprop`, Torch7's `updateOutput`/`updateGradInput`, `compute`/`gradient`. Methods may come from a base class
 * of the same file. A class without array work and without a gradient is none.
 */
import type {ClassDef, Expr, FunctionDef} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {expressionsIn, flatten, ownMethods} from '../definitions.ts';
import {directionOf} from '../directions.ts';
import {arithmeticOf, hasBlank, isStub} from '../evidence.ts';
import {readGradients} from '../gradients.ts';
import {keepsForBackward} from '../keeping.ts';
import {returnedBy} from '../returned.ts';
import {targetsOf} from '../targets.ts';
import {withHooks} from '../hooks.ts';
import {upstreamAttributes, withHungOutput} from '../hung-gradients.ts';
import type {Match} from '../matching.ts';
import {isBare, matchOf} from '../matching.ts';
import {isLabelName, isLossName, isStrongUpstream} from '../naming.ts';
import type {BackwardParameter, ClassPair} from '../pair.ts';
import {upstreamOf} from '../roles.ts';
import {scopeOf} from '../scopes.ts';
import {isTorchFunction} from './torch.ts';

const BACKWARDS = ['backward', 'backward_pass', 'bprop', 'backprop', 'back_prop', 'backpropagate', 'backpropagation', 'backward_propagation',
  'back_propagation', 'backward_propagate', 'backward_prop', 'updateGradInput', 'gradient', 'gradients', 'grad', 'vjp', 'derivative'];
const FORWARDS = ['forward', '__call__', 'forward_pass', 'fprop', 'call', 'updateOutput', 'compute', 'feedforward', 'feed_forward', 'forward_propagation',
  'forward_propagate', 'forward_prop', 'propagate', 'fwd', 'activate', 'function', 'loss'];

export const findClassPairs: Finder = context => {
  const pairs: ClassPair[] = [];
  for (const owner of context.definitions.classes.values()) {
    if (context.ignored(owner)) continue;
    const match = classMatch(context, owner);
    if (match !== null && !match.parameters.some(parameter => parameter.role === 'label')) pairs.push(classPair(context, owner, match));
  }
  return pairs;
};

/** The forward and backward of a class that computes, or null. A 'label' among the parameters makes it step functions. */
export function classMatch(context: FindContext, owner: ClassDef): Match | null {
  if (isTorchFunction(context, owner)) return null;
  const methods = context.definitions.methods(owner);
  const own = ownMethods(owner);
  for (const backward of ordered(methods, BACKWARDS, 'backward')) {
    if (context.ignored(backward) || isCalledStub(methods, backward)) continue;
    for (const forward of forwardsFor(methods, backward)) {
      const ownForward = own.get(forward.name) === forward;
      const ownBackward = own.get(backward.name) === backward;
      if (!ownForward && !ownBackward) continue;
      if ((!ownForward && isStub(forward)) || (!ownBackward && isStub(backward))) continue;
      const match = withHooks(withHungOutput(ofPrediction(handedOn(withNode(matchOf(context, forward, backward, owner, {bare: true, stated: false}))))));
      if (computes(context, owner, match)) return match;
    }
  }
  return null;
}

/** Methods by a list of names, then those whose names say the direction and nothing else. */
function ordered(methods: ReadonlyMap<string, FunctionDef>, names: readonly string[], direction: 'forward' | 'backward'): readonly FunctionDef[] {
  const found = names.flatMap(name => methods.get(name) ?? []);
  for (const method of methods.values()) {
    const directed = directionOf(method.name);
    if (directed?.direction === direction && isBare(directed) && !found.includes(method)) found.push(method);
  }
  return found;
}

function forwardsFor(methods: ReadonlyMap<string, FunctionDef>, backward: FunctionDef): readonly FunctionDef[] {
  const all = ordered(methods, FORWARDS, 'forward').filter(method => method !== backward);
  const partner = new Map([['gradient', 'compute'], ['updateGradInput', 'updateOutput'], ['bprop', 'fprop'], ['backward_pass', 'forward_pass']]).get(backward.name);
  const first = all.find(method => method.name === partner);
  return first === undefined ? all : [first, ...all.filter(method => method !== first)];
}

/** In the layers of one well-known book, a loss's backward takes the prediction under the name of a gradient. */
function ofPrediction(match: Match): Match {
  const {parameters, values} = match;
  const label = parameters.some(parameter => parameter.role === 'forward-argument' && isLabelName(parameter.name));
  const prediction = values.parameters.find(name => /pred|hat|^outputs?$/i.test(name) && !/true/i.test(name));
  if (!label || prediction === undefined) return match;
  return {...match, parameters: parameters.map(parameter => parameter.role === 'upstream' && /^d_?values$/.test(parameter.name)
    ? {...parameter, role: 'forward-argument', of: prediction} : parameter)};
}

/** Whether a body multiplies something by a parameter, as a backward does with its upstream gradient. */
function scales(backward: FunctionDef, name: string): boolean {
  const isName = (part: Expr): boolean => expressionsIn(part).some(inner => inner.kind === 'Name' && inner.id === name);
  return backward.body.flatMap(expressionsIn).some(part =>
    (part.kind === 'Binary' && (part.operator === '*' || part.operator === '@') && (isName(part.left) || isName(part.right)))
    || (part.kind === 'Call' && part.callee.kind === 'Attribute' && /^(?:dot|matmul|multiply|einsum|outer)$/.test(part.callee.name) && isName(part)));
}

/** `node` of needle's `gradient(self, out_grad, node)` holds the forward's arguments. */
function withNode(match: Match): Match {
  const parameters = match.parameters.map((parameter): BackwardParameter =>
    /^node$/i.test(parameter.name) && parameter.role !== 'upstream' ? {...parameter, role: 'node', of: null} : parameter);
  return {...match, parameters};
}

/** `backward(self, x)` of a net that hands x to the backward of its layers: x is upstream, whatever its name. */
function handedOn(match: Match): Match {
  const first = match.parameters.find(parameter => parameter.role !== 'self');
  if (first === undefined || match.parameters.some(parameter => parameter.role === 'upstream')) return match;
  // A penalty on weights has none: its backward is handed the weights again.
  if (first.role === 'forward-argument' && (/^(?:[wW]|weights?|theta)$/.test(first.name) || match.results.some(({name, role}) => role === 'output' && name !== null && isLossName(name)))) return match;
  const hands = match.backward.body.flatMap(expressionsIn).some(part => part.kind === 'Call' && part.callee.kind === 'Attribute'
    && directionOf(part.callee.name)?.direction === 'backward' && part.args[0]?.value.kind === 'Name' && part.args[0].value.id === first.name);
  const works = first.role === 'unknown' && arithmeticOf(match.backward) !== 'none' && scales(match.backward, first.name)
    && !/^(?:obs\w*|seq\w*|steps?|k|n|distance|speed|state\w*|params?|loss|batch|data)$/i.test(first.name);
  if (!hands && !works) return match;
  return {...match, parameters: match.parameters.map(parameter => parameter === first ? {...parameter, role: 'upstream', of: null} : parameter)};
}

function computes(context: FindContext, owner: ClassDef, match: Match): boolean {
  const {forward, backward, parameters, gradients} = match;
  const stub = isStub(backward);
  if (isStub(forward) && (stub || context.definitions.hasSubclass(owner))
    && !(hasBlank(context, forward) && hasBlank(context, backward) && !context.definitions.hasSubclass(owner))) return false;
  if (context.definitions.hasSubclass(owner) && stub && !hasBlank(context, backward)) return false;
  if (leansOnStubs(context, owner, forward) || leansOnStubs(context, owner, backward)) return false;
  const arithmetic = arithmeticOf(backward) !== 'none' || passesOn(backward);
  const array = arithmeticOf(backward) === 'array' || arithmeticOf(forward) === 'array';
  const named = gradients.filter(gradient => gradient.by === 'name').length;
  const upstream = parameters.find(parameter => parameter.role === 'upstream');
  const returns = returnedBy(context, backward, owner).some(one => !one.none);
  if (upstream !== undefined) {
    if (named > 0) return true;
    const works = arithmetic || arithmeticOf(forward) !== 'none' || passesOn(forward);
    if (isStrongUpstream(upstream.name)) return works || returns || hasBlank(context, backward);
    return (returns || gradients.length > 0) && (arithmeticOf(backward) === 'array' || passesOn(backward) || scales(backward, upstream.name));
  }
  if (/^(?:gradients?|grad|derivative)$/.test(backward.name)) return false;
  if (speaksOfStates(context, owner)) return false;
  if (named > 0 && arithmetic && upstreamAttributes(backward).size > 0 && gradients.some(({name, of}) => of !== null && name?.startsWith('self.') === false)) return true;
  const rest = parameters.filter(parameter => parameter.role !== 'self');
  if (rest.some(parameter => parameter.role === 'label')) return (array || passesOn(backward)) && (named > 0 || gradients.length > 0 || updates(context, backward));
  if (rest.length === 0) return (named > 0 && arithmetic) || (returns && array && arithmeticOf(backward) !== 'none' && !selfGraph(context, backward)) || (stub && array && hasBlank(context, backward));
  if (named > 0) return array;
  const known = rest.every(parameter => parameter.role !== 'unknown');
  const sees = rest.some(parameter => parameter.role === 'forward-argument' && /^(?:x|X|z|Z|a|A|inputs?|y\w*|pred\w*|output\w*|t|target\w*)$/.test(parameter.name));
  return known && sees && returns && arithmeticOf(backward) === 'array' && arithmeticOf(forward) === 'array';
}

/** Whether a method that subclasses are to write is called by another of the class: that one is what they are used by. */
function isCalledStub(methods: ReadonlyMap<string, FunctionDef>, method: FunctionDef): boolean {
  return method.name.startsWith('_') && isStub(method) && [...methods.values()].some(other => other !== method && scopeOf(other).calls.has(`self.${method.name}`));
}

/** Whether a method of a base class calls one that only subclasses write. */
function leansOnStubs(context: FindContext, owner: ClassDef, method: FunctionDef): boolean {
  const methods = context.definitions.methods(owner);
  for (const call of scopeOf(method).calls) {
    const called = call.startsWith('self.') ? methods.get(call.slice(5)) : undefined;
    if (called !== undefined && called !== method && isStub(called) && directionLike(called.name)) return true;
  }
  return false;
}

function directionLike(name: string): boolean {
  return directionOf(name) !== null || /^(?:updateOutput|updateGradInput|compute|gradient)$/.test(name);
}

/** Layers that hand on: `for layer in reversed(self.layers): dout = layer.backward(dout)`. */
function passesOn(definition: FunctionDef): boolean {
  for (const call of scopeOf(definition).calls) if (/(?:backward|forward|_grad|bprop|fprop)$/i.test(call)) return true;
  return false;
}

/** Networks that change their own weights while they go backward: `self.W1 -= ...`. */
function updates(context: FindContext, backward: FunctionDef): boolean {
  return flatten(backward.body).some(statement => statement.kind === 'AugAssign' && /^self\.\w*[wWbB]/.test(context.text.slice(statement.span.start, statement.span.end)));
}

/** The driver of an engine, which sorts its graph and calls closures, is no layer. */
function selfGraph(context: FindContext, backward: FunctionDef): boolean {
  return /topo|visited|_backward\(|grad_fn|requires_grad|\.backward\(/.test(context.text.slice(backward.span.start, backward.span.end));
}

/** Hidden Markov models have a forward and a backward algorithm, which is no gradient. */
function speaksOfStates(context: FindContext, owner: ClassDef): boolean {
  return /\b(?:hmm|markov|viterbi|baum|emissions?|n_states|emission_\w+|transition_prob\w*|obs_seq)\b/i.test(`${owner.name} ${context.text.slice(owner.span.start, owner.span.end)}`);
}

function classPair(context: FindContext, owner: ClassDef, match: Match): ClassPair {
  const {forward, backward, parameters, results} = match;
  const methods = context.definitions.methods(owner);
  const also = backward.name === 'updateGradInput' ? ['accGradParameters'].flatMap(name => methods.get(name) ?? []) : [];
  const gradients = [...match.gradients];
  for (const method of also) gradients.push(...readGradients(context, method, owner, match.values).filter(gradient => gradient.position === null));
  return {
    pattern: 'class', name: owner.name, path: context.path, module: context.module, spans: [forward.span, backward.span, ...also.map(method => method.span)],
    gradients, owner, forward, backward, entrance: entranceOf(methods, forward, backward), also, upstream: upstreamOf(parameters), parameters, results,
    output: results.length === 0 ? outputAttribute(forward) : null,
  };
}

/** Users call the layer: `__call__` may keep the input for the backward, and then call the forward. */
function entranceOf(methods: ReadonlyMap<string, FunctionDef>, forward: FunctionDef, backward: FunctionDef): string {
  const call = methods.get('__call__');
  return call !== undefined && keepsForBackward(call, forward, backward) ? call.name : forward.name;
}

/** The last attribute that a forward without a return writes, those called output first. */
function outputAttribute(forward: FunctionDef): string | null {
  const written = flatten(forward.body).flatMap(statement => targetsOf(statement)).flatMap(([target]) =>
    target.kind === 'Attribute' && target.object.kind === 'Name' && target.object.id === 'self' ? [target.name] : []);
  const output = written.find(name => /^(?:output|out|y|outputs|result)$/.test(name)) ?? written.at(-1);
  return output === undefined ? null : `self.${output}`;
}
