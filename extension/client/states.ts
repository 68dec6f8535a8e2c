/** The last known state of every document that the server looks at. */
import * as vscode from 'vscode';
import {State} from 'vscode-languageclient';
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
    // What a server said that has ended is of texts that nobody follows any more.
    client.onDidChangeState(({newState}) => { if (newState === State.Stopped) this.clear(); });
  }

  get(uri: vscode.Uri): FileState | undefined {
    return this.states.get(uri.toString());
  }

  dispose(): void {
    this.emitter.dispose();
  }

  private clear(): void {
    const known = [...this.states.keys()];
    this.states.clear();
    for (const uri of known) this.emitter.fire({uri, state: null});
  }
}

/** The document that counts for one: the notebook of a cell, else itself. */
export function programOf(document: vscode.Uri): vscode.Uri {
  const key = document.toString();
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document.uri.toString() === key))?.uri ?? document;
}

/** The document that the user looks at, a notebook counting as one; undefined when it isn't Python. */
export function activeUri(): vscode.Uri | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return undefined;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return editor.document.uri.scheme === 'vscode-notebook-cell' && notebook !== undefined ? notebook.uri : editor.document.uri;
}
