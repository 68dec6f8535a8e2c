/** `survey`: many files on threads, hostile ones among them, and what CI services read. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {parseSurvey, shardOf} from '../../../extension/cli/survey-options.ts';
import type {SurveySummary} from '../../../extension/cli/survey-summary.ts';
import type {Surveyed} from '../../../extension/cli/survey-threads.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const right = `import numpy as np

def scale_forward(x, w):
    """
    - x: of shape (N, D)
    - w: of shape (D,)
    """
    return x * w, (x, w)

def scale_backward(dout, cache):
    x, w = cache
    dx = dout * w
    dw = np.sum(dout * x, axis=0)
    return dx, dw
`;
const wrong = right.replace('dx = dout * w', 'dx = dout');
const endless = 'def spin_forward(x):\n    while True:\n        x = x + 1\n    return x, x\n\ndef spin_backward(dout, cache):\n    dx = dout\n    return dx\n';
const deep = `def deep_forward(x):\n    return deep_forward(x + 1)\n\ndef deep_backward(dout, cache):\n    dx = dout\n    return dx\n`;
const huge = 'import numpy as np\n\ndef huge_forward(x):\n    big = np.ones((200000, 200000))\n    return x * big, x\n\ndef huge_backward(dout, cache):\n    dx = dout\n    return dx\n';
const files: Readonly<Record<string, string>> = {
  'a/right.py': right, 'a/wrong.py': wrong, 'b/endless.py': endless, 'b/deep.py': deep, 'b/huge.py': huge, 'b/brackets.py': '('.repeat(60_000),
  'b/long.py': `x = [${'1, '.repeat(3_400_000)}]\n`, 'b/zero.py': '\u0000\u0001', 'c/<&>.py': wrong,
};

interface Output {
  readonly schema: number;
  readonly summary: SurveySummary;
  readonly files: readonly Surveyed[];
}

describe('survey', function () {
  this.timeout(240_000);
  let folder: string;
  let cli: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backprop-survey-'));
    cli = join(folder, 'cli.mjs');
    await build({
      entryPoints: [join(root, 'extension/cli/main.ts')], outfile: cli, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error',
    });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, 'tree', name, '..'), {recursive: true});
      writeFileSync(join(folder, 'tree', name), text);
    }
  });

  after(() => {
    rmSync(folder, {recursive: true});
  });

  const run = (...words: readonly string[]) => spawnSync(process.execPath, [cli, 'survey', ...words], {cwd: folder, encoding: 'utf8'});

  it('judges the good files whatever the hostile ones do, and writes what CI services read', () => {
    const {stdout, status} = run('tree', '--json', '--jobs', '2', '--junit', 'junit.xml', '--sarif', 'out.sarif');
    assert.equal(status, 0);
    const {schema, summary, files: results} = JSON.parse(stdout) as Output;
    assert.equal(schema, 1);
    assert.equal(summary.files, Object.keys(files).length);
    assert.equal(summary.unreadable, 1);
    const verdictOf = (name: string): string | undefined => {
      const one = results.find(({path}) => path.endsWith(name));
      return one?.kind === 'report' ? one.report.pairs[0]?.verdict : one?.kind;
    };
    assert.equal(verdictOf('right.py'), 'agrees');
    assert.equal(verdictOf('wrong.py'), 'disagrees');
    for (const name of ['endless.py', 'deep.py', 'huge.py']) assert.notEqual(verdictOf(name), 'disagrees', name);
    assert.equal(summary.patterns['function-pair']['disagrees'], 2);
    const junit = readFileSync(join(folder, 'junit.xml'), 'utf8');
    assert.match(junit, /<testcase classname="tree\/a\/right\.py" name="scale" file="tree\/a\/right\.py" line="10"\/>/);
    assert.equal(junit.match(/<failure /g)?.length, 2);
    assert.match(junit, /tree\/c\/&lt;&amp;&gt;\.py/);
    const sarif = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as {
      readonly runs: readonly {readonly results: readonly {readonly locations: readonly {readonly physicalLocation: {readonly artifactLocation: {readonly uri: string}; readonly region: {readonly startLine: number}}}[]}[]}[];
    };
    const places = sarif.runs[0].results.map(({locations: [{physicalLocation: {artifactLocation, region}}]}) => `${artifactLocation.uri}:${region.startLine}`);
    assert.deepEqual(places, ['tree/a/wrong.py:12', 'tree/c/%3C%26%3E.py:12']);
  });

  for (const [name, hostile] of [['an endless loop', 'endless.py'], ['calls without end', 'deep.py'], ['a huge array', 'huge.py'], ['10 MB of text', 'long.py']] as const) {
    it(`gives every file a result on one thread, before and after ${name}`, () => {
      const {stdout, status} = run('tree/a/right.py', `tree/b/${hostile}`, 'tree/a/wrong.py', '--json', '--jobs', '1', '--limit', '30');
      assert.equal(status, 0);
      const {files: results} = JSON.parse(stdout) as Output;
      assert.deepEqual(results.map(({path}) => path), ['tree/a/right.py', `tree/b/${hostile}`, 'tree/a/wrong.py']);
      const verdicts = results.map((one) => (one.kind === 'report' ? one.report.pairs[0]?.verdict : one.kind));
      assert.deepEqual([verdicts[0], verdicts[2]], ['agrees', 'disagrees']);
      assert.ok(!['agrees', 'disagrees'].includes(verdicts[1] ?? ''), `${hostile} ${verdicts[1]}`);
    });
  }

  it('shards: every file in exactly one part', () => {
    const paths = ['a/right.py', 'a/wrong.py', 'c/<&>.py'];
    const parts = [1, 2].map((part) => (JSON.parse(run('tree/a', 'tree/c', '--json', '--jobs', '1', '--shard', `${part}/2`).stdout) as Output).files.map(({path}) => path));
    assert.deepEqual(parts.flat().sort(), paths.map((path) => `tree/${path}`).sort());
    const items = Array.from({length: 23}, (_, i) => i);
    assert.deepEqual([1, 2, 3, 4].flatMap((part) => shardOf(items, {part, of: 4})).sort((a, b) => a - b), items);
  });

  it('prints sums for people', () => {
    const {stdout, status} = run('tree/a', '--jobs', '1');
    assert.equal(status, 0);
    assert.match(stdout, /2 files \(0 not Python, 0 given up\), 2 pairs: 1 agrees, 1 disagrees/);
    assert.match(stdout, /function-pair +1 agrees, 1 disagrees/);
  });

  it('says what is wrong with a command line, with exit code 2', () => {
    for (const [words, expected] of [[[], /no folder given/], [['tree', '--shard', '4/3'], /--shard takes K\/N/], [['tree', '--jobs', '0'], /--jobs takes/]] as const) {
      const {stderr, status} = run(...words);
      assert.equal(status, 2);
      assert.match(stderr, expected);
    }
    assert.throws(() => parseSurvey(['tree', '--limit', 'soon']), /--limit takes a whole number/);
  });
});
