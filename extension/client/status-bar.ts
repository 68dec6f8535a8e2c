/** The state of the active file in the status bar; nothing for files without a pair, nothing outside of Python. */
import * as vscode from 'vscode';
import {commands} from '../protocol.ts';
import type {FileState} from '../protocol.ts';
import {activeUri} from './states.ts';
import type {States} from './states.ts';

export function showStatus(states: States): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('backpropTutor.status', vscode.StatusBarAlignment.Right, 50);
  item.name = 'Backprop Tutor';
  item.command = commands.checkFile;
  const update = (): void => {
    const uri = activeUri();
    const state = uri === undefined ? undefined : states.get(uri);
    const hasPairs = (state?.pairs.length ?? 0) > 0;
    void vscode.commands.executeCommand('setContext', 'backpropTutor.hasPairs', hasPairs);
    if (state === undefined || !hasPairs) {
      item.hide();
      return;
    }
    const wrong = state.pairs.filter((pair) => pair.verdict === 'disagrees').length;
    item.text = statusText(state);
    item.tooltip = new vscode.MarkdownString(tooltipText(state), true);
    item.backgroundColor = wrong > 0 ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.accessibilityInformation = {label: `Gradients: ${item.text.replace(/\$\([^)]*\)/g, '')}`};
    item.show();
  };
  update();
  return vscode.Disposable.from(item, states.onDidChange(update), vscode.window.onDidChangeActiveTextEditor(update), vscode.window.onDidChangeActiveNotebookEditor(update));
}

/** `$(check) 5 gradients`, `$(error) 1 of 5 gradients wrong`. */
export function statusText(state: FileState): string {
  const gradients = state.pairs.flatMap((pair) => pair.gradients);
  const wrong = gradients.filter(({verdict}) => verdict === 'disagrees').length;
  const right = gradients.filter(({verdict}) => verdict === 'agrees').length;
  const icon = wrong > 0 ? '$(error)' : right === gradients.length && right > 0 ? '$(pass)' : '$(circle-outline)';
  const noun = gradients.length === 1 ? 'gradient' : 'gradients';
  if (wrong > 0) return `${icon} ${wrong} of ${gradients.length} ${noun} wrong`;
  return right === gradients.length ? `${icon} ${right} ${noun} ${right === 1 ? 'agrees' : 'agree'}` : `${icon} ${right} of ${gradients.length} ${noun} agree`;
}

function tooltipText(state: FileState): string {
  const marks = {agrees: '$(pass)', disagrees: '$(error)', inconclusive: '$(question)', unsupported: '$(circle-outline)', incomplete: '$(ellipsis)'};
  const lines = state.pairs.map((pair) => `${marks[pair.verdict]} **${pair.name}** ${pair.reason}`);
  const shown = lines.slice(0, 12);
  if (lines.length > shown.length) shown.push(`and ${lines.length - shown.length} more`);
  return `${shown.join('\n\n')}\n\nClick to check the file.`;
}
