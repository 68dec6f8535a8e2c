/** How arguments meet a row's signature, and what is said when they do not. */
import assert from 'node:assert/strict';
import {Scalar} from '../../../engine/ndarray/scalar.ts';
import {Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {bindArguments} from '../../../engine/numpy/bind.ts';
import type {Row} from '../../../engine/numpy/row.ts';
import {lookup, rows} from '../../../engine/numpy/table.ts';

function row(signature: string): Row {
  return {names: ['np.thing'], signature, call: () => null};
}

function bound(signature: string, positional: readonly Value[], keywords: Readonly<Record<string, Value>> = {}): Value[] {
  return bindArguments(row(signature), positional, new Map(Object.entries(keywords)));
}

describe('binding', () => {
  it('fills in defaults of every kind', () => {
    const [none, yes, whole, decimal, text, pair] = bound(`a=None, b=True, c=-3, d=1e-05, e='C', f=(0, 1)`, []);
    assert.equal(none, null);
    assert.equal(yes, true);
    assert.equal(whole, -3);
    assert.ok(decimal instanceof Scalar && decimal.value === 1e-5 && decimal.weak);
    assert.equal(text, 'C');
    assert.ok(pair instanceof Tuple);
    assert.deepEqual(pair.items, [0, 1]);
  });

  it('takes arguments by position and by name', () => {
    assert.deepEqual(bound('a, b=2, c=3', [1], {c: 9}), [1, 2, 9]);
    assert.deepEqual(bound('a, *, b=2', [], {a: 1, b: 5}), [1, 5]);
    assert.deepEqual(bindArguments(row('a, b=2'), [7], null), [7, 2]);
  });

  it('collects the rest', () => {
    const [a, rest, flag] = bound('a, *rest, flag=False', [1, 2, 3], {flag: true});
    assert.equal(a, 1);
    assert.deepEqual((rest as Tuple).items, [2, 3]);
    assert.equal(flag, true);
  });

  const failures: readonly (readonly [string, readonly Value[], Readonly<Record<string, Value>>, string])[] = [
    ['a', [], {}, `thing() missing 1 required positional argument: 'a'`],
    ['a, b', [], {}, `thing() missing 2 required positional arguments: 'a' and 'b'`],
    ['a, b, c', [], {}, `thing() missing 3 required positional arguments: 'a', 'b', and 'c'`],
    ['a, b', [], {a: 1}, `thing() missing 1 required positional argument: 'b'`],
    ['a, b=1', [1, 2, 3], {}, 'thing() takes from 1 to 2 positional arguments but 3 were given'],
    ['a', [1, 2], {}, 'thing() takes 1 positional argument but 2 were given'],
    ['a, *, b=1', [1, 2], {}, 'thing() takes 1 positional argument but 2 were given'],
    ['a, b=1', [1], {c: 1}, `thing() got an unexpected keyword argument 'c'`],
    ['a, b=1', [1], {a: 1}, `thing() got multiple values for argument 'a'`],
    ['a, /, b=1', [], {b: 1}, 'thing() takes from 1 to 2 positional arguments but 0 were given'],
    ['a, /, b=1', [1], {a: 1}, `thing() got an unexpected keyword argument 'a'`],
  ];
  for (const [signature, positional, keywords, message] of failures) {
    it(message, () => {
      assert.throws(() => bound(signature, positional, keywords), {type: 'TypeError', message});
    });
  }
});

describe('the table', () => {
  it('has each spelling once', () => {
    const names = rows.flatMap((each) => each.names);
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    assert.deepEqual(twice, []);
  });

  it('has a signature that can be read in every row', () => {
    for (const each of rows) {
      const required = each.signature.split(',').filter((part) => /^\w+$/.test(part.trim())).length;
      assert.doesNotThrow(() => bindArguments(each, new Array<Value>(required).fill(0), null), each.names[0]);
    }
  });

  it('finds functions, methods and methods of ufuncs', () => {
    for (const name of ['np.sum', 'ndarray.sum', 'np.add.reduce', 'np.maximum.outer', 'np.zeros_like']) assert.ok(lookup(name), name);
    assert.equal(lookup('np.nonsense'), undefined);
  });
});
