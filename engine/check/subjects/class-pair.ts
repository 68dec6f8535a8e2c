/** Runs a class with forward and backward methods: gradients are returned, or left in attributes. */
import {NDArray} from '../../ndarray/array.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute, setAttribute} from '../../interpreter/interpreter.ts';
import {Class, Func, Instance} from '../../interpreter/objects.ts';
import type {Run} from '../../interpreter/run.ts';
import type {FunctionDef} from '../../python/ast.ts';
import {upstreamAttributes} from '../../program/hung-gradients.ts';
import type {BackwardParameter, ClassPair} from '../../program/pair.ts';
import {keepsForBackward} from '../../program/keeping.ts';
import {quantityOf} from '../quantity.ts';
import {heldBy, isOfNoParameter, placeAttributes, replacedAttributes} from './attributes.ts';
import {argumentOf, bindParameters} from './bind.ts';
import {readGradients} from './gradients.ts';
import {publicMethods} from './hooks.ts';
import {callableOf, objectOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';
import {beforeUpdates, readUpdates} from './updates.ts';
import {unlessUnset} from './unset.ts';
import {tensorClassOf, unwrapped, wrapped} from './wrapper.ts';
import {follow, parseWritten, parts} from './written.ts';

export function startClass(pair: ClassPair, scene: Scene): Execution {
  const {run} = scene;
  const self = objectOf(scene, pair.owner);
  const attributes = placeAttributes(scene, self, pair.gradients);
  const {values: placed, leaves} = placeInputs(scene, pair.forward, pair.gradients, true);
  const tensors = tensorsOf(pair, scene, placed);
  const values = new Map([...placed, ...tensors]);
  const {bound, callee} = callableOf(scene, pair.forward, pair.owner);
  const {positional, keywords} = bindParameters(pair.forward, bound, (name) => values.get(name));
  const methods = publicMethods(pair, scene, self);
  const called = pair.entrance === pair.forward.name && keepsInCall(pair, self) ? '__call__' : pair.entrance;
  const entrance = methods !== null ? methods.forward : called === pair.forward.name ? callee : getAttribute(run, self, called);
  const before = heldBy(self, attributes);
  let result = bare(callFunction(run, entrance, positional, keywords));
  const late = placeAttributes(scene, self, pair.gradients.filter(({of}) => of?.startsWith('self.') === true && !attributes.includes(of) && isConstant(self, of)));
  if (late.length > 0) result = bare(callFunction(run, entrance, positional, keywords));
  const replaced = replacedAttributes(scene, self, before);
  const grown = [...replaced].find(([, how]) => how === 'grown')?.[0];
  if (grown !== undefined) throw new CannotRun(`${pair.forward.name} replaces ${grown} by an array of another shape that is made of it, and gradients are of that one`);
  const all = [...leaves, ...attributes.filter((leaf) => !replaced.has(leaf)), ...late];
  const gradients = pair.gradients.filter((gradient) => !isOfNoParameter(self, gradient, all) && !replaced.has(gradient.of ?? ''));
  const outputs = outputsOf(pair, self, methods === null ? result : null);
  const takesPrediction = quantityOf(outputs[0])?.shape.length === 0 && attributeOutput(self) !== undefined;
  const hung = run.tensorAttribute === null ? new Set<string>() : upstreamAttributes(pair.backward);
  return {
    outputs,
    takesUpstream: hung.size > 0 || pair.parameters.some(({role, name}) => role === 'upstream' && !(takesPrediction && isPrediction(name))),
    intermediates: noIntermediates,
    backward(upstreams) {
      let upstream = 0;
      for (const name of hung) hangOn(run, outputs[0], name, upstreams[0]);
      const roles = new Map(pair.parameters.map((parameter) => [parameter.name, parameter]));
      const take = (parameter: BackwardParameter): Value | undefined => {
        if (takesPrediction && isPrediction(parameter.name)) return attributeOutput(self);
        switch (parameter.role) {
          case 'upstream': return upstreams[upstream++];
          case 'forward-output': return namedResult(pair, result, parameter) ?? outputs[0];
          case 'cache': return namedResult(pair, result, parameter) ?? (result instanceof Tuple ? result.items.at(-1) : hasDefault(pair.backward, parameter.name) ? undefined : contextOf(scene, positional));
          default: return values.get(parameter.of ?? parameter.name) ?? scene.inputs.get(parameter.name);
        }
      };
      const value = (name: string): Value | undefined => {
        const parameter = roles.get(name);
        const taken = parameter === undefined ? undefined : take(parameter);
        return taken === undefined && methods !== null && !hasDefault(pair.backward, name) ? null : taken;
      };
      const backward = callableOf(scene, pair.backward, pair.owner);
      const given = bindParameters(pair.backward, backward.bound, value);
      const before = beforeUpdates(self, gradients);
      const returned = bare(unlessUnset(self, [pair.forward, pair.backward], () => callFunction(run, methods?.backward ?? backward.callee, given.positional, given.keywords)));
      for (const definition of pair.also) {
        upstream = 0;
        const extra = bindParameters(definition, 1, (name) => (name === pair.upstream || /grad/i.test(name) ? upstreams[0] : values.get(name)));
        callFunction(run, getAttribute(run, self, definition.name), extra.positional, extra.keywords);
      }
      const roots = new Map([...(hung.size > 0 ? values : tensors), ['self', self]]);
      const wanted = gradients.filter(({update}) => update === undefined);
      const read = readGradients(wanted, {returned, roots, dictionaryPosition: null, hungOn: run.hungOn}, all);
      return [...read, ...readUpdates(scene, self, before, argumentOf(pair.backward, given))];
    },
  };
}

/** The arguments that the backward leaves gradients in, as `a.grad += g`: tensors of the module's own class around the made arrays. */
function tensorsOf({gradients}: ClassPair, {module, run}: Scene, values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const roots = gradients.flatMap(({name, position, of}) => (name !== null && position === null && name === `${of ?? ''}.grad` ? [of!] : []));
  const cls = roots.length === 0 ? null : tensorClassOf(module);
  return new Map(cls === null ? [] : [...values].filter(([name, value]) => roots.includes(name) && value instanceof NDArray).map(([name, value]) => [name, wrapped(run, cls, value)]));
}

/** What the forward returned under the name that the parameter stands for; undefined where nothing has it. */
function namedResult({results}: ClassPair, result: Value, {of}: BackwardParameter): Value | undefined {
  const position = of === null ? null : results.find(({name}) => name === of)?.position ?? null;
  return position === null || !(result instanceof Tuple) ? undefined : result.items.at(position);
}

/** What stands inside a library's own objects around arrays, such as DeZero's `Variable`, or a tuple of them. */
function bare(value: Value): Value {
  if (value instanceof Instance) return unwrapped(value);
  const isOfObjects = (value instanceof Tuple || value instanceof List) && value.items.length > 0 && value.items.every((item) => item instanceof Instance);
  return isOfObjects ? new Tuple(value.items.map((item) => unwrapped(item))) : value;
}

/** Whether a base in another file has a `__call__` around the forward, and only that keeps what the backward reads. */
function keepsInCall({forward, backward}: ClassPair, self: Value): boolean {
  const call = self instanceof Instance ? self.cls.lookup('__call__') : undefined;
  const definition = call instanceof Func && call.code.definition.kind === 'FunctionDef' ? call.code.definition : null;
  return definition !== null && keepsForBackward(definition, forward, backward);
}

/** Puts a gradient where a backward looks for it: on the tensor itself. */
function hangOn(run: Run, tensor: Value, name: string, gradient: Value): void {
  if (tensor instanceof NDArray) setAttribute(run, tensor, name, gradient);
}

/** Whether a caller may leave the parameter out: `backward(dout, state=None)`. */
function hasDefault({params}: FunctionDef, name: string): boolean {
  return params.some((parameter) => parameter.name === name && parameter.default !== null);
}

const contextClass = new Class('Context', [], new Map(), []);
const heldClass = new Class('Tensor', [], new Map(), []);

/** What a library keeps of a call for its backward: the arguments, each inside a tensor of its own. */
function contextOf({module, run}: Scene, args: readonly Value[]): Instance {
  const cls = tensorClassOf(module);
  const held = new Tuple(args.map((value) => {
    if (!(value instanceof NDArray) || !isFloat(value.dtype)) return value;
    if (cls !== null) return wrapped(run, cls, value);
    const tensor = new Instance(heldClass);
    tensor.attributes.set('data', value).set('shape', new Tuple(value.shape.slice()));
    return tensor;
  }));
  const context = new Instance(contextClass);
  for (const name of ['args', 'inputs', 'parents', 'saved_tensors']) context.attributes.set(name, held);
  return context;
}

/** Whether an attribute, or what a dictionary in one holds, are parameters that the forward made when it was first called: they come from no input. */
function isConstant(self: Value, of: string): boolean {
  const path = parseWritten(of);
  if (path === null) return false;
  const computed = path.steps.findIndex((step) => 'computed' in step);
  const value = follow(self, computed < 0 ? path.steps : path.steps.slice(0, computed));
  const found = value === undefined ? [] : parts(of, value).map((part) => part.value);
  return found.length > 0 && found.every((one) => one instanceof NDArray && quantityOf(one)?.ids.every((id) => id === 0) === true);
}

/** A loss layer may be handed the prediction that it made itself, beside the labels. */
function isPrediction(name: string): boolean {
  return /^(?:y_?pred\w*|y_?hat|predictions?)$/.test(name);
}

function attributeOutput(self: Value): Value | undefined {
  const output = self instanceof Instance ? self.attributes.get('output') : undefined;
  return output instanceof NDArray ? output : undefined;
}

function outputsOf(pair: ClassPair, self: Value, result: Value): Value[] {
  if (pair.output !== null && result === null) {
    const path = parseWritten(pair.output);
    const output = path === null ? undefined : follow(self, path.steps);
    if (output === undefined) throw new CannotRun(`${pair.forward.name} leaves nothing in ${pair.output}`);
    return [output];
  }
  if (result === null) throw new CannotRun(`${pair.forward.name} returns nothing`);
  if (!(result instanceof Tuple)) return [result];
  const roles = pair.results.filter((item) => item.role === 'output' && item.position !== null);
  return roles.length > 0 ? roles.map((item) => result.items.at(item.position!) ?? null) : [result.items[0]];
}
