/**
 * One trial: the forward is recorded on made inputs, the backward is run on a random upstream, and the tape gives the
 * truth for every leaf. Also the forward alone, again, on other numbers. Judges nothing.
 */
import {NDArray, elements, fromData} from '../ndarray/array.ts';
import type {Budget} from '../ndarray/context.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {Scalar, float} from '../ndarray/scalar.ts';
import type {Value} from '../ndarray/values.ts';
import {GuardLog} from '../tape/guards.ts';
import {reverseSweep} from '../tape/sweep.ts';
import type {Sweep} from '../tape/sweep.ts';
import {Tape} from '../tape/tape.ts';
import type {Event} from '../interpreter/events.ts';
import type {Listener} from '../interpreter/events.ts';
import type {PythonException} from '../interpreter/exceptions.ts';
import { asPythonException} from '../interpreter/exceptions.ts';
import {createRun, loadModule} from '../interpreter/interpreter.ts';
import type {ModuleSource} from '../interpreter/interpreter.ts';
import type {Run} from '../interpreter/run.ts';
import {isMainGuard} from '../program/reach.ts';
import type {Module, Stmt} from '../python/ast.ts';
import type {Truth} from './compare.ts';
import {whereTheyRan} from './executed.ts';
import {recordLeaves, replaceLeaves} from './leaves.ts';
import type {Leaves, Place} from './leaves.ts';
import {quantityOf} from './quantity.ts';
import type {Quantity} from './quantity.ts';
import {createRandom, normals} from '../inputs/random.ts';
import {withSmallSizes} from './small-sizes.ts';
import {createScene} from './subjects/subject.ts';
import type {Execution, FoundGradient, Scene} from './subjects/subject.ts';

/** What a trial runs, and on what. */
export interface Experiment {
  readonly path: string;
  readonly module: Module;
  readonly statements: ReadonlySet<Stmt> | null;
  readonly source: ModuleSource;
  readonly start: (scene: Scene) => Execution;
  /** Fresh inputs, equal at each call. */
  readonly inputs: () => ReadonlyMap<string, Value>;
  readonly constructed: () => ReadonlyMap<string, Value>;
  readonly seed: number;
  /** Whether / of two integers is floored, as in Python 2. */
  readonly floorDivision: boolean;
  /** Whether arrays stand in for what files hold. */
  readonly madeArrays: boolean;
  readonly budget: () => Budget;
}

/** The forward or the backward raised. */
export interface Raised {
  readonly phase: 'forward' | 'backward';
  readonly error: PythonException;
}

/** An input or the upstream was changed in place. */
export interface Mutation {
  readonly name: string;
  readonly by: 'forward' | 'backward';
  readonly array: NDArray;
}

export interface Trial {
  readonly run: Run;
  readonly tape: Tape;
  readonly guards: GuardLog;
  /** Forward and backward are one function or one script: their events take turns. */
  readonly interleaved: boolean;
  /** Tape length and number of events when the forward was done. */
  readonly forwardEnd: {readonly entries: number; readonly events: number};
  readonly events: readonly Event[];
  readonly leaves: Leaves;
  readonly outputs: readonly Quantity[];
  readonly upstreams: readonly Quantity[];
  /** The outputs weighted by the upstreams. */
  readonly loss: number;
  readonly truths: ReadonlyMap<string, Truth>;
  readonly sweep: Sweep;
  /** Null when the backward raised. */
  readonly found: readonly FoundGradient[] | null;
  readonly raised: Raised | null;
  readonly mutations: readonly Mutation[];
  /** An output or a gradient that cannot be trusted because of something unknown: what. */
  readonly unknown: string | null;
}

/** How the upstream is chosen: random, or a multiple of it. */
export interface UpstreamChoice {
  readonly seed: number;
  readonly factor: number;
  /** Changes the random numbers for one output, where they have to be of one kind. */
  readonly adjust?: (numbers: Float64Array, output: Quantity) => Float64Array;
}

/** A run that makes more events than this runs away: the rest are not kept. */
const MOST_EVENTS = 300_000;

/** Runs forward and backward once. Python errors are part of the result when the forward raises: then only `raised` is given. */
export function recordTrial(experiment: Experiment, upstream: UpstreamChoice, listen: boolean): Trial | Raised {
  const tape = new Tape();
  const guards = new GuardLog();
  const leaves: Leaves = new Map();
  const events: Event[] = [];
  const listener: Listener | null = listen ? {event: (event) => { if (events.length < MOST_EVENTS) events.push(event); }} : null;
  const inputs = experiment.inputs();
  const before = snapshotInputs(inputs);
  const opened = open(experiment, {tape, guards, listener}, inputs, recordLeaves(tape, leaves));
  if ('phase' in opened) return opened;
  const {run, execution} = opened;
  const forwardEnd = {entries: tape.length, events: events.length};
  run.tape = null;
  run.guards = null;
  const mutations: Mutation[] = changed(inputs, before, 'forward');
  const outputs = execution.outputs.map((value) => quantityOf(value) ?? emptyQuantity);
  const upstreams = makeUpstreams(execution, upstream);
  const cotangents = upstreams.map((value) => quantityOf(value)!);
  const sweep = sweepOutputs(tape, outputs, cotangents);
  const given = new Map(upstreams.map((value, i) => [`upstream ${i + 1}`, value]));
  const givenBefore = snapshotInputs(given);
  const between = snapshotInputs(inputs);
  let found: readonly FoundGradient[] | null = null;
  let raised: Raised | null = null;
  try {
    found = whereTheyRan(execution.backward(upstreams), execution.takesUpstream ? events.slice(forwardEnd.events) : events, experiment.path);
  } catch (error) {
    const exception = asPythonException(run, error);
    if (exception === null) throw error;
    raised = {phase: 'backward', error: exception};
  }
  mutations.push(...changed(inputs, between, 'backward'), ...changed(given, givenBefore, 'backward'));
  return {
    run, tape, guards, forwardEnd, events, interleaved: !execution.takesUpstream, leaves, outputs, upstreams: cotangents, loss: lossOf(outputs, cotangents),
    truths: truthsOf([...leaves, ...execution.intermediates], sweep), sweep, found, raised, mutations, unknown: unknownIn(run, execution, found),
  };
}

/**
 * Runs forward and backward on values only, with the upstream of that seed: what an edited program gives where the truth is
 * known already. A listener may put other values in the place of assigned ones. Null when either raises.
 */
export function runOnValues(experiment: Experiment, upstream: UpstreamChoice, listener: Listener | null = null): {readonly gradients: readonly FoundGradient[]; readonly loss: number} | null {
  const opened = open(experiment, {tape: null, guards: null, listener}, experiment.inputs(), (_of, value) => value);
  if ('phase' in opened) return null;
  try {
    const upstreams = makeUpstreams(opened.execution, upstream);
    const outputs = opened.execution.outputs.map((value) => quantityOf(value) ?? emptyQuantity);
    const loss = lossOf(outputs, upstreams.map((value) => quantityOf(value)!));
    return {loss, gradients: opened.execution.backward(upstreams)};
  } catch (error) {
    if (asPythonException(opened.run, error) === null) throw error;
    return null;
  }
}

/** Runs the forward alone on other numbers in its leaves. Null when it raises. */
export function replayForward(experiment: Experiment, numbers: ReadonlyMap<string, Float64Array>, upstreams: readonly Quantity[]): {loss: number; guards: GuardLog} | null {
  const guards = new GuardLog();
  const opened = open(experiment, {tape: null, guards, listener: null}, experiment.inputs(), replaceLeaves(numbers));
  if ('phase' in opened) return null;
  const outputs = opened.execution.outputs.map((value) => quantityOf(value) ?? emptyQuantity);
  return {loss: lossOf(outputs, upstreams), guards};
}

/** The gradients of all leaves with other numbers in them, for the same upstreams. Null when the forward raises. */
export function gradientsAt(experiment: Experiment, numbers: ReadonlyMap<string, Float64Array>, upstreams: readonly Quantity[]): ReadonlyMap<string, Float64Array> | null {
  const tape = new Tape();
  const leaves: Leaves = new Map();
  const replace = replaceLeaves(numbers);
  const record = recordLeaves(tape, leaves);
  const opened = open(experiment, {tape, guards: new GuardLog(), listener: null}, experiment.inputs(), (of, value) => record(of, replace(of, value)));
  if ('phase' in opened) return null;
  const sweep = sweepOutputs(tape, opened.execution.outputs.map((value) => quantityOf(value) ?? emptyQuantity), upstreams);
  return new Map([...leaves].map(([of, {shape, ids}]) => [of, truthAt(sweep, shape, ids).data]));
}

const emptyQuantity: Quantity = {shape: [0], dtype: 'float64', data: new Float64Array(0), ids: new Int32Array(0)};

interface Recording {
  readonly tape: Tape | null;
  readonly guards: GuardLog | null;
  readonly listener: Listener | null;
}

function open(experiment: Experiment, recording: Recording, inputs: ReadonlyMap<string, Value>, place: Place): {run: Run; execution: Execution} | Raised {
  const {module, statements} = withSmallSizes(experiment.module, experiment.statements);
  const run = createRun({
    budget: experiment.budget(), ...recording, source: experiment.source, exact: true, seed: experiment.seed,
    statements: (path) => (path === experiment.path ? statements : null),
    main: statements !== null && [...statements].some(isMainGuard), madeArrays: experiment.madeArrays, topLevelIterations: 2, floorDivision: experiment.floorDivision,
  });
  try {
    const scene = createScene(run, () => loadModule(run, experiment.path, module), inputs, experiment.constructed(), place);
    return {run, execution: experiment.start(scene)};
  } catch (error) {
    const exception = asPythonException(run, error);
    if (exception === null) throw error;
    return {phase: 'forward', error: exception};
  }
}

/** Random, signed, non-uniform numbers of order 1 in the shape of each output; 1 for a loss. */
function makeUpstreams(execution: Execution, {seed, factor, adjust}: UpstreamChoice): Value[] {
  const random = createRandom(seed);
  return execution.outputs.map((output, i) => {
    const quantity = quantityOf(output) ?? emptyQuantity;
    const {length} = quantity.data;
    const drawn = execution.cotangents?.[i] ?? (execution.takesUpstream ? normals(random, length).map((x) => factor * (x + Math.sign(x) * 0.1)) : new Float64Array(length).fill(1));
    const data = adjust === undefined ? drawn : adjust(drawn, quantity);
    return quantity.shape.length === 0 && !(output instanceof NDArray) ? upstreamScalar(output, data[0]) : fromData(data, quantity.shape, 'float64');
  });
}

function upstreamScalar(output: Value, value: number): Value {
  return output instanceof Scalar && !output.weak ? new Scalar(value, 0, 'float64', false) : float(value);
}

function sweepOutputs(tape: Tape, outputs: readonly Quantity[], upstreams: readonly Quantity[]): Sweep {
  const count = outputs.reduce((sum, output) => sum + output.ids.length, 0);
  const ids = new Int32Array(count);
  const cotangents = new Float64Array(count);
  let at = 0;
  outputs.forEach((output, i) => {
    ids.set(output.ids, at);
    cotangents.set(upstreams[i].data, at);
    at += output.ids.length;
  });
  return reverseSweep(tape, ids, cotangents);
}

function truthsOf(values: Iterable<readonly [string, Quantity]>, sweep: Sweep): Map<string, Truth> {
  const truths = new Map<string, Truth>();
  for (const [of, {shape, ids}] of values) truths.set(of, truthAt(sweep, shape, ids));
  return truths;
}

/** The gradient of the elements with these nodes. */
export function truthAt({bar, scale}: Sweep, shape: readonly number[], ids: Int32Array): Truth {
  const data = new Float64Array(ids.length);
  const scales = new Float64Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    data[i] = bar[ids[i]];
    scales[i] = scale[ids[i]];
  }
  return {shape, data, scale: scales};
}

function lossOf(outputs: readonly Quantity[], upstreams: readonly Quantity[]): number {
  let loss = 0;
  outputs.forEach(({data}, i) => {
    for (let k = 0; k < data.length; k++) loss += data[k] * upstreams[i].data[k];
  });
  return loss;
}

function snapshotInputs(inputs: ReadonlyMap<string, Value>): Map<NDArray, Float64Array> {
  const copies = new Map<NDArray, Float64Array>();
  for (const value of inputs.values()) if (value instanceof NDArray) copies.set(value, elements(value));
  return copies;
}

function changed(inputs: ReadonlyMap<string, Value>, before: ReadonlyMap<NDArray, Float64Array>, by: Mutation['by']): Mutation[] {
  const mutations: Mutation[] = [];
  for (const [name, array] of inputs) {
    if (!(array instanceof NDArray)) continue;
    const old = before.get(array);
    if (old === undefined) continue;
    const now = elements(array);
    if (now.some((value, i) => !Object.is(value, old[i]))) mutations.push({name, by, array});
  }
  return mutations;
}

function unknownIn(run: Run, execution: Execution, found: readonly FoundGradient[] | null): string | null {
  for (const output of execution.outputs) {
    const by = run.unknownIn(output);
    if (by !== null) return by.construct;
    const quantity = quantityOf(output);
    if (quantity === null || (!isFloat(quantity.dtype) && quantity.ids.every((id) => id === 0))) return 'an output that is not a float array';
  }
  for (const {value} of found ?? []) {
    const by = value === undefined ? null : run.unknownIn(value);
    if (by !== null) return by.construct;
  }
  return null;
}
