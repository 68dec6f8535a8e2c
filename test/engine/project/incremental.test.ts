/** What an edit costs: only what reaches it is run again, results are those of a fresh analysis, and a stop is obeyed at once. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {FileAnalysis} from '../../../engine/check/analysis.ts';
import {createProject} from '../../../engine/project.ts';
import {layersFile} from '../../bench/layers-file.ts';
import {analyse, emptyProject} from '../check/checking.ts';

/** Without times and numbers of judgements, which differ. */
function plain({report, pairs}: FileAnalysis): unknown {
  return JSON.parse(JSON.stringify({report: {...report, timeMs: null}, pairs: pairs.map((pair) => ({...pair, judgement: null}))}));
}

function ranIn(units: readonly {readonly pair: string; readonly ran: boolean}[]): string[] {
  return [...new Set(units.filter(({ran}) => ran).map(({pair}) => pair))];
}

function replaced(text: string, old: string, now: string): string {
  assert.ok(text.includes(old), `the text holds ${old}`);
  return text.replace(old, now);
}

const layers = `import numpy as np

SCALE = 2.0
UNUSED = 1.0


def times(a):
    return SCALE * a


def one_forward(x):
    """x: of shape (N, D)"""
    out = times(x)
    return out, x


def one_backward(dout, cache):
    dx = SCALE * dout
    return dx


def two_forward(x):
    """x: of shape (N, D)"""
    out = x ** 2
    return out, x


def two_backward(dout, cache):
    dx = 2 * cache * dout
    return dx


def three_forward(x, w):
    """
    - x: of shape (N, D)
    - w: of shape (D, M)
    """
    return x.dot(w), (x, w)


def three_backward(dout, cache):
    x, w = cache
    dx = dout.dot(w.T)
    dw = dout.T.dot(x)
    return dx, dw
`;

describe('after an edit in a file of layers', () => {
  it('of 1,000 lines, only the pair that is edited runs again', function () {
    this.timeout(240_000);
    const {text} = layersFile(1000);
    const project = emptyProject();
    project.update('layers.py', text);
    const first = analyse(project, 'layers.py');
    assert.ok(text.split('\n').length >= 1000);
    assert.ok(first.analysis.report.pairs.length > 30);
    assert.deepEqual(new Set(ranIn(first.units)), new Set(first.analysis.report.pairs.map(({name}) => name)));

    project.update('layers.py', replaced(text, 'def affine3_backward(dout, cache):\n', 'def affine3_backward(dout, cache):\n    unused = 1\n'));
    const second = analyse(project, 'layers.py');
    assert.deepEqual(ranIn(second.units), ['affine3']);
    assert.deepEqual(second.analysis.report.pairs.map(({verdict}) => verdict), first.analysis.report.pairs.map(({verdict}) => verdict));

    assert.deepEqual(ranIn(analyse(project, 'layers.py').units), []);
  });

  const edits: readonly (readonly [title: string, old: string, now: string, ran: readonly string[]])[] = [
    ['inside a forward', 'out = x ** 2', 'out = x * x', ['two']],
    ['inside a backward', 'dx = 2 * cache * dout', 'dx = 3 * cache * dout', ['two']],
    ['in a helper', 'return SCALE * a', 'return SCALE * a * 1', ['one']],
    ['of a global that one reads', 'SCALE = 2.0', 'SCALE = 3.0', ['one']],
    ['of a global that nobody reads', 'UNUSED = 1.0', 'UNUSED = 2.0', []],
    ['that adds lines above', 'import numpy as np\n', '# one\n\n# two\nimport numpy as np\n', []],
    ['that adds a function', '\n\ndef two_forward', '\n\ndef other(x):\n    return x\n\n\ndef two_forward', []],
    ['of a docstring that says what an input is', '"""x: of shape (N, D)"""\n    out = x ** 2', '"""x: of shape (N, C, D)"""\n    out = x ** 2', ['two']],
    ['of a pragma for the whole file', 'import numpy as np\n', '# backprop: x (4, 5)\nimport numpy as np\n', ['one', 'two', 'three']],
  ];
  for (const [title, old, now, ran] of edits) {
    it(`${title}, ${ran.length === 0 ? 'nothing' : ran.join(', ')} runs again, and all is as in a fresh analysis`, () => {
      const project = emptyProject();
      project.update('layers.py', layers);
      analyse(project, 'layers.py');
      const edited = replaced(layers, old, now);
      project.update('layers.py', edited);
      const {analysis, units} = analyse(project, 'layers.py');
      assert.deepEqual(ranIn(units), ran);
      const fresh = emptyProject();
      fresh.update('layers.py', edited);
      assert.deepEqual(plain(analysis), plain(analyse(fresh, 'layers.py').analysis));
    });
  }

  it('after any edits, the results are those of a fresh analysis', function () {
    this.timeout(240_000);
    const lines = layers.split('\n');
    const edit = fc.record({
      at: fc.nat(lines.length), remove: fc.integer({min: 0, max: 2}),
      insert: fc.array(fc.constantFrom('', '# a comment', '    y = 1', 'z = 2', '    dx = dx * 2', 'def late_forward(x):', '    return x', '"""', '    out = (', ...lines), {maxLength: 3}),
    });
    fc.assert(fc.property(fc.array(edit, {minLength: 1, maxLength: 4}), (list) => {
      const project = emptyProject();
      project.update('layers.py', layers);
      analyse(project, 'layers.py');
      const text = [...lines];
      for (const {at, remove, insert} of list) {
        text.splice(Math.min(at, text.length), remove, ...insert);
        project.update('layers.py', text.join('\n'));
        const {analysis} = analyse(project, 'layers.py');
        const fresh = emptyProject();
        fresh.update('layers.py', text.join('\n'));
        assert.deepEqual(plain(analysis), plain(analyse(fresh, 'layers.py').analysis));
      }
    }), {numRuns: 25, seed: 7});
  });
});

describe('a stop', () => {
  it('is obeyed within one unit, with what is known so far', () => {
    const project = emptyProject();
    project.update('layers.py', layers);
    for (let allowed = 0; allowed < 8; allowed++) {
      let done = 0;
      const {analysis, units} = analyse(project, 'fresh.py', {});
      assert.deepEqual([analysis.report.pairs.length, units.length], [0, 0]);
      const fresh = emptyProject();
      fresh.update('layers.py', layers);
      const generator = fresh.analyze('layers.py', {shouldStop: () => done >= allowed});
      let step = generator.next();
      for (; !step.done; step = generator.next()) done++;
      assert.ok(done <= allowed + 1, `${done} units after a stop at ${allowed}`);
      assert.ok(step.value.report.pairs.length <= 3);
    }
  });

  it('in the middle of a long run ends it', () => {
    const project = emptyProject();
    project.update('loop.py', layers.replace('    out = x ** 2\n', '    while True: pass\n'));
    let asked = 0;
    const {analysis} = analyse(project, 'loop.py', {only: 'two', shouldStop: () => ++asked > 3});
    assert.ok(asked < 20);
    assert.ok(analysis.report.pairs.every(({verdict}) => verdict === 'inconclusive'));
  });

  it('does not spoil a later analysis', () => {
    const project = emptyProject();
    project.update('layers.py', layers);
    analyse(project, 'layers.py', {shouldStop: () => true});
    let asked = 0;
    analyse(project, 'layers.py', {shouldStop: () => ++asked > 4});
    const fresh = emptyProject();
    fresh.update('layers.py', layers);
    assert.deepEqual(plain(analyse(project, 'layers.py').analysis), plain(analyse(fresh, 'layers.py').analysis));
  });
});

describe('the pair at the cursor', () => {
  it('is judged first', () => {
    const project = emptyProject();
    project.update('layers.py', layers);
    const {units} = analyse(project, 'layers.py', {first: layers.indexOf('dw = dout')});
    assert.equal(units[0].pair, 'three');
  });

  it('has its state in the partial results', () => {
    const project = emptyProject();
    project.update('layers.py', layers);
    const counts = analyse(project, 'layers.py').units.map(({partial}) => partial().report.pairs.length);
    assert.ok(counts.every((count, i) => count >= (counts[i - 1] ?? 0)));
  });
});

describe('files that import each other', () => {
  const helper = 'import numpy as np\n\n\ndef activate(x):\n    return np.tanh(x)\n';
  const layer = 'from helper import activate\n\n\ndef act_forward(x):\n    """x: of shape (N, D)"""\n    out = activate(x)\n    return out, out\n\n\ndef act_backward(dout, cache):\n    dx = dout * (1 - cache ** 2)\n    return dx\n';

  it('are judged together, and again when the imported one changes', () => {
    const files: Record<string, string> = {'helper.py': helper};
    const project = createProject({readFile: (path) => files[path] ?? null, now: () => 0});
    project.update('layer.py', layer);
    assert.equal(analyse(project, 'layer.py').analysis.report.pairs[0].verdict, 'agrees');
    assert.deepEqual(ranIn(analyse(project, 'layer.py').units), []);
    files['helper.py'] = helper.replace('np.tanh(x)', '2 * np.tanh(x)');
    const changed = analyse(project, 'layer.py');
    assert.deepEqual(ranIn(changed.units), ['act']);
    assert.equal(changed.analysis.report.pairs[0].verdict, 'disagrees');
    project.update('helper.py', helper);
    assert.equal(analyse(project, 'layer.py').analysis.report.pairs[0].verdict, 'agrees');
    project.update('helper.py', null);
    assert.equal(analyse(project, 'layer.py').analysis.report.pairs[0].verdict, 'disagrees');
  });

  it('may import themselves in a circle, or nothing that exists', () => {
    const project = createProject({readFile: (path) => (path === 'helper.py' ? `from layer import act_forward\n${helper}` : null), now: () => 0});
    project.update('layer.py', layer);
    assert.equal(analyse(project, 'layer.py').analysis.report.pairs.length, 1);
    const alone = emptyProject();
    alone.update('layer.py', layer);
    assert.equal(analyse(alone, 'layer.py').analysis.report.pairs[0].verdict, 'unsupported');
  });

  it('that cannot be read give a problem', () => {
    assert.deepEqual(analyse(emptyProject(), 'gone.py').analysis.report.problems.map(({code}) => code), ['unreadable']);
  });
});
