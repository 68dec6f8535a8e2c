/** The extension in a browser: the server is a web worker. */
import {Uri} from 'vscode';
import type {ExtensionContext} from 'vscode';
import {LanguageClient} from 'vscode-languageclient/browser';
import {activateWith} from '../extension.ts';
import type {Api} from '../extension.ts';

export function activate(context: ExtensionContext): Api {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
  let worker: Worker | undefined;
  const start = (): Promise<Worker> => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve(worker);
  };
  context.subscriptions.push({dispose: () => { worker?.terminate(); }});
  return activateWith(context, (options) => new LanguageClient('backpropTutor', 'Backprop Tutor', start, options));
}
