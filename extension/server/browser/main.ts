/** The server in a web worker that the client makes. The engine works between messages, a few milliseconds at a time. */
import {BrowserMessageReader, BrowserMessageWriter, createConnection} from 'vscode-languageserver/browser';
import {createProject} from '../../../engine/project.ts';
import {EngineLoop} from '../engine-loop.ts';
import {codeText, operationText} from '../explanations.ts';
import {startServer} from '../session.ts';

declare const self: DedicatedWorkerGlobalScope;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));

/** Messages that came in meanwhile are handled before this one of our own is. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => { waiting.shift()?.(); };

startServer({
  connection,
  startEngine: (receive) => {
    const loop = new EngineLoop({
      createProject,
      post: receive,
      breathe: () => new Promise<void>((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
      now: () => performance.now(),
    });
    return {post: (message) => { loop.receive(message); }, stop: () => undefined};
  },
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => { clearTimeout(timer); };
  },
  explain: operationText,
  explainCode: codeText,
  crash: () => { self.close(); },
});
