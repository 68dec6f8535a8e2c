/** The judge of verdicts (test/bench/truth): real Python and NumPy on some examples, run where there is a NumPy. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {caseOf, judgedPairs} from '../../bench/truth/cases.ts';
import type {Case} from '../../bench/truth/cases.ts';
import {compareShapes, compareVerdicts} from '../../bench/truth/results.ts';
import type {CaseResult, ShapeCount} from '../../bench/truth/results.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const hasNumPy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

function judge(cases: readonly Case[]): CaseResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'backprop-truth-test-'));
  try {
    const [input, output] = [join(folder, 'cases'), join(folder, 'results')];
    writeFileSync(input, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const {status, stderr} = spawnSync('python3', [join(root, 'test/bench/truth/numpy_judge.py'), input, output, '60'], {encoding: 'utf8'});
    assert.equal(status, 0, stderr);
    return readFileSync(output, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as CaseResult);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

if (hasNumPy) {
  describe('real NumPy', () => {
    const cases = ['affine.py', 'affine_wrong.py', 'relu.py', 'circuit.py'].flatMap((name) => [...judgedPairs(join(root, 'examples', name))].map((judged) => caseOf(judged, `${name} ${judged.report.name}`)));

    it('says the same of right and wrong examples, and of their shapes', () => {
      const count: ShapeCount = {ran: 0, equal: 0, different: [], unsaid: []};
      judge(cases).forEach((result, i) => {
        const {outcome, notes} = compareVerdicts(cases[i], result);
        assert.equal(outcome, 'equal', `${cases[i].id}: ${notes.join('; ')}`);
        compareShapes(cases[i], result, count);
      });
      assert.ok(cases.some(({verdict}) => verdict === 'agrees') && cases.some(({verdict}) => verdict === 'disagrees'));
      assert.ok(count.ran > 20);
      assert.deepEqual([count.equal, count.different, count.unsaid], [count.ran, [], []]);
    });

    it('loads a package that imports itself in a circle', () => {
      const folder = mkdtempSync(join(tmpdir(), 'backprop-truth-package-'));
      try {
        const write = (name: string, text: string): void => { writeFileSync(join(folder, name), text); };
        mkdirSync(join(folder, 'pebble'));
        write('pebble/__init__.py', 'from . import ops\nfrom .ops import *\n');
        write('pebble/tensor.py', 'import pebble\nimport numpy as np\n\nclass Tensor:\n    def __init__(self, data):\n        self.cached_data = np.array(data)\n\n    def __mul__(self, other):\n        return pebble.ops.EWiseMul()(self, other)\n\n'
          + 'class TensorOp:\n    def __call__(self, *args):\n        out = Tensor(self.compute(*[one.cached_data for one in args]))\n        out.op, out.inputs = self, args\n        return out\n');
        write('pebble/ops.py', 'from .tensor import Tensor, TensorOp\n\nclass EWiseMul(TensorOp):\n    def compute(self, a, b):\n        return a * b\n\n    def gradient(self, out_grad, node):\n        a, b = node.inputs\n        return out_grad * b, out_grad * a\n');
        const [product] = [...judgedPairs(join(folder, 'pebble/ops.py'))].map((judged) => caseOf(judged, 'product'));
        const {outcome, notes} = compareVerdicts(product, judge([product])[0]);
        assert.equal(product.verdict, 'agrees');
        assert.equal(outcome, 'equal', notes.join('; '));
      } finally {
        rmSync(folder, {recursive: true});
      }
    });

    it('objects when the engine says another thing', () => {
      const [first] = cases;
      const lied: Case = {...first, sets: first.sets.map((set) => ({...set, gradients: set.gradients.map((gradient) => ({...gradient, verdict: 'disagrees' as const}))}))};
      const {outcome, notes} = compareVerdicts(lied, judge([lied])[0]);
      assert.equal(outcome, 'differs');
      assert.match(notes[0], /the engine says disagrees, Python agrees/);
    });
  });
}
