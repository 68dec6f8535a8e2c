/** The engine's thread. */
import {performance} from 'node:perf_hooks';
import {parentPort, receiveMessageOnPort} from 'node:worker_threads';
import {createProject} from '../../../engine/project.ts';
import {EngineLoop} from '../engine-loop.ts';
import type {ToEngine} from '../engine-messages.ts';

const port = parentPort!;
const loop: EngineLoop = new EngineLoop({
  createProject,
  post: (message) => { port.postMessage(message); },
  breathe: () => new Promise((resolve) => { setImmediate(resolve); }),
  drain: () => {
    for (let waiting = receiveMessageOnPort(port); waiting !== undefined; waiting = receiveMessageOnPort(port)) loop.receive(waiting.message as ToEngine);
  },
  now: () => performance.now(),
});
port.on('message', (message: ToEngine) => { loop.receive(message); });
