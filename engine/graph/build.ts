/**
 * From the record of one run to its graph: steps become nodes, readings between steps become edges, and steps of the same
 * text in the same call become one node with a count. Knows events and tape; what the user's backward means is told to it.
 */
import {elementIds, elements, NDArray} from '../ndarray/array.ts';
import {Scalar} from '../ndarray/scalar.ts';
import type {Span} from '../python/span.ts';
import type {Event, OperationEvent} from '../interpreter/events.ts';
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import {attachClaims} from './claims.ts';
import type {Draft, Drafts, RunRecord} from './draft.ts';
import type {Explanation, Graph, GraphEdge, GraphNode} from './graph.ts';
import {mostElements} from './graph.ts';
import {groupOperations, groupsInUse} from './groups.ts';
import type {Grouping} from './groups.ts';
import {labelOf} from './labels.ts';
import {nameSteps} from './names.ts';
import {eachOperand, findOwners} from './owners.ts';
import type {Numbers, Owners} from './owners.ts';
import {eachNeeded} from './saved.ts';

/** Sorts the steps of a run. `opened` are the loops, by their groups, whose iterations are told apart; `*` is all of them. */
export function draftGraph(record: RunRecord, opened: readonly string[] = []): Drafts {
  const {tape, events, outputs} = record;
  const operations = events.filter((event) => event.type === 'operation');
  const owners = findOwners(tape, inputsOf(record), operations, outputs.map(({ids}) => ids));
  const grouping = groupOperations(events, new Set(opened));
  const {drafts, draftOf} = fold(record, owners, grouping);
  return {record, owners, drafts, draftOf, groups: groupsInUse(grouping, drafts.map(({group}) => group))};
}

/** The graph of a sorted run. `explain` is asked once for each node. */
export function buildGraph({record, owners, drafts, draftOf, groups}: Drafts, explain: (operation: string) => Explanation | null): Graph {
  const {tape, events, outputs} = record;
  const edges = edgesOf(record, owners, drafts, draftOf);
  const saved = savedSteps(tape, owners);
  const claims = attachClaims(record.claims, drafts, owners, record.sweep);
  const ends = new Set(outputs.flatMap(({ids}) => [...ids].map((id) => draftOf[owners.of[id]])));
  const spans = inputSpans(events);
  const nodes = drafts.map((draft, i): GraphNode => {
    const {id, names, group, event, numbers, steps} = draft;
    const step = owners.steps[steps[0]];
    return {
      id, names, group,
      kind: event === null ? 'input' : 'operation',
      label: step.kind === 'input' ? step.of : labelOf(step.event.name, step.event.operands),
      operation: event?.name ?? '',
      span: copyOf(event?.span ?? spans.get(step.kind === 'input' ? step.of.replace(/\[\d+\]$/, '') : '')),
      path: event?.activation.path ?? record.path,
      shape: numbers.shape, size: numbers.shape,
      first: firstOf(numbers.data),
      gradient: firstOf(Array.from(numbers.ids.subarray(0, mostElements), (node) => record.sweep.bar[node])),
      user: claims[i], count: steps.length,
      saved: steps.some((number) => saved.has(number)),
      isOutput: ends.has(i),
      explanation: event === null ? null : explain(event.name),
    };
  });
  return {nodes, edges: edges.map((edge) => named(edge, drafts)), groups};
}

/** Lists of numbers are drawn number by number, as people write scalar circuits. */
function inputsOf({leaves}: RunRecord): {of: string; numbers: Numbers}[] {
  return leaves.flatMap(({of, quantity, isList}) => {
    if (!isList) return [{of, numbers: quantity}];
    return Array.from(quantity.ids, (id, i) => ({of: `${of}[${i}]`, numbers: {shape: [], data: [quantity.data[i]], ids: Int32Array.of(id)}}));
  });
}

function fold(record: RunRecord, owners: Owners, {groupOf}: Grouping): {drafts: Draft[]; draftOf: Int32Array} {
  const names = nameSteps(record.events, owners);
  const drafts: Draft[] = [];
  const draftOf = new Int32Array(owners.steps.length).fill(-1);
  const byPlace = new Map<string, number>();
  const taken = new Map<string, number>();
  const used = usedSteps(record.tape, owners);
  owners.steps.forEach((step, number) => {
    if (!used.has(number)) return;
    const group = step.kind === 'input' ? null : groupOf.get(step.event) ?? null;
    const place = step.kind === 'input' ? step.of : `${group ?? ''} ${step.event.activation.path} ${step.event.span.start} ${step.event.span.end} ${step.event.name}`;
    const known = byPlace.get(place);
    const numbers = step.kind === 'input' ? step.numbers : numbersOf(record.tape, owners, number, step.event);
    if (known !== undefined) {
      drafts[known].steps.push(number);
      drafts[known] = {...drafts[known], numbers};
      draftOf[number] = known;
      return;
    }
    draftOf[number] = drafts.length;
    byPlace.set(place, drafts.length);
    drafts.push({
      id: unique(step.kind === 'input' ? `input ${step.of}` : `${group ?? ''}/${names.target(number)} ${step.event.name}`, taken),
      steps: [number], names: names.of(number), group, event: step.kind === 'input' ? null : step.event, numbers,
    });
  });
  return {drafts, draftOf};
}

function unique(id: string, taken: Map<string, number>): string {
  const count = taken.get(id) ?? 0;
  taken.set(id, count + 1);
  return count === 0 ? id : `${id} ${count + 1}`;
}

/** Steps with an entry that the outputs depend on; inputs always. */
function usedSteps(tape: Tape, {steps, of, reaches}: Owners): ReadonlySet<number> {
  const used = new Set<number>();
  for (let id = 1; id < tape.length; id++) if (reaches[id] !== 0 && of[id] >= 0) used.add(of[id]);
  steps.forEach((step, number) => { if (step.kind === 'input') used.add(number); });
  return used;
}

/** The result of an operation; when it has been written over since, what the operation itself wrote last. */
function numbersOf(tape: Tape, owners: Owners, step: number, event: OperationEvent): Numbers {
  const {result} = event;
  if (result instanceof Scalar) return {shape: [], data: [result.value], ids: Int32Array.of(result.id)};
  const shape = result instanceof NDArray ? result.shape : [];
  if (result instanceof NDArray) {
    const ids = elementIds(result);
    if (ids.some((id) => owners.of[id] === step)) return {shape, data: elements(result), ids};
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const made: number[] = [];
  for (let id = event.endEntry - 1; id >= event.firstEntry && made.length < size; id--) if (owners.of[id] === step) made.unshift(id);
  return {shape, data: made.map((id) => tape.value[id]), ids: Int32Array.from(made)};
}

interface DraftEdge {
  readonly from: number;
  readonly to: number;
  carried: boolean;
  readonly contribution: number[];
  readonly upstream: number;
}

function edgesOf({tape, sweep}: RunRecord, owners: Owners, drafts: readonly Draft[], draftOf: Int32Array): DraftEdge[] {
  const found = new Map<number, DraftEdge>();
  const places = elementPlaces(tape, owners, drafts, draftOf);
  for (let entry = 1; entry < tape.length; entry++) {
    const reader = owners.of[entry];
    if (reader < 0 || owners.reaches[entry] === 0 || draftOf[reader] < 0) continue;
    const to = draftOf[reader];
    eachOperand(tape, entry, (operand, partial) => {
      const maker = owners.of[operand];
      if (maker < 0 || maker === reader || draftOf[maker] < 0) return;
      const from = draftOf[maker];
      const key = from * drafts.length + to;
      let edge = found.get(key);
      if (edge === undefined) {
        const {numbers} = drafts[to];
        const single = numbers.ids.length === 1 && drafts[to].steps.length === 1 && drafts[from].numbers.ids.length === 1;
        edge = {from, to, carried: from >= to, contribution: new Array<number>(Math.min(mostElements, drafts[from].numbers.ids.length)).fill(0), upstream: single ? sweep.bar[numbers.ids[0]] : 0};
        found.set(key, edge);
      }
      const at = places[operand] - 1;
      if (at >= 0) edge.contribution[at] += sweep.bar[entry] * partial;
    });
  }
  return [...found.values()].sort((a, b) => a.to - b.to || a.from - b.from);
}

/** 1 + the place of an entry among the first elements of its node, 0 for the others. */
function elementPlaces(tape: Tape, owners: Owners, drafts: readonly Draft[], draftOf: Int32Array): Uint8Array {
  const places = new Uint8Array(tape.length);
  for (const {numbers} of drafts) for (let i = Math.min(mostElements, numbers.ids.length) - 1; i >= 0; i--) places[numbers.ids[i]] = i + 1;
  places[0] = 0;
  // A binding has the number under another id: what it binds is the same element, seen from either side.
  for (let id = tape.length - 1; id > 0; id--) if (isBinding(tape, owners, id) && places[id] !== 0 && places[tape.a[id]] === 0) places[tape.a[id]] = places[id];
  for (let id = 1; id < tape.length; id++) {
    if (isBinding(tape, owners, id) && places[id] === 0 && draftOf[owners.of[id]] >= 0) places[id] = places[tape.a[id]];
  }
  return places;
}

function isBinding({op, a}: Tape, {of}: Owners, id: number): boolean {
  return op[id] === Op.Identity && of[id] >= 0 && of[a[id]] === of[id];
}

function named({from, to, carried, contribution, upstream}: DraftEdge, drafts: readonly Draft[]): GraphEdge {
  const local = upstream === 0 || contribution.length !== 1 ? null : contribution[0] / upstream;
  return {from: drafts[from].id, to: drafts[to].id, carried, contribution, local};
}

function savedSteps(tape: Tape, {of, reaches}: Owners): ReadonlySet<number> {
  const saved = new Set<number>();
  for (let entry = 1; entry < tape.length; entry++) {
    if (reaches[entry] !== 0) eachNeeded(tape, entry, (needed) => { if (of[needed] >= 0) saved.add(of[needed]); });
  }
  return saved;
}

function inputSpans(events: readonly Event[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const event of events) if (event.type === 'assign' && !spans.has(event.target)) spans.set(event.target, event.span);
  return spans;
}

/** The tree moves with edits; the graph is of one text. */
function copyOf(span: Span | undefined): Span | null {
  return span === undefined ? null : {...span};
}

function firstOf(data: ArrayLike<number>): readonly number[] {
  return Array.from({length: Math.min(mostElements, data.length)}, (_, i) => data[i]);
}
