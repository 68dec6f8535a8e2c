/** The loop around the engine: what is urgent is not kept waiting by what runs, and what was stopped is run again. */
import assert from 'node:assert/strict';
import {createProject} from '../../../engine/project.ts';
import {EngineLoop} from '../../../extension/server/engine-loop.ts';
import type {FromEngine} from '../../../extension/server/engine-messages.ts';
import {Receiver} from '../../../extension/server/transfer.ts';

const endless = `def scan_forward(x):
    """ x: (N, D) """
    n = 0
    while True:
        n = n + 1
    return x * n, x

def scan_backward(dout, cache):
    return dout
`;
const short = `def twice_forward(x):
    """ x: (N, D) """
    return 2 * x, x

def twice_backward(dout, cache):
    dx = 2 * dout
    return dx
`;

describe('the loop around the engine', () => {
  it('leaves a run that does not end for what is urgent, and comes back to it', async () => {
    const receiver = new Receiver();
    const done: string[] = [];
    let looked = 0;
    let finished: () => void = () => undefined;
    const all = new Promise<void>((resolve) => { finished = resolve; });
    const loop: EngineLoop = new EngineLoop({
      createProject,
      post: (message: FromEngine) => {
        if (message.type !== 'analysis' || !message.done) return;
        const [pair] = receiver.unpack(message.path, message.analysis).report.pairs;
        done.push(`${pair.name} ${pair.verdict}: ${pair.reason}`);
        if (done.length === 2) finished();
      },
      breathe: () => new Promise((resolve) => { setImmediate(resolve); }),
      // The other program is opened while the endless loop runs.
      drain: () => {
        if (++looked !== 20) return;
        loop.receive({type: 'program', path: '/file//b.py', text: short});
        loop.receive({type: 'analyze', path: '/file//b.py', stamp: 2, request: 2, first: null, seed: 0, urgent: true});
      },
      now: () => performance.now(),
    });
    loop.receive({type: 'program', path: '/file//a.py', text: endless});
    loop.receive({type: 'analyze', path: '/file//a.py', stamp: 1, request: 1, first: null, seed: 0, urgent: true});
    await all;
    assert.match(done[0], /^twice agrees/);
    assert.match(done[1], /^scan inconclusive: the run took too many steps/);
  });
});
