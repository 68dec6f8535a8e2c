/** Builtins, text formatting and modules as CPython has them: every snippet prints and raises the same here and there. */
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {runText} from '../../../support/run-text.ts';

interface Outcome {
  readonly printed: string;
  readonly raised: string | null;
}

/** The snippets of a file by title; each begins at a line `#: title`. */
function snippets(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of `\n${text}`.split('\n#: ').slice(1)) {
    const end = part.indexOf('\n');
    found.set(part.slice(0, end), `${part.slice(end + 1)}\n`);
  }
  return found;
}

for (const name of ['builtins', 'modules', 'text']) {
  const folder = new URL(`../${name}/`, import.meta.url);
  const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, Record<string, Outcome>>;
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.py') && !each.startsWith('record'))) {
    describe(`${name}: ${file.replace('.py', '')}`, () => {
      const texts = snippets(readFileSync(new URL(file, folder), 'utf8'));

      it('has a recording of every snippet', () => {
        assert.deepEqual([...texts.keys()].sort(), Object.keys(expected[file]).sort());
      });

      for (const [title, text] of texts) {
        it(title, () => {
          const {printed, raised} = expected[file][title];
          const run = runText(text, {main: true});
          assert.equal(run.stdout, printed);
          const last = run.raised.at(-1);
          assert.equal(last === undefined ? null : `${last.type}: ${last.message}`, raised);
        });
      }
    });
  }
}
