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

/** Its second volume: `common.np` is NumPy, or CuPy where a GPU is asked for. */
export const bookArrays = `
import numpy as np

GPU = False
`;

/** CS224n: `utils.utils`, with a softmax of each row, or of a vector. */
export const wordVectorFunctions = `
import numpy as np

def normalizeRows(x): return x / np.sqrt(np.sum(x * x, axis=1, keepdims=True))
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
def sigmoid(x): return 1 / (1 + np.exp(-x))
`;

/** CMU 10-714: `needle.autograd`, for a file of operations without the library around it. Everything is computed at once. */
export const graphLibrary = `
import numpy as np

NDArray = np.ndarray
class Value:
    pass
class Op:
    pass
class TensorOp(Op):
    def __call__(self, *args):
        out = Tensor(self.compute(*[arg.cached_data for arg in args]))
        out.op, out.inputs = self, list(args)
        return out
    def gradient_as_tuple(self, out_grad, node):
        output = self.gradient(out_grad, node)
        return output if isinstance(output, tuple) else tuple(output) if isinstance(output, list) else (output,)
class TensorTupleOp(Op):
    pass
class TensorTuple(Value):
    pass

def _data(value): return value.cached_data if isinstance(value, Tensor) else value
def _size(shape): return tuple(shape[0]) if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape
class Tensor(Value):
    def __init__(self, array, device=None, dtype=None, requires_grad=True, **kwargs):
        self.cached_data, self.op, self.inputs, self.requires_grad = _data(array), None, [], requires_grad
    @staticmethod
    def make_const(data, requires_grad=False): return Tensor(data)
    @staticmethod
    def make_from_op(op, inputs): return op(*inputs)
    def realize_cached_data(self): return self.cached_data
    def numpy(self): return self.cached_data
    def detach(self): return Tensor(self.cached_data)
    def is_leaf(self): return self.op is None
    @property
    def data(self): return self.detach()
    @property
    def shape(self): return self.cached_data.shape
    @property
    def ndim(self): return len(self.cached_data.shape)
    @property
    def dtype(self): return self.cached_data.dtype
    @property
    def device(self): return None
    def __add__(self, other): return Tensor(self.cached_data + _data(other))
    def __sub__(self, other): return Tensor(self.cached_data - _data(other))
    def __rsub__(self, other): return Tensor(_data(other) - self.cached_data)
    def __mul__(self, other): return Tensor(self.cached_data * _data(other))
    def __truediv__(self, other): return Tensor(self.cached_data / _data(other))
    def __pow__(self, other): return Tensor(self.cached_data ** _data(other))
    def __matmul__(self, other): return Tensor(np.matmul(self.cached_data, _data(other)))
    def matmul(self, other): return self @ other
    def __neg__(self): return Tensor(-self.cached_data)
    def sum(self, axes=None): return Tensor(np.sum(self.cached_data, axis=axes if axes is None or isinstance(axes, int) else tuple(axes)))
    def reshape(self, *shape): return Tensor(np.reshape(self.cached_data, _size(shape)))
    def broadcast_to(self, *shape): return Tensor(np.broadcast_to(self.cached_data, _size(shape)))
    def transpose(self, axes=None):
        i, j = axes if axes else (-1, -2)
        return Tensor(np.swapaxes(self.cached_data, i, j))
    __radd__ = __add__
    __rmul__ = __mul__
`;
