/** The last known state of every document that the server looks at. */
import * as vscode from 'vscode';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {fileStateChanged} from '../protocol.ts';
import type {FileState, FileStateParams} from '../protocol.ts';

export class States implements vscode.Disposable {
  private readonly states = new Map<string, FileState>();
  private readonly emitter = new vscode.EventEmitter<FileStateParams>();
  readonly onDidChange = this.emitter.event;

  constructor(client: BaseLanguageClient) {
    client.onNotification(fileStateChanged, ({uri, state}: FileStateParams) => {
      // The server's spelling of a URI need not be the editor's.
      const key = vscode.Uri.parse(uri).toString();
      if (state === null) this.states.delete(key);
      else this.states.set(key, state);
      this.emitter.fire({uri: key, state});
    });
  }

  get(uri: vscode.Uri): FileState | undefined {
    return this.states.get(uri.toString());
  }

  dispose(): void {
    this.emitter.dispose();
  }
}

/** The document that the user looks at, a notebook counting as one; undefined when it isn't Python. */
export function activeUri(): vscode.Uri | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return undefined;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return editor.document.uri.scheme === 'vscode-notebook-cell' && notebook !== undefined ? notebook.uri : editor.document.uri;
}
