/** Notebooks, imports, encodings and line endings: what a program's text is made of. */
import assert from 'node:assert/strict';
import {check} from '../../../extension/protocol.ts';
import type {CheckResult} from '../../../extension/protocol.ts';
import {createProject} from '../../../engine/project.ts';
import {pathOf, uriOf} from '../../../extension/server/locations.ts';
import {Editor} from './editor.ts';
import {fakeProject} from './fake-project.ts';
import type {FakeControl} from './fake-project.ts';

const forward = `def affine_forward(x, w):
    out = x.dot(w)
    return out
`;
const backward = `def affine_backward(dout, w):
    dx = dout.dot(w.T)  # WRONG
    return dx
`;

describe('notebooks', () => {
  const uri = 'file:///work/lesson.ipynb';
  const cell = (index: number): string => `vscode-notebook-cell:/work/lesson.ipynb#${index}`;
  let editor: Editor;

  async function open(...texts: string[]): Promise<void> {
    for (const [index, text] of texts.entries()) editor.texts.set(cell(index), text);
    await editor.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {uri, notebookType: 'jupyter-notebook', version: 1, cells: texts.map((_, index) => ({kind: 2, document: cell(index)}))},
      cellTextDocuments: texts.map((text, index) => ({uri: cell(index), languageId: 'python', version: 1, text})),
    });
    await editor.idle();
  }

  async function change(event: object): Promise<void> {
    await editor.connection.sendNotification('notebookDocument/didChange', {notebookDocument: {uri, version: 2}, change: {cells: event}});
    await editor.idle();
  }

  beforeEach(async () => { editor = await Editor.start({createProject: fakeProject({begun: 0})}); });
  afterEach(() => { editor.stop(); });

  it('are one program, with hints, lenses and diagnostics in their cells', async () => {
    await open('%matplotlib inline\nimport numpy as np', forward, backward);
    assert.match(await editor.shown(cell(1)), / {4}out«: \(N, 3\)» = x/);
    assert.match(await editor.shown(cell(2)), / {4}dx«: \(N, 2\)» = dout\.dot\(w\.T\) {2}# WRONG«✗ ∂L\/∂x»/);
    assert.equal((await editor.lenses(cell(2))).length, 4);
    const [diagnostic] = editor.diagnostics.get(cell(2))!;
    assert.deepEqual(diagnostic.range.start, {line: 1, character: 4});
    assert.equal(editor.states.get(uri)!.pairs.length, 1);
    assert.match(JSON.stringify(await editor.hover(cell(2), 'dx =')), /∂L\/∂x/);
  });

  it('follow edits, new cells and removed ones', async () => {
    await open(forward, backward);
    await change({textContent: [{document: {uri: cell(1), version: 2}, changes: [{range: {start: {line: 1, character: 22}, end: {line: 1, character: 31}}, text: ''}]}]});
    editor.texts.set(cell(1), backward.replace('  # WRONG', ''));
    assert.match(await editor.shown(cell(1)), /«✓ ∂L\/∂x»/);
    assert.deepEqual(editor.diagnostics.get(cell(1)), []);
    editor.texts.set(cell(7), '# nothing');
    await change({structure: {array: {start: 0, deleteCount: 0, cells: [{kind: 2, document: cell(7)}]}, didOpen: [{uri: cell(7), languageId: 'python', version: 1, text: '# nothing'}]}});
    assert.match(await editor.shown(cell(1)), /«✓ ∂L\/∂x»/);
    await change({structure: {array: {start: 1, deleteCount: 1}, didClose: [{uri: cell(0)}]}});
    await editor.advance(600);
    assert.equal(editor.states.get(uri)!.pairs.length, 0);
  });

  it('are read in the order of their cells, in whichever order their texts come', async () => {
    const texts = [forward, backward, '# the end'];
    for (const [index, text] of texts.entries()) editor.texts.set(cell(index), text);
    await editor.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {uri, notebookType: 'jupyter-notebook', version: 1, cells: texts.map((_, index) => ({kind: 2, document: cell(index)}))},
      cellTextDocuments: texts.map((text, index) => ({uri: cell(index), languageId: 'python', version: 1, text})).reverse(),
    });
    await editor.idle();
    await change({structure: {array: {start: 2, deleteCount: 1}, didClose: [{uri: cell(2)}]}});
    await editor.advance(600);
    assert.equal(editor.states.get(uri)!.pairs.length, 1);
  });

  it('complain about nothing in a cell that is gone', async () => {
    await open(forward, backward);
    assert.equal(editor.diagnostics.get(cell(1))!.length, 1);
    await change({structure: {array: {start: 1, deleteCount: 1}, didClose: [{uri: cell(1)}]}});
    await editor.advance(600);
    assert.deepEqual(editor.diagnostics.get(cell(1)), []);
  });

  it('keep what is known of cells that are moved', async () => {
    await open(forward, '# between', backward);
    await change({structure: {array: {start: 0, deleteCount: 2, cells: [{kind: 2, document: cell(1)}, {kind: 2, document: cell(0)}]}}});
    await editor.advance(600);
    assert.match(await editor.shown(cell(0)), / {4}out«: \(N, 3\)» = x/);
    assert.equal(editor.diagnostics.get(cell(2))!.length, 1);
  });

  it('leave what only a notebook understands alone', async () => {
    await open('%%bash\necho (', `%time\n${forward}`, `!pip install numpy\n${backward}`);
    assert.equal(editor.states.get(uri)!.pairs.length, 1);
    assert.deepEqual(editor.diagnostics.get(cell(0)) ?? [], []);
  });

  it('forget everything when they are closed', async () => {
    await open(forward, backward);
    await editor.connection.sendNotification('notebookDocument/didClose', {notebookDocument: {uri}, cellTextDocuments: [{uri: cell(0)}, {uri: cell(1)}]});
    await editor.idle();
    assert.deepEqual(editor.diagnostics.get(cell(1)), []);
    assert.equal(editor.states.get(uri), null);
  });
});

describe('imports', () => {
  const main = 'file:///work/my%20net/net.py';
  const helper = 'file:///work/my%20net/helper.py';
  const layers = `from helper import product
def affine_forward(x, w):
    """
    - x: of shape (N, D)
    - w: of shape (D, M)
    """
    out = product(x, w)
    return out, (x, w)

def affine_backward(dout, cache):
    x, w = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    return dx, dw
`;
  const product = 'def product(a, b):\n    return a.dot(b)\n';

  async function verdict(editor: Editor): Promise<string> {
    const state = await editor.connection.sendRequest<CheckResult>(check, {uri: main});
    return state!.pairs.map((pair) => pair.verdict).join();
  }

  it('are read from disk through the editor', async () => {
    const editor = await Editor.start({createProject, files: new Map([[helper, product]])});
    await editor.open(main, layers);
    assert.equal(await verdict(editor), 'agrees');
    assert.ok(editor.reads.includes(helper));
    editor.stop();
  });

  it('take unsaved text before what is on disk, and are checked again when it changes', async () => {
    const editor = await Editor.start({createProject, files: new Map([[helper, product]])});
    await editor.open(main, layers);
    assert.equal(await verdict(editor), 'agrees');
    await editor.open(helper, product.replace('a.dot(b)', '2 * a.dot(b)'));
    await editor.idle();
    assert.equal(await verdict(editor), 'disagrees');
    await editor.replace(helper, '2 * ', '');
    await editor.advance(600);
    assert.equal(await verdict(editor), 'agrees');
    editor.stop();
  });

  it('are checked again when the file changes on disk', async () => {
    const files = new Map([[helper, product]]);
    const editor = await Editor.start({createProject, files});
    await editor.open(main, layers);
    assert.equal(await verdict(editor), 'agrees');
    files.set(helper, product.replace('a.dot(b)', 'a.dot(b) * 3'));
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {changes: [{uri: helper, type: 2}]});
    await editor.idle();
    assert.equal(await verdict(editor), 'disagrees');
    editor.stop();
  });

  it('are seen by every program that was opened while they were read', async () => {
    const editor = await Editor.start({createProject, files: new Map([[helper, product.replace('a.dot(b)', '2 * a.dot(b)')]])});
    const second = main.replace('net.py', 'second.py');
    editor.holdReads();
    await editor.open(main, layers);
    await editor.open(second, layers);
    await editor.releaseReads();
    for (const uri of [main, second]) {
      await editor.settled(uri);
      assert.deepEqual(editor.states.get(uri)?.pairs.map((pair) => pair.verdict), ['disagrees'], uri);
    }
    editor.stop();
  });

  it('do not keep a program waiting that was closed and opened again while they were read', async () => {
    const editor = await Editor.start({createProject});
    editor.holdReads();
    await editor.open(main, layers);
    await editor.close(main);
    await editor.open(main, layers.replace('from helper import product\n', product));
    const answered = verdict(editor);
    await editor.releaseReads();
    assert.equal(await Promise.race([answered, editor.advance(10_000).then(() => 'no answer')]), 'agrees');
    editor.stop();
  });

  it('are checked again when a file that was never saved is closed', async () => {
    const editor = await Editor.start({createProject});
    await editor.open(helper, product);
    await editor.open(main, layers);
    assert.equal(await verdict(editor), 'agrees');
    await editor.close(helper);
    assert.notEqual(await verdict(editor), 'agrees');
    editor.stop();
  });

  it('are as they were read last, in whichever order the texts arrive', async () => {
    const files = new Map([[helper, product]]);
    const editor = await Editor.start({createProject, files});
    await editor.open(main, layers);
    assert.equal(await verdict(editor), 'agrees');
    editor.holdReads();
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {changes: [{uri: helper, type: 2}]});
    await editor.idle();
    files.set(helper, product.replace('a.dot(b)', 'a.dot(b) * 3'));
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {changes: [{uri: helper, type: 2}]});
    await editor.idle();
    await editor.releaseReads(true);
    assert.equal(await verdict(editor), 'disagrees');
    editor.stop();
  });

  it('are the only files that are read when they change', async () => {
    const editor = await Editor.start({createProject, files: new Map([[helper, product]])});
    await editor.open(main, layers);
    assert.equal(await verdict(editor), 'agrees');
    editor.reads.length = 0;
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {changes: [{uri: 'file:///work/my%20net/unrelated.py', type: 1}, {uri: helper, type: 2}]});
    await editor.idle();
    assert.deepEqual(editor.reads, [helper]);
    editor.stop();
  });

  it('are asked for once', async () => {
    const control: FakeControl = {begun: 0};
    const editor = await Editor.start({createProject: fakeProject(control)});
    await editor.open(main, `from nowhere import something\n${forward}`);
    const asked = editor.reads.length;
    await editor.edit(main, 0, 0, '# one\n');
    await editor.idle();
    assert.equal(asked, 1);
    assert.equal(editor.reads.length, asked);
    editor.stop();
  });
});

describe('two documents of one file', () => {
  it('are two programs', async () => {
    const editor = await Editor.start({createProject: fakeProject({begun: 0})});
    const versions = ['git:/work/layers.py?%7B%22ref%22%3A%22HEAD%22%7D', 'git:/work/layers.py?%7B%22ref%22%3A%22~%22%7D', 'vscode-notebook-cell:/work/lesson.other#1', 'vscode-notebook-cell:/work/lesson.other#2'];
    for (const [index, uri] of versions.entries()) await editor.open(uri, (forward + backward).replace('  # WRONG', index % 2 === 0 ? '' : '  # WRONG'));
    assert.deepEqual(versions.map((uri) => editor.states.get(uri)?.pairs.map(({verdict}) => verdict).join()), ['agrees', 'disagrees', 'agrees', 'disagrees']);
    await editor.close(versions[0]);
    await editor.replace(versions[1], '  # WRONG', '');
    await editor.settled(versions[1]);
    await editor.advance(600);
    assert.equal(editor.states.get(versions[1])!.pairs[0].verdict, 'agrees');
    editor.stop();
  });

  it('are one path, however its drive is spelled', () => {
    assert.equal(pathOf('file:///C:/work/layers.py'), pathOf('file:///c%3A/work/layers.py'));
    assert.equal(uriOf(pathOf('file:///C:/work/my%20layers.py')), 'file:///c%3A/work/my%20layers.py');
  });
});

describe('positions', () => {
  const uri = 'file:///work/umlaut.py';
  const text = `def affine_forward(x, w):\n    out = x.dot(w); "𝛁 ä"; aux = w\n    return out\n${backward}`;

  it('are UTF-16 when nothing is agreed', async () => {
    const editor = await Editor.start({createProject: fakeProject({begun: 0}), capabilities: {}});
    assert.equal(editor.capabilities.positionEncoding, 'utf-16');
    editor.stop();
  });

  for (const [encoding, character] of [['utf-8', 8], ['utf-32', 4]] as const) {
    it(`are ${encoding} when the editor wants it`, async () => {
      const editor = await Editor.start({createProject: fakeProject({begun: 0}), capabilities: {general: {positionEncodings: [encoding]}}});
      assert.equal(editor.capabilities.positionEncoding, encoding);
      await editor.connection.sendNotification('textDocument/didOpen', {textDocument: {uri, languageId: 'python', version: 1, text}});
      await editor.connection.sendNotification('textDocument/didChange', {
        textDocument: {uri, version: 2},
        contentChanges: [{range: {start: {line: 1, character: 21}, end: {line: 1, character: 21 + character}}, text: ''}],
      });
      await editor.idle();
      editor.texts.set(uri, text.replace('𝛁 ä'.slice(0, encoding === 'utf-8' ? 4 : 5), ''));
      const [hint] = await editor.hints(uri);
      assert.deepEqual(hint.position, {line: 1, character: 7});
      editor.stop();
    });
  }

  it('survive line ends of every kind', async () => {
    const editor = await Editor.start({createProject: fakeProject({begun: 0})});
    await editor.open(uri, (forward + backward).replaceAll('\n', '\r\n'));
    const hints = await editor.hints(uri);
    assert.deepEqual(hints.map(({position}) => position), [{line: 1, character: 7}, {line: 4, character: 6}, {line: 4, character: 31}]);
    editor.stop();
  });
});
