/** The compiled im2col of CS231n against the same written with NumPy's own operations. */
import assert from 'node:assert/strict';
import {runText} from '../../../support/run-text.ts';

const reference = `
import numpy as np
from im2col_cython import im2col_cython, col2im_cython
from cs231n.im2col_cython import col2im_6d_cython

def columns(x, hh, ww, pad, stride):
    N, C, H, W = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    rows, cols = (H + 2 * pad - hh) // stride + 1, (W + 2 * pad - ww) // stride + 1
    out = np.zeros((C * hh * ww, rows * cols * N))
    for y in range(rows):
        for z in range(cols):
            for n in range(N):
                out[:, (y * cols + z) * N + n] = xp[n, :, y * stride:y * stride + hh, z * stride:z * stride + ww].reshape(-1)
    return out

def images(cols6, N, C, H, W, hh, ww, pad, stride):
    xp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for y in range(cols6.shape[4]):
        for z in range(cols6.shape[5]):
            xp[:, :, y * stride:y * stride + hh, z * stride:z * stride + ww] += cols6[:, :, :, :, y, z].transpose(3, 0, 1, 2)
    return xp[:, :, pad:pad + H, pad:pad + W]

np.random.seed(0)
for (H, W, hh, ww, pad, stride) in [(5, 4, 3, 2, 1, 1), (6, 7, 2, 3, 0, 2), (4, 4, 3, 3, 1, 2), (3, 5, 1, 1, 0, 1)]:
    x = np.random.randn(2, 3, H, W)
    c = im2col_cython(x, hh, ww, pad, stride)
    assert c.shape == columns(x, hh, ww, pad, stride).shape
    assert np.array_equal(c, columns(x, hh, ww, pad, stride))
    rows, cols = (H + 2 * pad - hh) // stride + 1, (W + 2 * pad - ww) // stride + 1
    g = np.random.randn(3, hh, ww, 2, rows, cols)
    back = col2im_6d_cython(g, 2, 3, H, W, hh, ww, pad, stride)
    assert np.allclose(back, images(g, 2, 3, H, W, hh, ww, pad, stride))
    flat = g.transpose(0, 1, 2, 4, 5, 3).reshape(3 * hh * ww, -1)
    assert np.allclose(col2im_cython(flat, 2, 3, H, W, hh, ww, pad, stride), back)
    assert np.allclose(np.sum(c * flat), np.sum(x * back))
print('same')
`;

describe('im2col_cython', () => {
  it('cuts windows, and adds them back as the transpose', () => {
    const run = runText(reference);
    assert.deepEqual(run.raised.map((error) => `${error.type}: ${error.message}`), []);
    assert.equal(run.stdout, 'same\n');
  });

  it('is found beside the file that imports it', () => {
    const run = runText('from .im2col_cython import col2im_6d_cython\nprint(col2im_6d_cython is not None)\n');
    assert.equal(run.stdout, 'True\n');
  });

  it('refuses arrays of other dimensions', () => {
    const run = runText('import numpy as np\nfrom im2col_cython import im2col_cython\nim2col_cython(np.zeros((2, 3)), 1, 1, 0, 1)\n');
    assert.equal(run.raised.at(-1)?.message, 'Buffer has wrong number of dimensions (expected 4, got 2)');
  });
});
