/** The commands of the palette and the menus. Each does one thing, and says so when there is nothing to do it to. */
import * as vscode from 'vscode';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {check, commands, fix, hintQuestions, nextHint as nextHintMethod, proof, shapesPragma} from '../protocol.ts';
import type {CheckParams, CheckResult, FixResult, HintResult, MistakeParams, NextHintParams, PairState, PlaceParams, PragmaResult, ProofResult, Site} from '../protocol.ts';
import {checkedUri} from './checked-documents.ts';
import type {Recovery} from './recovery.ts';
import type {States} from './states.ts';
import type {GradientTests, Outcome} from './testing.ts';

export interface CommandContext {
  readonly client: BaseLanguageClient;
  readonly states: States;
  readonly tests: GradientTests;
  readonly log: vscode.LogOutputChannel;
  readonly recovery: Recovery;
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
}

type Target = readonly [uri?: string, position?: {readonly line: number; readonly character: number}];

export function registerCommands(context: CommandContext): vscode.Disposable[] {
  const on = (command: string, action: (...target: Target) => unknown): vscode.Disposable => (
    vscode.commands.registerCommand(command, action)
  );
  return [
    on(commands.checkFunction, (...target) => checkFunction(context, place(target))),
    on(commands.checkFile, () => checkFile(context)),
    on(commands.checkWorkspace, () => checkWorkspace(context)),
    on(commands.showChecked, (...target) => showChecked(place(target))),
    on(commands.prove, (...target) => prove(context, place(target))),
    on(commands.setShapes, (...target) => setShapes(context, place(target))),
    on(commands.restart, () => context.recovery.restart(context.client)),
    on(commands.showLog, () => { context.log.show(); }),
    vscode.commands.registerCommand(commands.nextHint, (...target: Target | [MistakeParams]) => nextHint(context, target)),
    vscode.commands.registerCommand(commands.applyFix, (params: MistakeParams) => applyFix(context, params)),
    on(commands.tryExample, () => tryExample(context)),
  ];
}

/** The place that a lens names, else the cursor's. */
function place([uri, position]: Target): PlaceParams | null {
  if (typeof uri === 'string' && position !== undefined) return {uri, position};
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') {
    void vscode.window.showInformationMessage('Open a Python file first: Backprop Tutor checks the gradients in it.');
    return null;
  }
  const {line, character} = editor.selection.active;
  return {uri: editor.document.uri.toString(), position: {line, character}};
}

async function checkFunction({client, tests}: CommandContext, at: PlaceParams | null): Promise<PairState | undefined> {
  if (at === null) return undefined;
  const state = await client.sendRequest<CheckResult>(check, {uri: at.uri} satisfies CheckParams);
  const pair = state === null ? undefined : pairAt(state.pairs, at);
  if (state === null || pair === undefined) {
    void vscode.window.showInformationMessage('No gradients here: put the cursor in a forward or a backward function, such as affine_forward or affine_backward.');
    return undefined;
  }
  tests.record(state, [pair]);
  announce(pair);
  return pair;
}

/** The innermost pair whose functions hold the place. */
export function pairAt(pairs: readonly PairState[], {uri, position}: PlaceParams): PairState | undefined {
  const key = vscode.Uri.parse(uri).toString();
  return pairs
    .flatMap((pair) => pair.spans.map((span) => ({pair, span})))
    .filter(({span}) => vscode.Uri.parse(span.uri).toString() === key && span.range.start.line <= position.line && position.line <= span.range.end.line)
    .sort((a, b) => b.span.range.start.line - a.span.range.start.line)[0]?.pair;
}

function announce(pair: PairState): void {
  const right = pair.gradients.filter((gradient) => gradient.verdict === 'agrees').length;
  const count = `${right} of ${pair.gradients.length} gradients agree`;
  if (pair.verdict === 'agrees') {
    void vscode.window.showInformationMessage(`✓ ${pair.name}: ${count}.`);
    return;
  }
  const wrong = pair.gradients.find((gradient) => gradient.verdict === 'disagrees' && gradient.code !== null)
    ?? pair.gradients.find((gradient) => gradient.verdict !== 'agrees');
  const text = pair.verdict === 'disagrees' ? `✗ ${pair.name}: ${count}. Look at line ${(wrong?.site ?? pair.site).range.start.line + 1}.` : `${pair.name}: ${pair.verdict}. ${pair.reason}`;
  const site = wrong?.site ?? pair.site;
  // Not awaited: a message that nobody answers must not keep the command busy.
  void vscode.window.showWarningMessage(text, 'Show Line').then(async (answer) => {
    if (answer === undefined) return;
    await goTo(site);
  });
}

async function checkFile({client, tests}: CommandContext): Promise<Outcome | undefined> {
  const at = place([]);
  if (at === null) return undefined;
  const state = await client.sendRequest<CheckResult>(check, {uri: at.uri} satisfies CheckParams);
  if (state === null || state.pairs.length === 0) {
    void vscode.window.showInformationMessage('No forward function with its backward was found in this file.');
    return undefined;
  }
  const outcome = tests.record(state, state.pairs);
  summarize(outcome);
  return outcome;
}

async function checkWorkspace({tests}: CommandContext): Promise<Outcome> {
  const outcome = await vscode.window.withProgress(
    {location: vscode.ProgressLocation.Notification, title: 'Checking gradients', cancellable: true},
    (progress, token) => tests.checkWorkspace(token, (file, share) => { progress.report({message: file, increment: share * 100}); }),
  );
  summarize(outcome);
  return outcome;
}

function summarize({pairs, agree, disagree, files, cancelled}: Outcome): void {
  const where = files === 1 ? '' : ` in ${files} files`;
  const others = pairs - agree - disagree;
  const parts = [`${agree} agree`, `${disagree} disagree`, ...(others > 0 ? [`${others} could not be judged`] : [])];
  const text = pairs === 0 ? 'No forward function with its backward was found.' : `${pairs} ${pairs === 1 ? 'pair' : 'pairs'}${where}: ${parts.join(', ')}.`;
  const say = disagree > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void say(cancelled ? `${text} The check was cancelled before it was done.` : text, 'Show Tests').then((answer) => {
    if (answer !== undefined) void vscode.commands.executeCommand('workbench.view.testing.focus');
  });
}

async function showChecked(at: PlaceParams | null): Promise<void> {
  if (at === null) return;
  const uri = vscode.Uri.parse(at.uri);
  const document = await vscode.workspace.openTextDocument(checkedUri(uri));
  await vscode.languages.setTextDocumentLanguage(document, 'markdown');
  await vscode.commands.executeCommand('markdown.showPreviewToSide', document.uri).then(undefined, () => (
    vscode.window.showTextDocument(document, {viewColumn: vscode.ViewColumn.Beside, preview: true})
  ));
}

async function prove({client}: CommandContext, at: PlaceParams | null): Promise<void> {
  if (at === null) return;
  const {script, problem} = await client.sendRequest<ProofResult>(proof, at);
  if (script === null) {
    void vscode.window.showInformationMessage(problem);
    return;
  }
  const document = await vscode.workspace.openTextDocument({language: 'python', content: script});
  await vscode.window.showTextDocument(document, {viewColumn: vscode.ViewColumn.Beside});
}

async function setShapes({client}: CommandContext, at: PlaceParams | null): Promise<void> {
  if (at === null) return;
  const pragma = await client.sendRequest<PragmaResult | null>(shapesPragma, at);
  if (pragma === null) {
    void vscode.window.showInformationMessage('Put the cursor in the function whose input shapes you want to set.');
    return;
  }
  const text = await vscode.window.showInputBox({
    title: `Input shapes of ${pragma.functionName}`,
    value: pragma.text,
    prompt: 'Letters or numbers for sizes, such as: x (N, D), y labels(C), reg 0.05, conv_param {\'stride\': 1}',
  });
  if (text === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  // The text may have changed while that was typed.
  const current = await client.sendRequest<PragmaResult | null>(shapesPragma, at);
  if (current?.functionName !== pragma.functionName) {
    void vscode.window.showInformationMessage(`${pragma.functionName} has moved meanwhile. Put the cursor in it and try again.`);
    return;
  }
  const {start, end} = current.range;
  const line = text.trim() === '' ? '' : `${current.indentation}# backprop: ${text.trim()}${current.replaces ? '' : '\n'}`;
  edit.replace(vscode.Uri.parse(at.uri), new vscode.Range(start.line, start.character, end.line, end.character), line);
  await vscode.workspace.applyEdit(edit);
}

/** One step further with the mistake that a code action names, or with the one nearest to the cursor. */
async function nextHint(context: CommandContext, target: Target | [MistakeParams]): Promise<HintResult | null> {
  const [first] = target;
  const params = typeof first === 'object' ? first : place(target as Target);
  if (params === null) return null;
  const result = await context.client.sendRequest<HintResult | null>(nextHintMethod, params satisfies NextHintParams);
  if (result === null) {
    void vscode.window.showInformationMessage('Nothing is wrong here, as far as can be told.');
    return null;
  }
  if (result.step === 'where') await goTo(result.site);
  const {uri} = params;
  const {mistake} = result;
  const more = result.next === null ? [] : [hintQuestions[result.next]];
  const choices = result.step === 'fix' ? ['Mend It', ...more] : more;
  // Not awaited: a message that nobody answers must not keep the command busy.
  void vscode.window.showInformationMessage(result.text, ...choices).then(async (answer) => {
    if (answer === 'Mend It') await applyFix(context, {uri, mistake});
    else if (answer !== undefined) await nextHint(context, [{uri, mistake}]);
  });
  return result;
}

/** An ordinary edit, which can be undone; only of a fix that has been shown. */
async function applyFix({client}: CommandContext, params: MistakeParams): Promise<boolean> {
  const found = await client.sendRequest<FixResult | null>(fix, params);
  if (found === null) {
    void vscode.window.showInformationMessage('There is no proven fix for this any more.');
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(vscode.Uri.parse(found.site.uri), rangeOf(found.site), found.newText);
  return vscode.workspace.applyEdit(edit);
}

function rangeOf({range: {start, end}}: Site): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

async function goTo(site: Site): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(site.uri));
  const {start} = rangeOf(site);
  await vscode.window.showTextDocument(document, {selection: new vscode.Range(start, start)});
}

/** A layer with two mistakes, as a new document that nobody minds. */
async function tryExample({extension}: CommandContext): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'examples', 'affine_wrong.py'));
  const document = await vscode.workspace.openTextDocument({language: 'python', content: new TextDecoder().decode(bytes)});
  await vscode.window.showTextDocument(document);
}
