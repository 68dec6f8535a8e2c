/** Operations of graph libraries: `compute(self, *inputs)`, packages whose files import each other, operations that call others. */
import assert from 'node:assert/strict';
import type {PairReport} from '../../../engine/check/report.ts';
import {analyse, check, emptyProject, told} from './checking.ts';

const tensor = `import numpy as np
import pond

class Op:
    def tensor(self, *inputs):
        return Tensor(self.compute(*inputs), inputs)

class Tensor:
    def __init__(self, data, inputs=()):
        self._data = np.array(data)
        self.inputs = inputs

    def value(self):
        return self._data

    @property
    def shape(self):
        return self._data.shape

    def __mul__(self, other):
        return pond.ops.times(self, other)
`;

const ops = (gradient: string): string => `from .tensor import Op, Tensor

class Times(Op):
    def compute(self, *inputs):
        a = inputs[0].value()
        b = inputs[1].value()
        return a * b

    def gradients(self, node, outGrad):
        a, b = node.inputs
        return outGrad * b, ${gradient}

class Doubled(Op):
    def compute(self, *inputs):
        return inputs[0].value() * 2

    def gradients(self, node, outGrad):
        return Tensor(outGrad.value() * 2)

def times(a, b):
    return Times().tensor(a, b)
`;

function pondOf(text: string): PairReport[] {
  const project = emptyProject({'/p/pond/__init__.py': 'from .tensor import *\nfrom .ops import *\n', '/p/pond/tensor.py': tensor});
  project.update('/p/pond/ops.py', text);
  return [...analyse(project, '/p/pond/ops.py').analysis.report.pairs];
}

describe('an operation of a package whose files import each other', () => {
  it('is judged, its inputs named as the body names them', () => {
    const [times, doubled] = pondOf(ops('outGrad * a'));
    assert.equal(times.verdict, 'agrees', told(times));
    assert.deepEqual(times.gradients.map(({of}) => of), ['a', 'b']);
    assert.equal(doubled.verdict, 'agrees', told(doubled));
    assert.deepEqual(doubled.gradients.map(({of}) => of), ['inputs_0']);
  });

  it('is blamed for a wrong gradient', () => {
    const [times] = pondOf(ops('outGrad * b'));
    assert.equal(times.verdict, 'disagrees', told(times));
    assert.deepEqual(times.gradients.filter(({verdict}) => verdict === 'disagrees').map(({of}) => of), ['b']);
  });
});

describe('an operation on arrays', () => {
  const text = (gradients: string, unpacking = 'a, b = inputs'): string => `import numpy as np

class Scaled:
    def __init__(self, scalar):
        self.scalar = scalar

    def compute(self, *inputs):
        ${unpacking}
        return a * b * self.scalar

    def gradient(self, out_grad, node):
        a, b = node.inputs
        return ${gradients}
`;

  it('takes as many inputs as its body unpacks', () => {
    const [pair] = check(text('out_grad * b * self.scalar, out_grad * a * self.scalar')).report.pairs;
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({name}) => name), ['a', 'b']);
    assert.equal(pair.gradients.length, 2);
    const [wrong] = check(text('out_grad * b * self.scalar, out_grad * a')).report.pairs;
    assert.deepEqual(wrong.gradients.filter(({verdict}) => verdict === 'disagrees').map(({of}) => of), ['b'], told(wrong));
  });

  it('is not blamed for a gradient too many, which the library drops', () => {
    const one = (gradients: string): PairReport => check(`import numpy as np

class Halved:
    def __init__(self, scalar):
        self.scalar = scalar

    def compute(self, a):
        return a / self.scalar

    def gradient(self, out_grad, node):
        a, = node.inputs
        a_grad = out_grad / self.scalar
        b_grad = -a / self.scalar ** 2
        return ${gradients}
`).report.pairs[0];
    assert.equal(one('a_grad, b_grad').verdict, 'agrees', told(one('a_grad, b_grad')));
    assert.equal(one('b_grad, a_grad').verdict, 'disagrees', told(one('b_grad, a_grad')));
  });
});

describe('a function of a library', () => {
  const files = {
    '/p/pebbles/tensor.py': 'import numpy as np\nimport pebbles.functional as F\n\nclass Function:\n    pass\n\nclass Tensor:\n    def __init__(self, data):\n        self.data = np.array(data)\n\n    def __mul__(self, other):\n        return F.Times.forward(None, self, other)\n',
    '/p/pebbles/__init__.py': '',
  };
  const text = `import numpy as np
from pebbles.tensor import Function, Tensor

class Squared(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return Tensor(grad_output.data * 2 * x.data)

class Times(Function):
    @staticmethod
    def forward(ctx, a, b):
        return Tensor(a.data * b.data)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output, grad_output
`;

  it('calls the others through the tensors', () => {
    const project = emptyProject(files);
    project.update('/p/pebbles/functional.py', text);
    const pair = analyse(project, '/p/pebbles/functional.py').analysis.report.pairs.find(({name}) => name === 'Squared');
    assert.ok(pair);
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});

describe('a name that a run leaves out', () => {
  it('is unknown when another file asks for it, and no mistake', () => {
    const project = emptyProject({'/p/tools.py': 'import layers\n\ndef bent(x):\n    return layers.folded(x)\n'});
    project.update('/p/layers.py', 'import numpy as np\nfrom tools import bent\n\ndef fold_forward(x):\n    return bent(x) * 2, x\n\ndef fold_backward(dout, cache):\n    return dout * 2\n\ndef folded(x):\n    return x\n');
    const [pair] = analyse(project, '/p/layers.py').analysis.report.pairs;
    assert.equal(pair.verdict, 'unsupported', told(pair));
    assert.match(pair.reason, /layers\.folded/);
  });
});

describe('a power of any number', () => {
  it('is taken of positive numbers', () => {
    const [pair] = check(`import numpy as np

class Power:
    def forward(self, x, z):
        self.x, self.z = x, z
        return x ** z

    def backward(self, dout):
        dx = dout * self.z * self.x ** (self.z - 1)
        dz = dout * self.x ** self.z * np.log(self.x)
        return dx, dz
`).report.pairs;
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});
