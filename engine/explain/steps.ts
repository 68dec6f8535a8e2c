/**
 * The forward pass of one run as steps that depend on each other: inputs, and operations in the order in which they were first
 * done. Other than the graph for drawing, it keeps named views, and which operand of which operation each value is.
 */
import {elementIds, NDArray} from '../ndarray/array.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {Activation, AssignEvent, Event, OperationEvent} from '../interpreter/events.ts';
import type {Expr, Stmt} from '../python/ast.ts';
import {printExpr} from '../python/print.ts';
import {findOwners} from '../graph/owners.ts';
import type {Numbers, Owners} from '../graph/owners.ts';
import type {Tape} from '../tape/tape.ts';
import {operandsIn} from './operands.ts';

/** What is needed of a recorded run. */
export interface Recorded {
  readonly path: string;
  readonly tape: Tape;
  readonly events: readonly Event[];
  readonly leaves: readonly {readonly of: string; readonly quantity: Numbers; readonly isList: boolean}[];
  readonly outputs: readonly Numbers[];
}

/** One operand as it stands in the text, and the steps that it came from: several when a loop brings another one each time. */
export interface OperandUse {
  readonly expr: Expr;
  /** How many transposes (`.T`) stand between the operand and the step. */
  readonly transposed: boolean;
  readonly value: Value;
  /** Which operand it is, or is in. */
  readonly operand: number;
  readonly sources: Set<number>;
  /** Its place in a list that is an operand; null when it is an operand itself. */
  readonly inList: number | null;
}

export interface StepNode {
  readonly key: string;
  readonly kind: 'input' | 'operation';
  /** The user's names, best first. */
  names: readonly string[];
  /** The last one done here; null for an input. */
  event: OperationEvent | null;
  /** The statement or expression that does it; null for an input, or when it is not in the text. */
  code: Expr | Stmt | null;
  uses: OperandUse[];
  count: number;
  shape: readonly number[];
}

export interface Steps {
  readonly nodes: readonly StepNode[];
  /** Those that made the outputs. */
  readonly ends: ReadonlySet<number>;
}

/** `codeAt` finds what stands at a span of a file. */
export function stepsOf(recorded: Recorded, codeAt: (path: string, start: number, end: number) => Expr | Stmt | null): Steps {
  const {tape, events, leaves, outputs} = recorded;
  const operations = events.filter((event) => event.type === 'operation');
  const inputs = leaves.flatMap(({of, quantity, isList}) => (isList
    ? Array.from(quantity.ids, (id, i) => ({of: `${of}[${i}]`, numbers: {shape: [], data: [quantity.data[i]], ids: Int32Array.of(id)}}))
    : [{of, numbers: quantity}]));
  const owners = findOwners(tape, inputs, operations, outputs.map(({ids}) => ids));
  return new Walk(owners, recorded, codeAt).walk();
}

class Walk {
  private readonly nodes: StepNode[] = [];
  private readonly byKey = new Map<string, number>();
  /** Which node made an array, as of now. */
  private readonly makers = new Map<NDArray, number>();
  private readonly stepNode: Int32Array;
  private readonly bound = new Map<Activation, Map<string, Value>>();
  private readonly named: {readonly node: number; readonly name: string; readonly depth: number}[] = [];
  private readonly stepOfEvent = new Map<OperationEvent, number>();

  constructor(private readonly owners: Owners, private readonly recorded: Recorded, private readonly codeAt: (path: string, start: number, end: number) => Expr | Stmt | null) {
    this.stepNode = new Int32Array(owners.steps.length).fill(-1);
    owners.steps.forEach((step, number) => {
      if (step.kind === 'operation') this.stepOfEvent.set(step.event, number);
      else this.stepNode[number] = this.add({key: `input ${step.of}`, kind: 'input', names: [step.of], event: null, code: null, uses: [], count: 1, shape: step.numbers.shape});
    });
  }

  walk(): Steps {
    for (const event of this.recorded.events) {
      if (event.type === 'operation') this.operation(event);
      else if (event.type === 'assign') this.assign(event);
    }
    this.nodes.forEach((node, i) => {
      const given = this.named.filter((entry) => entry.node === i);
      // In a loop the outer names are those of the next round.
      const own = (node.count > 1 ? given : [...given].sort((a, b) => a.depth - b.depth)).map(({name}) => name);
      node.names = [...new Set([...node.names, ...own])];
    });
    const ends = new Set<number>();
    for (const {ids} of this.recorded.outputs) for (const id of ids) if (id !== 0 && this.ownerNode(id) >= 0) ends.add(this.ownerNode(id));
    return {nodes: this.nodes, ends: new Set([...ends].map((end) => this.afterwards(end)))};
  }

  /** What was written into afterwards is the output as it was written last. */
  private afterwards(end: number): number {
    const next = this.nodes.findIndex(({event, uses}, i) => i > end && event !== null && isWrite(event) && uses.some(({operand, sources}) => operand === 0 && sources.has(end)));
    return next < 0 ? end : this.afterwards(next);
  }

  private add(node: StepNode): number {
    this.byKey.set(node.key, this.nodes.length);
    return this.nodes.push(node) - 1;
  }

  private ownerNode(id: number): number {
    const step = this.owners.of[id];
    return step < 0 ? -1 : this.stepNode[step];
  }

  private operation(event: OperationEvent): void {
    const {result, activation, span, name} = event;
    const code = this.codeAt(activation.path, span.start, span.end);
    const uses = this.usesOf(event, code);
    if (!isDifferentiable(result) || uses.every(({sources}) => sources.size === 0)) {
      if (result instanceof NDArray) this.makers.delete(result);
      return;
    }
    const key = `${callsOf(activation)} ${span.start} ${span.end} ${name}`;
    const known = this.byKey.get(key);
    let at: number;
    if (known === undefined) {
      at = this.add({key, kind: 'operation', names: [], event, code, uses, count: 1, shape: shapeOf(result)});
    } else {
      at = known;
      const node = this.nodes[known];
      node.event = event;
      node.count++;
      node.uses = uses.map((use, i) => ({...use, sources: new Set([...node.uses[i]?.sources ?? [], ...use.sources])}));
    }
    if (result instanceof NDArray) this.makers.set(result, at);
    const step = this.stepOfEvent.get(event);
    if (step !== undefined) this.stepNode[step] = at;
    // What was written into keeps the names that it has.
    if (result instanceof NDArray && known === undefined) {
      for (const [target, value] of this.bound.get(activation) ?? []) if (value === result) this.named.push({node: at, name: target, depth: depthOf(activation)});
    }
  }

  private usesOf(event: OperationEvent, code: Expr | Stmt | null): OperandUse[] {
    const texts = operandsIn(code);
    if (texts?.length !== event.operands.length) return event.operands.flatMap((value, i) => this.unread(value, i));
    return event.operands.flatMap((value, i): OperandUse[] => {
      const expr = texts[i];
      if ((value instanceof List || value instanceof Tuple) && (expr.kind === 'List' || expr.kind === 'Tuple') && this.sourcesByIds(value).size > 0) {
        const {items} = value;
        return expr.items.map((item, k) => this.use(item, items[k], event.activation, i, k));
      }
      return [this.use(expr, value, event.activation, i, null)];
    });
  }

  /** An operand whose text is not to be had. */
  private unread(value: Value, operand: number): OperandUse[] {
    const sources = this.sourcesByIds(value);
    const expr: Expr = {kind: 'InvalidExpr', span: {start: 0, end: 0}, message: ''};
    return [{expr, transposed: false, value, operand, sources, inList: null}];
  }

  private use(expr: Expr, value: Value, activation: Activation, operand: number, inList: number | null): OperandUse {
    let base = expr;
    let transposed = false;
    while (base.kind === 'Attribute' && base.name === 'T') {
      base = base.object;
      transposed = !transposed;
    }
    const direct = value instanceof NDArray ? this.makers.get(value) : undefined;
    const binding = base === expr && direct !== undefined ? undefined : this.bound.get(activation)?.get(printExpr(base));
    const viewed = binding instanceof NDArray ? this.makers.get(binding) : undefined;
    const found = direct ?? (isDifferentiable(value) ? viewed : undefined);
    return {expr: base, transposed, value, operand, inList, sources: found === undefined ? this.sourcesByIds(value) : new Set([found])};
  }

  private sourcesByIds(value: Value): Set<number> {
    const found = new Set<number>();
    for (const id of idsOf(value)) {
      const node = id === 0 ? -1 : this.ownerNode(id);
      if (node >= 0) found.add(node);
    }
    return found;
  }

  private assign({activation, target, value, how}: AssignEvent): void {
    let names = this.bound.get(activation);
    if (names === undefined) this.bound.set(activation, names = new Map<string, Value>());
    if (how === 'item' && !/\[(['"]).*\1\]$/.test(target)) return;
    names.set(target, value);
    const made = value instanceof NDArray ? this.makers.get(value) : undefined;
    const sources = made === undefined && value instanceof Scalar ? this.sourcesByIds(value) : new Set(made === undefined ? [] : [made]);
    if (sources.size !== 1) return;
    const [node] = sources;
    if (this.nodes[node].kind === 'operation') this.named.push({node, name: target, depth: depthOf(activation)});
  }
}

function isWrite({name, operands, result}: OperationEvent): boolean {
  return (name === 'setitem' || /^([-+*/@]|\*\*)=$/.test(name)) && operands[0] === result;
}

function isDifferentiable(value: Value): boolean {
  if (value instanceof Scalar) return value.id !== 0;
  return value instanceof NDArray && elementIds(value).some((id) => id !== 0);
}

function idsOf(value: Value): Iterable<number> {
  if (value instanceof Scalar) return [value.id];
  if (value instanceof NDArray) return elementIds(value);
  if (value instanceof List || value instanceof Tuple) return (value.items as readonly Value[]).flatMap((item) => [...idsOf(item)]);
  return [];
}

export function shapeOf(value: Value): readonly number[] {
  return value instanceof NDArray ? value.shape : [];
}

/** The places of the calls that led to an activation. */
function callsOf(activation: Activation): string {
  const places: string[] = [activation.path];
  for (let at: Activation | null = activation; at !== null; at = at.caller) if (at.callSpan !== null) places.push(String(at.callSpan.start));
  return places.join('<');
}

function depthOf(activation: Activation): number {
  let depth = 0;
  for (let {caller} = activation; caller !== null; caller = caller.caller) depth++;
  return depth;
}
