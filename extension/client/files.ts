/** Gives the server texts of workspace files, through the editor's file system so that virtual ones are read as well. */
import * as vscode from 'vscode';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {readFiles} from '../protocol.ts';
import type {ReadFilesParams, ReadFilesResult} from '../protocol.ts';

/** Larger files are not Python that somebody wrote. */
const largest = 2_000_000;

export function answerFileRequests(client: BaseLanguageClient): vscode.Disposable {
  return client.onRequest(readFiles, async ({uris}: ReadFilesParams): Promise<ReadFilesResult> => (
    {texts: await Promise.all(uris.map((uri) => readText(vscode.Uri.parse(uri))))}
  ));
}

/** Null for what isn't there and for what is none of ours. Unsaved text counts before what is on disk. */
export async function readText(uri: vscode.Uri): Promise<string | null> {
  if (uri.path === '' || !isOurs(uri)) return null;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > largest ? null : new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}

/** In the workspace, or beside a file that the user has opened. */
function isOurs(uri: vscode.Uri): boolean {
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return true;
  const folder = vscode.Uri.joinPath(uri, '..').toString();
  return vscode.workspace.textDocuments.some(({uri: open}) => open.path.startsWith('/') && vscode.Uri.joinPath(open, '..').toString() === folder);
}
