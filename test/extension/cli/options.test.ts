import assert from 'node:assert/strict';
import {parseCommandLine, UsageError} from '../../../extension/cli/options.ts';

describe('the command line', () => {
  it('reads paths and options in any order', () => {
    const options = parseCommandLine(['check', '--json', 'a.py', '--require', 'affine', 'b.py', '--require', 'relu', '--seed', '7', '--strict']);
    assert.ok(options.command === 'check');
    assert.deepEqual(options.paths, ['a.py', 'b.py']);
    assert.deepEqual(options.required, ['affine', 'relu']);
    assert.equal(options.seed, 7);
    assert.equal(options.json, true);
    assert.equal(options.strict, true);
    assert.equal(options.ignorePragmas, false);
  });

  it('says what is wrong and what to write instead', () => {
    const complaints: [string[], RegExp][] = [
      [[], /no command given.*backprop-tutor check FILE/],
      [['layers.py'], /unknown command 'layers.py'; did you mean: backprop-tutor check layers.py/],
      [['check'], /no file given/],
      [['check', 'a.py', '--seed', 'many'], /--seed takes a whole number/],
      [['check', 'a.py', '--colour'], /--colour/],
    ];
    for (const [words, message] of complaints) {
      assert.throws(() => parseCommandLine(words), (error: unknown) => error instanceof UsageError && message.test(error.message), words.join(' '));
    }
  });

  it('gives help and version without a file', () => {
    assert.equal(parseCommandLine(['--help']).command, 'help');
    assert.equal(parseCommandLine(['--version']).command, 'version');
  });
});
