/**
 * Runs a network whose forward, cost and backward are methods of one class: `forward(X)`, `backward(X, y, output, lr)`. Gradients
 * are returned, left in attributes, or read from the updates of the weights.
 */
import {NDArray} from '../../ndarray/array.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction} from '../../interpreter/interpreter.ts';
import type {FunctionDef} from '../../python/ast.ts';
import type {BackwardParameter, StepPair} from '../../program/pair.ts';
import {quantityOf} from '../quantity.ts';
import {isOfNoParameter, placeAttributes} from './attributes.ts';
import {argumentOf, bindParameters} from './bind.ts';
import type {Arguments} from './bind.ts';
import {resultsOf} from './function-pair.ts';
import {readGradients} from './gradients.ts';
import {cotangentOf, labelsFor} from './target.ts';
import type {Target} from './target.ts';
import {isData, isOutput, isTarget} from './model-inputs.ts';
import {callableOf, objectOf} from './objects.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';
import {beforeUpdates, readUpdates} from './updates.ts';
import {follow, parseWritten} from './written.ts';

export function startNetwork(pair: StepPair, scene: Scene, target: Target): Execution {
  const {run} = scene;
  if (pair.owner === null) throw new CannotRun(`${pair.forward.name} is no method of a network`);
  const {owner} = pair;
  const self = objectOf(scene, owner);
  const leaves = placeAttributes(scene, self, pair.gradients);
  if (leaves.length === 0) throw new CannotRun(`no weights are found in what ${owner.name} keeps`);
  const call = (definition: FunctionDef, value: (name: string) => Value | undefined): {readonly result: Value; readonly bound: Arguments} => {
    const {callee, bound} = callableOf(scene, definition, owner);
    const given = bindParameters(definition, bound, value);
    return {result: callFunction(run, callee, given.positional, given.keywords), bound: given};
  };
  const {result} = call(pair.forward, (name) => scene.inputs.get(name));
  const outputs = result === null ? [] : resultsOf(pair, result, 'output');
  const caches = result === null ? [] : resultsOf(pair, result, 'cache');
  const called = (is: (name: string) => boolean): Value | undefined => outputs.find(({name}) => name !== null && is(name))?.value;
  const output = called(isTarget) ?? called(isOutput) ?? outputs.at(0)?.value ?? outputAttribute(self);
  const quantity = output === undefined ? null : quantityOf(output);
  if (output === undefined || quantity === null) throw new CannotRun(`${pair.forward.name} gives no output`);
  const {given: labels, rows} = labelsFor(quantity, target, run.options.seed);
  const known = (parameters: readonly BackwardParameter[]) => {
    const roles = new Map(parameters.map((parameter) => [parameter.name, parameter.role]));
    return (name: string): Value | undefined => {
      const role = roles.get(name);
      if (role === 'label' || (role !== 'forward-argument' && isTarget(name))) return labels;
      const named = [...outputs, ...caches].find((one) => one.name === name)?.value;
      if (named !== undefined) return named;
      if (role === 'forward-output' || role === 'upstream' || (role === 'unknown' && isOutput(name))) return output;
      if (role === 'cache') return caches.at(0)?.value;
      return scene.inputs.get(name) ?? (isData(name) ? firstArray(scene, pair) : undefined);
    };
  };
  const cost = target.loss === null && pair.cost !== null ? call(pair.cost, known(pair.costParameters)).result : null;
  const gradients = pair.gradients.filter((gradient) => !isOfNoParameter(self, gradient, leaves));
  return {
    outputs: [cost === null ? output : cost instanceof Tuple ? cost.items[0] : cost],
    takesUpstream: false,
    ...(cost === null ? {cotangents: [cotangentOf(quantity, rows, target, examplesIn(scene, pair, quantity.shape))]} : {}),
    intermediates: noIntermediates,
    backward() {
      const before = beforeUpdates(self, gradients);
      const {result: returned, bound} = call(pair.backward, known(pair.parameters));
      const given = readGradients(gradients.filter(({update}) => update === undefined), {returned, roots: new Map([['self', self]]), dictionaryPosition: null}, leaves);
      return [...given, ...readUpdates(scene, self, before, argumentOf(pair.backward, bound))];
    },
  };
}

/** The data of the forward, under whatever name. */
function firstArray({inputs}: Scene, {forward}: StepPair): Value | undefined {
  return forward.params.map(({name}) => inputs.get(name)).find((value) => value instanceof NDArray);
}

/** As many examples as the data and the output have in common. */
function examplesIn({inputs}: Scene, {forward}: StepPair, output: readonly number[]): number {
  const data = forward.params.map(({name}) => inputs.get(name)).map((value) => (value === undefined ? null : quantityOf(value))).find((quantity) => quantity !== null && quantity.shape.length > 1);
  if (data === undefined || data === null) return 1;
  if (data.shape[0] === output[0]) return output[0];
  return data.shape.at(-1) === output.at(-1) ? output.at(-1)! : 1;
}

/** What a forward without a return leaves behind. */
function outputAttribute(self: Value): Value | undefined {
  for (const place of ['self.output', 'self.out', 'self.y', 'self.y_hat', 'self.A2', 'self.a2', 'self.activations[-1]']) {
    const value = follow(self, parseWritten(place)!.steps);
    if (value !== undefined && quantityOf(value) !== null) return value;
  }
  return undefined;
}
