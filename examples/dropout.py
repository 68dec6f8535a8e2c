import numpy as np


def dropout_forward(x, dropout_param):
    """
    Inverted dropout.

    Inputs:
    - x: data, of any shape
    - dropout_param: a dictionary with the keys
      - p: the probability of keeping a neuron
      - mode: 'train' or 'test'
      - seed: a seed for the random generator
    """
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    else:
        out = x
    return out, (dropout_param, mask)


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'train':
        dx = dout * mask
    else:
        dx = dout
    return dx
