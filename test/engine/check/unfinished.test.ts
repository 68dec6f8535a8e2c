/** Backwards that are still being written: never called wrong for it; what is there is judged, and what comes next is named with its shape. */
import assert from 'node:assert/strict';
import {checkPair, told} from './checking.ts';

const forward = 'import numpy as np\n\n\n# backprop: x (N, D), w (D, M), b (M,)\ndef affine_forward(x, w, b):\n    return x @ w + b, (x, w, b)\n\n\ndef affine_backward(dout, cache):\n';
const unpack = '    x, w, b = cache\n';
const nothingYet = 'the backward is not written yet; next is dx, of the shape (N, D) of x';

interface Unfinished {
  readonly title: string;
  readonly body: string;
  readonly reason: string;
  /** What agrees already. */
  readonly agrees?: readonly string[];
}

const unfinished: readonly Unfinished[] = [
  {title: 'pass', body: '    pass\n', reason: nothingYet},
  {title: 'an ellipsis', body: '    ...\n', reason: nothingYet},
  {title: 'a docstring and a TODO', body: '    """Gradients of an affine layer."""\n    # TODO\n', reason: nothingYet},
  {title: 'unpacking and a TODO', body: `${unpack}    # TODO\n`, reason: nothingYet},
  {title: 'NotImplementedError', body: '    raise NotImplementedError\n', reason: nothingYet},
  {title: 'an assertion that says TODO', body: `${unpack}    assert False, 'TODO: later'\n`, reason: nothingYet},
  {title: 'an exception that says so', body: "    raise Exception('Not implemented')\n", reason: nothingYet},
  {title: 'None for everything', body: `${unpack}    dx, dw, db = None, None, None\n    return dx, dw, db\n`, reason: nothingYet},
  {title: 'zeros for everything', body: `${unpack}    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)\n    return dx, dw, db\n`, reason: nothingYet},
  {title: 'one of three, and an ellipsis', body: `${unpack}    dx = dout @ w.T\n    dw = None\n    db = ...\n    return dx, dw, db\n`, reason: 'dw and db are not computed yet; next is dw, of the shape (D, M) of w', agrees: ['x']},
  {title: 'None in the return', body: `${unpack}    dx = dout @ w.T\n    dw = x.T @ dout\n    return dx, dw, None\n`, reason: 'db is not computed yet; next is db, of the shape (M,) of b', agrees: ['x', 'w']},
  {title: 'no return yet', body: `${unpack}    dx = dout @ w.T\n    dw = x.T @ dout\n`, reason: 'dx, dw and db are not computed yet; next is db, of the shape (M,) of b'},
  {title: 'everything but the return', body: `${unpack}    dx = dout @ w.T\n    dw = x.T @ dout\n    db = dout.sum(axis=0)\n`, reason: 'dx, dw and db are computed, but not returned yet'},
];

describe('a backward that is still being written', () => {
  for (const {title, body, reason, agrees} of unfinished) {
    it(`is incomplete with ${title}`, () => {
      const pair = checkPair(forward + body);
      assert.equal(pair.verdict, 'incomplete', told(pair));
      assert.equal(pair.reason, reason);
      assert.deepEqual(pair.gradients.filter(({verdict}) => verdict === 'agrees').map(({of}) => of), agrees ?? []);
      assert.ok(pair.gradients.every(({diagnosis}) => diagnosis === undefined));
    });
  }

  it('is judged where it is written', () => {
    const pair = checkPair(`${forward}${unpack}    dx = 2 * dout @ w.T\n    dw = None\n    db = None\n    return dx, dw, db\n`);
    assert.deepEqual(pair.gradients.map(({verdict}) => verdict), ['disagrees', 'missing', 'missing']);
  });

  it('is finished without the gradient of what has none', () => {
    const pair = checkPair('import numpy as np\n\n\n# backprop: x (N, D), axis 1\ndef sum_forward(x, axis):\n    return x.sum(axis=axis), (x, axis)\n\n\ndef sum_backward(dout, cache):\n    x, axis = cache\n    dx = np.expand_dims(dout, axis) * np.ones_like(x)\n    return dx, None\n');
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});
