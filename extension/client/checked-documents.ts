/** Read-only documents: what was checked for a file, and what a problem code means. */
import * as vscode from 'vscode';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {explainCode, helpScheme, whatWasChecked} from '../protocol.ts';
import type {DocumentParams, ExplainParams} from '../protocol.ts';
import {programOf} from './states.ts';
import type {States} from './states.ts';

const checkedScheme = 'backprop-tutor-checked';

/** The address of the account of what was checked for a document. */
export function checkedUri(document: vscode.Uri): vscode.Uri {
  const name = document.path.split('/').at(-1) ?? 'file';
  return vscode.Uri.from({scheme: checkedScheme, path: `/What was checked in ${name}.md`, query: document.toString()});
}

export class CheckedDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registrations: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly client: BaseLanguageClient, states: States, extension: vscode.Uri) {
    const help: vscode.TextDocumentContentProvider = {
      provideTextDocumentContent: async (uri) => {
        const code = uri.path.replace(/^\/|\.md$/g, '');
        const page = vscode.Uri.joinPath(extension, 'docs', 'mistakes', `${code}.md`);
        const written = await vscode.workspace.fs.readFile(page).then((bytes) => new TextDecoder().decode(bytes), () => null);
        return written ?? await this.client.sendRequest<string | null>(explainCode, {code} satisfies ExplainParams) ?? `Nothing is known of ${code}.`;
      },
    };
    this.registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(checkedScheme, this),
      vscode.workspace.registerTextDocumentContentProvider(helpScheme, help),
      this.changed,
      // Of a document that is no longer open the last account stays.
      states.onDidChange(({uri, state}) => { if (state?.checking === false) this.refresh(uri); }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const params: DocumentParams = {uri: uri.query};
    return await this.client.sendRequest<string | null>(whatWasChecked, params) ?? 'This document is no longer open, so nothing is known of it.\n';
  }

  dispose(): void {
    this.registrations.dispose();
  }

  private refresh(program: string): void {
    for (const {uri} of vscode.workspace.textDocuments) {
      if (uri.scheme === checkedScheme && programOf(vscode.Uri.parse(uri.query)).toString() === program) this.changed.fire(uri);
    }
  }
}
