/** The labelled survey: how found pairs are matched with labels, what the sums count, and that the list of files is sound. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {compare, tally, undecided} from '../../survey/compare.ts';
import type {FoundPair, LabelledFile, LabelledPair} from '../../survey/compare.ts';

const label = (forward: readonly [string | null, number], backward: readonly [string | null, number], optional = false): LabelledPair => ({
  forward: {name: forward[0], line: forward[1]}, backward: {name: backward[0], line: backward[1]}, ...optional ? {optional} : {},
});

const pair = (forward: readonly [string, number], backward: readonly [string, number], rest: Partial<FoundPair> = {}): FoundPair => ({
  name: backward[0], pattern: 'function-pair', forward: {name: forward[0], line: forward[1]}, backward: {name: backward[0], line: backward[1]},
  verdict: 'agrees', reason: '', ...rest,
});

describe('the labelled survey', () => {
  it('matches by the backward, and prefers the labelled forward', () => {
    const labels = [label(['a', 1], ['a_backward', 5]), label(['Net.loss', 10], ['Net.loss', 10])];
    const found = [pair(['other', 3], ['a_backward', 5]), pair(['a', 1], ['a_backward', 5]), pair(['loss', 10], ['loss', 10])];
    const {matches, unlabelled} = compare(labels, found);
    assert.deepEqual(matches.map(({found: one, otherForward}) => [one, otherForward]), [[found[1], false], [found[2], false]]);
    assert.deepEqual(unlabelled, [found[0]]);
  });

  it('counts another forward as found and says so', () => {
    const [match] = compare([label(['Net.backprop', 8], ['Net.backprop', 8])], [pair(['feed', 2], ['backprop', 8])]).matches;
    assert.equal(match.found?.forward.name, 'feed');
    assert.equal(match.otherForward, true);
  });

  it('takes no definition on another line and none of another name', () => {
    const {matches, unlabelled} = compare([label(['f', 1], ['f_prime', 4])], [pair(['f', 1], ['f_prime', 9]), pair(['f', 1], ['g_prime', 4])]);
    assert.equal(matches[0].found, null);
    assert.equal(unlabelled.length, 2);
  });

  it('tells closures of one name apart by their line', () => {
    const labels = [label(['Value.__add__', 3], ['Value.__add__._backward', 5]), label(['Value.__mul__', 9], ['Value.__mul__._backward', 11])];
    const found = [pair(['__mul__', 9], ['_backward', 11]), pair(['__add__', 3], ['_backward', 5])];
    assert.deepEqual(compare(labels, found).matches.map((match) => match.found), [found[1], found[0]]);
  });

  it('gives a script to a label close by, and nothing else', () => {
    const near = pair(['script', 70], ['script', 80], {pattern: 'script'});
    assert.equal(compare([label([null, 72], [null, 78])], [near]).matches[0].found, near);
    assert.equal(compare([label([null, 72], [null, 120])], [near]).matches[0].found, null);
    assert.equal(compare([label([null, 72], [null, 78])], [pair(['f', 70], ['f', 78])]).matches[0].found, null);
  });

  it('sums found, decided and unlabelled, and leaves optional labels out', () => {
    const labels = [label(['a', 1], ['b', 2]), label(['c', 3], ['d', 4]), label(['e', 5], ['f', 6]), label(['g', 7], ['h', 8], true)];
    const found = [
      pair(['a', 1], ['b', 2], {verdict: 'disagrees'}), pair(['c', 3], ['d', 4], {verdict: 'inconclusive', reason: 'the size 3 is not 4'}),
      pair(['g', 7], ['h', 8], {verdict: 'incomplete'}), pair(['x', 9], ['y', 10]),
    ];
    const comparison = compare(labels, found);
    assert.deepEqual(tally([comparison]), {files: 1, labelled: 3, found: 2, decided: 1, unlabelled: 1});
    assert.deepEqual(undecided([comparison, comparison]), [{reason: 'inconclusive: the size # is not #', count: 2}]);
  });

  it('lists at least 200 files of every family, each at a commit, none twice, with no file of ours', () => {
    const lines = readFileSync(new URL('../../survey/labels.jsonl', import.meta.url), 'utf8').trimEnd().split('\n');
    const files = lines.map((line) => JSON.parse(line) as LabelledFile);
    assert.ok(files.length >= 200);
    assert.equal(new Set(files.map(({repository, path}) => `${repository} ${path}`)).size, files.length);
    assert.deepEqual([...new Set(files.map(({family}) => family))].sort(), ['class', 'cs231n', 'dlai', 'dlfs', 'engine', 'micrograd', 'plain', 'torch']);
    for (const {commit, pairs, path} of files) {
      assert.match(commit, /^[0-9a-f]{40}$/);
      assert.ok(pairs.some(({optional}) => optional !== true), path);
    }
  });
});
