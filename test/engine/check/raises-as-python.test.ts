/** Errors that comparing with real Python has found to be others than Python's. */
import assert from 'node:assert/strict';
import {checkPair, told} from './checking.ts';

describe('what a backward raises', () => {
  it('is a TypeError where floats are taken for sizes, also when one of them is negative', () => {
    const pair = checkPair('import numpy as np\n\ndef relu(x):\n    return np.maximum(0, x)\n\ndef relu_grad(x):\n    grad = np.zeros(x)\n    grad[x >= 0] = 1\n    return grad\n');
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.match(pair.reason, /TypeError: 'numpy\.float64' object cannot be interpreted as an integer/);
  });

  it('is a TypeError where an object is taken for a flag', () => {
    const pair = checkPair('import numpy as np\n\nclass Flag:\n    pass\n\ndef total_forward(x):\n    """x: of shape (N, D)"""\n    return np.sum(x, axis=0), x\n\ndef total_backward(dout, cache):\n    x = cache\n    dx = np.ones_like(x) * np.sum(dout, keepdims=Flag())\n    return dx\n');
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.match(pair.reason, /TypeError: 'Flag' object cannot be interpreted as an integer/);
  });

  it('is nothing where a parameter called keepdims is a flag', () => {
    const pair = checkPair('import numpy as np\n\ndef total_forward(x, keepdims):\n    return np.sum(x, axis=1, keepdims=keepdims), x\n\ndef total_backward(dout, cache, keepdims):\n    x = cache\n    dx = np.ones_like(x) * (dout if keepdims else dout[:, None])\n    return dx\n');
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});
