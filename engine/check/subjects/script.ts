/**
 * Runs a script: statements at module level that compute values, then their gradients. Values that come from nowhere else
 * (numbers, lists, random arrays) become leaves when they are assigned, by an intervention, also where they are made before the loop
 * that trains them; every forward value that a gradient is of is noted as it was when the forward was first done.
 */
import type {Value} from '../../ndarray/values.ts';
import type {AssignEvent} from '../../interpreter/events.ts';
import type {Stmt} from '../../python/ast.ts';
import type {ScriptPair} from '../../program/pair.ts';
import {quantityOf, sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import {CannotRun} from './subject.ts';
import type {Execution, Scene} from './subject.ts';

/** What a run of a script has shown so far. */
interface Watched {
  /** Forward values by name as the forward last assigned them, with their numbers and tape nodes then. */
  readonly values: Map<string, Value>;
  readonly quantities: Map<string, Quantity>;
  /** Gradients by name as the backward last assigned them. */
  readonly gradients: Map<string, Value>;
}

export function startScript(pair: ScriptPair, scene: Scene): Execution {
  const watched = watch(pair, scene);
  const {module} = scene;
  const output = watched.values.get(pair.output);
  if (output === undefined) throw new CannotRun(`${pair.output} is never computed when ${module.name} is run`);
  const given = givenFor(output, pair.seed === null ? undefined : watched.gradients.get(pair.seed));
  return {
    outputs: [output],
    takesUpstream: false,
    ...(given === null ? {} : {cotangents: [given]}),
    intermediates: watched.quantities,
    backward: () => {
      const raised = scene.run.raised.find(({raisedAt}) => raisedAt !== null && pair.backward.some(({span}) => span.start <= raisedAt.span.start && raisedAt.span.end <= span.end));
      if (raised !== undefined) throw raised;
      return pair.gradients.map((source) => ({
        source, name: source.name ?? pair.output, of: source.of ?? '',
        value: source.name === null ? undefined : watched.gradients.get(source.name),
      }));
    },
  };
}

/** The numbers that the script gives its output for a gradient, or computes for a loss that it does not write out: the others are relative to them. */
function givenFor(output: Value, seed: Value | undefined): Float64Array | null {
  const [quantity, given] = [quantityOf(output), quantityOf(seed ?? null)];
  if (quantity === null || given === null) return null;
  if (sameShape(quantity.shape, given.shape)) return given.data;
  return given.data.length === 1 ? new Float64Array(quantity.data.length).fill(given.data[0]) : null;
}

/** Lets every assignment of the run pass by. The tape stays on: forward and backward may take turns. */
function watch(pair: ScriptPair, {run, place}: Scene): Watched {
  const wanted = new Set(pair.gradients.map((gradient) => gradient.of));
  const watched: Watched = {values: new Map(), quantities: new Map(), gradients: new Map()};
  const inForward = within(pair.forward);
  const inBackward = within(pair.backward);
  const loop = pair.within.at(0)?.span.start ?? 0;
  const names = pair.gradients.flatMap(({name}) => name ?? []);
  const seen = new Set<Stmt>();
  // A training loop moves the weights after its first round: what comes later is about other values.
  let isOver = false;
  const listener = run.listener;
  run.listener = {
    event: (event) => listener?.event(event),
    replace(event) {
      const {target, statement} = event;
      const value = listener?.replace === undefined ? event.value : listener.replace(event);
      if (isOver || event.how !== 'name' || event.activation.definition !== null) return value;
      if (inBackward(statement)) {
        watched.gradients.set(target, value);
        return value;
      }
      const isOutside = statement.span.start < loop;
      if (!inForward(statement) && !(isOutside && wanted.has(target))) return value;
      if (!isOutside && seen.has(statement) && names.length > 0 && names.every((name) => watched.gradients.has(name))) {
        isOver = true;
        return value;
      }
      seen.add(statement);
      const taken = wanted.has(target) && !watched.values.has(target) && isFromNowhere(event) ? place(target, value) : value;
      const quantity = quantityOf(taken);
      watched.values.set(target, taken);
      if (quantity !== null) watched.quantities.set(target, quantity);
      return taken;
    },
  };
  return watched;
}

/** Whether an assigned value depends on no leaf: it can be one itself. */
function isFromNowhere({augmented, value, statement}: AssignEvent): boolean {
  if (augmented || quantityOf(value)?.ids.every((id) => id === 0) !== true) return false;
  return statement.kind === 'Assign' || statement.kind === 'AnnAssign';
}

function within(statements: readonly Stmt[]): (statement: Stmt) => boolean {
  return (statement) => statements.some(({span}) => span.start <= statement.span.start && statement.span.end <= span.end);
}
