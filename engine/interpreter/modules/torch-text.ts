/**
 * The part of PyTorch that hand-written autograd functions use, said in NumPy: what each function and each method of a
 * tensor computes. Python text, run by the interpreter itself, so that tape and budget see what NumPy does.
 */

/** Functions of the module `torch`. */
export const torchText = `
import numpy as np
from collections import namedtuple

pi = np.pi
inf = np.inf
float = float32 = np.float32
double = float64 = np.float64
half = float16 = np.float32
long = int64 = np.int64
int = int32 = np.int32
bool = np.bool_
uint8 = np.int64
Tensor = np.ndarray
FloatTensor = DoubleTensor = LongTensor = np.array

def tensor(data, dtype=None, device=None, requires_grad=False): return np.array(data)
def as_tensor(data, dtype=None, device=None): return np.asarray(data)
def from_numpy(data): return np.asarray(data)
def is_tensor(x): return isinstance(x, np.ndarray)
def _shape(size): return tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else size
def zeros(*size, dtype=None, device=None, requires_grad=False): return np.zeros(_shape(size))
def ones(*size, dtype=None, device=None, requires_grad=False): return np.ones(_shape(size))
def empty(*size, dtype=None, device=None, requires_grad=False): return np.zeros(_shape(size))
def randn(*size, dtype=None, device=None, requires_grad=False, generator=None): return np.random.randn(*_shape(size))
def rand(*size, dtype=None, device=None, requires_grad=False, generator=None): return np.random.rand(*_shape(size))
def full(size, fill_value, dtype=None, device=None): return np.full(size, fill_value)
def eye(n, m=None, dtype=None, device=None): return np.eye(n, m)
def arange(*ends, dtype=None, device=None): return np.arange(*ends)
def zeros_like(input, dtype=None, device=None, requires_grad=False): return np.zeros_like(input)
def ones_like(input, dtype=None, device=None, requires_grad=False): return np.ones_like(input)
def empty_like(input, dtype=None, device=None): return np.zeros_like(input)
def rand_like(input, dtype=None, device=None): return np.random.rand(*input.shape)
def randn_like(input, dtype=None, device=None): return np.random.randn(*input.shape)
def full_like(input, fill_value, dtype=None): return np.full_like(input, fill_value)
def normal(mean, std, size=None, generator=None): return np.random.normal(mean, std, size)
def randint(*ends, generator=None, dtype=None, device=None):
    low, high, size = ends if len(ends) == 3 else (0, *ends)
    return np.random.randint(low, high, tuple(size))
def randperm(n, generator=None, device=None): return np.random.permutation(n)
def linspace(start, end, steps=100): return np.linspace(start, end, steps)
def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False): return np.allclose(input, other, rtol, atol)
def manual_seed(seed): np.random.seed(seed)
class Generator:
    def __init__(self, device=None): pass
    def manual_seed(self, seed):
        np.random.seed(seed % 2 ** 32)
        return self
def device(*name): return 'cpu'
class cuda:
    @staticmethod
    def is_available(): return False

def exp(input): return np.exp(input)
def expm1(input): return np.expm1(input)
def log(input): return np.log(input)
def log1p(input): return np.log1p(input)
def log2(input): return np.log2(input)
def sqrt(input): return np.sqrt(input)
def rsqrt(input): return 1.0 / np.sqrt(input)
def reciprocal(input): return 1.0 / input
def square(input): return input * input
def abs(input): return np.abs(input)
def neg(input): return -input
def sign(input): return np.sign(input)
def round(input): return np.round(input)
def floor(input): return np.floor(input)
def ceil(input): return np.ceil(input)
def sin(input): return np.sin(input)
def cos(input): return np.cos(input)
def tan(input): return np.tan(input)
def tanh(input): return np.tanh(input)
def sinh(input): return np.sinh(input)
def cosh(input): return np.cosh(input)
def arctan(input): return np.arctan(input)
atan = arctan
def sigmoid(input): return 1.0 / (1.0 + np.exp(-input))
def relu(input): return np.maximum(input, 0)
def pow(input, exponent): return input ** exponent
def add(input, other, alpha=1): return input + alpha * other
def sub(input, other, alpha=1): return input - alpha * other
def mul(input, other): return input * other
def div(input, other): return input / other
multiply, subtract, divide, true_divide = mul, sub, div, div
def maximum(input, other): return np.maximum(input, other)
def minimum(input, other): return np.minimum(input, other)
def clamp(input, min=None, max=None): return np.clip(input, min, max)
clip = clamp
def clamp_min(input, min): return np.maximum(input, min)
def clamp_max(input, max): return np.minimum(input, max)
def where(condition, input, other): return np.where(condition, input, other)
def eq(input, other): return input == other
def gt(input, other): return input > other
def lt(input, other): return input < other
def ge(input, other): return input >= other
def le(input, other): return input <= other
def isnan(input): return np.isnan(input)

def matmul(input, other): return np.matmul(input, other)
bmm = matmul
def mm(input, mat2): return np.dot(input, mat2)
mv = mm
def dot(input, other): return np.dot(input, other)
def outer(input, other): return np.outer(input, other)
ger = outer
def addmm(input, mat1, mat2, beta=1, alpha=1): return beta * input + alpha * np.matmul(mat1, mat2)
def einsum(text, *operands):
    if len(operands) == 1 and isinstance(operands[0], (tuple, list)): operands = operands[0]
    return np.einsum(text, *operands)

def sum(input, dim=None, keepdim=False, dtype=None, axis=None, keepdims=False):
    return np.sum(input, axis=_axis(dim, axis), keepdims=keepdim or keepdims)
def mean(input, dim=None, keepdim=False, dtype=None, axis=None, keepdims=False):
    return np.mean(input, axis=_axis(dim, axis), keepdims=keepdim or keepdims)
def prod(input, dim=None, keepdim=False): return np.prod(input, axis=dim, keepdims=keepdim)
def var(input, dim=None, unbiased=True, keepdim=False, correction=None, axis=None, keepdims=False):
    return np.var(input, axis=_axis(dim, axis), keepdims=keepdim or keepdims, ddof=correction if correction is not None else (1 if unbiased else 0))
def std(input, dim=None, unbiased=True, keepdim=False, correction=None, axis=None, keepdims=False):
    return np.sqrt(var(input, dim, unbiased, keepdim, correction, axis, keepdims))
def norm(input, p=2, dim=None, keepdim=False):
    return np.sqrt(np.sum(input * input, axis=dim, keepdims=keepdim))
def _axis(dim, axis):
    chosen = dim if dim is not None else axis
    return tuple(chosen) if isinstance(chosen, list) else chosen
def cumsum(input, dim): return np.cumsum(input, axis=dim)
def argmax(input, dim=None, keepdim=False): return np.argmax(input, axis=dim, keepdims=keepdim)
def argmin(input, dim=None, keepdim=False): return np.argmin(input, axis=dim, keepdims=keepdim)
_Chosen = namedtuple('_Chosen', ['values', 'indices'])
def max(input, dim=None, keepdim=False, axis=None, keepdims=False):
    if axis is not None: return np.max(input, axis=axis, keepdims=keepdims)
    if dim is None: return np.max(input)
    if isinstance(dim, np.ndarray): return np.maximum(input, dim)
    return _Chosen(np.max(input, axis=dim, keepdims=keepdim), np.argmax(input, axis=dim, keepdims=keepdim))
def min(input, dim=None, keepdim=False, axis=None, keepdims=False):
    if axis is not None: return np.min(input, axis=axis, keepdims=keepdims)
    if dim is None: return np.min(input)
    if isinstance(dim, np.ndarray): return np.minimum(input, dim)
    return _Chosen(np.min(input, axis=dim, keepdims=keepdim), np.argmin(input, axis=dim, keepdims=keepdim))
def softmax(input, dim=-1, dtype=None):
    e = np.exp(input - np.max(input, axis=dim, keepdims=True))
    return e / np.sum(e, axis=dim, keepdims=True)
def log_softmax(input, dim=-1, dtype=None):
    shifted = input - np.max(input, axis=dim, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=dim, keepdims=True))
def logsumexp(input, dim, keepdim=False):
    return np.log(np.sum(np.exp(input), axis=dim, keepdims=keepdim))

def t(input): return input.T
def transpose(input, dim0, dim1): return np.swapaxes(input, dim0, dim1)
def permute(input, dims): return np.transpose(input, dims)
def reshape(input, shape): return np.reshape(input, shape)
def flatten(input, start_dim=0, end_dim=-1):
    end = end_dim % len(input.shape)
    return np.reshape(input, input.shape[:start_dim] + (-1,) + input.shape[end + 1:])
def squeeze(input, dim=None): return np.squeeze(input) if dim is None else (np.squeeze(input, axis=dim) if input.shape[dim] == 1 else input)
def unsqueeze(input, dim): return np.expand_dims(input, dim)
def cat(tensors, dim=0): return np.concatenate(tensors, axis=dim)
concat = concatenate = cat
def stack(tensors, dim=0): return np.stack(tensors, axis=dim)
def split(input, size, dim=0): return tuple(np.split(input, [i for i in range(size, input.shape[dim], size)], axis=dim))
def chunk(input, chunks, dim=0): return tuple(np.array_split(input, chunks, axis=dim))
def flip(input, dims): return np.flip(input, dims)
def gather(input, dim, index): return np.take_along_axis(input, index, dim)
def masked_fill(input, mask, value): return np.where(mask, value, input)
def diag(input): return np.diag(input)
def clone(input): return np.array(input)
def numel(input): return input.size()

class no_grad:
    def __enter__(self): return self
    def __exit__(self, *what): return False
    def __call__(self, function): return function
enable_grad = inference_mode = no_grad
`;

/** Methods of tensors beside those that are functions of the module, whose first parameter is the tensor. */
export const tensorText = `
import numpy as np

def _shape(size): return tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else size
def size(self, dim=None): return self.shape if dim is None else self.shape[dim]
def dim(self): return len(self.shape)
def numel(self): return int(np.prod(self.shape))
nelement = numel
def view(self, *size): return np.reshape(self, _shape(size))
def reshape(self, *size, order=None): return np.reshape(self, _shape(size))
def view_as(self, other): return np.reshape(self, other.shape)
reshape_as = view_as
def permute(self, *dims): return np.transpose(self, _shape(dims))
def transpose(self, *dims):
    if len(dims) == 2: return np.swapaxes(self, dims[0], dims[1])
    return np.transpose(self, _shape(dims)) if dims else np.transpose(self)
def expand(self, *size):
    given = _shape(size)
    lead = len(given) - len(self.shape)
    return np.broadcast_to(self, tuple(self.shape[i - lead] if n == -1 else n for i, n in enumerate(given)))
def expand_as(self, other): return self + np.zeros_like(other)
def repeat(self, *times): return np.tile(self, _shape(times))
def sum_to_size(self, *size):
    given = _shape(size)
    while len(self.shape) > len(given): self = np.sum(self, axis=0)
    for i, n in enumerate(given):
        if n == 1: self = np.sum(self, axis=i, keepdims=True)
    return self
def clone(self, memory_format=None): return np.array(self)
def _same(self, *anything, **more): return self
contiguous = detach = cpu = cuda = double = float = half = to = type = type_as = requires_grad_ = numpy = detach_ = retain_grad = _same
def backward(self, gradient=None, retain_graph=None): pass
def zero_grad(self): pass
def long(self): return self.astype(np.int64)
int = long
def byte(self): return self.astype(np.int64)
def bool(self): return self != 0
def new(self, *size): return np.zeros(_shape(size))
def new_zeros(self, *size, dtype=None, device=None): return np.zeros(_shape(size))
new_empty = new_zeros
def new_ones(self, *size, dtype=None, device=None): return np.ones(_shape(size))
def new_full(self, size, value): return np.full(size, value)
def is_contiguous(self): return True
def add_(self, other, alpha=1):
    self += alpha * other
    return self
def sub_(self, other, alpha=1):
    self -= alpha * other
    return self
def mul_(self, other):
    self *= other
    return self
def div_(self, other):
    self /= other
    return self
def unsqueeze_(self, dim):
    self.shape = np.expand_dims(self, dim).shape
    return self
def squeeze_(self, dim=None):
    self.shape = (np.squeeze(self) if dim is None else np.squeeze(self, axis=dim) if self.shape[dim] == 1 else self).shape
    return self
def zero_(self):
    self[...] = 0
    return self
def fill_(self, value):
    self[...] = value
    return self
def copy_(self, other):
    self[...] = other
    return self
def neg_(self):
    self *= -1
    return self
def clamp_(self, min=None, max=None):
    self[...] = np.clip(self, min, max)
    return self
def masked_fill_(self, mask, value):
    self[mask != 0] = value
    return self
def sign_(self):
    self[...] = np.sign(self)
    return self
def sigmoid_(self):
    self[...] = 1.0 / (1.0 + np.exp(-self))
    return self
def exp_(self):
    self[...] = np.exp(self)
    return self
`;

/** Functions of \`torch.nn.functional\` beside those of \`torch\`. */
export const functionalText = `
import numpy as np

def silu(input): return input / (1.0 + np.exp(-input))
swish = silu
def softplus(input, beta=1, threshold=20): return np.log(1.0 + np.exp(beta * input)) / beta
def leaky_relu(input, negative_slope=0.01, inplace=False): return np.where(input > 0, input, negative_slope * input)
def elu(input, alpha=1.0): return np.where(input > 0, input, alpha * (np.exp(input) - 1.0))
def linear(input, weight, bias=None):
    out = np.matmul(input, weight.T)
    return out if bias is None else out + bias
def mse_loss(input, target): return np.mean((input - target) ** 2)
def logsigmoid(input): return -np.log(1.0 + np.exp(-input))
def one_hot(labels, num_classes): return np.eye(num_classes)[labels]
def pad(input, pad, mode='constant', value=0):
    width = [(0, 0)] * len(input.shape)
    for i in range(len(pad) // 2): width[-1 - i] = (pad[2 * i], pad[2 * i + 1])
    if mode == 'constant': return np.pad(input, width, mode='constant', constant_values=value if value is not None else 0)
    return np.pad(input, width, mode={'reflect': 'reflect', 'replicate': 'edge', 'circular': 'wrap'}[mode])

def _pair(n): return (n[0], n[-1]) if isinstance(n, (tuple, list)) else (n, n)
def _spread(size, stride): return (size - 1) * stride + 1
def _padding(padding, size, dilation):
    if padding == 'valid': return ((0, 0), (0, 0))
    if padding == 'same':
        ends = [_spread(size[i], dilation[i]) - 1 for i in range(2)]
        return tuple((n // 2, n - n // 2) for n in ends)
    return tuple((n, n) for n in _pair(padding))
def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (dh, dw) = _pair(stride), _pair(dilation)
    F, C, KH, KW = weight.shape
    if input.shape[1] != C * groups or F % groups != 0:
        raise RuntimeError('Given groups=%d, weight of size %s, expected input%s to have %d channels, but got %d channels instead' % (groups, list(weight.shape), list(input.shape), C * groups, input.shape[1]))
    x = np.pad(input, ((0, 0), (0, 0)) + _padding(padding, (KH, KW), (dh, dw)))
    OH, OW = (x.shape[2] - _spread(KH, dh)) // sh + 1, (x.shape[3] - _spread(KW, dw)) // sw + 1
    if OH < 1 or OW < 1: raise RuntimeError("Calculated padded input size per channel is smaller than the kernel. Kernel size can't be greater than actual input size")
    parts = []
    for g in range(groups):
        out = 0.0
        for i in range(KH):
            for j in range(KW):
                seen = x[:, g * C:(g + 1) * C, i * dh:i * dh + _spread(OH, sh):sh, j * dw:j * dw + _spread(OW, sw):sw]
                out = out + np.einsum('nchw,fc->nfhw', seen, weight[g * (F // groups):(g + 1) * (F // groups), :, i, j])
        parts.append(out)
    out = parts[0] if groups == 1 else np.concatenate(parts, axis=1)
    return out if bias is None else out + np.reshape(bias, (1, F, 1, 1))
def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    (sh, sw), (ph, pw), (oh, ow), (dh, dw) = _pair(stride), _pair(padding), _pair(output_padding), _pair(dilation)
    N, C, H, W = input.shape
    if weight.shape[0] != C: raise RuntimeError('Given transposed=1, weight of size %s, expected input%s to have %d channels, but got %d channels instead' % (list(weight.shape), list(input.shape), weight.shape[0], C))
    per, F, KH, KW = C // groups, weight.shape[1], weight.shape[2], weight.shape[3]
    out = np.zeros((N, F * groups, _spread(H, sh) + _spread(KH, dh) - 1 + oh, _spread(W, sw) + _spread(KW, dw) - 1 + ow))
    for g in range(groups):
        for i in range(KH):
            for j in range(KW):
                out[:, g * F:(g + 1) * F, i * dh:i * dh + _spread(H, sh):sh, j * dw:j * dw + _spread(W, sw):sw] += np.einsum('nchw,cf->nfhw', input[:, g * per:(g + 1) * per], weight[g * per:(g + 1) * per, :, i, j])
    out = out[:, :, ph:out.shape[2] - ph, pw:out.shape[3] - pw]
    return out if bias is None else out + np.reshape(bias, (1, F * groups, 1, 1))
`;

/** \`torch.nn.grad\`: what a convolution hands back, for the shapes of its input and its weight. */
export const convolutionGradText = `
import numpy as np
from torch.nn.functional import conv_transpose2d, _pair, _spread

def conv2d_input(input_size, weight, grad_output, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    ends = [input_size[2 + i] + 2 * p - (_spread(grad_output.shape[2 + i], s) + _spread(weight.shape[2 + i], d) - 1) for i, p, s, d in ((0, ph, sh, dh), (1, pw, sw, dw))]
    return conv_transpose2d(grad_output, weight, None, stride, padding, tuple(ends), groups, dilation)
def conv2d_weight(input, weight_size, grad_output, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (ph, pw), (dh, dw) = _pair(stride), _pair(padding), _pair(dilation)
    F, C, KH, KW = weight_size
    OH, OW = grad_output.shape[2], grad_output.shape[3]
    x = np.pad(input, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad = np.zeros(tuple(weight_size))
    for g in range(groups):
        own = slice(g * (F // groups), (g + 1) * (F // groups))
        for i in range(KH):
            for j in range(KW):
                seen = x[:, g * C:(g + 1) * C, i * dh:i * dh + _spread(OH, sh):sh, j * dw:j * dw + _spread(OW, sw):sw]
                grad[own, :, i, j] = np.einsum('nchw,nfhw->fc', seen, grad_output[:, own])
    return grad
`;

/** \`torch.autograd\`, and \`torch.nn\` as far as layers are inert. */
export const autogradText = `
import numpy as np

class Context:
    def save_for_backward(self, *tensors):
        self.saved_tensors = self.saved_variables = tensors
    def mark_dirty(self, *tensors): pass
    def mark_non_differentiable(self, *tensors): pass
    def set_materialize_grads(self, value): pass

class Function(Context):
    @classmethod
    def apply(cls, *args, **keywords): return cls.forward(Context(), *args, **keywords)
    def __call__(self, *args): return self.forward(*args)
InplaceFunction = Function

class Module:
    def __init__(self, *args, **keywords): pass
    def __call__(self, *args, **keywords): return self.forward(*args, **keywords)
    def register_buffer(self, name, value): setattr(self, name, value)
    def register_parameter(self, name, value): setattr(self, name, value)
    def parameters(self): return []
    def train(self, mode=True): return self
    def eval(self): return self
    training = True

class Sigmoid(Module):
    def forward(self, x): return 1.0 / (1.0 + np.exp(-x))
class Tanh(Module):
    def forward(self, x): return np.tanh(x)
class ReLU(Module):
    def forward(self, x): return np.maximum(x, 0)

def Parameter(data=None, requires_grad=True): return data
def Variable(data, requires_grad=False, volatile=False): return data
def once_differentiable(function): return function
def gradcheck(*args, **keywords): return True
gradgradcheck = gradcheck
`;
