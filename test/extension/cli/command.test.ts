/** The terminal contract, held by the built command: exit codes, the JSON object, what is printed where. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {FileReport, Report} from '../../../engine/check/report.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const right = `import numpy as np


def scale_forward(x, w):
    """
    - x: data, of shape (N, D)
    - w: of shape (D,)
    """
    out = x * w
    return out, (x, w)


def scale_backward(dout, cache):
    x, w = cache
    dx = dout * w
    dw = np.sum(dout * x, axis=0)
    return dx, dw
`;
const wrong = right.replace('axis=0)', 'axis=0, keepdims=True)');
const unwritten = right.replace('dw = np.sum(dout * x, axis=0)', 'dw = None');

describe('the command', function () {
  this.timeout(240_000);
  let folder: string;
  let cli: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backprop-command-'));
    cli = join(folder, 'cli.mjs');
    await build({
      entryPoints: [join(root, 'extension/cli/main.ts')], outfile: cli, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error',
    });
    mkdirSync(join(folder, 'many', 'inner'), {recursive: true});
    mkdirSync(join(folder, 'nothing'));
    const files: Readonly<Record<string, string | Uint8Array>> = {
      'right.py': right, 'wrong.py': wrong, 'unwritten.py': unwritten, 'empty.py': '', 'blank.py': ' \n\n', 'binary.py': Uint8Array.of(1, 0, 2), 'notes.txt': 'Dear diary,\n',
      'many/a.py': right, 'many/inner/b.py': wrong, 'plain.py': 'x = 1\n',
      'unrun.py': 'import warehouse\n\ndef features(images):\n    table = warehouse.open()\n    N, H, W = images.shape\n    flat = images.reshape(N, -1)\n    return table(flat)\n',
      'broken.py': right.replace('    out = x * w\n', '    out = x * w\n    unused = (\n') + '\n\ndef :\n',
      'crlf.py': `\uFEFFimport numpy as np\r\n\r\n\r\ndef twice_forward(x):\r\n\t"""x: of shape (N, D)"""\r\n\ts = "😀𝒳"; out = 2 * x\r\n\treturn out, x\r\n\r\n\r\ndef twice_backward(dout, cache):\r\n\tdx = 2 * dout\r\n\treturn dx\r\n`,
      'spoilt.py': right.replace('    out = x * w\n', '    h = np.exp(x)\n    out = h * w\n').replace('return out, (x, w)', 'return out, (x, w, h)').replace(/ {4}x, w = cache[^]*/, '    x, w, h = cache\n    dout2 = dout * 2\n    dh = dout2 * w\n    dw = np.sum(dout2 * h, axis=0)\n    dx = dh * h\n    return dx, dw\n'),
      'pragma.py': `# backprop: x (4, 5)\n${wrong.replace('np.sum(dout * x, axis=0, keepdims=True)', 'np.sum(dout * x, axis=0) if x.shape == (4, 5) else 0 * w - 1')}`,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  });

  after(() => {
    rmSync(folder, {recursive: true});
  });

  function run(...words: readonly string[]) {
    const {status, stdout, stderr} = spawnSync(process.execPath, [cli, ...words], {cwd: folder, encoding: 'utf8'});
    return {status, stdout, stderr};
  }

  function json(...words: readonly string[]): {readonly status: number | null; readonly files: readonly FileReport[]} {
    const {status, stdout} = run('check', '--json', ...words);
    const report = JSON.parse(stdout) as Report;
    assert.equal(report.schema, 1);
    return {status, files: report.files};
  }

  it('exits with 0 when nothing disagrees', () => {
    const {status, stdout, stderr} = run('check', 'right.py');
    assert.equal(status, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /✓ scale .*2 of 2 gradients agree/);
    assert.match(stdout, /15 {2}dx = dout \* w +\(N, D\) +✓ ∂L\/∂x/);
    assert.match(stdout, /1 file, 1 pair: 1 agree\n$/);
  });

  it('exits with 1 when something does, and says what, where and how it should be', () => {
    const {status, stdout} = run('check', 'wrong.py');
    assert.equal(status, 1);
    assert.match(stdout, /✗ scale/);
    assert.match(stdout, /16 {2}dw = np\.sum\(dout \* x, axis=0, keepdims=True\) +\(1, D\) +✗ ∂L\/∂w/);
    assert.match(stdout, /dw has the shape \(1, D\), but w has \(D,\)/);
  });

  it('exits with 0 for what is not written yet', () => {
    const {status, stdout} = run('check', 'unwritten.py');
    assert.equal(status, 0);
    assert.match(stdout, /incomplete: dw is not computed yet/);
  });

  it('exits with 2 for a wrong command line, and says how it goes', () => {
    for (const words of [[], ['check'], ['chekc', 'right.py'], ['check', 'right.py', '--colour'], ['check', 'right.py', '--seed', 'many']]) {
      const {status, stdout, stderr} = run(...words);
      assert.equal(status, 2, words.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /^backprop-tutor: .+\n\nUsage:/);
    }
  });

  it('prints help and version', () => {
    assert.match(run('--help').stdout, /^Usage: backprop-tutor check FILE/);
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('gives one line to each file that cannot be read and checks the others', () => {
    const {status, stdout, stderr} = run('check', 'missing.py', 'empty.py', 'blank.py', 'binary.py', 'notes.txt', 'nothing', 'wrong.py');
    assert.equal(status, 2);
    assert.deepEqual(stderr.trimEnd().split('\n').sort(), [
      'binary.py: is a binary file, not Python text', 'blank.py: is empty', 'empty.py: is empty', 'missing.py: does not exist',
      'notes.txt: is not Python: its name does not end in .py and it holds no Python statements', 'nothing: holds no .py files',
    ]);
    assert.match(stdout, /✗ scale/);
    assert.match(stdout, /1 file, 6 not read, 1 pair: 1 disagree\n$/);
  });

  it('says so when a file may not be read', function () {
    if (process.getuid?.() === 0) return;
    writeFileSync(join(folder, 'secret.py'), right);
    chmodSync(join(folder, 'secret.py'), 0);
    assert.match(run('check', 'secret.py').stderr, /permission denied/);
  });

  it('walks folders and takes several paths', () => {
    const {status, files} = json('many', 'right.py');
    assert.equal(status, 1);
    assert.deepEqual(files.map(({path}) => path), [join('many', 'a.py'), join('many', 'inner', 'b.py'), 'right.py']);
  });

  it('judges what can be read of a file with syntax errors, which alone are no failure', () => {
    const {status, files: [file]} = json('broken.py');
    assert.equal(status, 0);
    assert.ok(file.problems.some(({code, line}) => code === 'syntax' && line === 10), JSON.stringify(file.problems));
    assert.equal(file.pairs[0].verdict, 'agrees');
  });

  it('says when there is no pair', () => {
    const {status, stdout} = run('check', 'plain.py');
    assert.equal(status, 0);
    assert.match(stdout, /no forward and backward pair found/);
  });

  it('gives every field of the contract, with its type', () => {
    const {files: [{path, pairs: [pair], hints, problems, timeMs}]} = json('wrong.py');
    assert.equal(path, 'wrong.py');
    assert.deepEqual({...pair, inputs: null, gradients: null, reason: null}, {
      name: 'scale', pattern: 'function-pair', forward: {name: 'scale_forward', line: 4}, backward: {name: 'scale_backward', line: 13},
      verdict: 'disagrees', reason: null, inputs: null, gradients: null, firstWrong: {line: 16, name: 'dw'},
    });
    assert.equal(typeof pair.reason, 'string');
    assert.deepEqual(pair.inputs.map(({name, shape, dtype, role}) => ({name, shape, dtype, role})), [
      {name: 'x', shape: ['N', 'D'], dtype: 'float64', role: 'differentiable'}, {name: 'w', shape: ['D'], dtype: 'float64', role: 'differentiable'},
    ]);
    const [n, d] = pair.inputs[0].size;
    assert.ok(Number.isInteger(n) && Number.isInteger(d) && n !== d);
    const [dx, dw] = pair.gradients;
    assert.deepEqual(dx, {of: 'x', name: 'dx', line: 15, shape: ['N', 'D'], size: [n, d], expectedSize: [n, d], verdict: 'agrees', maxRelativeError: 0, kinks: 0});
    assert.deepEqual([dw.of, dw.name, dw.line, dw.shape, dw.size, dw.expectedSize, dw.verdict, dw.maxRelativeError, dw.kinks], ['w', 'dw', 16, [1, 'D'], [1, d], [d], 'disagrees', null, 0]);
    assert.equal(dw.diagnosis?.code, 'wrong-shape');
    assert.equal(dw.diagnosis.line, 16);
    assert.equal(typeof dw.diagnosis.message, 'string');
    assert.deepEqual(hints.find(({name}) => name === 'out'), {line: 9, column: 5, name: 'out', shape: ['N', 'D'], size: [n, d], dtype: 'float64'});
    assert.deepEqual(problems, []);
    assert.ok(timeMs.parse >= 0 && timeMs.analyze > 0);
  });

  it('counts code points after tabs, carriage returns, a byte-order mark and astral characters', () => {
    const {status, files: [{hints, pairs: [pair]}]} = json('crlf.py');
    assert.equal(status, 0);
    assert.deepEqual([pair.forward.line, pair.backward.line, pair.gradients[0].line], [4, 10, 11]);
    assert.deepEqual(hints.map(({name, line, column}) => [name, line, column]), [['out', 6, 12], ['dx', 11, 2]]);
  });

  it('checks only the function that is asked for', () => {
    writeFileSync(join(folder, 'two.py'), right + wrong.replaceAll('scale', 'other').replace('import numpy as np\n', ''));
    assert.equal(run('check', 'two.py').status, 1);
    for (const name of ['scale', 'scale_backward']) {
      const {status, files: [{pairs}]} = json('two.py', '--function', name);
      assert.equal(status, 0);
      assert.deepEqual(pairs.map((pair) => pair.name), ['scale']);
    }
  });

  it('gives other numbers and the same verdict with another seed', () => {
    const witness = (seed: string): unknown => {
      const {files: [{pairs: [pair]}]} = json('wrong2.py', '--seed', seed);
      return [pair.verdict, pair.gradients[1].witness?.actual];
    };
    writeFileSync(join(folder, 'wrong2.py'), right.replace('np.sum(dout * x, axis=0)', '2 * np.sum(dout * x, axis=0)'));
    const [first, again, other] = [witness('1'), witness('1'), witness('2')] as [string, number][];
    assert.deepEqual(first, again);
    assert.equal(other[0], 'disagrees');
    assert.notEqual(first[1], other[1]);
  });

  it('fails where a required pair is missing', () => {
    assert.equal(run('check', 'right.py', '--require', 'scale').status, 0);
    assert.equal(run('check', 'right.py', '--require', 'scale_backward').status, 0);
    const {status, stderr} = run('check', 'right.py', '--require', 'scale', '--require', 'conv');
    assert.equal(status, 1);
    assert.equal(stderr, "required pair 'conv' was not found in any file\n");
  });

  it('asks for agreement everywhere with --strict', () => {
    assert.equal(run('check', 'right.py', '--strict').status, 0);
    const {status, stderr} = run('check', 'unwritten.py', '--strict');
    assert.equal(status, 1);
    assert.match(stderr, /unwritten\.py:13: scale is incomplete: dw is not computed yet/);
    assert.equal(run('check', 'plain.py', '--strict').status, 1);
  });

  it('does not let a graded file choose its inputs with --ignore-pragmas', () => {
    assert.equal(run('check', 'pragma.py').status, 0);
    assert.equal(run('check', 'pragma.py', '--ignore-pragmas').status, 1);
  });

  it('prints no escape sequences into a pipe, and none with NO_COLOR', () => {
    for (const environment of [{}, {NO_COLOR: '1'}, {NO_COLOR: ''}]) {
      const {stdout, stderr} = spawnSync(process.execPath, [cli, 'check', 'wrong.py', 'right.py', 'many'], {cwd: folder, encoding: 'utf8', env: {...process.env, ...environment}});
      assert.ok(!(stdout + stderr).includes('\x1b'));
      assert.ok(!(stdout + stderr).includes('\r'));
    }
  });

  it('prints central differences and shapes when asked', () => {
    assert.match(run('check', 'right.py', '--numerical').stdout, /by central differences: relative error \d/);
    assert.match(run('check', 'right.py', '--shapes').stdout, /out: \(N, D\)\n/);
  });

  it('goes on quietly when its reader stops reading', () => {
    const script = `"${process.execPath}" "${cli}" check many right.py many right.py | true; echo "\${PIPESTATUS[0]}"`;
    const {stdout, stderr} = spawnSync('bash', ['-c', script], {cwd: folder, encoding: 'utf8'});
    assert.deepEqual([stdout, stderr], ['1\n', '']);
  });

  it('names the line that spoils several gradients once, and prints why and the proved fix only when asked', () => {
    const plain = run('check', 'spoilt.py').stdout;
    assert.match(plain, /the line at fault is 16: dout2 becomes wrong here, and dx with it\n/);
    assert.match(plain, /dw = np\.sum[^\n]*∂L\/∂w\n {11}wrong because of line 16\n/);
    assert.doesNotMatch(plain, /proved by running it|why:/);
    const told = run('check', 'spoilt.py', '--fixes').stdout;
    assert.match(told, / {11}why: .+\n {11}a fix, proved by running it: line 16 becomes {2}dout2 = dout\n/);
  });

  it('prints and reports shapes where nothing was run, and says so', () => {
    assert.match(run('check', 'unrun.py', '--shapes').stdout, / 6 {2}flat = images\.reshape\(N, -1\) {2}flat: \(N, H\*W\) \(inferred\)\n/);
    const {files: [{hints, inferred}]} = JSON.parse(run('check', 'unrun.py', '--json').stdout) as Report;
    assert.deepEqual(inferred, [{line: 6, column: 5, name: 'flat', shape: ['N', 'H*W']}]);
    assert.deepEqual(hints, []);
  });
});
