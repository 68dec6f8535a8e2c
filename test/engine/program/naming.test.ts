import assert from 'node:assert/strict';
import {directionOf, isMisspelt} from '../../../engine/program/directions.ts';
import {isCacheName, isGenericGradient, isLabelName, isLossName, isStrongUpstream, isUpstreamName, speaksOf, wordsOf} from '../../../engine/program/naming.ts';

describe('names of gradients', () => {
  for (const [gradient, known, value] of [
    ['dx', ['x', 'w', 'b'], 'x'],
    ['dW', ['x', 'w', 'b'], 'w'],
    ['dw', ['x', 'W', 'b'], 'W'],
    ['dA_prev', ['A_prev', 'W', 'b'], 'A_prev'],
    ['dWx', ['x', 'Wx', 'Wh'], 'Wx'],
    ['dprev_h', ['x', 'prev_h'], 'prev_h'],
    ['dh_prev', ['x', 'prev_h'], 'prev_h'],
    ['dx_norm', ['x', 'x_norm'], 'x_norm'],
    ['grad_x', ['x'], 'x'],
    ['x_grad', ['x'], 'x'],
    ['d_x', ['x'], 'x'],
    ['dL_dx', ['x'], 'x'],
    ['dLdx', ['x'], 'x'],
    ['dLdBZ', ['BZ', 'Z'], 'BZ'],
    ['d_L_d_x', ['x'], 'x'],
    ['d_L_d_out', ['out'], 'out'],
    ['dE_dnet3', ['net3', 'net2'], 'net3'],
    ['dj_dw', ['w', 'b'], 'w'],
    ['dout_dx', ['x', 'out'], 'x'],
    ['nabla_w', ['w', 'b'], 'w'],
    ['delta_w', ['w', 'b'], 'w'],
    ['delta_nabla_w', ['w', 'b'], 'w'],
    ['gradW', ['W', 'b'], 'W'],
    ['grad_weight', ['input', 'weight', 'bias'], 'weight'],
    ['W_gradient', ['W'], 'W'],
    ['dweights', ['weights', 'biases'], 'weights'],
    ['dW', ['weights', 'bias'], 'weights'],
    ['db', ['weights', 'bias'], 'bias'],
    ['dinputs', ['inputs'], 'inputs'],
    ['dgamma', ['x', 'gamma', 'beta'], 'gamma'],
    ['dW_total', ['W'], 'W'],
    ['dX', ['x', 'X'], 'X'],
    ['out', ['x', 'w'], null],
    ['data', ['x', 'w'], null],
    ['diff', ['x', 'w'], null],
    ['depth', ['x', 'w'], null],
  ] as const) {
    it(`${gradient} among ${known.join(', ')} is of ${String(value)}`, () => { assert.equal(speaksOf(gradient, known), value); });
  }

  it('knows names that say gradient and no more', () => {
    for (const name of ['grad', 'grads', 'gradient', 'gradients', '_grads']) assert.ok(isGenericGradient(name), name);
    for (const name of ['dx', 'grad_x', 'graduate', 'data']) assert.ok(!isGenericGradient(name), name);
  });

  it('knows upstream gradients by the names of the survey', () => {
    for (const name of ['dout', 'grad_output', 'dA', 'dh', 'dnext_h', 'gy', 'grad', 'dZ', 'dhs', 'dLdy', 'dh_next', 'accum_grad', 'dvalues', 'da',
      'dJ_dZ', 'grad_out', 'd_out', 'output_gradient', 'out_grad', 'gradOutput', 'd_L_d_out', 'd_values', 'pre_grad', 'upstream', 'dLdBZ', 'dscores']) {
      assert.ok(isStrongUpstream(name), name);
    }
    for (const name of ['delta', 'next', 'error', 'g']) assert.ok(isUpstreamName(name) && !isStrongUpstream(name), name);
    for (const name of ['x', 'data', 'dim', 'dt', 'distance', 'device', 'dropout', 'depth', 'steps', 'cache', 'dataset', 'loss', 'state']) {
      assert.ok(!isUpstreamName(name), name);
    }
  });

  it('knows caches, labels and losses', () => {
    for (const name of ['cache', 'caches', 'linear_cache', 'conv_cache', 'mem', 'ctx']) assert.ok(isCacheName(name), name);
    for (const name of ['y', 'Y', 't', 'labels', 'y_true', 'targets', 'y_one_hot', 'Y_batch']) assert.ok(isLabelName(name), name);
    for (const name of ['y_pred', 'x', 'AL', 'scores']) assert.ok(!isLabelName(name), name);
    for (const name of ['loss', 'cost', 'J', 'L', 'total_loss', 'data_loss', 'nll']) assert.ok(isLossName(name), name);
    for (const name of ['loss_history', 'costs', 'losses', 'loss_grad', 'X', 'log_loss_list']) assert.ok(!isLossName(name), name);
  });
});

describe('names of functions', () => {
  it('splits words', () => {
    assert.deepEqual(wordsOf('SoftmaxCrossEntropy_backward'), ['softmax', 'cross', 'entropy', 'backward']);
    assert.deepEqual(wordsOf('L_model_backward'), ['l', 'model', 'backward']);
    assert.deepEqual(wordsOf('ReLUGrad'), ['re', 'lu', 'grad']);
  });

  for (const [name, direction, before, after] of [
    ['affine_forward', 'forward', 'affine', ''],
    ['conv_backward_naive', 'backward', 'conv', 'naive'],
    ['linearBackward', 'backward', 'linear', ''],
    ['linearbackward', 'backward', 'linear', ''],
    ['backward_propagation_with_dropout', 'backward', '', 'prop_with_dropout'],
    ['feed_forward', 'forward', '', ''],
    ['feedforward', 'forward', '', 'prop'],
    ['backprop', 'backward', '', 'prop'],
    ['back_propagate', 'backward', '', 'prop'],
  ] as const) {
    it(`reads ${name}`, () => { assert.deepEqual(directionOf(name), {direction, before, after}); });
  }

  it('pairs a misspelt name with no other', () => {
    const misspelt = (forward: string, backward: string): boolean => isMisspelt(directionOf(forward)!, directionOf(backward)!);
    for (const [forward, backward] of [['liner_forward', 'linear_backward'], ['linaer_forward', 'linear_backward'], ['liner_activate_forward', 'linear_activation_backward']]) {
      assert.ok(misspelt(forward, backward), forward);
    }
    for (const [forward, backward] of [['lrelu_forward', 'prelu_backward'], ['conv1_forward', 'conv11_backward'], ['linear_forward', 'linear_backward'], ['relu_forward', 'relus_backward'], ['affine_forward', 'affine_relu_backward']]) {
      assert.ok(!misspelt(forward, backward), forward);
    }
  });

  it('sees no direction in other names', () => {
    for (const name of ['affine', 'loss', 'propagate', 'background', 'setback']) assert.equal(directionOf(name), null, name);
  });
});
