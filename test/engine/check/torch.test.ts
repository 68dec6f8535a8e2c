/** torch.autograd.Functions that use more of torch than elementwise arithmetic: convolutions, padding, scans in place, settings. */
import assert from 'node:assert/strict';
import {check, checkPair, gradientOf, told} from './checking.ts';

/** A convolution said in loops, with the library's own gradients behind it. */
const looped = `import torch
import torch.nn.functional as F

class SlowConv(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias, stride=2, padding=1):
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.padding = stride, padding
        N, C, H, W = x.shape
        O, _, KH, KW = weight.shape
        rows = (H + 2 * padding - KH) // stride + 1
        columns = (W + 2 * padding - KW) // stride + 1
        out = torch.zeros(N, O, rows, columns)
        wide = F.pad(x, (padding, padding, padding, padding))
        for i in range(rows):
            for j in range(columns):
                seen = wide[:, :, i * stride:i * stride + KH, j * stride:j * stride + KW]
                for o in range(O):
                    out[:, o, i, j] = (seen * weight[o]).sum(dim=(1, 2, 3)) + bias[o]
        return out

    @staticmethod
    def backward(ctx, grad_output):
        x, weight = ctx.saved_tensors
        grad_x = torch.nn.grad.conv2d_input(x.shape, weight, grad_output, stride=ctx.stride, padding=ctx.padding)
        grad_weight = torch.nn.grad.conv2d_weight(x, weight.shape, grad_output, stride=ctx.stride, padding=ctx.padding)
        return grad_x, grad_weight, grad_output.sum(dim=(0, 2, 3)), None, None
`;

/** The same with the library's convolution in front. */
const grouped = `import torch
from torch.nn import functional as F

class GroupedConv(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, kernel):
        ctx.save_for_backward(x, kernel)
        wide = torch.cat((x, x * x), dim=1)
        return F.conv2d(wide, torch.cat((kernel, kernel), dim=0), None, 1, 2, 2, 2)

    @staticmethod
    def backward(ctx, grad_output):
        x, kernel = ctx.saved_tensors
        wide = torch.cat((x, x * x), dim=1)
        both = torch.cat((kernel, kernel), dim=0)
        grad_wide = torch.nn.grad.conv2d_input(wide.shape, both, grad_output, 1, 2, 2, 2)
        grad_both = torch.nn.grad.conv2d_weight(wide, both.shape, grad_output, 1, 2, 2, 2)
        C, K = x.shape[1], kernel.shape[0]
        grad_x = grad_wide[:, :C] + 2 * x * grad_wide[:, C:]
        return grad_x, grad_both[:K] + grad_both[K:]
`;

const transposed = `import torch
import torch.nn.functional as F

class Valid(torch.autograd.Function):
    @staticmethod
    def forward(ctx, picture, taps):
        ctx.save_for_backward(picture, taps)
        return F.conv2d(picture, taps)

    @staticmethod
    def backward(ctx, grad_output):
        picture, taps = ctx.saved_tensors
        back = F.conv2d(picture.transpose(0, 1), grad_output.transpose(0, 1)).transpose(0, 1)
        return F.conv_transpose2d(grad_output, taps), back
`;

const normalised = `import torch

class Normalise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, gamma, training, dilation):
        n, d = x.shape
        centred = x - x.mean(dim=0)
        var = torch.einsum('nd,nd->d', (centred, centred)) / n
        var.unsqueeze_(0)
        scale = 1 / torch.sqrt(var + 1e-5)
        ctx.save_for_backward(centred * scale, scale, gamma)
        return centred * scale * gamma

    @staticmethod
    def backward(ctx, grad_output):
        grad_x, grad_gamma, grad_training, grad_dilation = None, None, None, None
        xhat, scale, gamma = ctx.saved_tensors
        inner = grad_output * gamma
        grad_x = scale * (inner - inner.mean(dim=0) - xhat * (inner * xhat).mean(dim=0))
        grad_gamma = (grad_output * xhat).sum(dim=0)
        return grad_x, grad_gamma, grad_training, grad_dilation
`;

const scan = `import torch

class Running(torch.autograd.Function):
    @staticmethod
    def add_up(X):
        step = 1
        while step < X.size(1):
            late = X[:, step:].clone()
            late.add_(X[:, :X.size(1) - step])
            X[:, step:] = late
            X[:, X.size(1):].add_(X[:, X.size(1):])
            step *= 2

    @staticmethod
    def forward(ctx, x):
        out = x.clone()
        Running.add_up(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        grad = grad_output.flip(1)
        Running.add_up(grad)
        return grad.flip(1)
`;

describe('a torch.autograd.Function that convolves', () => {
  it('is judged with the library\'s gradients for a convolution in loops', () => {
    const pair = checkPair(looped);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['x', 'weight', 'bias']);
  });

  it('is wrong with gradients for another stride', () => {
    const pair = checkPair(looped.replace('x.shape, weight, grad_output, stride=ctx.stride', 'x.shape, weight, grad_output, stride=1'));
    assert.notEqual(pair.verdict, 'agrees', told(pair));
  });

  it('is judged with groups, dilation and padding', () => {
    const pair = checkPair(grouped);
    assert.equal(pair.verdict, 'agrees', told(pair));
  });

  it('is judged with a transposed convolution, on images no smaller than the filters', () => {
    const pair = checkPair(transposed);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({shape}) => shape), [['N', 'C', 'H', 'W'], ['F', 'C', 'HH', 'WW']]);
    const wrong = checkPair(transposed.replace('F.conv_transpose2d(grad_output, taps)', 'F.conv_transpose2d(grad_output, taps.flip(2))'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
    assert.equal(gradientOf(wrong, 'taps').verdict, 'agrees');
  });
});

describe('a torch.autograd.Function', () => {
  it('may give its settings names that stay None, and its operands in a tuple', () => {
    const pair = checkPair(normalised);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['x', 'gamma']);
  });

  it('is unfinished where the gradient of a weight stays None', () => {
    const pair = checkPair(normalised.replace('        grad_gamma = (grad_output * xhat).sum(dim=0)\n', ''));
    assert.equal(pair.verdict, 'incomplete', told(pair));
  });

  it('may write in place into slices that are empty', () => {
    const pair = checkPair(scan);
    assert.equal(pair.verdict, 'agrees', told(pair));
  });

  it('is judged for both arguments where it returns one name twice', () => {
    const text = (second: string): string => `import torch

class Both(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        return a + b${second}

    @staticmethod
    def backward(ctx, grad):
        return grad, grad
`;
    assert.equal(checkPair(text('')).verdict, 'agrees');
    const {report} = check(text(' * 2'));
    assert.equal(report.pairs[0].verdict, 'disagrees', told(report.pairs[0]));
    assert.equal(gradientOf(report.pairs[0], 'a').verdict, 'agrees');
    assert.equal(gradientOf(report.pairs[0], 'b').verdict, 'disagrees');
  });
});

describe('tensors that gradients are hung on', () => {
  const text = `import torch

class Linear:
    def __init__(self, w, b): self.w, self.b = w, b
    def __call__(self, inp):
        self.inp = inp
        self.out = inp @ self.w + self.b
        return self.out
    def backward(self):
        self.inp.g = self.out.g @ self.w.t()
        self.w.g = self.inp.t() @ self.out.g
        self.b.g = self.out.g.sum(0)
`;

  it('are judged as if they were handed on', () => {
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of).toSorted(), ['inp', 'self.b', 'self.w']);
    const wrong = checkPair(text.replace('self.out.g.sum(0)', 'self.out.g.sum()'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('may be arguments of the backward, and the output is one that is only read', () => {
    const other = `import torch

class Leaky:
    def forward(self, inp): return inp.clamp_min(0.) + 0.1 * inp.clamp_max(0.)
    def bwd(self, out, inp): inp.g = ((inp > 0).float() + 0.1 * (inp <= 0).float()) * out.g
`;
    const pair = checkPair(other);
    assert.equal(pair.verdict, 'agrees', told(pair));
    const wrong = checkPair(other.replace('+ 0.1 * (inp <= 0).float()', ''));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('are not held against a loss that is meant for one column', () => {
    const pair = checkPair(`import torch

class Mse:
    def __call__(self, inp, targ):
        self.inp, self.targ = inp, targ
        self.out = (inp[:, 0] - targ).pow(2).mean()
        return self.out
    def backward(self):
        self.inp.g = 2. * (self.inp.squeeze() - self.targ).unsqueeze(-1) / self.targ.shape[0]
`);
    assert.notEqual(pair.verdict, 'disagrees', told(pair));
  });
});

describe('a script with tensors', () => {
  const text = `import torch
import torch.nn.functional as F

g = torch.Generator().manual_seed(2147483647)
C = torch.randn((7, 3), generator=g)
W = torch.randn((6, 7), generator=g) * 0.3
for p in [C, W]:
    p.requires_grad = True
ix = torch.randint(0, 7, (5, 2), generator=g)
y = torch.randint(0, 7, (5,), generator=g)
emb = C[ix]
flat = emb.view(emb.shape[0], -1)
logits = flat @ W
maxes = logits.max(1, keepdim=True).values
norm = logits - maxes
counts = norm.exp()
total = counts.sum(1, keepdims=True)
probs = counts / total
loss = -probs.log()[range(5), y].mean()
for t in [emb, flat, logits]:
    t.retain_grad()
loss.backward()
dlogits = probs.clone()
dlogits[range(5), y] -= 1
dlogits /= 5
dflat = dlogits @ W.T
dW = flat.T @ dlogits
demb = dflat.view(emb.shape)
dC = torch.zeros_like(C)
for k in range(ix.shape[0]):
    for j in range(ix.shape[1]):
        ix_kj = ix[k, j]
        dC[ix_kj] += demb[k, j]
`;

  it('draws with a generator, takes values and places of a maximum, and adds up in loops', () => {
    for (const right of [text, text.replaceAll('ix_kj', 'row').replace('row = ix', 'y = ix').replace('dC[row]', 'dC[y]')]) {
      const pair = checkPair(right);
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.ok(pair.gradients.some(({of}) => of === 'C'), told(pair));
    }
    const wrong = checkPair(text.replace('dC[ix_kj] += demb', 'dC[ix_kj] = demb'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});
