/** For tests only: for each exercise the lines that solve it, and a mistake that people make in them. */

export interface Solution {
  /** Replacements in the start text, each once. */
  readonly right: readonly (readonly [from: string, to: string])[];
  /** In the solved text. */
  readonly wrong: readonly (readonly [from: string, to: string])[];
}

export const solutions: Readonly<Record<string, Solution>> = {
  'circuit': {
    right: [['dq = None', 'dq = z * df'], ['dz = None', 'dz = q * df'], ['dx = None', 'dx = dq'], ['dy = None', 'dy = dq']],
    wrong: [['dz = q * df', 'dz = z * df'], ['dx = dq', 'dx = x * dq']],
  },
  'sigmoid-neuron': {
    right: [['ddot = None', 'ddot = (1 - f) * f'], ['dx = None', 'dx = [w[0] * ddot, w[1] * ddot]'], ['dw = None', 'dw = [x[0] * ddot, x[1] * ddot, ddot]']],
    wrong: [['(1 - f) * f', '(1 - f) * (1 - f)'], ['x[1] * ddot, ddot', 'x[1] * ddot, w[2] * ddot']],
  },
  'multiply-gate': {
    right: [['dx = None', 'dx = dout * y'], ['dy = None', 'dy = dout * x']],
    wrong: [['dout * y', 'dout * x'], ['dy = dout * x', 'dy = x']],
  },
  'constant-multiplier': {
    right: [['dx = None', 'dx = dout * self.factor']],
    wrong: [['dout * self.factor', 'dout']],
  },
  'affine': {
    right: [['dx = None', 'dx = dout @ w.T'], ['dw = None', 'dw = x.T @ dout'], ['db = None', 'db = np.sum(dout, axis=0)']],
    wrong: [['x.T @ dout', 'dout.T @ x'], ['axis=0', 'axis=1'], ['np.sum(dout, axis=0)', 'np.mean(dout, axis=0)']],
  },
  'relu': {
    right: [['dx = None', 'dx = dout * (x > 0)']],
    wrong: [['x > 0', 'dout > 0'], ['dout * (x > 0)', '(x > 0) * 1.0']],
  },
  'matrix-network': {
    right: [
      ['dz2 = None', 'dz2 = (a2 - t) * a2 * (1 - a2)'], ['dW2 = None', 'dW2 = dz2 @ a1.T'], ['db2 = None', 'db2 = dz2'],
      ['dz1 = None', 'dz1 = (W2.T @ dz2) * a1 * (1 - a1)'], ['dW1 = None', 'dW1 = dz1 @ x.T'], ['db1 = None', 'db1 = dz1'],
    ],
    wrong: [['(a2 - t) * a2', '2 * (a2 - t) * a2'], ['* a1 * (1 - a1)', '* (1 - a1)']],
  },
  'svm-loss': {
    right: [
      ['dmargins = None', 'dmargins = (margins > 0) / N'],
      ['dscores = None', 'dscores = dmargins.copy()\n    dscores[np.arange(N), y] -= np.sum(dmargins, axis=1)'],
      ['dW = None', 'dW = X.T @ dscores'],
    ],
    wrong: [['(margins > 0) / N', '(margins > 0) * 1.0'], ['-= np.sum(dmargins, axis=1)', '-= 1 / N']],
  },
  'softmax-loss': {
    right: [['dscores = None', 'dscores = probs.copy()\n    dscores[np.arange(N), y] -= 1\n    dscores /= N'], ['dW = None', 'dW = X.T @ dscores']],
    wrong: [['    dscores /= N\n', ''], ['    dscores[np.arange(N), y] -= 1\n', '']],
  },
  'two-layer-net': {
    right: [
      ['dscores = None', 'dscores = probs.copy()\n    dscores[np.arange(N), y] -= 1\n    dscores /= N'],
      ['grads[\'W2\'] = None', 'grads[\'W2\'] = hidden.T @ dscores + reg * W2'], ['grads[\'b2\'] = None', 'grads[\'b2\'] = np.sum(dscores, axis=0)'],
      ['dhidden = None', 'dhidden = (dscores @ W2.T) * (hidden > 0)'],
      ['grads[\'W1\'] = None', 'grads[\'W1\'] = X.T @ dhidden + reg * W1'], ['grads[\'b1\'] = None', 'grads[\'b1\'] = np.sum(dhidden, axis=0)'],
    ],
    wrong: [[' + reg * W1', ''], [' * (hidden > 0)', ''], ['+ reg * W2', '+ 2 * reg * W2']],
  },
  'deep-net': {
    right: [
      ['pass  # g through', 'g = g * (1 - h[k + 1] ** 2)\n        dW[k] = h[k].T @ g\n        db[k] = np.sum(g, axis=0)\n        g = g @ weights[k].T  # g through'],
      ['dx = None', 'dx = g'],
    ],
    wrong: [['h[k + 1] ** 2', 'h[k] ** 2'], ['        g = g * (1 - h[k + 1] ** 2)\n', '']],
  },
  'batchnorm': {
    right: [
      ['dbeta = None', 'dbeta = np.sum(dout, axis=0)'], ['dgamma = None', 'dgamma = np.sum(dout * xhat, axis=0)'],
      ['dx = None', 'dxhat = dout * gamma\n    divar = np.sum(dxhat * xmu, axis=0)\n    dvar = divar * -0.5 * ivar ** 3\n    dxmu = dxhat * ivar + dvar * 2 * xmu / N\n    dmu = -np.sum(dxmu, axis=0)\n    dx = dxmu + dmu / N'],
    ],
    wrong: [[' + dvar * 2 * xmu / N', ''], ['dx = dxmu + dmu / N', 'dx = dxmu'], ['-0.5 * ivar ** 3', '-0.5 * ivar']],
  },
  'convolution': {
    right: [
      ['dx = None', 'dx = np.zeros_like(x)'], ['dw = None', 'dw = np.zeros_like(w)'],
      ['db = None', `db = np.sum(dout, axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i:i + HH, j:j + WW]
            for f in range(F):
                g = dout[:, f, i, j][:, None, None, None]
                dw[f] += np.sum(window * g, axis=0)
                dx[:, :, i:i + HH, j:j + WW] += w[f] * g`],
    ],
    wrong: [['+= w[f] * g', '= w[f] * g'], ['axis=(0, 2, 3)', 'axis=(0, 1, 2)']],
  },
  'max-pool': {
    right: [['dx = None', `dx = np.zeros_like(x)
    for i in range(H // 2):
        for j in range(W // 2):
            window = x[:, :, 2 * i:2 * i + 2, 2 * j:2 * j + 2]
            mask = window == out[:, :, i, j][:, :, None, None]
            dx[:, :, 2 * i:2 * i + 2, 2 * j:2 * j + 2] += mask * dout[:, :, i, j][:, :, None, None]`]],
    wrong: [['+= mask * dout', '+= dout'], ['+= mask * dout', '+= 0.25 * dout']],
  },
  'rnn': {
    right: [
      ['dx = None', 'dx = np.zeros_like(x)'], ['dWx = None', 'dWx = np.zeros_like(Wx)'], ['dWh = None', 'dWh = np.zeros_like(Wh)'], ['    dh0 = None\n', ''],
      ['db = None', `db = np.zeros_like(b)
    dprev = np.zeros_like(h0)
    for t in reversed(range(T)):
        da = (dh[:, t] + dprev) * (1 - h[:, t] ** 2)
        before = h[:, t - 1] if t > 0 else h0
        dx[:, t] = da @ Wx.T
        dWx += x[:, t].T @ da
        dWh += before.T @ da
        db += np.sum(da, axis=0)
        dprev = da @ Wh.T
    dh0 = dprev`],
    ],
    wrong: [['(dh[:, t] + dprev)', 'dh[:, t]'], ['dWh += before', 'dWh = before'], ['before.T @ da', 'h[:, t].T @ da']],
  },
  'embedding': {
    right: [['dW = None', 'dW = np.zeros_like(W)\n    np.add.at(dW, words, dout)']],
    wrong: [['np.add.at(dW, words, dout)', 'dW[words] += dout'], ['np.add.at(dW, words, dout)', 'dW[words] = dout']],
  },
  'second-derivatives': {
    right: [['ds = None', 'ds = dg * x'], ['dx = None', 'dx = dg * s + dg * s + ds * s * (1 - s)']],
    wrong: [['dg * s + dg * s', 'dg * s'], ['ds * s * (1 - s)', 'ds']],
  },
};
