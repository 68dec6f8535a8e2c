/** What is said of a definition outside of it: enough to know when its inputs have to be thought about again. */
import assert from 'node:assert/strict';
import {mentionsOf} from '../../../engine/program/mentions.ts';
import {parse} from '../../../engine/python/parse.ts';

const source = `# over all
def layer(x):  # inside
    return x

def other(y):
    return y

# before the call
layer(3)
`;

function mentions(text: string): string {
  const {module} = parse(text);
  return mentionsOf(module, text, new Set(module.body.slice(0, 1)), ['layer']);
}

describe('mentions', () => {
  it('are statements that name it, and comments between statements', () => {
    const said = mentions(source);
    assert.match(said, /layer\(3\)/);
    assert.match(said, /# over all/);
    assert.match(said, /# before the call/);
    assert.doesNotMatch(said, /other/);
    assert.doesNotMatch(said, /# inside/);
  });

  it('stay the same when something else is edited, and change with a call', () => {
    assert.equal(mentions(source.replace('return y', 'return y * 2')), mentions(source));
    assert.notEqual(mentions(source.replace('layer(3)', 'layer(4)')), mentions(source));
  });
});

describe('a verdict after an edit elsewhere', () => {
  it('follows the call that tells the shapes of its inputs', async () => {
    const {createProject} = await import('../../../engine/project.ts');
    const text = (call: string): string => `import numpy as np

def f_forward(a, b):
    out = a.dot(b)
    return out, (a, b)

def f_backward(dout, cache):
    a, b = cache
    return dout.dot(b.T), a.T.dot(dout)

${call}
`;
    const sizes = (project: ReturnType<typeof createProject>, content: string): string => {
      project.update('a.py', content);
      const units = project.analyze('a.py');
      let unit = units.next();
      while (unit.done !== true) unit = units.next();
      return JSON.stringify(unit.value.pairs[0].inputs);
    };
    const project = createProject({readFile: () => null, now: () => 0});
    for (const call of ['f_forward(np.ones((2, 3)), np.ones((3, 4)))', 'f_forward(np.ones((6, 3)), np.ones((3, 5)))', '']) {
      const fresh = createProject({readFile: () => null, now: () => 0});
      assert.equal(sizes(project, text(call)), sizes(fresh, text(call)));
    }
  });
});
