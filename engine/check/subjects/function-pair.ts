/** Runs `affine_forward(x, w, b) -> out, cache` and `affine_backward(dout, cache) -> dx, dw, db`. */
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction} from '../../interpreter/interpreter.ts';
import type {BackwardParameter, FunctionPair, TorchPair} from '../../program/pair.ts';
import {bindParameters} from './bind.ts';
import {placeGlobals} from './globals.ts';
import {readGradients} from './gradients.ts';
import {callableOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';

export function startFunctionPair(pair: FunctionPair, scene: Scene): Execution {
  const {run} = scene;
  const forward = callableOf(scene, pair.forward, pair.owner);
  const {values, leaves: given} = placeInputs(scene, pair.forward, pair.gradients);
  const leaves = [...given, ...placeGlobals(scene, pair.forward, pair.gradients)];
  const {positional, keywords} = bindParameters(pair.forward, forward.bound, (name) => values.get(name));
  const result = callFunction(run, forward.callee, positional, keywords);
  const outputs = resultsOf(pair, result, 'output');
  const caches = resultsOf(pair, result, 'cache');
  return {
    outputs: outputs.map((output) => output.value),
    takesUpstream: pair.parameters.some((parameter) => parameter.role === 'upstream'),
    intermediates: noIntermediates,
    backward(upstreams) {
      let upstream = 0;
      let cache = 0;
      const take = (parameter: BackwardParameter): Value | undefined => {
        switch (parameter.role) {
          case 'upstream': return upstreams.at(byName(outputs, parameter.of) ?? upstream++);
          case 'cache': return (caches.at(byName(caches, parameter.of) ?? cache++) ?? caches.at(0))?.value;
          case 'forward-output': return outputs.at(byName(outputs, parameter.of) ?? 0)?.value;
          case 'forward-argument': return values.get(parameter.of ?? parameter.name) ?? scene.inputs.get(parameter.of ?? parameter.name);
          case 'hyperparameter': return values.get(parameter.name) ?? scene.inputs.get(parameter.name);
          default: return values.get(parameter.name);
        }
      };
      const backward = callableOf(scene, pair.backward, pair.owner);
      const roles = new Map(pair.parameters.map((parameter) => [parameter.name, parameter]));
      const bound = bindParameters(pair.backward, backward.bound, (name) => {
        const parameter = roles.get(name);
        return parameter === undefined ? undefined : take(parameter);
      });
      const returned = callFunction(run, backward.callee, bound.positional, bound.keywords);
      const roots = new Map<string, Value>(backward.self === null ? [] : [['self', backward.self]]);
      return readGradients(pair.gradients, {returned, roots, dictionaryPosition: null}, leaves);
    },
  };
}

interface NamedResult {
  readonly name: string | null;
  readonly value: Value;
}

/** What a forward returned in one role, in order. A forward of which nothing is known returns its output, then its cache. */
export function resultsOf(pair: Pick<FunctionPair | TorchPair, 'results' | 'forward'>, result: Value, role: 'output' | 'cache'): NamedResult[] {
  const items = result instanceof Tuple ? result.items : null;
  const known = pair.results.filter((item) => item.role === role);
  if (pair.results.length > 0 && (items !== null || pair.results.every((item) => item.position === null))) {
    return known.flatMap(({name, position}) => {
      const value = position === null || items === null ? result : items.at(position);
      return value === undefined ? [] : [{name, value}];
    });
  }
  if (result === null) throw new CannotRun(`${pair.forward.name} returns nothing`);
  if (items === null) return role === 'output' ? [{name: null, value: result}] : [];
  if (role === 'output') return items.length > 0 ? [{name: null, value: items[0]}] : [];
  return items.slice(1).map((value) => ({name: null, value}));
}

function byName(results: readonly NamedResult[], name: string | null): number | null {
  if (name === null) return null;
  const place = results.findIndex((result) => result.name === name);
  return place < 0 ? null : place;
}
