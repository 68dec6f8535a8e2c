/** Gradients that the text gives in several branches: the line that is told is the one that ran. `match` chooses as `if` does. */
import assert from 'node:assert/strict';
import type {PairReport} from '../../../engine/check/report.ts';
import {checkPair, told} from './checking.ts';

const forward = `import numpy as np

def act_forward(x, kind='relu'):
    if kind == 'relu':
        out = np.maximum(0, x)
    elif kind == 'tanh':
        out = np.tanh(x)
    return out, (x, kind)

`;

const returned = `${forward}def act_backward(dout, cache):
    x, kind = cache
    if kind == 'relu':
        return dout * (x > 0)
    elif kind == 'tanh':
        return dout * (1 - np.tanh(x) ** 2)
`;

const named = `${forward}def act_backward(dout, cache):
    x, kind = cache
    if kind == 'relu':
        dx = dout * (x > 0)
    elif kind == 'tanh':
        dx = dout * (1 - np.tanh(x) ** 2)
    return dx
`;

const matched = `import numpy as np

def act_forward(x, kind='relu'):
    match kind:
        case 'relu' | 'rectifier':
            out = np.maximum(0, x)
        case 'tanh':
            out = np.tanh(x)
        case other:
            raise ValueError(f'{other}?')
    return out, (x, kind)

def act_backward(dout, cache):
    x, kind = cache
    match kind:
        case 'relu' | 'rectifier':
            dx = dout * (x > 0)
        case 'tanh':
            dx = dout * (1 - np.tanh(x) ** 2)
        case _:
            raise ValueError(kind)
    return dx
`;

function lineOf(text: string, part: string): number {
  assert.ok(text.includes(part), part);
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

function agreeing(text: string): PairReport {
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'agrees', told(pair));
  return pair;
}

describe('a gradient that is given in several branches', () => {
  for (const [how, text] of [['returned', returned], ['by a name', named], ['in a match', matched]] as const) {
    it(`${how} stands on the line that ran`, () => {
      const right = agreeing(text);
      assert.equal(right.gradients[0].line, lineOf(text, 'dout * (x > 0)'));
      assert.equal(right.exceptions, undefined);
    });

    it(`${how} is blamed there when that branch is wrong`, () => {
      const wrong = text.replace('dout * (x > 0)', '2 * dout * (x > 0)');
      const pair = checkPair(wrong);
      assert.equal(pair.verdict, 'disagrees', told(pair));
      const line = lineOf(wrong, '2 * dout');
      assert.equal(pair.gradients[0].line, line);
      assert.equal(pair.gradients[0].diagnosis?.line, line);
    });

    it(`${how} is told to be wrong in the other setting, on the line of that branch`, () => {
      const wrong = text.replace('1 - np.tanh(x) ** 2', '1 - np.tanh(x)');
      const pair = agreeing(wrong);
      assert.deepEqual(pair.exceptions?.map(({setting, diagnosis}) => [setting.kind, diagnosis?.line]), [['tanh', lineOf(wrong, '1 - np.tanh')]]);
    });
  }
});
