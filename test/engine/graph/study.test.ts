/** Answers about a recorded run, against closed forms: Jacobians, costs, central differences, second derivatives. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {Graph} from '../../../engine/graph/graph.ts';
import type {Answer, CostAnswer, CurvatureAnswer, JacobianAnswer, Question, StepAnswer, ValuesAnswer} from '../../../engine/graph/study.ts';
import {createProject} from '../../../engine/project.ts';

interface Asked {
  readonly graph: Graph;
  readonly ask: (question: Question) => Answer;
  readonly id: (name: string) => string;
}

function asked(text: string): Asked {
  const project = createProject({readFile: () => null, now: () => 0});
  project.update('a.py', text);
  const units = project.analyze('a.py');
  let step = units.next();
  while (step.done !== true) step = units.next();
  const {name} = step.value.pairs[0].report;
  const graph = project.graphOf('a.py', name)!;
  return {
    graph,
    ask(question) {
      const answer = project.studyOf('a.py', name, question);
      assert.ok(answer !== null);
      return answer;
    },
    id: (of) => graph.nodes.findLast(({names, label}) => names[0] === of || label === of)!.id,
  };
}

function close(actual: number, expected: number, what: string, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected)), `${what}: ${actual}, not ${expected}`);
}

const pair = (line: string, backward: string, inputs = 'x (N, D)'): string => `import numpy as np
# backprop: ${inputs}
def layer_forward(${inputs.replace(/ \([^)]*\)/g, '')}):
    ${line}
    return out, (${inputs.replace(/ \([^)]*\)/g, '')},)

def layer_backward(dout, cache):
    ${backward}
`;

const sigmoid = pair('out = 1 / (1 + np.exp(-x))', '(x,) = cache\n    s = 1 / (1 + np.exp(-x))\n    return dout * s * (1 - s)');
const affine = pair('out = x.dot(w)', 'x, w = cache\n    return dout.dot(w.T), x.T.dot(dout)', 'x (N, D), w (D, M)');
const softmax = pair('e = np.exp(x)\n    out = e / e.sum(axis=1, keepdims=True)', '(x,) = cache\n    e = np.exp(x)\n    p = e / e.sum(axis=1, keepdims=True)\n    return p * (dout - (dout * p).sum(axis=1, keepdims=True))');
const example = (name: string): string => readFileSync(new URL(`../../../examples/${name}.py`, import.meta.url), 'utf8');

function numbersOf({ask, id}: Asked, name: string): ValuesAnswer {
  return ask({about: 'values', node: id(name)}) as ValuesAnswer;
}

describe('the Jacobian', () => {
  const of = (text: string, from: string, to: string): {answer: JacobianAnswer; study: Asked} => {
    const study = asked(text);
    return {study, answer: study.ask({about: 'jacobian', from: study.id(from), to: study.id(to)}) as JacobianAnswer};
  };

  it('of a sigmoid is s (1 - s) on the diagonal', () => {
    const {answer, study} = of(sigmoid, 'x', 'out');
    const s = numbersOf(study, 'out').value.numbers;
    assert.deepEqual([answer.rows, answer.columns, answer.connected, answer.structure], [s.length, s.length, s.length, 'diagonal']);
    answer.entries.forEach((entry, i) => {
      const [row, column] = [Math.floor(i / s.length), i % s.length];
      if (row === column) close(entry!, s[row] * (1 - s[row]), `entry ${row}`);
      else assert.equal(entry, null);
    });
  });

  it('of x @ w by x has w.T in a block for each row of x', () => {
    const {answer, study} = of(affine, 'x', 'out');
    const w = numbersOf(study, 'w').value;
    const [n, m] = [numbersOf(study, 'x').value.rows, w.columns];
    assert.deepEqual([answer.rows, answer.columns, answer.connected, answer.structure], [n * m, n * w.rows, n * m * w.rows, 'blocks']);
    answer.entries.forEach((entry, i) => {
      const [row, column] = [Math.floor(i / answer.columns), i % answer.columns];
      if (Math.floor(row / m) === Math.floor(column / w.rows)) close(entry!, w.numbers[(column % w.rows) * m + row % m], `entry ${row} ${column}`);
      else assert.equal(entry, null);
    });
  });

  it('of a softmax is diag(p) - p p.T in each row', () => {
    const {answer, study} = of(softmax, 'x', 'out');
    const p = numbersOf(study, 'out').value;
    answer.entries.forEach((entry, i) => {
      const [row, column] = [Math.floor(i / answer.columns), i % answer.columns];
      if (Math.floor(row / p.columns) === Math.floor(column / p.columns)) close(entry!, (row === column ? p.numbers[row] : 0) - p.numbers[row] * p.numbers[column], `entry ${row} ${column}`);
      else assert.equal(entry, null);
    });
  });

  it('has nothing where one value does not come from the other', () => {
    assert.equal(of(affine, 'x', 'w').answer.structure, 'none');
  });
});

describe('costs', () => {
  it('of a matrix product are N*D*M multiplications, and twice that for the way back', () => {
    const study = asked(affine);
    const {nodes} = study.ask({about: 'cost'}) as CostAnswer;
    assert.deepEqual(nodes, [{node: study.id('out'), forward: ['N', 'D', 'M'], backward: ['N', 2, 'D', 'M']}]);
  });

  it('keep their letters where the sizes have one product in every run', () => {
    const study = asked(pair('h = np.maximum(0, x.dot(w) + b)\n    out = h.dot(v)', `x, w, b, v = cache
    h = np.maximum(0, x.dot(w) + b)
    dh = dout.dot(v.T) * (h > 0)
    return dh.dot(w.T), x.T.dot(dh), dh.sum(axis=0), h.T.dot(dout)`, 'x (N, D), w (D, H), b (H,), v (H, C)'));
    const {nodes} = study.ask({about: 'cost'}) as CostAnswer;
    const products = nodes.map(({forward}) => forward).filter((factors) => factors.length === 3);
    assert.deepEqual(products, [['N', 'D', 'H'], ['N', 'H', 'C']]);
  });

  it('of a sum are none', () => {
    const study = asked(pair('out = x + x', '(x,) = cache\n    return 2 * dout'));
    assert.deepEqual((study.ask({about: 'cost'}) as CostAnswer).nodes.map(({forward, backward}) => [forward, backward]), [[[0], [0]]]);
  });
});

describe('the error of a central difference', () => {
  it('falls with the square of the step, until rounding takes over', () => {
    const study = asked(sigmoid);
    const {points, exact, element, elements} = study.ask({about: 'step', of: 'x', element: 2}) as StepAnswer;
    const x = numbersOf(study, 'x');
    assert.deepEqual([element, elements], [2, x.value.numbers.length]);
    close(exact, x.gradient.numbers[2], 'the exact derivative');
    const errorAt = (h: number): number => Math.abs(points.find((point) => Math.abs(Math.log10(point.h / h)) < 0.01)!.estimate - exact);
    close(errorAt(1e-1) / errorAt(1e-2), 100, 'ten times the step is a hundred times the error', 0.1);
    assert.ok(errorAt(1e-13) > 100 * errorAt(1e-5), 'rounding');
    assert.ok(points.every(({kink}) => !kink));
  });

  it('takes the element with the largest gradient when none is named, and elements of lists', () => {
    const study = asked(sigmoid);
    const {element} = study.ask({about: 'step', of: 'x', element: -1}) as StepAnswer;
    const {numbers} = numbersOf(study, 'x').gradient;
    assert.equal(Math.abs(numbers[element]), Math.max(...numbers.map(Math.abs)));
    const neuron = asked(example('sigmoid_neuron')).ask({about: 'step', of: 'w[0]', element: -1}) as StepAnswer;
    close(neuron.exact, -0.19661193324148185, 'dw[0]');
  });

  it('says where a step crosses a kink', () => {
    const {points} = asked('import numpy as np\nx = 0.05\ny = np.maximum(0, x)\nf = y * 3\ndy = 3.0\ndx = dy * (x > 0)\n').ask({about: 'step', of: 'x', element: 0}) as StepAnswer;
    assert.deepEqual([points[0].h, points[0].kink, points.at(-1)!.kink], [0.1, true, false]);
  });
});

describe('second derivatives', () => {
  const of = (text: string, input: string): CurvatureAnswer => asked(text).ask({about: 'curvature', of: input}) as CurvatureAnswer;

  it('are those of the closed form', () => {
    const study = asked('x = 1.5\nf = x ** 3\ndx = 3 * x ** 2\n');
    const {direction, product, error, problem} = study.ask({about: 'curvature', of: 'x'}) as CurvatureAnswer;
    close(product[0], 6 * 1.5 * direction[0], 'f\'\' of x**3');
    assert.ok(error! < 1e-8 && problem === '');
  });

  it('agree with differences of the gradient for every operation that has a code of its own', () => {
    const lines = [
      'np.exp(x)', 'np.log(2 + x ** 2)', 'np.sqrt(3 + np.sin(x))', 'np.cos(x) * x', 'np.tan(x / 4)', 'np.arcsin(x / 9)', 'np.arccos(x / 9)', 'np.arctan(x)',
      'np.sinh(x)', 'np.cosh(x)', 'np.tanh(x)', 'np.arcsinh(x)', 'np.arccosh(3 + np.cos(x))', 'np.arctanh(x / 9)', 'np.expm1(x)', 'np.log1p(x ** 2)',
      '1 / (2 + np.exp(x))', 'x / (3 + np.cos(x))', '(x ** 2 + 1) ** 1.5', '2.0 ** x', '(2 + np.cos(x)) ** x', 'np.hypot(x, np.exp(x))', 'np.arctan2(x, 2 + x ** 2)',
      'np.square(x)', 'np.log2(3 + x ** 2)', 'np.exp2(x)', 'np.reciprocal(4 + x)', 'np.abs(x) * x', 'np.maximum(0, x) ** 2', 'x.T.dot(x)', '-x * x - x',
    ];
    for (const line of lines) {
      const {error, problem, product} = of(pair(`out = ${line}`, '(x,) = cache\n    return dout'), 'x');
      assert.ok(error !== null && error < 1e-5 && problem === '' && product.some((value) => value !== 0), `${line}: ${error} ${problem}`);
    }
  });

  it('of a loss are checked too, and of what is straight are zero', () => {
    assert.ok(of(example('losses'), 'x').error! < 1e-5);
    const {product, error} = of(pair('out = 3 * x', '(x,) = cache\n    return 3 * dout'), 'x');
    assert.deepEqual([[...new Set(product)], error], [[0], 0]);
  });

  it('say so when the tape keeps too little', () => {
    assert.match(of(pair('out = np.logaddexp(x, 1)', '(x,) = cache\n    return dout'), 'x').problem, /only the slope is kept/);
  });

  it('make the graph of the gradient larger than that of the value, and their own larger still', () => {
    const {forward, gradient, product} = of(affine, 'w').operations;
    assert.ok(forward > 0 && gradient > forward && product > gradient);
  });
});

describe('the numbers of a value', () => {
  it('come with the true gradient and the user\'s', () => {
    const study = asked(example('affine_wrong'));
    const w = numbersOf(study, 'w');
    assert.deepEqual([w.value.rows * w.value.columns, w.gradient.numbers.length], [w.value.numbers.length, w.value.numbers.length]);
    assert.ok(numbersOf(study, 'x').off! < 1e-12);
  });

  it('come with what each operand gets back, in the user\'s names', () => {
    assert.deepEqual(numbersOf(asked(affine), 'out').formulas, [
      {node: 'input x', left: '\\frac{\\partial L}{\\partial x}', right: '\\frac{\\partial L}{\\partial \\mathit{out}}\\, w^{\\top}', where: ''},
      {node: 'input w', left: '\\frac{\\partial L}{\\partial w}', right: 'x^{\\top}\\, \\frac{\\partial L}{\\partial \\mathit{out}}', where: ''},
    ]);
    // What has no name is not called by the parameter's, which may be another value's.
    assert.deepEqual(numbersOf(asked(pair('out = np.tanh(x * 2 + 1)', '(x,) = cache\n    return dout')), 'out').formulas.map(({left, where}) => [left, where]), [
      ['\\frac{\\partial L}{\\partial u}', 'u is the value of + 1 before'],
    ]);
    assert.deepEqual(numbersOf(asked(pair('out = np.maximum(0, x)', '(x,) = cache\n    return dout * (x > 0)')), 'out').formulas.map(({node}) => node), ['input x']);
  });

  it('are null for what is not there', () => {
    const project = createProject({readFile: () => null, now: () => 0});
    assert.equal(project.studyOf('a.py', 'affine', {about: 'cost'}), null);
  });
});
