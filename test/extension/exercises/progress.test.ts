/** How far somebody has come: begun, solved for good, hints, and started over; and that half of a backward is no error. */
import assert from 'node:assert/strict';
import {createProject} from '../../../engine/project.ts';
import {startText} from '../../../extension/exercises/exercise.ts';
import {afterCheck, afterHint, isSolved, summary, withoutExercise} from '../../../extension/exercises/progress.ts';
import type {AllProgress, Checked} from '../../../extension/exercises/progress.ts';
import {exerciseOf, exercises} from '../../../extension/exercises/table.ts';
import {Editor} from '../server/editor.ts';

const affine = exerciseOf('affine')!;
const checked = (...verdicts: string[]): Checked => ({
  checking: false, pairs: [{verdict: verdicts.every((verdict) => verdict === 'agrees') ? 'agrees' : 'incomplete', gradients: verdicts.map((verdict) => ({verdict}))}],
});

describe('progress with exercises', () => {
  it('begins when a file is looked at, and counts what is right', () => {
    const all = afterCheck({}, affine, checked('agrees', 'missing', 'missing'), 'text');
    assert.deepEqual(all.affine, {status: 'in progress', hints: 0, text: 'text'});
    assert.equal(summary(all.affine, checked('agrees', 'missing', 'missing')), 'in progress, 1 of 3 right');
    assert.equal(summary(all.affine, null), 'in progress');
    assert.equal(summary(undefined, null), '');
  });

  it('is solved when every gradient agrees, and stays so', () => {
    const solved = afterCheck({}, affine, checked('agrees', 'agrees'), 'a');
    assert.equal(solved.affine.status, 'solved');
    const later = afterCheck(solved, affine, checked('agrees', 'disagrees'), 'b');
    assert.deepEqual(later.affine, {status: 'solved', hints: 0, text: 'b'});
    assert.equal(summary(later.affine, null), 'solved');
  });

  it('is not solved by nothing, or by what is still being looked at', () => {
    assert.equal(isSolved({checking: false, pairs: []}), false);
    assert.equal(isSolved({checking: false, pairs: [{verdict: 'agrees', gradients: []}]}), false);
    assert.equal(isSolved({...checked('agrees'), checking: true}), false);
  });

  it('is the same when nothing has changed', () => {
    const all = afterCheck({}, affine, checked('missing'), 'text');
    assert.equal(afterCheck(all, affine, checked('missing'), 'text'), all);
  });

  it('gives one hint at a time, and no more than there are', () => {
    let all: AllProgress = {};
    for (let i = 0; i < 10; i++) all = afterHint(all, affine, 'start');
    assert.equal(all.affine.hints, affine.hints.length);
    assert.equal(all.affine.status, 'in progress');
    assert.equal(afterCheck(all, affine, checked('agrees'), 'x').affine.hints, affine.hints.length);
  });

  it('can be started over', () => {
    const all = afterCheck(afterCheck({}, affine, checked('agrees'), 'a'), exercises[0], checked('missing'), 'b');
    assert.deepEqual(Object.keys(withoutExercise(all, 'affine')), [exercises[0].id]);
  });

  it('a backward that is not written yet is underlined by no error', async () => {
    const uri = 'file:///work/exercise.py';
    const editor = await Editor.start({createProject});
    await editor.idle();
    await editor.open(uri, startText(affine));
    await editor.settled(uri);
    assert.deepEqual([...new Set((editor.diagnostics.get(uri) ?? []).map(({severity}) => severity))], [4]);
    assert.equal(editor.states.get(uri)!.errors, 0);
    await editor.replace(uri, 'dw = None', 'dw = dout.T @ x');
    await editor.settled(uri);
    await editor.advance(500);
    assert.deepEqual(editor.diagnostics.get(uri)!.filter(({severity}) => severity === 1).map(({code}) => code), ['wrong-gradient']);
    editor.stop();
  });
});
