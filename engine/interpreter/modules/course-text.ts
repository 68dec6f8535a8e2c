/**
 * What courses hand out beside the file that a student writes: helpers by their documented meaning, for projects in which
 * the course's own file is not there. Python text, run by the interpreter itself.
 */

/** deeplearning.ai: `sigmoid` and `relu` of `planar_utils`, `reg_utils`, `gc_utils`, `opt_utils`: values alone. */
export const plainActivations = `
import numpy as np

def sigmoid(x): return 1.0 / (1.0 + np.exp(-x))
def relu(x): return np.maximum(0, x)
def compute_cost(a3, Y):
    losses = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    return 1.0 / Y.shape[1] * np.nansum(losses)
`;

/** The same with the backward functions of `dnn_utils`, for files that do not take a cache from an activation. */
export const plainWithBackward = `${plainActivations}
def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)
def sigmoid_backward(dA, cache):
    s = 1.0 / (1.0 + np.exp(-cache))
    return dA * s * (1 - s)
def relu_backward(dA, cache): return np.where(cache <= 0, 0.0, dA)
`;

/** deeplearning.ai: those of `dnn_utils`, which also give what their backward needs. */
export const cachedActivations = `
import numpy as np

def sigmoid(Z): return 1.0 / (1.0 + np.exp(-Z)), Z
def relu(Z): return np.maximum(0, Z), Z
def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True), Z
def sigmoid_backward(dA, cache):
    s = 1.0 / (1.0 + np.exp(-cache))
    return dA * s * (1 - s)
def relu_backward(dA, cache): return np.where(cache <= 0, 0.0, dA)
`;

/** Deep Learning from Scratch: `common.functions`. */
export const bookFunctions = `
import numpy as np

def identity_function(x): return x
def step_function(x): return np.array(x > 0, dtype=np.int64)
def sigmoid(x): return 1 / (1 + np.exp(-x))
def sigmoid_grad(x): return (1.0 - sigmoid(x)) * sigmoid(x)
def relu(x): return np.maximum(0, x)
def relu_grad(x): return np.where(x >= 0, 1.0, 0.0)
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
def sum_squared_error(y, t): return 0.5 * np.sum((y - t) ** 2)
mean_squared_error = sum_squared_error
def cross_entropy_error(y, t):
    if y.ndim == 1:
        t = t.reshape(1, t.size)
        y = y.reshape(1, y.size)
    if t.size == y.size: t = t.argmax(axis=1)
    return -np.sum(np.log(y[np.arange(y.shape[0]), t])) / y.shape[0]
`;
