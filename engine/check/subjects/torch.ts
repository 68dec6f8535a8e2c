/**
 * Runs a torch.autograd.Function, or a look-alike: forward(ctx, ...) saves what backward(ctx, grad_output) needs. Where the
 * functions of a library of one's own take its tensors, the arguments are wrapped in them.
 */
import {NDArray, fromData} from '../../ndarray/array.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute} from '../../interpreter/interpreter.ts';
import {Builtin, Class, Instance, StaticMethod} from '../../interpreter/objects.ts';
import type {FunctionDef} from '../../python/ast.ts';
import {expressionsIn} from '../../program/definitions.ts';
import type {BackwardParameter, TorchPair} from '../../program/pair.ts';
import {quantityOf} from '../quantity.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import {bindParameters} from './bind.ts';
import {resultsOf} from './function-pair.ts';
import {readGradients} from './gradients.ts';
import {classOf, objectOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';
import {tensorClassOf, unwrapped, wrapped} from './wrapper.ts';

export function startTorch(pair: TorchPair, scene: Scene): Execution {
  const {run} = scene;
  const forward = methodOf(pair, scene, pair.forward);
  const cls = pair.torch ? null : tensorClassOf(scene.module);
  const context = makeContext(pair.forward.params.length);
  const {values, leaves} = placeInputs(withTensors(pair, scene), pair.forward, pair.gradients);
  const asTensor = (value: Value | undefined): Value | undefined =>
    value === undefined || cls === null || quantityOf(value)?.ids.some((id) => id !== 0) !== true ? value : wrapped(run, cls, value);
  const isLeaf = new Set([...leaves, ...readAsTensors(pair.forward, values)]);
  const {positional, keywords} = bindParameters(pair.forward, forward.bound, (name) => {
    if (name === pair.context) return context;
    return isLeaf.has(name) && cls !== null ? wrapped(run, cls, values.get(name)!) : asTensor(values.get(name));
  });
  const result = callFunction(run, forward.callee, positional, keywords);
  const outputs = resultsOf(pair, result, 'output').map(({value}) => unwrapped(value));
  refuseSurrogates(pair, outputs);
  return {
    outputs,
    takesUpstream: true,
    intermediates: noIntermediates,
    backward(upstreams) {
      const backward = methodOf(pair, scene, pair.backward);
      const roles = new Map(pair.parameters.map((parameter) => [parameter.name, parameter]));
      let upstream = 0;
      const take = ({role, name}: BackwardParameter): Value | undefined => {
        if (role === 'context') return context;
        if (role !== 'upstream') return values.get(name);
        const given = upstreams.at(upstream++);
        return given === undefined || cls === null ? given : wrapped(run, cls, given);
      };
      const bound = bindParameters(pair.backward, backward.bound, (name) => {
        const parameter = roles.get(name);
        return parameter === undefined ? undefined : take(parameter);
      });
      const starred = pair.backward.params.some(({star, name}) => star === '*' && roles.get(name)?.role === 'upstream');
      const returned = callFunction(run, backward.callee, starred ? [...bound.positional, ...upstreams] : bound.positional, bound.keywords);
      const plain = returned instanceof Tuple ? new Tuple(returned.items.map((item) => unwrapped(item))) : unwrapped(returned);
      return readGradients(pair.gradients, {returned: plain, roots: new Map(), dictionaryPosition: null}, leaves);
    },
  };
}

/** Arrays whose `data` the forward reads are tensors too: the labels of a loss. */
function readAsTensors(forward: FunctionDef, values: ReadonlyMap<string, Value>): readonly string[] {
  const read = new Set(expressionsIn(forward).flatMap((one) => (one.kind === 'Attribute' && one.name === 'data' && one.object.kind === 'Name' ? [one.object.id] : [])));
  return [...values].flatMap(([name, value]) => (value instanceof NDArray && read.has(name) ? [name] : []));
}

/**
 * Arguments of which only a gradient is known are tensors of two axes; a bias has one number for each row of the weight. A
 * shape is one that the first array can take.
 */
function withTensors(pair: TorchPair, scene: Scene): Scene {
  const missing = pair.gradients.flatMap(({of}) => (of === null || scene.inputs.has(of) ? [] : [of]));
  const first = pair.forward.params.map(({name}) => scene.inputs.get(name)).find((value) => value instanceof NDArray);
  const reshapes = first !== undefined && scene.inputs.get('shape') instanceof NDArray;
  if (missing.length === 0 && !reshapes) return scene;
  const random = createRandom(scene.run.options.seed);
  const inputs = new Map(scene.inputs);
  if (reshapes) inputs.set('shape', new Tuple([...first.shape].reverse()));
  for (const name of missing) {
    const weight = inputs.get('weight');
    const shape = name === 'bias' && weight instanceof NDArray && weight.shape.length > 0 ? [weight.shape[0]] : [3, 5];
    inputs.set(name, fromData(normals(random, shape.reduce((product, size) => product * size, 1)), shape, 'float64'));
  }
  return {...scene, inputs, module: scene.module};
}

/** A method as it is to be called: static ones and those whose first parameter is the context get it as an argument. */
function methodOf(pair: TorchPair, scene: Scene, definition: FunctionDef): {callee: Value; bound: number} {
  const stored = classOf(scene, pair.owner).lookup(definition.name);
  if (stored === undefined) throw new CannotRun(`${pair.owner.name} has no ${definition.name}`);
  if (stored instanceof StaticMethod) return {callee: stored.callee, bound: 0};
  if (pair.context !== null) return {callee: stored, bound: 0};
  const self = objectOf(scene, pair.owner);
  return {callee: getAttribute(scene.run, self, definition.name), bound: 1};
}

const contextClass = new Class('Context', [], new Map(), []);

/** What the forward saves into. Every argument needs its gradient. */
function makeContext(count: number): Instance {
  const context = new Instance(contextClass);
  const silent = new Builtin('mark', () => null);
  context.attributes.set('needs_input_grad', new Tuple(Array.from({length: count}, () => true)));
  context.attributes.set('save_for_backward', new Builtin('save_for_backward', (_run, args) => {
    for (const name of ['saved_tensors', 'saved_variables', 'saved_values']) context.attributes.set(name, new Tuple(args));
    return null;
  }));
  for (const name of ['mark_dirty', 'mark_non_differentiable', 'set_materialize_grads', 'save_for_forward']) context.attributes.set(name, silent);
  return context;
}

/** A backward that is meant to differ from the derivative is judged by nobody: straight-through, reversed, surrogate. */
function refuseSurrogates({owner}: TorchPair, outputs: readonly Value[]): void {
  if (/revers|GRL/i.test(owner.name)) throw new CannotRun(`${owner.name} changes the gradient on purpose: its backward is no derivative`);
  const recorded = outputs.map((output) => quantityOf(output)).filter((quantity) => quantity !== null);
  if (/straight|STE|binar|sign|round|quant|spike|surrogate|heaviside/i.test(owner.name) && recorded.every(({ids}) => ids.every((id) => id === 0))) {
    throw new CannotRun(`the forward of ${owner.name} is constant between its steps: its backward is chosen, not derived`);
  }
}
