/** Writes an exported graph where the user says. */
import * as vscode from 'vscode';

const endings = {svg: 'svg', png: 'png', dot: 'dot', mermaid: 'mmd'} as const;

/** `content` is text, for a PNG in base64. */
export async function saveGraph(format: keyof typeof endings, content: string): Promise<void> {
  const ending = endings[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({filters: {[format]: [ending]}, ...(folder === undefined ? {} : {defaultUri: vscode.Uri.joinPath(folder, `graph.${ending}`)})});
  if (uri === undefined) return;
  const bytes = format === 'png' ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0)) : new TextEncoder().encode(content);
  await vscode.workspace.fs.writeFile(uri, bytes).then(undefined, (error: unknown) => {
    void vscode.window.showErrorMessage(`The graph could not be written: ${error instanceof Error ? error.message : String(error)}`);
  });
}
