/** The exercises in the editor: a list to start one from, a tree with how far one has come, and hints. Progress outlives the session. */
import * as vscode from 'vscode';
import {exerciseIdOf, startText} from '../exercises/exercise.ts';
import type {Exercise} from '../exercises/exercise.ts';
import {afterCheck, afterHint, summary, withoutExercise} from '../exercises/progress.ts';
import type {AllProgress, Progress} from '../exercises/progress.ts';
import {exerciseOf, exercises} from '../exercises/table.ts';
import {commands} from '../protocol.ts';
import type {FileState} from '../protocol.ts';
import type {States} from './states.ts';

const key = 'backpropTutor.exercises';

/** A row of the tree: an exercise, or something said below it. */
export interface Row {
  readonly exercise: Exercise;
  /** Null for the exercise itself. */
  readonly detail: {readonly text: string; readonly icon: string; readonly isNextHint: boolean} | null;
}

export class Exercises implements vscode.Disposable, vscode.TreeDataProvider<Row> {
  private readonly changed = new vscode.EventEmitter<Row | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly registrations: vscode.Disposable;

  constructor(private readonly memory: vscode.Memento, private readonly states: States) {
    const on = (command: string, action: (row?: Row | string) => unknown): vscode.Disposable => vscode.commands.registerCommand(command, action);
    this.registrations = vscode.Disposable.from(
      this.changed,
      vscode.window.createTreeView('backpropTutor.exercises', {treeDataProvider: this}),
      on(commands.startExercise, (row) => this.start(row)),
      on(commands.exerciseHint, (row) => this.hint(row)),
      on(commands.restartExercise, (row) => this.restart(row)),
      states.onDidChange(({uri}) => { this.checked(uri); }),
      vscode.window.onDidChangeActiveTextEditor((editor) => { tellContext(editor); }),
    );
    tellContext(vscode.window.activeTextEditor);
  }

  dispose(): void {
    this.registrations.dispose();
  }

  progress(id: string): Progress | undefined {
    return this.all()[id];
  }

  getTreeItem({exercise, detail}: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(detail?.text ?? exercise.title, detail === null ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    if (detail !== null) {
      item.iconPath = new vscode.ThemeIcon(detail.icon);
      item.tooltip = detail.text;
      if (detail.isNextHint) item.command = {title: detail.text, command: commands.exerciseHint, arguments: [exercise.id]};
      return item;
    }
    const progress = this.progress(exercise.id);
    item.id = exercise.id;
    item.description = summary(progress, this.stateOf(exercise));
    item.iconPath = icon(progress);
    item.tooltip = exercise.teaches;
    item.contextValue = progress === undefined ? 'new' : 'started';
    item.accessibilityInformation = {label: `${exercise.title}, ${item.description === '' ? 'not started' : item.description}`};
    return item;
  }

  getChildren(row?: Row): Row[] {
    if (row === undefined) return exercises.map((exercise) => ({exercise, detail: null}));
    const {exercise} = row;
    if (row.detail !== null) return [];
    const taken = this.progress(exercise.id)?.hints ?? 0;
    const below = (text: string, sign: string, isNextHint = false): Row => ({exercise, detail: {text, icon: sign, isNextHint}});
    return [
      below(exercise.teaches, 'mortar-board'),
      ...exercise.hints.slice(0, taken).map((hint) => below(hint, 'lightbulb')),
      ...(taken < exercise.hints.length ? [below(taken === 0 ? 'Give me a hint' : `Next hint (${taken + 1} of ${exercise.hints.length})`, 'question', true)] : []),
    ];
  }

  /** Opens an exercise as it was left, or as it begins. */
  private async start(which?: Row | string): Promise<vscode.TextDocument | undefined> {
    const exercise = exerciseFor(which) ?? await this.pick();
    if (exercise === undefined) return undefined;
    const open = this.documentOf(exercise);
    const document = open ?? await vscode.workspace.openTextDocument({language: 'python', content: this.progress(exercise.id)?.text ?? startText(exercise)});
    await vscode.window.showTextDocument(document);
    tellContext(vscode.window.activeTextEditor);
    return document;
  }

  private async pick(): Promise<Exercise | undefined> {
    const items = exercises.map((exercise) => {
      const progress = this.progress(exercise.id);
      return {label: exercise.title, description: summary(progress, this.stateOf(exercise)), detail: exercise.teaches, iconPath: icon(progress), exercise};
    });
    const picked = await vscode.window.showQuickPick(items, {title: 'Start an Exercise', placeHolder: 'The forward is given, the backward is yours', matchOnDetail: true});
    return picked?.exercise;
  }

  private async hint(which?: Row | string): Promise<string | undefined> {
    const exercise = exerciseFor(which) ?? exerciseFor(activeExercise());
    if (exercise === undefined) {
      void vscode.window.showInformationMessage('Open an exercise first, and it will give you hints.');
      return undefined;
    }
    const before = this.progress(exercise.id)?.hints ?? 0;
    if (before >= exercise.hints.length) {
      void vscode.window.showInformationMessage('There are no more hints. The lines above the underlined one are right; work on that line.');
      return undefined;
    }
    await this.store(afterHint(this.all(), exercise, startText(exercise)));
    const hint = exercise.hints[before];
    const more = before + 1 < exercise.hints.length ? ['Next Hint'] : [];
    // Not awaited: a message that nobody answers must not keep the command busy.
    void vscode.window.showInformationMessage(hint, ...more).then((answer) => (answer === undefined ? undefined : this.hint(exercise.id)));
    return hint;
  }

  /** Forgets what was done, if that is what is wanted. */
  private async restart(which?: Row | string): Promise<void> {
    const exercise = exerciseFor(which) ?? exerciseFor(activeExercise());
    if (exercise === undefined) return;
    const answer = await vscode.window.showWarningMessage(`Start “${exercise.title}” over? What you have written is lost.`, {modal: true}, 'Start Over');
    if (answer === undefined) return;
    await this.store(withoutExercise(this.all(), exercise.id));
    const document = this.documentOf(exercise);
    if (document === undefined) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), startText(exercise));
    await vscode.workspace.applyEdit(edit);
  }

  /** A document has been looked at again: is it an exercise, and what has become of it? */
  private checked(uri: string): void {
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri);
    const exercise = document === undefined ? undefined : exerciseOf(exerciseIdOf(document.getText()));
    const state = this.states.get(vscode.Uri.parse(uri));
    if (document === undefined || exercise === undefined || state === undefined || state.checking) return;
    const before = this.progress(exercise.id)?.status;
    void this.store(afterCheck(this.all(), exercise, state, document.getText()));
    if (before !== 'solved' && this.progress(exercise.id)?.status === 'solved') this.congratulate(exercise);
  }

  private congratulate(exercise: Exercise): void {
    const next = exercises.at(exercises.indexOf(exercise) + 1);
    const more = next === undefined ? [] : ['Next Exercise'];
    void vscode.window.showInformationMessage(`✓ ${exercise.title}: every gradient is right.`, ...more).then((answer) => (answer === undefined ? undefined : this.start(next?.id)));
  }

  private all(): AllProgress {
    return this.memory.get<AllProgress>(key, {});
  }

  private async store(all: AllProgress): Promise<void> {
    if (all !== this.all()) await this.memory.update(key, all);
    this.changed.fire(undefined);
  }

  private documentOf({id}: Exercise): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find((document) => document.languageId === 'python' && !document.isClosed && exerciseIdOf(document.getText()) === id);
  }

  private stateOf(exercise: Exercise): FileState | null {
    const document = this.documentOf(exercise);
    return document === undefined ? null : this.states.get(document.uri) ?? null;
  }
}

function exerciseFor(which: Row | string | null | undefined): Exercise | undefined {
  return typeof which === 'object' && which !== null ? which.exercise : exerciseOf(which ?? null);
}

function activeExercise(): string | null {
  const document = vscode.window.activeTextEditor?.document;
  return document === undefined ? null : exerciseIdOf(document.getText());
}

function tellContext(editor: vscode.TextEditor | undefined): void {
  void vscode.commands.executeCommand('setContext', 'backpropTutor.isExercise', editor !== undefined && exerciseIdOf(editor.document.getText()) !== null);
}

function icon(progress: Progress | undefined): vscode.ThemeIcon {
  if (progress === undefined) return new vscode.ThemeIcon('circle-large-outline');
  return progress.status === 'solved' ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed')) : new vscode.ThemeIcon('edit');
}
