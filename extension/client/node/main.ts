/** The extension in the editor's Node.js: the server is a process of its own. */
import type {ExtensionContext} from 'vscode';
import {LanguageClient, TransportKind} from 'vscode-languageclient/node';
import {activateWith} from '../extension.ts';
import type {Api} from '../extension.ts';

export function activate(context: ExtensionContext): Api {
  const module = context.asAbsolutePath('dist/server.cjs');
  return activateWith(context, (options) => new LanguageClient(
    'backpropTutor', 'Backprop Tutor', {module, transport: TransportKind.ipc}, options,
  ));
}
