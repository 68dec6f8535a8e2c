/** The graph of a run, from the text on: the numbers of the lecture slides, folding, groups, what the user computes. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {Graph, GraphNode} from '../../../engine/graph/graph.ts';
import {createProject} from '../../../engine/project.ts';
import type {Project} from '../../../engine/project.ts';

function projectOf(text: string): {project: Project; pairs: readonly string[]} {
  const project = createProject({readFile: () => null, now: () => 0});
  project.update('a.py', text);
  return {project, pairs: analyze(project)};
}

function analyze(project: Project): readonly string[] {
  const units = project.analyze('a.py');
  let step = units.next();
  while (step.done !== true) step = units.next();
  return step.value.pairs.map(({report}) => report.name);
}

function graphOf(text: string, opened: readonly string[] = []): Graph {
  const {project, pairs} = projectOf(text);
  const graph = project.graphOf('a.py', pairs[0], {opened});
  assert.ok(graph !== null);
  return graph;
}

const example = (name: string): string => readFileSync(new URL(`../../../examples/${name}.py`, import.meta.url), 'utf8');
const two = (numbers: readonly number[]): string => numbers.map((number) => number.toFixed(2)).join(' ');

function find(graph: Graph, name: string): GraphNode {
  const node = graph.nodes.find(({names, label}) => names[0] === name || label === name);
  assert.ok(node !== undefined, `no ${name}`);
  return node;
}

const loop = `import numpy as np
# backprop: x (N, T, D), W (D, D)
def scan_forward(x, W):
    N, T, D = x.shape
    h = np.zeros((N, D))
    for t in range(T):
        h = np.tanh(x[:, t] + h.dot(W))
    return h, (x, W)

def scan_backward(dh, cache):
    x, W = cache
    return np.zeros_like(x), np.zeros_like(W)
`;

const helper = `import numpy as np
def affine(x, w):
    return x.dot(w)

# backprop: x (N, D), w1 (D, H), w2 (H, C)
def net_forward(x, w1, w2):
    a = affine(x, w1)
    h = np.maximum(0, a)
    out = affine(h, w2)
    return out, (x, w1, w2, a, h)

def net_backward(dout, cache):
    x, w1, w2, a, h = cache
    dw2 = h.T.dot(dout)
    dh = dout.dot(w2.T)
    da = dh * (a > 0)
    dw1 = x.T.dot(da)
    dx = da.dot(w1.T)
    return dx, dw1, dw2
`;

describe('the graph of a pair', () => {
  it('has the numbers of f = (x + y) z', () => {
    const graph = graphOf(example('circuit'));
    assert.deepEqual(graph.nodes.map(({label, names, first, gradient}) => [label, names[0], two(first), two(gradient)]), [
      ['x', 'x', '-2.00', '-4.00'], ['y', 'y', '5.00', '-4.00'], ['z', 'z', '-4.00', '3.00'],
      ['+', 'q', '3.00', '-4.00'], ['×', 'f', '-12.00', '1.00'],
    ]);
    assert.ok(graph.nodes.every(({user}) => user?.status === 'agrees'));
  });

  it('has the numbers of the sigmoid neuron along its chain', () => {
    const graph = graphOf(example('sigmoid_neuron'));
    const chain = graph.nodes.slice(-5);
    assert.deepEqual(chain.map(({label}) => label), ['+', '−1 ×', 'exp', '1 +', '1 ÷']);
    assert.deepEqual(chain.map(({first}) => two(first)), ['1.00', '-1.00', '0.37', '1.37', '0.73']);
    assert.deepEqual(chain.map(({gradient}) => two(gradient)), ['0.20', '-0.20', '-0.53', '-0.53', '1.00']);
    assert.equal(two(find(graph, 'w[0]').gradient), '-0.20');
    assert.equal(two(find(graph, 'x[0]').gradient), '0.39');
    assert.equal(find(graph, 'x[0]').user?.name, 'dx[0]');
  });

  it('gives each edge its part of the gradient, and single numbers their local derivative', () => {
    const {edges} = graphOf('x = 3.0\ny = x * 2\nf = x * y\ndf = 1.0\ndy = x * df\ndx = y * df + 2 * dy\n');
    const fromX = edges.filter(({from}) => from === 'input x');
    assert.deepEqual(fromX.map(({contribution, local}) => [contribution[0], local]), [[6, 2], [6, 6]]);
  });

  it('names shapes with the letters of the user', () => {
    const graph = graphOf(example('affine_wrong'));
    assert.deepEqual(find(graph, 'w').shape, ['D', 'M']);
    assert.deepEqual(find(graph, 'out').shape, ['N', 'M']);
  });

  it('marks what the backward pass needs', () => {
    const {nodes} = graphOf(example('circuit'));
    assert.deepEqual(nodes.filter(({saved}) => saved).map(({names}) => names[0]), ['z', 'q']);
  });

  it('says what is wrong only where the report says so', () => {
    const graph = graphOf(example('affine_wrong'));
    assert.deepEqual(graph.nodes.map(({label, user}) => [label, user?.status ?? null]).slice(0, 3), [['x', 'agrees'], ['w', 'disagrees'], ['b', 'disagrees']]);
  });

  it('folds the iterations of a loop, and carries what comes from the one before', () => {
    const graph = graphOf(loop);
    const tanh = find(graph, 'tanh');
    assert.equal(tanh.count, 'T');
    assert.deepEqual(graph.groups.map(({id, kind, count}) => [id, kind, count]), [['>for t', 'loop', 'T']]);
    assert.deepEqual(graph.edges.filter(({carried}) => carried).map(({from}) => from), [tanh.id]);
  });

  it('opens loops on demand', () => {
    const folded = graphOf(loop);
    const graph = graphOf(loop, ['>for t']);
    const steps = graph.nodes.filter(({label}) => label === 'tanh');
    assert.ok(steps.length > 1);
    assert.equal(find(folded, 'tanh').count, 'T');
    assert.deepEqual(graph.groups.map(({label, kind}) => [label, kind]), [['for t', 'loop'], ...steps.map((_, i) => [`t = ${i}`, 'iteration'])]);
    assert.deepEqual(steps.map(({group}) => group), steps.map((_, i) => `>for t>t = ${i}`));
    assert.ok(graph.edges.every(({carried}) => !carried));
  });

  it('groups what calls of the user\'s functions do', () => {
    const graph = graphOf(helper);
    assert.deepEqual(graph.groups.map(({id, label}) => [id, label]), [['>affine', 'affine'], ['>affine 2', 'affine']]);
    assert.deepEqual(graph.nodes.filter(({kind}) => kind === 'operation').map(({label, names, group}) => [label, names[0], group]), [
      ['@', 'a', '>affine'], ['max', 'h', null], ['@', 'out', '>affine 2'],
    ]);
  });

  it('lists what an edge comes from before what it goes to', () => {
    for (const name of ['batchnorm', 'convolution', 'matrix_network', 'losses']) {
      const {nodes, edges} = graphOf(example(name));
      const at = new Map(nodes.map(({id}, i) => [id, i]));
      assert.equal(at.size, nodes.length, 'ids are unique');
      assert.ok(edges.every(({from, to, carried}) => carried || at.get(from)! < at.get(to)!), name);
    }
  });

  it('keeps ids while another line is written, and follows the text without judging again', () => {
    const {project, pairs} = projectOf(helper);
    const before = project.graphOf('a.py', pairs[0])!;
    project.update('a.py', `# a comment\n${helper}`);
    const moved = project.graphOf('a.py', pairs[0])!;
    assert.deepEqual(moved.nodes.map(({span}) => span?.start), before.nodes.map(({span}) => span === null ? undefined : span.start + 12));
    project.update('a.py', helper.replace('    return out,', '    scaled = out * 2\n    return scaled,'));
    analyze(project);
    const after = project.graphOf('a.py', pairs[0])!;
    assert.deepEqual(after.nodes.map(({id}) => id).slice(0, before.nodes.length), before.nodes.map(({id}) => id));
  });

  it('is null for what has not been judged', () => {
    const {project, pairs} = projectOf(helper);
    assert.equal(project.graphOf('a.py', 'nothing'), null);
    const broken = projectOf(example('circuit').replace('q = x + y', 'q = x + undefined_name'));
    assert.equal(broken.project.graphOf('a.py', broken.pairs[0]), null, 'nothing came of the forward pass');
    project.update('a.py', helper.replace('maximum(0', 'maximum(1'));
    assert.equal(project.graphOf('a.py', pairs[0]), null);
  });
});

describe('how operations pass gradients on', () => {
  it('is said for the operations of the slides', () => {
    const {nodes} = graphOf(example('sigmoid_neuron'));
    assert.deepEqual(nodes.filter(({kind, explanation}) => kind === 'operation' && explanation === null).map(({operation}) => operation), []);
    assert.equal(find(graphOf(example('circuit')), 'q').explanation?.pattern, 'add distributes');
  });
});
