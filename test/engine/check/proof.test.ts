/** The script that repeats a check with NumPy: made for every example, and run where there is a NumPy. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {createProject} from '../../../engine/project.ts';

const folder = new URL('../../../examples/', import.meta.url);
const hasNumPy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

function proofs(): {readonly name: string; readonly script: string; readonly gradients: readonly string[]}[] {
  return readdirSync(folder).filter((name) => name.endsWith('.py')).flatMap((file) => {
    const project = createProject({readFile: () => null, now: () => 0});
    project.update(file, readFileSync(new URL(file, folder), 'utf8'));
    const units = project.analyze(file);
    let unit = units.next();
    while (unit.done !== true) unit = units.next();
    return unit.value.pairs.map(({report}) => {
      const proof = project.proofOf(file, report.name);
      assert.ok(proof?.script != null, `${file} ${report.name}: ${proof?.problem ?? 'not known'}`);
      return {name: `${file} ${report.name}`, script: proof.script, gradients: report.gradients.map((gradient) => gradient.name)};
    });
  });
}

describe('proofs', () => {
  let made: ReturnType<typeof proofs>;
  before(() => { made = proofs(); });

  it('hold the code, the inputs and the gradients of every example', () => {
    assert.ok(made.length > 25);
    for (const {name, script, gradients} of made) {
      assert.match(script, /^"""Repeats the check of/, name);
      for (const gradient of gradients) assert.ok(script.includes(JSON.stringify(gradient)), `${name}: ${gradient}`);
    }
  });

  it('say why there is none', () => {
    const project = createProject({readFile: () => null, now: () => 0});
    assert.equal(project.proofOf('nothing.py', 'affine'), null);
  });

  /** The proof of the only pair of a text. */
  function proofOf(text: string): NonNullable<ReturnType<ReturnType<typeof createProject>['proofOf']>> {
    const project = createProject({readFile: () => null, now: () => 0});
    project.update('layer.py', text);
    const units = project.analyze('layer.py');
    let unit = units.next();
    while (unit.done !== true) unit = units.next();
    return project.proofOf('layer.py', unit.value.pairs[0].report.name)!;
  }

  const product = `import numpy as np

class Product:
    def forward(self, pair):
        self.left, self.right = pair
        return self.left * self.right
    def backward(self, dout):
        return dout * self.right, dout * self.left
`;

  it('hand inputs in one tuple on as one', () => {
    const script = proofOf(product).script ?? '';
    assert.ok(script.includes('pair = (copy.deepcopy(_leaves["pair[0]"]), copy.deepcopy(_leaves["pair[1]"]),)'), script);
    if (!hasNumPy) return;
    const {status, stdout, stderr} = spawnSync('python3', ['-c', script], {encoding: 'utf8'});
    assert.equal(status, 0, stderr);
    assert.equal(stdout.match(/in the check .* error 0\.0e\+00/g)?.length, 2, stdout);
  });

  it('are not made of what cannot be written down', () => {
    const residual = `import numpy as np

class Residual:
    def __init__(self, inner):
        self.inner = inner
    def forward(self, x):
        return x + self.inner(x)
    def backward(self, dout):
        return dout + self.inner.backward(dout)
`;
    assert.equal(proofOf(residual).problem, 'What Residual is made with as inner cannot be written as text');
    const kept = `import numpy as np

class Tanh:
    def process(self, z):
        self.y = self.act(z)
    def act(self, z):
        return np.tanh(z)
    def gradient(self):
        return 1 - self.y ** 2
`;
    assert.equal(proofOf(kept).script, null);
  });

  if (hasNumPy) {
    it('print with NumPy the numbers of the check', () => {
        const all = "import json, sys\nfor script in json.load(sys.stdin):\n    exec(compile(script, 'proof', 'exec'), {'__name__': '__main__'})\n    print('----')";
      const run = spawnSync('python3', ['-c', all], {input: JSON.stringify(made.map(({script}) => script)), encoding: 'utf8'});
      assert.equal(run.status, 0, run.stderr);
      for (const [index, output] of run.stdout.split('----\n').slice(0, made.length).entries()) {
        const errors = [...output.matchAll(/in the check .* error (\S+)/g)].map((match) => Number(match[1]));
        assert.equal(errors.length, made[index].gradients.length, made[index].name);
        for (const error of errors) assert.ok(error < 1e-12, `${made[index].name}: ${output}`);
      }
    });
  }
});
