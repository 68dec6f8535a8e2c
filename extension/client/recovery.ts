/** What is done when the server ends by itself: it is started again, with a word to the user; not for ever. And when the user wants another one. */
import * as vscode from 'vscode';
import {CloseAction, ErrorAction} from 'vscode-languageclient';
import type {BaseLanguageClient, CloseHandlerResult, ErrorHandler, ErrorHandlerResult} from 'vscode-languageclient';
import {commands} from '../protocol.ts';

/** So many times in so many milliseconds. */
const mostRestarts = 4;
const period = 180_000;

export class Recovery implements ErrorHandler {
  private crashes: number[] = [];
  private restarting: Promise<void> | null = null;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  error(error: Error): ErrorHandlerResult {
    this.log.error(error);
    return {action: ErrorAction.Continue};
  }

  closed(): CloseHandlerResult {
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < period), now];
    if (this.crashes.length > mostRestarts) {
      this.log.error(`The server has stopped ${this.crashes.length} times in three minutes and stays stopped.`);
      void this.tell('Backprop Tutor stopped several times in a row, and stays stopped until you restart it.', 'Restart');
      return {action: CloseAction.DoNotRestart, handled: true};
    }
    this.log.warn('The server has stopped unexpectedly, and is started again with the documents that are open.');
    void this.tell('Backprop Tutor stopped unexpectedly and was started again. Your files are as they were.', 'Show Log');
    return {action: CloseAction.Restart, handled: true};
  }

  /** The user wants to begin anew. Who asks for that twice gets one server. */
  restart(client: BaseLanguageClient): Promise<void> {
    this.restarting ??= this.beginAnew(client).finally(() => { this.restarting = null; });
    return this.restarting;
  }

  private async beginAnew(client: BaseLanguageClient): Promise<void> {
    this.crashes = [];
    this.log.info('The server is restarted because the user asked for it.');
    // One that hangs does not end when it is told to, which is no reason not to start another.
    if (client.needsStop()) await client.stop().catch((error: unknown) => { this.log.warn(`The server did not stop: ${String(error)}`); });
    await client.start();
  }

  private async tell(message: string, action: 'Restart' | 'Show Log'): Promise<void> {
    if (await vscode.window.showWarningMessage(message, action) === undefined) return;
    await vscode.commands.executeCommand(action === 'Restart' ? commands.restart : commands.showLog);
  }
}
