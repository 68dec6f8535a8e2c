/** The server as a process of its own (over stdio, a pipe or Node's messages), with the engine in a thread. */
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {createConnection, ProposedFeatures} from 'vscode-languageserver/node';
import type {Connection} from 'vscode-languageserver';
import type {Engine, FromEngine} from '../engine-messages.ts';
import {codeText, operationText} from '../explanations.ts';
import {startServer} from '../session.ts';

/** When more threads than these have ended in so many milliseconds, something is wrong for good. */
const mostFailures = 3;
const period = 180_000;

const connection = createConnection(ProposedFeatures.all) as unknown as Connection;

startServer({
  connection,
  startEngine: (receive) => startThread(receive),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => { clearTimeout(timer); };
  },
  explain: operationText,
  explainCode: codeText,
  crash: () => process.abort(),
});

/** An engine in a thread that is replaced when it ends by itself, as for want of memory. */
function startThread(receive: (message: FromEngine) => void): Engine {
  let stopped = false;
  let failures: number[] = [];
  let worker = start();
  function start(): Worker {
    const thread = new Worker(join(__dirname, 'engine.cjs'));
    thread.on('message', receive);
    thread.on('error', (error) => { connection.console.error(`The engine has stopped: ${error.stack ?? error.message}`); });
    thread.on('exit', () => {
      if (stopped) return;
      const now = Date.now();
      failures = [...failures.filter((time) => now - time < period), now];
      const replaced = failures.length <= mostFailures;
      if (replaced) worker = start();
      else connection.window.showErrorMessage('Backprop Tutor has stopped checking: its engine ended again and again. “Backprop Tutor: Restart Server” starts it anew; the log says more.');
      receive({type: 'lost', replaced});
    });
    return thread;
  }
  return {
    post: (message) => { worker.postMessage(message); },
    stop: () => {
      stopped = true;
      void worker.terminate();
    },
  };
}
