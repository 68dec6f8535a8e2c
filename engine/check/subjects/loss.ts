/** Runs `softmax_loss(x, y) -> loss, dx` and `loss(self, X, y) -> loss, grads`: one function is forward and backward. */
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction} from '../../interpreter/interpreter.ts';
import type {LossPair} from '../../program/pair.ts';
import {placeAttributes} from './attributes.ts';
import {bindParameters} from './bind.ts';
import {readGradients} from './gradients.ts';
import {callableOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';

export function startLoss(pair: LossPair, scene: Scene): Execution {
  const {run} = scene;
  const {values, leaves} = placeInputs(scene, pair.forward, pair.gradients);
  const forward = callableOf(scene, pair.forward, pair.owner);
  const attributes = forward.self === null ? [] : placeAttributes(scene, forward.self, pair.gradients);
  const all = [...leaves, ...attributes];
  const bound = bindParameters(pair.forward, forward.bound, (name) => values.get(name));
  const returned = callFunction(run, forward.callee, bound.positional, bound.keywords);
  const roots = new Map<string, Value>(forward.self === null ? [] : [['self', forward.self]]);
  if (pair.forward !== pair.backward) {
    return {
      outputs: [returned],
      takesUpstream: false,
      intermediates: noIntermediates,
      backward: () => {
        const backward = callableOf(scene, pair.backward, pair.owner);
        const again = bindParameters(pair.backward, backward.bound, (name) => values.get(name));
        const result = callFunction(run, backward.callee, again.positional, again.keywords);
        return readGradients(pair.gradients, {returned: result, roots, dictionaryPosition: pair.dictionaryPosition}, all);
      },
    };
  }
  return {
    outputs: [lossIn(pair, returned)],
    takesUpstream: false,
    intermediates: noIntermediates,
    backward: () => readGradients(pair.gradients, {returned, roots, dictionaryPosition: pair.dictionaryPosition}, all),
  };
}

function lossIn(pair: LossPair, returned: Value): Value {
  if (pair.lossPosition === null) return returned;
  if (!(returned instanceof Tuple || returned instanceof List)) throw new CannotRun(`${pair.forward.name} did not return a loss and its gradients`);
  const loss = returned.items.at(pair.lossPosition);
  if (loss === undefined) throw new CannotRun(`${pair.forward.name} did not return a loss`);
  return loss;
}
