/** Every exercise begins as something unfinished, its solution agrees in everything, and a typical mistake is found. */
import assert from 'node:assert/strict';
import type {FileReport} from '../../../engine/check/report.ts';
import {createProject} from '../../../engine/project.ts';
import {exerciseIdOf, startText} from '../../../extension/exercises/exercise.ts';
import {exerciseOf, exercises} from '../../../extension/exercises/table.ts';
import {solutions} from './solutions.ts';

function check(text: string): FileReport {
  const project = createProject({readFile: () => null, now: () => 0});
  project.update('a.py', text);
  const units = project.analyze('a.py');
  let step = units.next();
  while (step.done !== true) step = units.next();
  return step.value.report;
}

function replaced(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((changed, [from, to]) => {
    assert.equal(changed.split(from).length, 2, `${from} stands ${changed.split(from).length - 1} times in\n${changed}`);
    return changed.replace(from, () => to);
  }, text);
}

describe('the exercises', () => {
  it('are the ones that were promised, each once and in order', () => {
    assert.deepEqual(exercises.map(({id}) => id), [
      'circuit', 'sigmoid-neuron', 'multiply-gate', 'constant-multiplier', 'affine', 'relu', 'matrix-network', 'svm-loss', 'softmax-loss', 'two-layer-net',
      'deep-net', 'batchnorm', 'convolution', 'max-pool', 'rnn', 'embedding', 'second-derivatives',
    ]);
    assert.deepEqual(Object.keys(solutions).sort(), exercises.map(({id}) => id).sort());
  });

  it('are known by their first line, wherever it is saved', () => {
    assert.equal(exerciseIdOf(startText(exerciseOf('affine')!)), 'affine');
    assert.equal(exerciseIdOf('import numpy as np\n'), null);
    assert.equal(exerciseOf('nothing'), undefined);
  });

  for (const exercise of exercises) {
    const {id, teaches, hints, title} = exercise;
    const start = startText(exercise);
    const {right, wrong} = solutions[id];

    describe(id, () => {
      it('says what it teaches, and has a ladder of hints', () => {
        assert.ok(title.length > 5 && teaches.length > 60);
        assert.ok(hints.length >= 3 && hints.length <= 4);
        assert.ok(hints.every((hint) => hint.length > 20));
      });

      it('begins unfinished, and nothing is wrong with it', () => {
        const {pairs, problems} = check(start);
        assert.equal(pairs.length, 1, pairs.map(({name}) => name).join());
        assert.equal(pairs[0].verdict, 'incomplete', pairs[0].reason);
        assert.deepEqual(pairs[0].gradients.filter(({verdict}) => verdict === 'disagrees'), []);
        assert.deepEqual(problems.filter(({severity}) => severity === 'error' || severity === 'warning'), []);
      });

      it('has a solution that agrees in every gradient', () => {
        const [pair] = check(replaced(start, right)).pairs;
        assert.equal(pair.verdict, 'agrees', `${pair.reason}\n${JSON.stringify(pair.gradients)}`);
        assert.ok(pair.gradients.length > 0);
        assert.deepEqual(pair.gradients.filter(({verdict, vacuous}) => verdict !== 'agrees' || vacuous === true), []);
      });

      for (const [i, mistake] of wrong.entries()) {
        it(`finds a typical mistake: ${mistake[1].trim() === '' ? `without ${mistake[0].trim()}` : mistake[1].trim()} (${i + 1})`, () => {
          const [pair] = check(replaced(replaced(start, right), [mistake])).pairs;
          assert.equal(pair.verdict, 'disagrees', pair.reason);
        });
      }
    });
  }
});
