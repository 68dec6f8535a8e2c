/** The server as a process of its own (over stdio, a pipe or Node's messages), with the engine in a thread. */
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {createConnection, ProposedFeatures} from 'vscode-languageserver/node';
import type {Connection} from 'vscode-languageserver';
import type {Engine, FromEngine} from '../engine-messages.ts';
import {codeText, operationText} from '../explanations.ts';
import {startServer} from '../session.ts';

/** So many threads may end in a row without having analysed anything; then something is wrong for good. */
const mostFailures = 3;

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
  let failures = 0;
  let worker = start();
  function start(): Worker {
    const thread = new Worker(join(__dirname, 'engine.cjs'));
    thread.on('message', (message: FromEngine) => {
      if (message.type === 'analysis' && message.done) failures = 0;
      receive(message);
    });
    thread.on('error', (error) => { connection.console.error(`The engine has stopped: ${error.stack ?? error.message}`); });
    thread.on('exit', () => {
      if (stopped) return;
      failures++;
      if (failures > mostFailures) {
        connection.window.showErrorMessage('Backprop Tutor cannot check this code: its engine stops again and again. The log says more.');
        return;
      }
      worker = start();
      receive({type: 'lost', message: 'The engine was started again.'});
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
