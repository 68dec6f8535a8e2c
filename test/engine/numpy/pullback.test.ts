/** The pullback text of every explained row, evaluated as Python, gives the gradient that the tape gives. */
import assert from 'node:assert/strict';
import {callFunction, getAttribute} from '../../../engine/interpreter/interpreter.ts';
import {NDArray, elementIds, elements, fromData} from '../../../engine/ndarray/array.ts';
import {isFloat} from '../../../engine/ndarray/dtype.ts';
import {Scalar} from '../../../engine/ndarray/scalar.ts';
import {List, Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {bindArguments} from '../../../engine/numpy/bind.ts';
import type {Row} from '../../../engine/numpy/row.ts';
import {lookup, rows} from '../../../engine/numpy/table.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';
import {runText} from '../../support/run-text.ts';
import {samples} from './pullback-samples.ts';
import type {Sample} from './pullback-samples.ts';

const PRELUDE = `
import numpy as np
import scipy.special

def A(*shape):
    n = int(np.prod(shape))
    return (1.3 * np.sin(1.7 * np.arange(1, n + 1) ** 1.3 + n) + 0.05).reshape(shape)

def P(*shape):
    return np.abs(A(*shape)) + 0.4

def U(*shape):
    return np.tanh(A(*shape)) * 0.9

def Q(n):
    return A(n, n) + 3 * np.eye(n)

def unbroadcast(value, target):
    shape = np.shape(target)
    value = np.asarray(value)
    while value.ndim > len(shape):
        value = value.sum(axis=0)
    for i in range(len(shape)):
        if shape[i] == 1 and value.shape[i] != 1:
            value = value.sum(axis=i, keepdims=True)
    return value
`;

/** Parameter names of a signature in order, with their stars. */
function parameters(row: Row): string[] {
  return row.signature.replace(/\([^)]*\)/g, '0').split(',').map((part) => part.split('=')[0].trim())
    .filter((name) => name !== '' && name !== '/' && name !== '*');
}

/** Makes every float array and number of a value a leaf of the tape. */
function withLeaves(value: Value, tape: Tape): Value {
  if (value instanceof List) return new List(value.items.map((item) => withLeaves(item, tape)));
  if (value instanceof Tuple) return new Tuple(value.items.map((item) => withLeaves(item, tape)));
  if (value instanceof Scalar) return new Scalar(value.value, tape.leaf(value.value), value.dtype, value.weak);
  assert.ok(value instanceof NDArray && isFloat(value.dtype), 'a differentiable argument is made of floats');
  const data = elements(value);
  return fromData(data, value.shape, value.dtype, Int32Array.from(data, (number) => tape.leaf(number)));
}

/** All numbers of a value in order, with their nodes. */
function flat(value: Value): {readonly numbers: number[]; readonly ids: number[]} {
  if (value instanceof NDArray) return {numbers: [...elements(value)], ids: [...elementIds(value)]};
  if (value instanceof Scalar) return {numbers: [value.value], ids: [value.id]};
  if (typeof value === 'number') return {numbers: [value], ids: [0]};
  assert.ok(value instanceof List || value instanceof Tuple);
  const parts = (value.items as readonly Value[]).map(flat);
  return {numbers: parts.flatMap(({numbers}) => numbers), ids: parts.flatMap(({ids}) => ids)};
}

/** An upstream gradient of the structure of `out`: signed and uneven. */
function upstreamOf(out: Value, counter: {next: number}): Value {
  const draw = (): number => 1.1 * Math.cos(2.3 * counter.next++ + 0.4) + 0.1;
  if (out instanceof NDArray) return fromData(Float64Array.from({length: out.size}, draw), out.shape, 'float64');
  if (out instanceof Scalar) return new Scalar(draw(), 0, 'float64', false);
  assert.ok(out instanceof List || out instanceof Tuple);
  return new List((out.items as readonly Value[]).map((item) => upstreamOf(item, counter)));
}

function shapeOf(value: Value): readonly number[] {
  return value instanceof NDArray ? value.shape : [];
}

function judge(row: Row, sample: Sample): void {
  const texts = row.explain!.pullback;
  const names = parameters(row);
  const bare = names.map((name) => name.replace('*', ''));
  const functions = Object.entries(texts).map(([name, text]) =>
    `def pullback_${name}(${[...bare, 'g', 'out'].join(', ')}):\n    return ${text}\n`);
  const given = Object.entries(sample.given).map(([name, text]) => `given_${name} = ${text}\n`);
  const tape = new Tape();
  const run = runText(`${PRELUDE}${functions.join('')}${given.join('')}`, {tape, exact: true});
  assert.deepEqual(run.raised.map((each) => `${each.type}: ${each.message}`), []);
  const module = run.modules.get('main.py')!;
  const argument = (name: string): Value => {
    const value = getAttribute(run, module, `given_${name}`);
    return name in texts ? withLeaves(value, tape) : value;
  };
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  names.forEach((name, i) => {
    if (!(bare[i] in sample.given)) return;
    const value = argument(bare[i]);
    if (name.startsWith('*')) positional.push(...(value as Tuple).items);
    else if (positional.length === i) positional.push(value);
    else keywords.set(name, value);
  });
  const bound = bindArguments(row, positional, keywords.size === 0 ? null : keywords);
  const out = row.call(run, bound);
  const upstream = upstreamOf(out, {next: 0});
  const {bar, scale} = reverseSweep(tape, flat(out).ids, flat(upstream).numbers);
  for (const name of Object.keys(texts)) {
    const at = bare.indexOf(name);
    const told = callFunction(run, getAttribute(run, module, `pullback_${name}`), [...bound, upstream, out]);
    const {ids} = flat(bound[at]);
    const {numbers} = flat(told);
    const title = `${row.names[0]}: ${name} <- ${texts[name]} for ${JSON.stringify(sample.given)}`;
    assert.ok(ids.every((id) => id !== 0), title);
    if (bound[at] instanceof NDArray) assert.deepEqual([...shapeOf(told)], [...shapeOf(bound[at])], title);
    assert.equal(numbers.length, ids.length, title);
    ids.forEach((id, k) => {
      const tolerance = 1e-10 * Math.max(1, scale[id]);
      assert.ok(Math.abs(numbers[k] - bar[id]) <= tolerance, `${title}: element ${k} is ${numbers[k]}, the tape has ${bar[id]}`);
    });
  }
}

describe('pullback texts', () => {
  const sampled = new Map<Row, Sample[]>();
  for (const sample of samples) {
    const row = lookup(sample.row);
    assert.ok(row !== undefined, `no row ${sample.row}`);
    const known = sampled.get(row);
    if (known === undefined) sampled.set(row, [sample]);
    else known.push(sample);
  }

  it('have a sample each', () => {
    assert.deepEqual(rows.filter((row) => row.explain !== undefined && !sampled.has(row)).map((row) => row.names[0]), []);
  });

  for (const [row, own] of sampled) {
    it(`${row.names[0]} (${own.length})`, () => {
      assert.ok(row.explain !== undefined, `${row.names[0]} is not explained`);
      for (const sample of own) judge(row, sample);
    });
  }
});
