import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# backprop: x (N, T, D), h0 (N, H), Wi (D, H), Ui (H, H), Wf (D, H), Uf (H, H), Wg (D, H), Ug (H, H)
def lstm_forward(x, h0, Wi, Ui, Wf, Uf, Wg, Ug):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    h, c = h0, np.zeros((N, H))
    steps = []
    for t in range(T):
        xt = x[:, t]
        i = sigmoid(xt @ Wi + h @ Ui)
        f = sigmoid(xt @ Wf + h @ Uf)
        g = np.tanh(xt @ Wg + h @ Ug)
        steps.append((h, c, i, f, g))
        c = f * c + i * g
        h = np.tanh(c)
        hs[:, t] = h
    return hs, (x, Wi, Ui, Wf, Uf, Wg, Ug, steps, hs)


def lstm_backward(dhs, cache):
    """Returns dx, dh, dWi, dUi, dWf, dUf, dWg, dUg."""
    x, Wi, Ui, Wf, Uf, Wg, Ug, steps, hs = cache
    N, T, H = dhs.shape
    dx = np.zeros_like(x)
    dWi, dWf, dWg = np.zeros_like(Wi), np.zeros_like(Wf), np.zeros_like(Wg)
    dUi, dUf, dUg = np.zeros_like(Ui), np.zeros_like(Uf), np.zeros_like(Ug)
    dh = np.zeros((N, H))
    dc = np.zeros((N, H))
    for t in reversed(range(T)):
        h_prev, c_prev, i, f, g = steps[t]
        dh = dh + dhs[:, t]
        dc = dc + dh * (1 - hs[:, t] ** 2)
        dai = dc * g * i * (1 - i)
        daf = dc * c_prev * f * (1 - f)
        dag = dc * i * (1 - g ** 2)
        dx[:, t] = dai @ Wi.T + daf @ Wf.T + dag @ Wg.T
        dWi += x[:, t].T @ dai
        dWf += x[:, t].T @ daf
        dWg += x[:, t].T @ dag
        dUi += h_prev.T @ dai
        dUf += h_prev.T @ daf
        dUg += h_prev.T @ dag
        dh = dai @ Ui.T + daf @ Uf.T + dag @ Ug.T
        dc = dc * f
    return dx, dh, dWi, dUi, dWf, dUf, dWg, dUg
