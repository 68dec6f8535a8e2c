/** The limits of dtypes, as `np.finfo` and `np.iinfo` give them. */
import assert from 'node:assert/strict';
import {Scalar} from '../../../engine/ndarray/scalar.ts';
import {DTypeValue} from '../../../engine/ndarray/values.ts';
import {bindArguments} from '../../../engine/numpy/bind.ts';
import {TypeLimits} from '../../../engine/numpy/queries.ts';
import type {DType} from '../../../engine/ndarray/dtype.ts';
import {lookup} from '../../../engine/numpy/table.ts';
import {makeContext} from '../../numpy/replay.ts';

function limits(name: string, dtype: DType): TypeLimits {
  const row = lookup(name)!;
  const made = row.call(makeContext(false), bindArguments(row, [new DTypeValue(dtype)], null));
  assert.ok(made instanceof TypeLimits);
  return made;
}

describe('the limits of dtypes', () => {
  it('of floats are NumPy scalars of the dtype', () => {
    const eps = limits('np.finfo', 'float32').attribute('eps');
    assert.ok(eps instanceof Scalar);
    assert.deepEqual([eps.value, eps.dtype, eps.weak], [2 ** -23, 'float32', false]);
    const largest = limits('np.finfo', 'float64').attribute('max');
    assert.equal(largest instanceof Scalar && largest.value, Number.MAX_VALUE);
  });

  it('of ints are Python ints, exact however large', () => {
    assert.equal(limits('np.iinfo', 'int32').attribute('max'), 2147483647);
    assert.equal(limits('np.iinfo', 'int64').attribute('max'), 9223372036854775807n);
    assert.equal(limits('np.iinfo', 'uint8').attribute('min'), 0);
  });

  it('raise for a dtype of the other kind', () => {
    assert.throws(() => limits('np.finfo', 'int64'), {type: 'ValueError', message: `data type <class 'numpy.int64'> not inexact`});
    assert.throws(() => limits('np.iinfo', 'float64'), {type: 'ValueError', message: `Invalid integer data type 'f'.`});
  });
});
