/** The extension in a browser: the server is a web worker. */
import {Uri} from 'vscode';
import type {ExtensionContext} from 'vscode';
import {BrowserMessageReader, BrowserMessageWriter, LanguageClient} from 'vscode-languageclient/browser';
import type {MessageTransports} from 'vscode-languageclient';
import {activateWith} from '../extension.ts';
import type {Api} from '../extension.ts';

export function activate(context: ExtensionContext): Api {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true);
  let worker: Worker | undefined;
  // The transports are made here: what the editor gives as a Worker need not be one to `instanceof`.
  const start = (): Promise<MessageTransports> => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve({reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker)});
  };
  context.subscriptions.push({dispose: () => { worker?.terminate(); }});
  return activateWith(context, (options) => new LanguageClient('backpropTutor', 'Backprop Tutor', start, options));
}
