/** What arrives is what was analysed, however the text was edited in between; what has not changed is not sent again. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import type {FileAnalysis} from '../../../engine/check/analysis.ts';
import {createProject} from '../../../engine/project.ts';
import type {Project} from '../../../engine/project.ts';
import {Receiver, Sender} from '../../../extension/server/transfer.ts';

const path = 'layers.py';
const text = ['affine', 'relu', 'batchnorm'].map((name) => readFileSync(new URL(`../../../examples/${name}.py`, import.meta.url), 'utf8')).join('\n\n');

function analyze(project: Project, edited: string): FileAnalysis {
  project.update(path, edited);
  const units = project.analyze(path);
  let unit = units.next();
  while (unit.done !== true) unit = units.next();
  return unit.value;
}

/** Without what is not sent. */
function essence({report, pairs}: FileAnalysis): unknown {
  return structuredClone({pairs, problems: report.problems, reports: report.pairs});
}

describe('an analysis on its way from the engine to the server', () => {
  it('arrives as it is after any edits', () => {
    const edit = fc.record({at: fc.nat(text.length), inserted: fc.constantFrom('', '\n', '# note\n', 'x', '\n\n\n'), removed: fc.nat(3)});
    fc.assert(fc.property(fc.array(edit, {minLength: 1, maxLength: 5}), (edits) => {
      const project = createProject({readFile: () => null, now: () => 0});
      const [sender, receiver] = [new Sender(), new Receiver()];
      let now = text;
      for (const {at, inserted, removed} of [{at: 0, inserted: '', removed: 0}, ...edits]) {
        now = now.slice(0, at) + inserted + now.slice(at + removed);
        const analysis = analyze(project, now);
        const sent = structuredClone(sender.pack(path, analysis));
        assert.deepEqual(essence(receiver.unpack(path, sent)), essence(analysis));
      }
    }), {numRuns: 15});
  });

  it('is small when lines were added above what was judged', () => {
    const project = createProject({readFile: () => null, now: () => 0});
    const sender = new Sender();
    const whole = JSON.stringify(sender.pack(path, analyze(project, text))).length;
    const moved = JSON.stringify(sender.pack(path, analyze(project, `# one more line\n${text}`))).length;
    assert.ok(moved < whole / 10, `${String(moved)} of ${String(whole)} characters`);
  });

  it('is sent in full again when the program was closed', () => {
    const project = createProject({readFile: () => null, now: () => 0});
    const sender = new Sender();
    const first = sender.pack(path, analyze(project, text));
    sender.forget(path);
    assert.deepEqual(sender.pack(path, analyze(project, text)).pairs, first.pairs);
  });
});
