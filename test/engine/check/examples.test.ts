/** The verdict on every file of examples/: what is said of the wrong ones, and that nothing is said of the correct ones. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {Budget} from '../../../engine/ndarray/context.ts';
import type {FileAnalysis} from '../../../engine/check/analysis.ts';
import {check, emptyProject} from './checking.ts';

const folder = new URL('../../../examples/', import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** Pairs with their gradients; a wrong gradient with its line. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'activations.py': {sigmoid: 'agrees: z', tanh: 'agrees: z'},
  'affine.py': {affine: 'agrees: x w b'},
  'affine_wrong.py': {affine: 'disagrees: x w!19 b!20'},
  'batchnorm.py': {batchnorm: 'agrees: x gamma beta'},
  'batchnorm_wrong.py': {batchnorm: 'disagrees: x!28 gamma beta'},
  'circuit.py': {script: 'agrees: q z x y'},
  'constant_multiplier.py': {MulConstant: 'agrees: input'},
  'convolution.py': {conv_naive: 'agrees: x w b'},
  'convolution_wrong.py': {conv_naive: 'agrees: x w b', max_pool_naive: 'disagrees: x!80'},
  'deeplearning_ai.py': {linear: 'agrees: A W b', sigmoid: 'agrees: Z'},
  'dropout.py': {dropout: 'agrees: x'},
  'gates.py': {MultiplyGate: 'agrees: x y', AddGate: 'agrees: x y'},
  'gates_wrong.py': {MultiplyGate: 'disagrees: x!11 y!12'},
  'losses.py': {svm_loss: 'agrees: x', softmax_loss: 'agrees: x', mse_loss: 'agrees: prediction'},
  'losses_wrong.py': {softmax_loss: 'disagrees: x!17', ridge_loss: 'disagrees: W!32'},
  'matrix_network.py': {network_loss: 'agrees: W1 b1 W2 b2'},
  'pooling.py': {max_pool_naive: 'agrees: x'},
  'relu.py': {relu: 'agrees: x', leaky_relu: 'agrees: x'},
  'relu_wrong.py': {relu: 'disagrees: x!12', tanh: 'disagrees: x!23'},
  'rnn_step.py': {rnn_step: 'agrees: x prev_h Wx Wh b', rnn: 'agrees: x h0 Wx Wh b'},
  'rnn_wrong.py': {rnn: 'disagrees: x!32 h0!37 Wx!33 Wh!35'},
  'sigmoid_neuron.py': {script: 'agrees: dot x w'},
  'sum_of_squares.py': {script: 'agrees: a b x y'},
  'sum_of_squares_wrong.py': {script: 'disagrees: a b x y!14'},
};

const analyses = new Map<string, FileAnalysis>();

/** With seed 0, once for all tests. */
function analysisOf(file: string): FileAnalysis {
  const known = analyses.get(file) ?? check(textOf(file));
  analyses.set(file, known);
  return known;
}

function verdicts({report}: FileAnalysis): Record<string, string> {
  return Object.fromEntries(report.pairs.map(({name, verdict, gradients}) => [
    name, `${verdict}: ${gradients.map((gradient) => (gradient.verdict === 'agrees' ? gradient.of : `${gradient.of}!${gradient.line}`)).join(' ')}`,
  ]));
}

describe('the examples', () => {
  it('are all in the table', () => {
    assert.deepEqual(readdirSync(folder).filter((file) => file.endsWith('.py')).sort(), Object.keys(expected).sort());
  });

  for (const [file, pairs] of Object.entries(expected)) {
    it(`${file} gets its verdicts with two seeds`, () => {
      assert.deepEqual(verdicts(analysisOf(file)), pairs);
      assert.deepEqual(verdicts(check(textOf(file), {seed: 12345})), pairs);
    });
  }

  for (const file of Object.keys(expected).filter((name) => !name.includes('_wrong'))) {
    it(`${file} is correct, and nothing else is said of it`, () => {
      const {report} = analysisOf(file);
      assert.deepEqual(report.problems, []);
      for (const pair of report.pairs) {
        assert.equal(pair.exceptions, undefined);
        assert.equal(pair.firstWrong, undefined);
        const conventions = pair.gradients.flatMap(({of, convention}) => (convention === undefined ? [] : [`${of} ${convention}`]));
        assert.deepEqual(conventions, file === 'deeplearning_ai.py' && pair.name === 'linear' ? ['W mean-folded', 'b mean-folded'] : []);
        assert.ok(pair.gradients.every(({vacuous}) => vacuous === undefined), 'nothing is vacuous');
      }
    });
  }

  it('says of the wrong convolution in which setting it is wrong', () => {
    const {report} = analysisOf('convolution_wrong.py');
    const conv = report.pairs.find(({name}) => name === 'conv_naive');
    const [exception] = conv?.exceptions ?? [];
    assert.deepEqual([exception.setting, exception.of, exception.message], [{pad: 0}, 'x', 'dx is (N, C, 0, 0) when pad = 0, but x has (N, C, H, W)']);
    assert.deepEqual([exception.diagnosis?.code, exception.diagnosis?.line], ['wrong-shape', 45]);
    assert.match(exception.diagnosis?.fix?.newText ?? '', /dx_pad\[:, :, pad:pad \+ x\.shape\[2\], pad:pad \+ x\.shape\[3\]\]/);
    assert.deepEqual(report.problems.map(({code, severity, line}) => [code, severity, line]), [['wrong-for-setting', 'warning', 45]]);
  });

  it('calls nothing in the forward of the circuit a gradient, though z is 4 below zero like that of q', () => {
    const text = textOf('circuit.py');
    const marked = analysisOf('circuit.py').pairs.flatMap(({values}) => values.filter(({gradient}) => gradient !== null));
    assert.deepEqual(marked.map(({name}) => name).sort(), ['df', 'dq', 'dx', 'dy', 'dz']);
    assert.ok(marked.every(({span}) => span.start > text.indexOf('# backward')));
  });

  it('names the first wrong line of every wrong file', () => {
    const lines = Object.keys(expected).filter((file) => file.includes('_wrong')).map((file) => [file, analysisOf(file).report.pairs.map(({firstWrong}) => firstWrong?.line ?? null)]);
    assert.deepEqual(Object.fromEntries(lines), {
      'affine_wrong.py': [19], 'batchnorm_wrong.py': [26], 'convolution_wrong.py': [null, 77], 'gates_wrong.py': [11],
      'losses_wrong.py': [18, 32], 'relu_wrong.py': [12, 23], 'rnn_wrong.py': [31], 'sum_of_squares_wrong.py': [14],
    });
  });
});

/** Steps stand for time, so that the test is the same on every machine: 50 ms are well over a million of them. */
const MOST_STEPS = 500_000;

describe('the units of the examples', () => {
  let steps = 0;
  const spend = Object.getOwnPropertyDescriptor(Budget.prototype, 'spend')!;
  const original = spend.value as (this: Budget, count: number) => void;
  before(() => {
    Object.defineProperty(Budget.prototype, 'spend', {...spend, value(this: Budget, count: number) {
      steps += count;
      original.call(this, count);
    }});
  });
  after(() => {
    Object.defineProperty(Budget.prototype, 'spend', spend);
  });

  for (const file of Object.keys(expected)) {
    it(`${file} has none that is large`, () => {
      const project = emptyProject();
      project.update(file, textOf(file));
      const units = project.analyze(file);
      let largest = 0;
      for (let done = false; !done; largest = Math.max(largest, steps)) {
        steps = 0;
        done = units.next().done === true;
      }
      assert.ok(largest > 0 && largest < MOST_STEPS, `the largest unit takes ${largest} steps`);
    });
  }
});
