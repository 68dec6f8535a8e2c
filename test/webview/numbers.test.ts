/** What the tabs reckon and write: amounts in letters, memory, multiplications, and what is asked of the engine. */
import assert from 'node:assert/strict';
import type {CostAnswer} from '../../engine/graph/study.ts';
import {bytesText, lettersOf, productText, sumText, whole, worth} from '../../webview/amounts.ts';
import {memoryOf, mostAlive, multiplicationsOf} from '../../webview/cost.ts';
import {openQuestion, questionOf} from '../../webview/questions.ts';
import {initialState, keyOf, reduce} from '../../webview/state.ts';
import type {Action, PanelState} from '../../webview/state.ts';
import {errorsOf} from '../../webview/step-errors.ts';
import {exampleText, recordedOf} from './support/pictures.ts';

const after = (...actions: Action[]): PanelState => actions.reduce(reduce, initialState);

/** A net of two layers whose every number of multiplications is plain. */
const net = `import numpy as np

# backprop: x (N, D), w1 (D, H), w2 (H, C)
def net_forward(x, w1, w2):
    h = np.tanh(x.dot(w1))
    out = h.dot(w2)
    return out, (x, w1, w2, h)

def net_backward(dout, cache):
    x, w1, w2, h = cache
    dh = dout.dot(w2.T) * (1 - h ** 2)
    return dh.dot(w1.T), x.T.dot(dh), h.T.dot(dout)
`;

describe('amounts', () => {
  it('are worked out for sizes', () => {
    const sizes = new Map([['N', 7], ['D', 5], ['H', 10], ['HH', 3], ['H_out', 4]]);
    assert.deepEqual(['N*D', '2*N*D', 'H-HH+1', 'H/2', 'N*H_out', 'N+2'].map((amount) => worth(amount, sizes)), [35, 70, 8, 5, 28, 9]);
    assert.equal(worth(12, sizes), 12);
  });

  it('are written as people write them', () => {
    assert.deepEqual([productText(['N', 'D']), productText([2, 'N*D']), productText(['N', 'H-HH+1']), productText([3, 4]), productText([])], ['N·D', '2·N·D', 'N·(H−HH+1)', '12', '1']);
    assert.equal(sumText([['N', 'D'], ['N', 'D'], ['2*N*D'], [5], [0], [7]]), '2·N·D + 2·N·D + 12');
    assert.deepEqual([whole(409_600), whole(1.678e14), bytesText(800), bytesText(409_600 ** 2 * 8)], ['409,600', '1.7 × 10¹⁴', '800 bytes', '1.3 TB']);
  });
});

describe('memory and cost', () => {
  const {picture, answer} = recordedOf(net);
  const sizes = new Map([['N', 100], ['D', 20], ['H', 50], ['C', 10]]);

  it('of training are what the backward pass needs again', () => {
    assert.deepEqual(lettersOf(picture), ['N', 'D', 'H', 'C']);
    const {inputs, kept} = memoryOf(picture);
    assert.deepEqual(inputs.map(({name}) => name), ['x', 'w1', 'w2']);
    assert.deepEqual(kept.map(({name, numbers}) => [name, productText(numbers)]), [['h', 'N·H']]);
  });

  it('of prediction are what is alive at one time', () => {
    // x @ w1 and tanh of it; then h and the scores.
    assert.equal(mostAlive(picture, sizes), 2 * 100 * 50);
  });

  it('of derivatives follow from the closed forms of each mode', () => {
    const {counts, forward, backward} = multiplicationsOf(picture, answer({about: 'cost'}) as CostAnswer, sizes);
    const [n, d, h, c] = [100, 20, 50, 10];
    assert.equal(sumText(forward), 'N·D·H + N·H + N·H·C');
    const once = n * d * h + n * h + n * h * c;
    const back = 2 * n * d * h + n * h + 2 * n * h * c;
    assert.equal(sumText(backward), '2·N·D·H + N·H + 2·N·H·C');
    const inputs = n * d + d * h + h * c;
    assert.deepEqual(counts, {forward: once, reverse: once + back, forwardMode: once + inputs * back, differences: 2 * inputs * once});
  });
});

describe('errors of steps', () => {
  it('are relative to the exact derivative, where it is not zero', () => {
    const answer = {about: 'step', of: 'x', element: 0, elements: 1, value: 1, exact: 2, points: [{h: 0.1, estimate: 2.2, kink: false}, {h: 0.01, estimate: 2, kink: true}]} as const;
    assert.deepEqual(errorsOf(answer).map(({error, kink}) => [Number(error.toFixed(10)), kink]), [[0.1, false], [0, true]]);
    assert.deepEqual(errorsOf({...answer, exact: 0}).map(({error}) => error), [2.2, 2]);
  });
});

describe('questions', () => {
  const {picture, answer} = recordedOf(exampleText('affine_wrong'));
  const shown = after({type: 'picture', picture});

  it('are those of the tab, and asked once for each picture', () => {
    assert.equal(openQuestion(shown), null);
    const chosen = reduce(shown, {type: 'choose', id: 'input w'});
    const question = openQuestion(chosen)!;
    assert.deepEqual(question, {about: 'values', node: 'input w'});
    const answered = reduce(chosen, {type: 'answer', question, answer: answer(question)});
    assert.equal(openQuestion(answered), null);
    const edited = reduce(answered, {type: 'picture', picture});
    assert.deepEqual(openQuestion(edited), question);
    assert.notEqual(edited.answers.get(keyOf(question)), undefined, 'the old answer stays until the new one is there');
  });

  it('are about the selected node, or what the user has chosen', () => {
    const {id, names} = picture.nodes.at(-1)!;
    assert.deepEqual(questionOf(reduce(shown, {type: 'choose', id}), 'jacobian'), {about: 'jacobian', from: picture.edges.find(({to}) => to === id)!.from, to: id}, names[0]);
    const chosen = reduce(shown, {type: 'look-at', chosen: {from: 'input w', to: id, input: 'input b', element: 3}});
    assert.deepEqual(['jacobian', 'step', 'curvature', 'cost'].map((tab) => questionOf(chosen, tab as 'step')), [
      {about: 'jacobian', from: 'input w', to: id}, {about: 'step', of: 'b', element: 3}, {about: 'curvature', of: 'b'}, {about: 'cost'},
    ]);
  });

  it('of another pair start afresh', () => {
    const other = reduce(reduce(shown, {type: 'look-at', chosen: {input: 'input b'}}), {type: 'picture', picture: recordedOf(net).picture});
    assert.deepEqual([other.chosen.input, other.answers.size], [null, 0]);
  });
});
