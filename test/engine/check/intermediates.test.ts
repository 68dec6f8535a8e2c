/**
 * In random programs, the gradient of every intermediate (copies, gathers and views included) is what is had by perturbing that
 * intermediate alone. A view shares its nodes with its base: its own gradient is what comes through the operations that read it.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {NDArray, elements, fromData} from '../../../engine/ndarray/array.ts';
import type {Scalar} from '../../../engine/ndarray/scalar.ts';
import {gradientsThroughEdges} from '../../../engine/tape/edges.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';
import type {AssignEvent} from '../../../engine/interpreter/events.ts';
import {arrayQuantity} from '../../../engine/check/quantity.ts';
import type {Quantity} from '../../../engine/check/quantity.ts';
import {runText} from '../../support/run-text.ts';

interface Variable {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The variable that it is a view of. */
  readonly base: Variable | null;
}

interface Line {
  readonly target: string;
  readonly text: string;
  readonly reads: readonly Variable[];
}

interface Program {
  readonly inputs: ReadonlyMap<string, NDArray>;
  readonly variables: readonly Variable[];
  readonly lines: readonly Line[];
}

/** A program of one operation a line, from a list of random numbers. */
function programOf(choices: readonly number[]): Program {
  let at = 0;
  const below = (n: number): number => choices[at++ % choices.length] % n;
  const inputs = new Map<string, NDArray>();
  const variables: Variable[] = [];
  const lines: Line[] = [];
  for (const [name, rows, columns] of [['x', 3, 4], ['y', 3, 4], ['z', 4, 3]] as const) {
    inputs.set(name, fromData(Float64Array.from({length: rows * columns}, (_, i) => Math.sin(7.3 * i + rows + name.charCodeAt(0)) + 0.05), [rows, columns], 'float64'));
    variables.push({name, rows, columns, base: null});
    lines.push({target: name, text: `${name} = np.zeros((${rows}, ${columns}))`, reads: []});
  }
  const add = (text: string, reads: readonly Variable[], rows: number, columns: number, base: Variable | null = null): void => {
    const name = `v${variables.length}`;
    variables.push({name, rows, columns, base});
    lines.push({target: name, text: `${name} = ${text}`, reads});
  };
  while (variables.length < 12) {
    const a = variables[below(variables.length)];
    const alike = variables.filter(({rows, columns}) => rows === a.rows && columns === a.columns);
    const b = alike[below(alike.length)];
    const {rows, columns} = a;
    switch (below(16)) {
      case 0: add(`np.tanh(${a.name})`, [a], rows, columns); break;
      case 1: add(`${a.name} * 0.7`, [a], rows, columns); break;
      case 2: add(`${a.name} + ${b.name}`, [a, b], rows, columns); break;
      case 3: add(`${a.name} * ${b.name}`, [a, b], rows, columns); break;
      case 4: add(`${a.name}.copy()`, [a], rows, columns); break;
      case 5: add(`${a.name}[[0, 1, 0]]`, [a], 3, columns); break;
      case 6: add(`${a.name}[:, [1, 0, 1, 1]]`, [a], rows, 4); break;
      case 7: add(`${a.name}.T`, [a], columns, rows, a); break;
      case 8: add(`${a.name}[::-1]`, [a], rows, columns, a); break;
      case 9: if (rows > 2) add(`${a.name}[1:]`, [a], rows - 1, columns, a); break;
      case 10: if (columns > 2) add(`${a.name}[:, :2]`, [a], rows, 2, a); break;
      case 11: if (rows < 7) add(`np.concatenate([${a.name}, ${b.name}])`, [a, b], 2 * rows, columns); break;
      case 12: add(`${a.name} - np.mean(${a.name}, axis=0)`, [a], rows, columns); break;
      case 13: add(`np.maximum(${a.name}, ${0.1 + 0.0137 * variables.length})`, [a], rows, columns); break;
      case 14: add(`np.where(${a.name} > 0.1, ${a.name}, ${b.name})`, [a, b], rows, columns); break;
      default: {
        const fitting = variables.filter((one) => one.rows === columns);
        if (fitting.length > 0) {
          const c = fitting[below(fitting.length)];
          add(`np.dot(${a.name}, ${c.name})`, [a, c], rows, c.columns);
        }
      }
    }
  }
  const last = variables.slice(-3);
  last.forEach((one, i) => lines.push({target: `loss${i}`, text: `loss${i} = np.sum(np.sin(${one.name}))`, reads: [one]}));
  lines.push({target: 'loss', text: `loss = ${last.map((_, i) => `loss${i}`).join(' + ')}`, reads: []});
  return {inputs, variables, lines};
}

function textOf({lines}: Program): string {
  return `import numpy as np\n${lines.map(({text}) => text).join('\n')}\n`;
}

interface Recorded {
  readonly values: ReadonlyMap<string, Quantity>;
  /** The operations of each line, by its target. */
  readonly operations: ReadonlyMap<string, readonly number[]>;
  readonly tape: Tape;
  readonly loss: Scalar;
}

function record(program: Program): Recorded {
  const tape = new Tape();
  const values = new Map<string, Quantity>();
  const operations = new Map<string, readonly number[]>();
  let current: number[] = [];
  const run = runText(textOf(program), {tape, exact: true, listener: {
    event(event) {
      if (event.type === 'operation') current.push(event.number);
      if (event.type !== 'assign') return;
      operations.set(event.target, current);
      current = [];
      if (event.snapshot !== null) values.set(event.target, arrayQuantity(event.snapshot));
    },
    replace(event) {
      const input = program.inputs.get(event.target);
      if (input === undefined) return event.value;
      const data = elements(input);
      return fromData(data, input.shape, 'float64', Int32Array.from(data, (number) => tape.leaf(number)));
    },
  }});
  return {values, operations, tape, loss: run.modules.get('main.py')!.attributes.get('loss') as Scalar};
}

/** The loss when the variable called `target` alone is moved by `step`. */
function lossWith(program: Program, target: string, step: Float64Array): number {
  const run = runText(textOf(program), {exact: true, listener: {
    event: () => undefined,
    replace(event: AssignEvent) {
      const value = program.inputs.get(event.target) ?? event.value;
      if (!(value instanceof NDArray) || (event.target !== target && !program.inputs.has(event.target))) return value;
      const data = elements(value);
      return fromData(event.target === target ? data.map((number, i) => number + step[i]) : data, value.shape, 'float64');
    },
  }});
  return (run.modules.get('main.py')!.attributes.get('loss') as Scalar).value;
}

/** The variable and all views of it, views of views included. */
function isThrough(one: Variable, view: Variable): boolean {
  return one === view || (one.base !== null && isThrough(one.base, view));
}

function rootOf(variable: Variable): Variable {
  return variable.base === null ? variable : rootOf(variable.base);
}

/** The gradient of a variable on its own; null where one operation reads a view beside what it is a view of. */
function gradientOf(program: Program, {values, operations, tape, loss}: Recorded, variable: Variable): Float64Array | null {
  const sweep = reverseSweep(tape, Int32Array.of(loss.id), Float64Array.of(1));
  const {ids} = values.get(variable.name)!;
  if (variable.base === null) return Float64Array.from(ids, (id) => sweep.bar[id]);
  const edges = gradientsThroughEdges(tape, sweep, ids);
  const gradient = new Float64Array(ids.length);
  const views = new Set(program.variables.filter(({base}) => base !== null).map(({name}) => name));
  for (const {target, reads} of program.lines) {
    if (views.has(target)) continue;
    const related = reads.filter((one) => rootOf(one) === rootOf(variable));
    if (related.length === 0 || !related.some((one) => isThrough(one, variable))) continue;
    if (!related.every((one) => isThrough(one, variable))) return null;
    for (const operation of operations.get(target) ?? []) edges.get(operation)?.forEach((part, i) => (gradient[i] += part));
  }
  return gradient;
}

describe('the gradient of every intermediate', () => {
  it('is what is had by perturbing that intermediate alone', function () {
    this.timeout(240_000);
    const seen = {values: 0, views: 0, gathers: 0, copies: 0};
    fc.assert(fc.property(fc.array(fc.nat(10_000), {minLength: 40, maxLength: 60}), (choices) => {
      const program = programOf(choices);
      const recorded = record(program);
      assert.ok(Number.isFinite(recorded.loss.value));
      for (const variable of program.variables) {
        const gradient = recorded.loss.id === 0 ? null : gradientOf(program, recorded, variable);
        if (gradient === null) continue;
        const direction = gradient.map((_, i) => Math.cos(3.1 * i + variable.name.length));
        const h = 1e-6;
        const slope = (lossWith(program, variable.name, direction.map((v) => h * v)) - lossWith(program, variable.name, direction.map((v) => -h * v))) / (2 * h);
        const expected = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
        const scale = gradient.reduce((sum, g) => sum + Math.abs(g), 1);
        assert.ok(Math.abs(slope - expected) <= 1e-6 * scale, `${variable.name}: ${slope} by perturbing, ${expected} from the tape, in\n${textOf(program)}`);
        seen.values++;
        const text = program.lines.find(({target}) => target === variable.name)!.text;
        if (variable.base !== null) seen.views++;
        else if (text.includes('[[') || text.includes(', [')) seen.gathers++;
        else if (text.includes('copy')) seen.copies++;
      }
    }), {numRuns: 150, seed: 11});
    assert.ok(seen.values > 1000 && seen.views > 100 && seen.gathers > 50 && seen.copies > 30, JSON.stringify(seen));
  });
});
