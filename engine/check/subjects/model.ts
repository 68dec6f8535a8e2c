/**
 * Runs forward, cost and backward in separate functions (`L_model_forward`, `compute_cost`, `L_model_backward`): the gradients are
 * those of the cost, so that a 1/m that is left to `dW` and `db` stands where it belongs.
 */
import {NDArray} from '../../ndarray/array.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction} from '../../interpreter/interpreter.ts';
import {Dict} from '../../interpreter/containers.ts';
import type {FunctionDef} from '../../python/ast.ts';
import type {BackwardParameter, GradientName, StepPair} from '../../program/pair.ts';
import {bindParameters} from './bind.ts';
import {resultsOf} from './function-pair.ts';
import {readGradients} from './gradients.ts';
import {isData, isOutput, isTarget, isWeights} from './model-inputs.ts';
import {callableOf} from './objects.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, FoundGradient, Scene} from './subject.ts';
import {parts} from './written.ts';

export function startModel(pair: StepPair, scene: Scene): Execution {
  const {run} = scene;
  if (pair.cost === null) throw new CannotRun(`no function is found that makes a cost of what ${pair.forward.name} gives`);
  const values = new Map(scene.inputs);
  const leaves: string[] = [];
  placeWeights(pair.forward, scene, values, leaves);
  if (leaves.length === 0) placeData(pair.forward, scene, values, leaves);
  if (leaves.length === 0) throw new CannotRun(`no weights are found among the arguments of ${pair.forward.name}`);
  const call = (definition: FunctionDef, value: (name: string) => Value | undefined): Value => {
    const {callee, bound} = callableOf(scene, definition, null);
    const {positional, keywords} = bindParameters(definition, bound, value);
    return callFunction(run, callee, positional, keywords);
  };
  const result = call(pair.forward, (name) => values.get(name));
  const outputs = resultsOf(pair, result, 'output');
  const caches = resultsOf(pair, result, 'cache');
  const output = finalOf(outputs)?.value;
  if (output === undefined) throw new CannotRun(`${pair.forward.name} gives no output`);
  const known = (parameters: readonly BackwardParameter[]) => {
    const roles = new Map(parameters.map((parameter) => [parameter.name, parameter]));
    return (name: string): Value | undefined => {
      const named = [...outputs, ...caches].find((one) => one.name === name)?.value;
      if (named !== undefined) return named;
      if (isTarget(name)) return values.get(name);
      switch (roles.get(name)?.role) {
        case 'forward-output': case 'upstream': return output;
        case 'unknown': return values.get(name) ?? (isOutput(name) ? output : undefined);
        case 'cache': return caches.at(0)?.value;
        default: return values.get(name) ?? (/cache|memory/i.test(name) ? caches.at(0)?.value : undefined);
      }
    };
  };
  const cost = call(pair.cost, known(pair.costParameters));
  return {
    outputs: [cost instanceof Tuple ? cost.items[0] : cost],
    takesUpstream: false,
    intermediates: noIntermediates,
    backward: () => gradientsIn(pair, call(pair.backward, known(pair.parameters)), leaves),
  };
}

/** Makes leaves of the weights: arguments of their own, or entries of a dictionary. */
function placeWeights({params}: FunctionDef, scene: Scene, values: Map<string, Value>, leaves: string[]): void {
  for (const {name} of params) {
    const value = values.get(name);
    if (value === undefined) continue;
    if (/^[Wwb]\d$/.test(name)) {
      leaves.push(name);
      values.set(name, scene.place(name, value));
    } else if (isWeights(name) && value instanceof Dict) {
      for (const [key, item] of value.entries()) {
        if (typeof key !== 'string') continue;
        const leaf = `${name}['${key}']`;
        leaves.push(leaf);
        value.set(key, scene.place(leaf, item));
      }
    }
  }
}

/** A model without weights, such as a softmax before its cost: the gradient is of what goes into it. */
function placeData({params}: FunctionDef, scene: Scene, values: Map<string, Value>, leaves: string[]): void {
  for (const {name} of params) {
    const value = values.get(name);
    if (!isData(name) || !(value instanceof NDArray)) continue;
    leaves.push(name);
    values.set(name, scene.place(name, value));
  }
}

/** The output of the last layer among `Z1, A1, Z2, A2`; else the first. */
function finalOf<T extends {readonly name: string | null}>(outputs: readonly T[]): T | undefined {
  const layers = outputs.map(({name}) => Number(/^[A-Za-z]+_?(\d)$/.exec(name ?? '')?.[1] ?? 0));
  const last = Math.max(...layers);
  if (layers.includes(0) || last < 2) return outputs.at(0);
  const final = outputs.filter((_, i) => layers[i] === last);
  return final.find(({name}) => /^a/i.test(name ?? '')) ?? final.at(-1);
}

/** Gradients of weights by their keys (`grads['dW1']`); those of activations on the way are nobody's. */
function gradientsIn(pair: StepPair, returned: Value, leaves: readonly string[]): FoundGradient[] {
  const dictionary = returned instanceof Dict ? returned : returned instanceof Tuple || returned instanceof List ? returned.items.find((item) => item instanceof Dict) : undefined;
  if (dictionary === undefined) return readGradients(pair.gradients, {returned, roots: new Map(), dictionaryPosition: null}, leaves);
  const base = /^[A-Za-z_]\w*/.exec(pair.gradients.find(({name}) => name !== null)?.name ?? '')?.[0] ?? 'grads';
  const found: FoundGradient[] = [];
  for (const {name, value} of parts(base, dictionary)) {
    const key = /\['([^']*)'\]$/.exec(name)?.[1] ?? '';
    const weight = /^(?:d|grad_?|D)_?([Wwb]\d+)$/.exec(key)?.[1];
    const of = weight === undefined ? undefined : leaves.find((leaf) => leaf.endsWith(`['${weight}']`) || leaf === weight);
    if (of !== undefined) found.push({source: sourceOf(pair.gradients, key), name, of, value});
  }
  if (found.length === 0) throw new CannotRun(`no gradient of a weight is found in what ${pair.backward.name} returns`);
  return found;
}

/** Where the text assigns this key: written in full, or computed. */
function sourceOf(gradients: readonly GradientName[], key: string): GradientName {
  const stem = key.replace(/\d+$/, '');
  return gradients.find(({name}) => name?.includes(`'${key}'`) === true || name?.includes(`"${key}"`) === true)
    ?? gradients.find(({name}) => name?.includes(`'${stem}'`) === true || name?.includes(`"${stem}"`) === true) ?? gradients[0];
}
