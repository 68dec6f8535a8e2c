/** Runs `softmax_loss(x, y) -> loss, dx` and `loss(self, X, y) -> loss, grads`: one function is forward and backward. */
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {PythonException} from '../../interpreter/exceptions.ts';
import {callFunction} from '../../interpreter/interpreter.ts';
import {flatten} from '../../program/definitions.ts';
import type {LossPair} from '../../program/pair.ts';
import {rootName} from '../../program/scopes.ts';
import {targetsOf} from '../../program/targets.ts';
import type {Stmt} from '../../python/ast.ts';
import {quantityOf} from '../quantity.ts';
import {placeAttributes} from './attributes.ts';
import {bindParameters} from './bind.ts';
import {placeGlobals} from './globals.ts';
import {readGradients} from './gradients.ts';
import {callableOf} from './objects.ts';
import {placeInputs} from './place.ts';
import {CannotRun, noIntermediates} from './subject.ts';
import type {Execution, Scene} from './subject.ts';
import {isUnwritten} from '../unwritten.ts';

export function startLoss(pair: LossPair, scene: Scene): Execution {
  const {run} = scene;
  const {values, leaves} = placeInputs(scene, pair.forward, pair.gradients);
  const forward = callableOf(scene, pair.forward, pair.owner);
  const attributes = forward.self === null ? [] : placeAttributes(scene, forward.self, pair.gradients);
  const all = [...leaves, ...attributes, ...placeGlobals(scene, pair.forward, pair.gradients)];
  const bound = bindParameters(pair.forward, forward.bound, (name) => values.get(name));
  const loss = pair.forward === pair.backward ? watchLoss(pair, scene) : null;
  let returned: Value;
  try {
    returned = callFunction(run, forward.callee, bound.positional, bound.keywords);
  } catch (error) {
    const computed = loss?.() ?? lossAgain(pair, scene, () => callFunction(run, forward.callee, bound.positional, bound.keywords));
    if (!(error instanceof PythonException) || computed === undefined || !isComputed(scene, computed) || isBeforeLoss(pair, error) || isUnwritten(error)) throw error;
    return {
      outputs: [computed],
      takesUpstream: false,
      intermediates: noIntermediates,
      backward: () => {
        throw error;
      },
    };
  }
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

/**
 * Whether it was raised on the way to the loss: the function assigns the loss there or later, and the statement that raised is
 * none that makes a gradient.
 */
function isBeforeLoss(pair: LossPair, {raisedAt}: PythonException): boolean {
  let span = raisedAt?.span ?? null;
  let activation = raisedAt?.activation ?? null;
  while (activation !== null && activation.definition !== pair.forward) {
    span = activation.callSpan;
    activation = activation.caller;
  }
  const name = lossName(pair);
  if (span === null || activation === null || name === null) return false;
  const {start} = span;
  const statements = flatten(pair.forward.body);
  const raising = statements.findLast((statement) => statement.span.start <= start && start < statement.span.end);
  const names = (statement: Stmt): string[] => targetsOf(statement).flatMap(([target]) => rootName(target) ?? []);
  if (raising === undefined || (names(raising).length > 0 && names(raising).every((one) => one !== name && /^_?d(?:[A-Z_]|[a-z]{0,3}$)|grad|delta|^d[a-z]+$/.test(one)))) return false;
  return statements.some((statement) => statement.span.end > start && names(statement).includes(name));
}

/** Whether a loss comes from the inputs: `loss, grads = 0.0, {}` is none yet. Without a tape it cannot be told. */
function isComputed({run}: Scene, loss: Value): boolean {
  return run.tape === null || quantityOf(loss)?.ids.some((id) => id !== 0) === true;
}

function lossIn(pair: LossPair, returned: Value): Value {
  if (pair.lossPosition === null) return returned;
  if (!(returned instanceof Tuple || returned instanceof List)) throw new CannotRun(`${pair.forward.name} did not return a loss and its gradients`);
  const loss = returned.items.at(pair.lossPosition);
  if (loss === undefined) throw new CannotRun(`${pair.forward.name} did not return a loss`);
  return loss;
}

/** The loss of a run that nobody listens to: the function is called again, and somebody listens. */
function lossAgain(pair: LossPair, scene: Scene, call: () => Value): Value | undefined {
  const {run} = scene;
  if (run.listener !== null || pair.forward !== pair.backward) return undefined;
  run.listener = {event: () => undefined};
  const loss = watchLoss(pair, scene);
  try {
    call();
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
  }
  run.listener = null;
  return loss?.();
}

/**
 * Notes the loss as the function last assigned it, so that a gradient that raises afterwards leaves the loss known. Gives
 * undefined for a function that does not return its loss by name.
 */
function watchLoss(pair: LossPair, {run}: Scene): (() => Value | undefined) | null {
  const {listener} = run;
  const name = lossName(pair);
  if (listener === null || name === null) return null;
  let loss: Value | undefined;
  run.listener = {
    ...listener.replace === undefined ? {} : {replace: (event) => listener.replace!(event)},
    event: (event) => {
      if (event.type === 'assign' && event.how === 'name' && event.target === name && event.activation.definition === pair.forward) loss = event.value;
      listener.event(event);
    },
  };
  return () => loss;
}

function lossName({backward, lossPosition, result, dictionaryPosition}: LossPair): string | null {
  const last = backward.body.at(-1);
  if (last?.kind !== 'Return' || last.value?.kind !== 'Tuple') return null;
  const item = last.value.items.at(lossPosition ?? (result === 'dictionary' && dictionaryPosition === 0 ? 1 : 0));
  return item?.kind === 'Name' ? item.id : null;
}
