/**
 * Runs an operation of a graph library: `compute(self, a, b)` on arrays (or `__call__` on tensors) with
 * `gradient(self, out_grad, node)`, where `node.inputs` are the forward's arguments.
 */
import {NDArray, fromData} from '../../ndarray/array.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute} from '../../interpreter/interpreter.ts';
import {PythonException} from '../../interpreter/exceptions.ts';
import {Class, Instance} from '../../interpreter/objects.ts';
import type {ClassPair} from '../../program/pair.ts';
import {namedArguments} from '../../program/named-arguments.ts';
import type {FunctionDef} from '../../python/ast.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import {bindParameters} from './bind.ts';
import {readGradients} from './gradients.ts';
import {callableOf, objectOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';
import {tensorClassOf, unwrapped, wrapped} from './wrapper.ts';

/** Whether the backward of this class is given a node of a graph. */
export function takesNode({parameters}: ClassPair): boolean {
  return parameters.some(({role}) => role === 'node');
}

export function startNode(pair: ClassPair, given: Scene): Execution {
  if (/tuple/i.test(pair.owner.name)) throw new CannotRun(`${pair.owner.name} works on tuples of tensors, which are not made yet`);
  const named = namedArguments(pair.forward);
  const definition = named?.definition ?? pair.forward;
  const scene = withFitting(pair, definition, given);
  const {run} = scene;
  const cls = tensorClassOf(scene.module);
  const self = objectOf(scene, pair.owner);
  const {values, leaves} = placeInputs(scene, definition, pair.gradients);
  const isLeaf = new Set(leaves);
  const tensors = new Map([...values].map(([name, value]) => [name, cls !== null && isLeaf.has(name) ? wrapped(run, cls, value) : value]));
  const onTensors = cls !== null && (pair.forward.name === '__call__' || named?.objects === true);
  const forward = callableOf(scene, pair.forward, pair.owner);
  const {positional, keywords} = bindParameters(definition, forward.bound, (name) => (onTensors ? tensors : values).get(name));
  const result = callFunction(run, forward.callee, positional, keywords);
  const output = realised(scene, result);
  if (output instanceof Tuple) throw new CannotRun(`${pair.owner.name} gives several tensors`);
  const inputs = definition.params.flatMap(({name}) => (isLeaf.has(name) ? [tensors.get(name)!] : []));
  const node = result instanceof Instance ? result : cls === null ? new Instance(nodeClass) : wrapped(run, cls, output);
  if (node instanceof Instance) {
    node.attributes.set('inputs', new List(inputs)).set('op', self);
    if (cls === null) node.attributes.set('cached_data', output).set('data', output);
  }
  return {
    outputs: [output],
    takesUpstream: true,
    intermediates: noIntermediates,
    backward([upstream]) {
      const backward = callableOf(scene, pair.backward, pair.owner);
      const roles = new Map(pair.parameters.map(({name, role}) => [name, role]));
      const bound = bindParameters(pair.backward, backward.bound, (name) => {
        if (roles.get(name) === 'node') return node;
        return roles.get(name) === 'upstream' ? (cls === null ? upstream : wrapped(run, cls, upstream)) : values.get(name);
      });
      const returned = onArrays(pair, cls, () => callFunction(run, backward.callee, bound.positional, bound.keywords));
      const items = returned instanceof Tuple || returned instanceof List ? returned.items : null;
      const plain = items === null ? realised(scene, returned) : new Tuple(items.map((item) => realised(scene, item)));
      // A library pairs gradients with inputs and drops what is left over.
      const wanted = pair.gradients.filter(({position}) => position === null || position < inputs.length);
      return readGradients(wanted, {returned: plain, roots: new Map([['self', self]]), dictionaryPosition: null}, leaves);
    },
  };
}

/** Without a class of tensors a gradient is given plain arrays: what those lack is not held against it. */
function onArrays({owner}: ClassPair, cls: Class | null, call: () => Value): Value {
  try {
    return call();
  } catch (error) {
    if (cls === null && error instanceof PythonException && error.type === 'AttributeError' && /^'(?:numpy\.\w+|float)' object has no/.test(error.message)) {
      throw new CannotRun(`the class of the tensors that ${owner.name} works on is not there: open the folder that its file is imported from`);
    }
    throw error;
  }
}

const nodeClass = new Class('Node', [], new Map(), []);

/** The array in a tensor, computed now where the library puts that off. */
function realised({run}: Scene, value: Value): Value {
  if (value instanceof Instance && value.attributes.get('cached_data') === null && value.cls.lookup('realize_cached_data') !== undefined) {
    callFunction(run, getAttribute(run, value, 'realize_cached_data'), []);
  }
  return unwrapped(value);
}

/** Arguments that fit each other: the second of a product, the shape or the axes that the constructor takes. */
function withFitting({owner}: ClassPair, definition: FunctionDef, scene: Scene): Scene {
  const inputs = new Map(scene.inputs);
  const names = definition.params.map(({name}) => name).filter((name) => name !== 'self');
  const [a, b] = names.map((name) => inputs.get(name));
  const random = createRandom(scene.run.options.seed);
  const drawn = (shape: readonly number[]): NDArray => fromData(normals(random, shape.reduce((product, size) => product * size, 1)), shape, 'float64');
  const product = /mat_?mul|^dot|linear/i.test(owner.name) && names.length >= 2;
  const first = a instanceof NDArray && (a.shape.length === 2 || !product) ? a : product || a === undefined ? drawn([3, 4]) : a;
  if (names.length > 0) inputs.set(names[0], first);
  if (product && first instanceof NDArray && !(b instanceof NDArray && b.shape.length === 2 && b.shape[0] === first.shape[1])) {
    inputs.set(names[1], drawn([first.shape[1], 5]));
  }
  if (!product && names.length === 2 && first instanceof NDArray && b instanceof NDArray && /^(?:tensor)?e?_?(?:wise|add|mul|sub|div|pow|max|min)/i.test(owner.name)) inputs.set(names[1], drawn(first.shape));
  const shape = first instanceof NDArray ? first.shape : [];
  const constructed = new Map(scene.constructed);
  for (const name of ['axes', 'axis', 'shape']) constructed.delete(name);
  if (/broadcast|expand/i.test(owner.name)) constructed.set('shape', new Tuple([2, ...shape]));
  else constructed.set('shape', new Tuple([...shape].reverse()));
  return {...scene, inputs, constructed, module: scene.module};
}
