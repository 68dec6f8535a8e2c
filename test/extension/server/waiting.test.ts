/** Who waits for what: nobody for ever, whatever happens meanwhile, and nobody gets an answer about what has changed since. */
import assert from 'node:assert/strict';
import {check, graph, proof} from '../../../extension/protocol.ts';
import type {CheckResult, ProofResult} from '../../../extension/protocol.ts';
import type {Picture} from '../../../webview/protocol.ts';
import {Budget} from '../../../engine/ndarray/context.ts';
import {createProject} from '../../../engine/project.ts';
import {Editor} from './editor.ts';
import {fakeProject} from './fake-project.ts';
import type {FakeControl} from './fake-project.ts';

const uri = 'file:///work/layers.py';
const other = 'file:///work/other.py';
const source = `def affine_forward(x, w):
    out = x.dot(w)
    return out

def affine_backward(dout, w):
    dx = dout.dot(w.T)
    return dx
`;
const wrong = source.replace('w.T)', 'w.T)  # WRONG');
const real = `import numpy as np

def affine_forward(x, w):
    """ x: (N, D), w: (D, M) """
    out = x.dot(w)
    return out, (x, w)

def affine_backward(dout, cache):
    x, w = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    return dx, dw
`;

describe('whoever waits', () => {
  let editor: Editor;
  afterEach(() => { editor.stop(); });

  /** The answer, or that there is none: the server has all the time that it wants. */
  async function answered<T>(answer: Promise<T>): Promise<T | 'no answer'> {
    return await Promise.race([answer, editor.advance(1000).then(() => editor.advance(60_000)).then(() => editor.idle()).then(() => 'no answer' as const)]);
  }

  const verdictsOf = (state: CheckResult | 'no answer'): unknown => (typeof state === 'string' || state === null ? state : state.pairs.map(({verdict}) => verdict));
  const ask = (of: string, text?: string): Promise<CheckResult> => editor.connection.sendRequest<CheckResult>(check, text === undefined ? {uri: of} : {uri: of, text});

  it('for a proof gets it, also when the same one is asked for twice at once', async () => {
    editor = await Editor.start({createProject: fakeProject({begun: 0})});
    await editor.open(uri, source);
    editor.holdEngine();
    const proofs = [0, 1].map(() => editor.connection.sendRequest<ProofResult>(proof, {uri, position: editor.position(uri, 'out = ')}));
    await editor.idle();
    editor.releaseEngine();
    for (const one of proofs) assert.equal(((await answered(one)) as ProofResult).script, '# proof of affine');
  });

  it('for the check of a file that is not open gets it, also when it is checked twice at once', async () => {
    const control: FakeControl = {begun: 0};
    editor = await Editor.start({createProject: fakeProject(control)});
    editor.holdEngine();
    const states = [ask(other, source), ask(other, source), ask(other, wrong)];
    await editor.idle();
    editor.releaseEngine();
    assert.deepEqual(await Promise.all(states.map(async (state) => verdictsOf(await answered(state)))), [['agrees'], ['agrees'], ['disagrees']]);
    assert.equal(control.begun, 2);
  });

  it('for the check of many files that are not open finds them forgotten in the end, and what needs one reads it again', async () => {
    const product = 'def product(a, b):\n    return a.dot(b)\n';
    const files = new Map([[other, product]]);
    editor = await Editor.start({createProject, files});
    const importing = real.replace('import numpy as np\n', 'import numpy as np\nfrom other import product\n').replace('x.dot(w)', 'product(x, w)');
    await ask(other, product);
    await editor.open(uri, importing);
    await editor.settled(uri);
    assert.equal(editor.reads.includes(other), false);
    for (let i = 0; i < 200; i++) await ask(`file:///work/many${i}.py`, '');
    await editor.settled(uri);
    assert.equal(editor.reads.includes(other), true);
    files.set(other, product.replace('a.dot', '2 * a.dot'));
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {changes: [{uri: other, type: 2}]});
    await editor.idle();
    assert.deepEqual(verdictsOf(await ask(uri)), ['disagrees']);
  });

  it('sees what is known of a file since it was checked, in whatever imports it', async () => {
    const product = 'def product(a, b):\n    return a.dot(b)\n';
    editor = await Editor.start({createProject, files: new Map([[other, product]])});
    await editor.open(uri, real.replace('import numpy as np\n', 'import numpy as np\nfrom other import product\n').replace('x.dot(w)', 'product(x, w)'));
    await editor.settled(uri);
    await ask(other, product.replace('a.dot', '2 * a.dot'));
    assert.deepEqual(verdictsOf(await ask(uri)), ['disagrees']);
  });

  it('for the check of a file gets that of the text that is opened meanwhile', async () => {
    editor = await Editor.start({createProject: fakeProject({begun: 0})});
    editor.holdEngine();
    const state = ask(other, source);
    await editor.idle();
    await editor.open(other, wrong);
    editor.releaseEngine();
    assert.deepEqual(verdictsOf(await answered(state)), ['disagrees']);
    assert.deepEqual(editor.states.get(other)!.pairs.map(({verdict}) => verdict), ['disagrees']);
  });

  it('gets no verdict that rests on an import as it was', async () => {
    editor = await Editor.start({createProject});
    const importing = real.replace('import numpy as np\n', 'import numpy as np\nfrom other import product\n').replace('x.dot(w)', 'product(x, w)');
    await editor.open(other, 'def product(a, b):\n    return a.dot(b)\n');
    await editor.open(uri, importing);
    await editor.settled(uri);
    editor.holdAnswers();
    await editor.edit(uri, 0, 0, '# one\n');
    await editor.idle();
    await editor.replace(other, 'return ', 'return 2 * ');
    await editor.advance(600);
    const state = ask(uri);
    await editor.releaseAnswers();
    assert.deepEqual(verdictsOf(await answered(state)), ['disagrees']);
  });

  it('gets the verdict on the text of an import that was typed a moment ago', async () => {
    editor = await Editor.start({createProject});
    const importing = real.replace('import numpy as np\n', 'import numpy as np\nfrom other import product\n').replace('x.dot(w)', 'product(x, w)');
    await editor.open(other, 'def product(a, b):\n    return a.dot(b)\n');
    await editor.open(uri, importing);
    await editor.settled(uri);
    await editor.replace(other, 'return ', 'return 2 * ');
    assert.deepEqual(verdictsOf(await ask(uri)), ['disagrees']);
  });

  it('gets a graph with the places of the text as it is when it comes', async () => {
    editor = await Editor.start({createProject});
    await editor.open(uri, real);
    await editor.settled(uri);
    editor.holdEngine();
    const picture = editor.connection.sendRequest<Picture | null>(graph, {uri, pair: 'affine', opened: []});
    await editor.idle();
    await editor.edit(uri, 0, 0, `${'# one '.repeat(20)}\n# two\n`);
    await editor.idle();
    editor.holdAnswers();
    editor.releaseEngine();
    await editor.idle();
    await editor.releaseAnswers();
    const shown = await answered(picture);
    assert.ok(shown !== null && shown !== 'no answer');
    assert.equal(shown.nodes.find(({names}) => names[0] === 'out')!.site!.range.start.line, 6);
  });

  it('gets an answer when the engine was lost and another one has taken its place', async () => {
    editor = await Editor.start({createProject});
    await editor.open(uri, real);
    await editor.settled(uri);
    editor.holdEngine();
    const picture = editor.connection.sendRequest<Picture | null>(graph, {uri, pair: 'affine', opened: []});
    const state = ask(other, source);
    await editor.idle();
    editor.releaseEngine();
    await editor.loseEngine(true);
    assert.notEqual(await answered(picture), 'no answer');
    assert.notEqual(await answered(state), 'no answer');
    assert.deepEqual(verdictsOf(await answered(ask(uri))), ['agrees']);
    assert.equal((await answered(editor.connection.sendRequest<Picture | null>(graph, {uri, pair: 'affine', opened: []})) as Picture).pair, 'affine');
  });

  it('is not kept when the engine is lost for good', async () => {
    editor = await Editor.start({createProject});
    await editor.open(uri, real);
    await editor.settled(uri);
    editor.holdEngine();
    await editor.edit(uri, 0, 0, '# one\n');
    const waiting = [ask(uri), ask(other, source), editor.connection.sendRequest<Picture | null>(graph, {uri, pair: 'affine', opened: []})];
    await editor.idle();
    await editor.loseEngine(false);
    for (const one of waiting) assert.notEqual(await answered<unknown>(one), 'no answer');
    assert.equal((await editor.hints(uri)).length > 0, true);
  });

  it('hears of a failure of the engine itself, which costs one file and nothing else', async () => {
    const control: FakeControl = {begun: 0, beforePair: (name) => { if (name === 'broken') throw new Error('a mistake of ours'); }};
    editor = await Editor.start({createProject: fakeProject(control)});
    await editor.open(uri, source.replaceAll('affine', 'broken'));
    assert.deepEqual(verdictsOf(await answered(ask(uri))), []);
    assert.match(JSON.stringify(editor.diagnostics.get(uri)), /failed on this file/);
    assert.deepEqual(editor.log.filter((line) => line.includes('a mistake of ours')).length, 1);
    await editor.open(other, source);
    assert.deepEqual(verdictsOf(await answered(ask(other))), ['agrees']);
    await editor.edit(uri, 0, editor.texts.get(uri)!.length, source);
    assert.deepEqual(verdictsOf(await answered(ask(uri))), ['agrees']);
  });

  it('is not kept by an analysis that cannot be shown', async () => {
    const control: FakeControl = {begun: 0};
    editor = await Editor.start({
      createProject: (host) => {
        const project = fakeProject(control)(host);
        return {...project, * analyze(path, options) {
          const analysis = yield* project.analyze(path, options);
          return path.endsWith('layers.py') ? {...analysis, pairs: analysis.pairs.map((pair) => ({...pair, report: null as never}))} : analysis;
        }};
      },
    });
    await editor.open(uri, source);
    assert.notEqual(await answered(ask(uri).catch(() => 'refused')), 'no answer');
    assert.ok(editor.log.some((line) => line.includes('TypeError')));
    await editor.open(other, source);
    assert.deepEqual(verdictsOf(await answered(ask(other))), ['agrees']);
  });

  it('hears that a file is too long', async () => {
    editor = await Editor.start({createProject});
    await editor.open(uri, `${real}# ${'x'.repeat(2_000_000)}\n`);
    assert.deepEqual(verdictsOf(await answered(ask(uri))), []);
    assert.match(JSON.stringify(editor.diagnostics.get(uri)), /too long to be checked/);
    await editor.edit(uri, 0, editor.texts.get(uri)!.length, real);
    assert.deepEqual(verdictsOf(await answered(ask(uri))), ['agrees']);
    assert.deepEqual(editor.diagnostics.get(uri), []);
  });

  it('hears of a failure on one pair, and of the others what they are', async () => {
    const spend = Object.getOwnPropertyDescriptor(Budget.prototype, 'spend')!;
    Object.defineProperty(Budget.prototype, 'spend', {...spend, value: () => {
      Object.defineProperty(Budget.prototype, 'spend', spend);
      throw new Error('a mistake of ours');
    }});
    editor = await Editor.start({createProject});
    await editor.open(uri, `${real}\n${real.replaceAll('affine', 'linear').replace('import numpy as np\n', '')}`);
    const state = await answered(ask(uri));
    assert.deepEqual(verdictsOf(state), ['inconclusive', 'agrees']);
    assert.match((state as NonNullable<CheckResult>).pairs[0].reason, /the tutor itself failed/);
    assert.equal(editor.log.some((line) => line.includes('a mistake of ours')), true);
    assert.equal(await answered(editor.connection.sendRequest<Picture | null>(graph, {uri, pair: 'affine', opened: []})), null);
  });

  it('does not see the server end because the editor refuses to refresh', async () => {
    editor = await Editor.start({createProject: fakeProject({begun: 0})});
    await editor.open(uri, source);
    await editor.hints(uri);
    await editor.lenses(uri);
    // A process with one of these ends.
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => { unhandled.push(reason); };
    process.on('unhandledRejection', note);
    editor.refuses = true;
    await editor.replace(uri, 'dout.dot(w.T)', 'dout.dot(w.T)  # WRONG');
    await editor.advance(600);
    process.off('unhandledRejection', note);
    assert.ok(editor.refusals > 0);
    assert.deepEqual(unhandled, []);
    assert.match(await editor.shown(uri), /✗ ∂L\/∂x/);
  });

  it('is told that a program is being checked while files that it imports are read', async () => {
    editor = await Editor.start({createProject: fakeProject({begun: 0})});
    editor.holdReads();
    await editor.open(uri, `from other import something\n${source}`);
    await editor.advance(200);
    assert.equal(editor.states.get(uri)!.checking, true);
    await editor.releaseReads();
    assert.equal(editor.states.get(uri)!.checking, false);
  });
});
