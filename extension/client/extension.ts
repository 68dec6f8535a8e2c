/**
 * What happens when the first Python file is shown, wherever the editor runs: the server is started, and everything that
 * the editor shows beside the server's own features is put in its place.
 */
import * as vscode from 'vscode';
import type {BaseLanguageClient, LanguageClientOptions} from 'vscode-languageclient';
import {CheckedDocuments} from './checked-documents.ts';
import {commands} from '../protocol.ts';
import {registerCommands} from './commands.ts';
import {Exercises} from './exercises.ts';
import {GradientExplanation} from './explanation.ts';
import {GraphPanel} from './panel.ts';
import {answerFileRequests} from './files.ts';
import {Recovery} from './recovery.ts';
import {States} from './states.ts';
import {showStatus} from './status-bar.ts';
import {GradientTests} from './testing.ts';

/** For tests. */
export interface Api {
  readonly client: BaseLanguageClient;
  /** When the server answers. */
  readonly ready: Promise<void>;
  readonly states: States;
  readonly tests: GradientTests;
  readonly graph: GraphPanel;
  readonly explanation: GradientExplanation;
  readonly exercises: Exercises;
}

export type Launch = (options: LanguageClientOptions) => BaseLanguageClient;

/** Does not wait for the server: the editor is not kept waiting while it starts. */
export function activateWith(context: vscode.ExtensionContext, launch: Launch): Api {
  const log = vscode.window.createOutputChannel('Backprop Tutor', {log: true});
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
  const recovery = new Recovery(log);
  const client = launch({
    documentSelector: editableSchemes().map((scheme) => ({language: 'python', scheme})),
    // Known to the server from its first moment on, or it would tell what a teacher forbids. As plain data, also for a worker.
    initializationOptions: () => JSON.parse(JSON.stringify(vscode.workspace.getConfiguration('backpropTutor'))) as object,
    synchronize: {configurationSection: 'backpropTutor', fileEvents: watcher},
    outputChannel: log,
    errorHandler: recovery,
    // Links in hovers may only ask for an explanation.
    markdown: {isTrusted: {enabledCommands: [commands.explainGradient]}, supportHtml: false},
  });
  const states = new States(client);
  const tests = new GradientTests(client, states);
  const graph = new GraphPanel(client, states, context.extensionUri, log);
  const exercises = new Exercises(context.globalState, states);
  const explanation = new GradientExplanation(client, states);
  context.subscriptions.push(
    log, watcher, states, tests, client,
    answerFileRequests(client),
    showStatus(states),
    new CheckedDocuments(client, states, context.extensionUri),
    graph, explanation, exercises,
    ...registerCommands({client, states, tests, log, recovery, extension: context.extensionUri}),
  );
  const started = Date.now();
  // In a turn of its own, since starting a process takes a while.
  const ready = new Promise((resolve) => { setTimeout(resolve, 0); }).then(() => client.start()).then(
    () => { log.info(`The server is ready after ${Date.now() - started} ms.`); },
    (error: unknown) => { log.error(error instanceof Error ? error : String(error)); },
  );
  return {client, ready, states, tests, graph, explanation, exercises};
}

/** Where documents are written: not those that show an older version of one, as in a comparison. */
function editableSchemes(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', 'vscode-notebook-cell', ...folders.map(({uri}) => uri.scheme)])];
}
