/** Runs an activation and its derivative: `sigmoid` with `sigmoid_prime`, or `sigmoid(x, derivative=True)`. */
import {fromData} from '../../ndarray/array.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute} from '../../interpreter/interpreter.ts';
import type {DerivativePair} from '../../program/pair.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import {bindParameters} from './bind.ts';
import {sigmoid} from './callables.ts';
import {quantityOf, sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import {callableOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';

/**
 * The derivative is elementwise: the upstream times what the user returns is compared with the pullback. `ofTheOutput`
 * hands the derivative the activation instead of its input.
 */
export function startDerivative(pair: DerivativePair, given: Scene, ofTheOutput: boolean): Execution {
  const {run} = given;
  const scene = pair.keeper === null ? given : withoutDropout(given);
  const wanted = pair.gradients.length > 0 ? pair.gradients : [];
  const placed = placeInputs(scene, pair.forward, wanted);
  const values = pair.activated === null ? placed.values : withActivation(pair.activated, pair.of, placed.values, scene);
  const called = pair.keeper?.definition ?? pair.forward;
  const forward = callableOf(scene, called, pair.owner);
  const off = (name: string): Value | undefined => (name === pair.flag ? false : values.get(name));
  const bound = bindParameters(called, forward.bound, off);
  const result = callFunction(run, forward.callee, bound.positional, bound.keywords);
  const output = pair.keeper === null ? result : getAttribute(run, forward.self, pair.keeper.attribute);
  const argument = ofTheOutput && pair.activated === null ? output : values.get(pair.of) ?? null;
  return {
    outputs: [output],
    takesUpstream: true,
    intermediates: noIntermediates,
    backward(upstreams) {
      const backward = callableOf(scene, pair.backward, pair.owner);
      const roles = new Map(pair.parameters.map((parameter) => [parameter.name, parameter]));
      const again = bindParameters(pair.backward, backward.bound, (name) => {
        if (name === pair.flag) return true;
        const role = roles.get(name)?.role;
        if (role === 'upstream') return upstreams[0];
        if (role === 'forward-output') return output;
        const of = roles.get(name)?.of ?? name;
        return of === pair.of ? argument : values.get(of);
      });
      const returned = callFunction(run, backward.callee, again.positional, again.keywords);
      const takes = pair.parameters.some((parameter) => parameter.role === 'upstream');
      const value = takes ? returned : times(returned, upstreams[0], quantityOf(argument)?.shape ?? []);
      return wanted.map((source) => ({source, name: source.name ?? 'return[0]', of: pair.of, value}));
    },
  };
}

/** What drops numbers between a value and where it is kept is off: the derivative knows nothing of it. */
function withoutDropout(scene: Scene): Scene {
  const constructed = new Map([...scene.constructed].map(([name, value]): [string, Value] => [name, /^drop/i.test(name) && value instanceof Scalar ? float(0) : value]));
  return {...scene, constructed};
}

/** A leaf called `of` in the shape of the argument `activated`, which becomes its sigmoid. */
function withActivation(activated: string, of: string, values: ReadonlyMap<string, Value>, scene: Scene): ReadonlyMap<string, Value> {
  const shape = quantityOf(values.get(activated) ?? null)?.shape ?? [];
  const drawn = normals(createRandom(scene.run.options.seed), shape.reduce((product, size) => product * size, 1));
  const leaf = scene.place(of, shape.length === 0 ? float(drawn[0]) : fromData(drawn, shape, 'float64'));
  return new Map([...values, [of, leaf], [activated, callFunction(scene.run, sigmoid(scene.run), [leaf])]]);
}

/**
 * What a local derivative hands back for an upstream. In the shape of its input it is a derivative of each element: the product with
 * the upstream elementwise, where one loss for each example goes with all numbers of that example. In another shape it may be the
 * Jacobian of a vector, or of each row: the upstream times the Jacobian. The derivative itself where their shapes go together in no way.
 */
function times(derivative: Value, upstream: Value, input: readonly number[]): Value {
  const local = quantityOf(derivative);
  const up = quantityOf(upstream);
  if (local === null || up === null) return derivative;
  const isOfExamples = sameShape(local.shape, input) && sameShape(local.shape.slice(0, up.shape.length), up.shape);
  if (isOfExamples || sameShape(local.shape, up.shape)) {
    const each = local.data.length / up.data.length;
    const data = local.data.map((number, i) => number * up.data[Math.floor(i / each)]);
    return local.shape.length === 0 ? float(data[0]) : fromData(data, local.shape, 'float64');
  }
  if (up.shape.length === 0) return fromData(local.data.map((number) => number * up.data[0]), local.shape, 'float64');
  if (local.shape.length === 0) return fromData(up.data.map((number) => number * local.data[0]), up.shape, 'float64');
  if (sameShape(local.shape.slice(0, -1), up.shape)) return timesJacobian(local, up);
  // A column has as many outputs and inputs as it has numbers.
  const width = input.reduce((product, size) => product * size, 1);
  if (!input.includes(1) || !sameShape(local.shape, [up.data.length, width])) return derivative;
  return fromData(quantityOf(timesJacobian(local, {...up, shape: [up.data.length]}))!.data, input, 'float64');
}

/** For Jacobians (..., J, K), one for each vector of the upstream (..., J), what comes to the inputs (..., K). */
function timesJacobian(jacobians: Quantity, upstream: Quantity): Value {
  const [outputs, inputs] = jacobians.shape.slice(-2);
  const data = new Float64Array(jacobians.data.length / outputs);
  jacobians.data.forEach((number, i) => {
    const row = Math.floor(i / inputs);
    data[Math.floor(row / outputs) * inputs + (i % inputs)] += number * upstream.data[row];
  });
  return fromData(data, [...upstream.shape.slice(0, -1), inputs], 'float64');
}
