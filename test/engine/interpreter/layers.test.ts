/** The layers of the benchmark give what real NumPy gives, with and without a tape, and the tape gives their gradients. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {NDArray, elementIds, elements, fromData, sizeOf} from '../../../engine/ndarray/array.ts';
import {Scalar, float} from '../../../engine/ndarray/scalar.ts';
import {Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';
import {Dict} from '../../../engine/interpreter/containers.ts';
import {callFunction, loadModule} from '../../../engine/interpreter/interpreter.ts';
import {parse} from '../../../engine/python/parse.ts';
import {freshRun} from '../../support/run-text.ts';

interface Flat {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

type InputSpec = readonly number[] | {readonly labels: readonly number[]} | {readonly float: number} | Readonly<Record<string, number>>;

interface Recorded {
  readonly forward: string;
  readonly backward: string | null;
  readonly inputs: readonly InputSpec[];
  readonly out: Flat;
  readonly gradients: Readonly<Record<string, Flat>>;
}

const recorded = JSON.parse(readFileSync(new URL('layers/expected.json', import.meta.url), 'utf8')) as Record<string, Recorded>;

function made(shape: readonly number[], tape: Tape | null): NDArray {
  const data = Float64Array.from({length: sizeOf(shape)}, (_, k) => ((k * 7919) % 101) / 50 - 1);
  return fromData(data, shape, 'float64', tape === null ? null : Int32Array.from(data, (value) => tape.leaf(value)));
}

function isShape(spec: InputSpec): spec is readonly number[] {
  return Array.isArray(spec);
}

function argument(spec: InputSpec, tape: Tape | null): Value {
  if (isShape(spec)) return made(spec, tape);
  if ('labels' in spec && Array.isArray(spec.labels)) return fromData(Float64Array.from(spec.labels as number[]), [spec.labels.length], 'int64');
  if ('float' in spec) return float(spec.float);
  return Dict.of(Object.entries(spec as Record<string, number>));
}

function assertClose(actual: Value | undefined, expected: Flat, what: string): void {
  const array = actual instanceof Scalar ? fromData(Float64Array.of(actual.value), [], 'float64') : actual;
  assert.ok(array instanceof NDArray, what);
  assert.deepEqual(array.shape, expected.shape, what);
  const scale = Math.max(...expected.data.map(Math.abs));
  elements(array).forEach((value, k) => {
    assert.ok(Math.abs(value - expected.data[k]) <= 1e-12 * scale, `${what}[${k}] is ${value}, not ${expected.data[k]}`);
  });
}

for (const [file, {forward, backward, inputs, out, gradients}] of Object.entries(recorded)) {
  describe(`the ${file} layer`, () => {
    const {module} = parse(readFileSync(new URL(`../../bench/cases/${file}.py`, import.meta.url), 'utf8'));

    for (const traced of [false, true]) {
      it(`gives NumPy's results ${traced ? 'with a tape' : 'without a tape'}`, () => {
        const tape = traced ? new Tape() : null;
        const run = freshRun({tape});
        const names = loadModule(run, file, module).attributes;
        const args = inputs.map((spec) => argument(spec, tape));
        const result = callFunction(run, names.get(forward)!, args);
        assert.ok(result instanceof Tuple);
        assertClose(result.items[0], out, forward);
        run.tape = null;
        const grads = backward === null ? result.items[1] : callFunction(run, names.get(backward)!, [made(out.shape, null), result.items[1]]);
        for (const [key, expected] of Object.entries(gradients)) {
          const given = grads instanceof Dict ? grads.get(key) : grads instanceof Tuple ? grads.items[Number(key)] : undefined;
          assertClose(given, expected, `gradient ${key}`);
        }
        if (tape !== null) checkTape(tape, args, result.items[0], grads);
      });
    }
  });
}

/** The sweep's gradients of the inputs are the hand-written ones. */
function checkTape(tape: Tape, args: readonly Value[], out: Value, grads: Value): void {
  const ids = out instanceof NDArray ? elementIds(out) : [(out as Scalar).id];
  const cotangents = out instanceof NDArray ? elements(made(out.shape, null)) : [1];
  const {bar} = reverseSweep(tape, ids, cotangents);
  const inputs = args.filter((arg) => arg instanceof NDArray && arg.dtype === 'float64') as NDArray[];
  const written = grads instanceof Dict ? ['W1', 'b1', 'W2', 'b2'].map((key) => grads.get(key)!) : (grads as Tuple).items;
  const differentiated = grads instanceof Dict ? inputs.slice(1) : inputs;
  differentiated.forEach((input, i) => {
    const found = Array.from(elementIds(input), (id) => bar[id]);
    assertClose(written[i], {shape: input.shape, data: found}, `the tape's gradient of input ${i}`);
  });
}
