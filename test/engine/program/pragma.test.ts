import assert from 'node:assert/strict';
import {described} from './described.ts';

const CODEC = `
def encode(x, w):
    return x @ w

def decode_grad(up, x, w):
    return up @ w.T, x.T @ up
`;

describe('pragmas on pairs', () => {
  it('joins what the text says belongs together', () => {
    assert.deepEqual(described(CODEC), []);
    assert.deepEqual(described(`# backprop: pair encode decode_grad${CODEC}`), ['function-pair encode: return[0] of x#, return[1] of w#']);
    assert.deepEqual(described(`${CODEC}\n# backprop: pair encode, decode_grad\n`).length, 1);
  });

  it('joins methods, by their class or without', () => {
    const text = `
class Codec:
    def encode(self, x):
        self.x = x
        return x * 2

    def decode_grad(self, up):
        return up * 2
`;
    for (const names of ['encode decode_grad', 'Codec.encode Codec.decode_grad']) {
      assert.deepEqual(described(`# backprop: pair ${names}\n${text}`), ['function-pair Codec.encode: return[0] of x#'], names);
    }
  });

  it('does not claim a backward twice, and prefers what the text says', () => {
    const text = `
# backprop: pair other_forward affine_backward
def affine_forward(x, w):
    return x @ w, (x, w)

def other_forward(x, w):
    return w @ x, (x, w)

def affine_backward(dout, cache):
    x, w = cache
    dx = dout @ w.T
    dw = x.T @ dout
    return dx, dw
`;
    assert.deepEqual(described(text), ['function-pair affine: dx of x, dw of w']);
  });

  it('passes over names that are not there', () => {
    assert.deepEqual(described(`# backprop: pair encode nothing${CODEC}`), []);
  });

  it('ignores a definition, above it or on its line, and a whole file', () => {
    const relu = (above: string, beside: string): string => `
import numpy as np

def relu_forward(x):
    return np.maximum(0, x), x

${above}
def relu_backward(dout, cache):${beside}
    return dout * (cache > 0)
`;
    assert.equal(described(relu('', '')).length, 1);
    assert.deepEqual(described(relu('# backprop: ignore', '')), []);
    assert.deepEqual(described(relu('# backprop: ignore\n# it is slow', '')), []);
    assert.deepEqual(described(relu('', '  # backprop: ignore')), []);
    assert.deepEqual(described(`"""A file."""\n# backprop: ignore\n${relu('', '')}`), []);
  });

  it('ignores classes and methods', () => {
    const text = (above: string): string => `
import numpy as np
${above}
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
`;
    assert.equal(described(text('')).length, 1);
    assert.deepEqual(described(text('# backprop: ignore')), []);
  });
});
