/**
 * What an index shares and what it copies: nodes of views, gathers and writes, read-only arrays, snapshots, budgets.
 * Values against NumPy are in test/numpy/cases/indexing.json.
 */
import assert from 'node:assert/strict';
import {NDArray, elementIds, elements, fromData} from '../../../engine/ndarray/array.ts';
import {Budget, BudgetExceeded} from '../../../engine/ndarray/context.ts';
import type {Context} from '../../../engine/ndarray/context.ts';
import {PyError} from '../../../engine/ndarray/errors.ts';
import {augmentItem, ufuncAt} from '../../../engine/ndarray/index-augment.ts';
import {getItem, setItem} from '../../../engine/ndarray/index.ts';
import {Scalar, float} from '../../../engine/ndarray/scalar.ts';
import {broadcastTo, setShape, transpose} from '../../../engine/ndarray/shape.ts';
import {List, Slice, Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {GuardLog} from '../../../engine/tape/guards.ts';
import {Op, Tape} from '../../../engine/tape/tape.ts';

function recording(): {context: Context; tape: Tape; guards: GuardLog; x: NDArray} {
  const tape = new Tape();
  const guards = new GuardLog();
  const data = Float64Array.from({length: 12}, (_, k) => k + 0.5);
  const x = fromData(data, [3, 4], 'float64', Int32Array.from(data, (value) => tape.leaf(value)));
  return {context: {tape, guards, budget: new Budget(1e6, 1e6), exact: true}, tape, guards, x};
}

function array(value: Value): NDArray {
  assert.ok(value instanceof NDArray);
  return value;
}

const all = new Slice(null, null, null);

describe('reading by index', () => {
  it('a view and a single element share the nodes of their base', () => {
    const {context, tape, x} = recording();
    const before = tape.length;
    const view = array(getItem(context, x, new Tuple([all, new Slice(1, 3, null)])));
    const element = getItem(context, x, new Tuple([2, 3]));
    assert.equal(tape.length, before);
    assert.equal(view.buffer, x.buffer);
    assert.deepEqual([...elementIds(view)], [2, 3, 6, 7, 10, 11]);
    assert.ok(element instanceof Scalar);
    assert.deepEqual({value: element.value, id: element.id, weak: element.weak}, {value: 11.5, id: 12, weak: false});
  });

  it('a gather has nodes of its own, one for each copy', () => {
    const {context, tape, x} = recording();
    const rows = array(getItem(context, x, new List([0, 0])));
    const ids = [...elementIds(rows)];
    assert.equal(new Set(ids).size, 8);
    assert.deepEqual(ids.map((id) => tape.op[id]), ids.map(() => Op.Identity));
    assert.deepEqual(ids.map((id) => tape.a[id]), [1, 2, 3, 4, 1, 2, 3, 4]);
  });

  it('a 0-d index array stands for an int but gives a copy', () => {
    const {context, x} = recording();
    assert.notEqual(array(getItem(context, x, fromData(Float64Array.of(1), [], 'int64'))).buffer, x.buffer);
    assert.equal(array(getItem(context, x, new Scalar(1, 0, 'int64', false))).buffer, x.buffer);
  });

  it('without a tape there are no nodes', () => {
    const {context, x} = recording();
    const plain = {...context, tape: null};
    assert.equal(array(getItem(plain, x, new List([0]))).buffer.ids, null);
    const element = getItem(plain, x, new Tuple([0, 0]));
    assert.ok(element instanceof Scalar && element.id === 0);
  });

  it('charges the budget for what it copies', () => {
    const {context, x} = recording();
    const poor = {...context, budget: new Budget(1e6, 40)};
    assert.throws(() => getItem(poor, x, new List([0, 1])), BudgetExceeded);
  });
});

describe('writing by index', () => {
  it('gives every element an identity, and constants none', () => {
    const {context, tape, x} = recording();
    const target = fromData(new Float64Array(4), [4], 'float64');
    setItem(context, target, all, getItem(context, x, 1));
    assert.deepEqual([...elementIds(target)].map((id) => tape.a[id]), [5, 6, 7, 8]);
    setItem(context, target, new Slice(1, 3, null), 0);
    assert.deepEqual([...elementIds(target)].map((id) => id === 0), [false, true, true, false]);
    setItem(context, target, 0, float(2));
    assert.equal(elementIds(target)[0], 0);
  });

  it('writes through views of views', () => {
    const {context, x} = recording();
    const column = array(getItem(context, transpose(x), 1));
    setItem(context, column, new Slice(null, null, -1), fromData(Float64Array.of(1, 2, 3), [3], 'float64'));
    assert.deepEqual([...elements(x)].filter((_, k) => k % 4 === 1), [3, 2, 1]);
  });

  it('an int array truncates, loses the node and notes the decision', () => {
    const {context, guards, x} = recording();
    const target = fromData(new Float64Array(2), [2], 'int64');
    setItem(context, target, all, getItem(context, x, new Tuple([0, new Slice(0, 2, null)])));
    assert.deepEqual([...elements(target)], [0, 1]);
    assert.deepEqual([...elementIds(target)], [0, 0]);
    assert.equal(guards.count, 2);
    assert.equal(guards.margin, 0.5);
  });

  it('leaves a snapshot as it was', () => {
    const {context, x} = recording();
    const seen = x.snapshot();
    setItem(context, x, 0, 7);
    augmentItem(context, x, new Tuple([1, 1]), 'add', 1);
    ufuncAt(context, 'add', x, new List([2]), 1);
    assert.deepEqual([...elements(seen)], Array.from({length: 12}, (_, k) => k + 0.5));
    assert.deepEqual([...elementIds(seen)], Array.from({length: 12}, (_, k) => k + 1));
  });

  it('refuses a read-only array in every way', () => {
    const {context, x} = recording();
    const fixed = broadcastTo(array(getItem(context, x, 0)), [2, 4]);
    const message = {type: 'ValueError', message: 'assignment destination is read-only'};
    const refused = (write: () => void): void => {
      assert.throws(write, (error) => error instanceof PyError && error.type === message.type && error.message === message.message);
    };
    refused(() => { setItem(context, fixed, 0, 1); });
    refused(() => { setItem(context, fixed, new Tuple([0, 0]), 1); });
    refused(() => { setItem(context, fixed, new List([0]), 1); });
    refused(() => { augmentItem(context, fixed, 0, 'add', 1); });
    refused(() => { augmentItem(context, fixed, new Tuple([0, 0]), 'add', 1); });
    refused(() => { ufuncAt(context, 'add', fixed, new List([0]), 1); });
  });
});

describe('updating by index', () => {
  it('a view is updated in place, with one entry for each element', () => {
    const {context, tape, x} = recording();
    const step = array(getItem(context, x, 1));
    const before = tape.length;
    augmentItem(context, x, 0, 'add', step);
    assert.equal(tape.length, before + 4);
    assert.deepEqual([...elements(x)].slice(0, 4), [5, 7, 9, 11]);
    assert.deepEqual([...elementIds(x)].slice(0, 4).map((id) => [tape.op[id], tape.a[id], tape.b[id]]), [1, 2, 3, 4].map((id) => [Op.Add, id, id + 4]));
  });

  it('repeated indices lose all but the last, and ufunc.at keeps all', () => {
    const {context} = recording();
    const once = fromData(new Float64Array(3), [3], 'float64');
    const values = fromData(Float64Array.of(1, 2, 4), [3], 'float64');
    augmentItem(context, once, new List([0, 0, 2]), 'add', values);
    assert.deepEqual([...elements(once)], [2, 0, 4]);
    ufuncAt(context, 'add', once, new List([0, 0, 2]), values);
    assert.deepEqual([...elements(once)], [5, 0, 8]);
  });

  it('an int array refuses a float result unless one element is set', () => {
    const {context} = recording();
    const target = fromData(Float64Array.of(1, 2), [2], 'int64');
    assert.throws(() => { augmentItem(context, target, all, 'add', float(0.5)); }, PyError);
    augmentItem(context, target, 0, 'add', float(0.5));
    assert.deepEqual([...elements(target)], [1, 2]);
  });
});

describe('setting the shape', () => {
  it('changes the array itself, and refuses what would need a copy', () => {
    const {x} = recording();
    setShape(x, [2, -1]);
    assert.deepEqual(x.shape, [2, 6]);
    assert.throws(() => { setShape(transpose(x), [12]); }, (error) => error instanceof PyError && error.type === 'AttributeError');
  });
});
