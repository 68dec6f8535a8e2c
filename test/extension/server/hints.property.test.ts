/**
 * Whatever is typed into one pair of functions: hints of the others stay where they are, none stands on a wrong line, and
 * when the text can be read, the settled hints are those of a fresh analysis.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {InlayHint} from 'vscode-languageserver-protocol';
import {createProject} from '../../../engine/project.ts';
import type {Host, Project} from '../../../engine/project.ts';
import {Editor} from './editor.ts';
import {fakeProject} from './fake-project.ts';

const uri = 'file:///work/layers.py';

function pair(name: string): string {
  return `def ${name}_forward(x, w):
    """
    - x: of shape (N, D)
    - w: of shape (D, M)
    """
    out = x.dot(w)
    cache = (x, w)
    return out, cache

def ${name}_backward(dout, cache):
    x, w = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    return dx, dw

`;
}

const before = `import numpy as np\n\n${pair('first')}`;
const middle = pair('second');
const after = pair('third');

/** What people type, and what slips: names, brackets, quotes, newlines, unfinished words. */
const scrap = fc.oneof(
  fc.constantFrom('x', 'dx', ' = ', '(', ')', '\n', '    ', '\n    ', '.T', '.dot(dout)', 'out', '2 * ', '#', ':', 'ä', '𝛁', ',', 'np.', 'sum', 'return ', '[', ']', '"', '"""'),
  fc.string({maxLength: 4}),
);
const edit = fc.record({at: fc.double({min: 0, max: 1, noNaN: true}), remove: fc.nat({max: 12}), insert: scrap});

interface Shown {
  readonly name: string;
  readonly kind: 'shape' | 'verdict';
  readonly line: number;
  readonly label: string;
}

function shownOf(hints: readonly InlayHint[]): readonly Shown[] {
  return hints.map(({position, label, data}) => ({...(data as {name: string; kind: 'shape' | 'verdict'}), line: position.line, label: JSON.stringify(label)}));
}

async function fresh(text: string, project: (host: Host) => Project): Promise<readonly Shown[]> {
  const editor = await Editor.start({createProject: project});
  await editor.open(uri, text);
  await editor.settled(uri);
  const hints = shownOf(await editor.hints(uri));
  editor.stop();
  return hints;
}

async function holds(edits: readonly {readonly at: number; readonly remove: number; readonly insert: string}[], project: (host: Host) => Project): Promise<void> {
  const editor = await Editor.start({createProject: project});
  try {
    await editor.open(uri, before + middle + after);
    await editor.settled(uri);
    const start = shownOf(await editor.hints(uri));
    const firstLine = before.split('\n').length - 1;
    const lastLine = firstLine + middle.split('\n').length - 1;
    const above = start.filter(({line}) => line < firstLine);
    const below = start.filter(({line}) => line >= lastLine);
    assert.equal(above.length, below.length);
    assert.ok(above.length > 3);
    let text = middle;
    for (const {at, remove, insert} of edits) {
      const offset = Math.floor(at * text.length);
      const removed = Math.min(remove, text.length - offset - 1);
      if (removed < 0) continue;
      text = text.slice(0, offset) + insert + text.slice(offset + removed);
      editor.holdEngine();
      await editor.edit(uri, before.length + offset, removed, insert);
      const atOnce = shownOf(await editor.hints(uri));
      editor.releaseEngine();
      const lines = editor.texts.get(uri)!.split('\n');
      const moved = lines.length - before.split('\n').length - middle.split('\n').length - after.split('\n').length + 2;
      for (const asked of [atOnce, shownOf(await editor.hints(uri))]) {
        for (const hint of above) assert.ok(asked.some((other) => same(hint, other, 0)), `lost ${JSON.stringify(hint)}`);
        for (const hint of below) assert.ok(asked.some((other) => same(hint, other, moved)), `lost ${JSON.stringify(hint)} moved by ${moved}`);
        for (const hint of asked) assert.ok(hint.line < lines.length && (lines[hint.line].includes(hint.name) || isEdited(hint, above, below, moved)), `${JSON.stringify(hint)} stands on ${JSON.stringify(lines[hint.line])}`);
      }
    }
    await editor.advance(600);
    await editor.settled(uri);
    const problems = editor.diagnostics.get(uri) ?? [];
    if (!problems.some(({code}) => code === 'syntax')) assert.deepEqual(shownOf(await editor.hints(uri)), await fresh(editor.texts.get(uri)!, project));
  } finally {
    editor.stop();
  }
}

function same(a: Shown, b: Shown, moved: number): boolean {
  return a.name === b.name && a.kind === b.kind && a.line + moved === b.line && a.label === b.label;
}

/** A hint of the pair that is edited: its name may be half deleted until the next analysis. */
function isEdited(hint: Shown, above: readonly Shown[], below: readonly Shown[], moved: number): boolean {
  return !above.some((other) => same(other, hint, 0)) && !below.some((other) => same(other, hint, moved));
}

describe('hints, whatever is typed', () => {
  it('stay, stand on their lines and settle as a fresh analysis says', async () => {
    const project = fakeProject({begun: 0});
    await fc.assert(fc.asyncProperty(fc.array(edit, {minLength: 1, maxLength: 8}), (edits) => holds(edits, project)), {numRuns: 100});
  });

  it('do so with the engine itself', async () => {
    await fc.assert(fc.asyncProperty(fc.array(edit, {minLength: 1, maxLength: 4}), (edits) => holds(edits, createProject)), {numRuns: 25});
  });
});
