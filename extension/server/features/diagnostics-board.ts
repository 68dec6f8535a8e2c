/**
 * Which diagnostics are shown: what is fixed goes at once, what is new waits until the user is quiet. Remembers what
 * each document shows; how a diagnostic is worded is said in diagnostics.ts.
 */
import type {Diagnostic} from 'vscode-languageserver';
import type {Ladder} from '../ladder.ts';
import type {Program, Programs} from '../programs.ts';
import type {View} from '../view.ts';
import {findings} from './diagnostics.ts';

export class DiagnosticBoard {
  /** Keys of what each document shows. */
  private readonly shown = new Map<string, ReadonlySet<string>>();
  private readonly sent = new Map<string, string>();

  constructor(
    private readonly programs: Programs,
    private readonly ladder: Ladder,
    private readonly publish: (uri: string, diagnostics: Diagnostic[]) => void,
  ) {}

  /** `calm` when the user is not typing and everything is known: only then is anything new shown. */
  show(view: View, calm: boolean, enabled: boolean): void {
    const found = enabled ? findings(view, this.programs, this.ladder) : [];
    for (const part of view.program.parts) {
      const before = this.shown.get(part.uri) ?? new Set();
      const here = found.filter((finding) => finding.uri === part.uri && (calm || before.has(finding.key)));
      this.shown.set(part.uri, new Set(here.map((finding) => finding.key)));
      const diagnostics = here.map((finding) => finding.diagnostic);
      const signature = JSON.stringify(diagnostics);
      if (signature === (this.sent.get(part.uri) ?? '[]')) continue;
      this.sent.set(part.uri, signature);
      this.publish(part.uri, diagnostics);
    }
  }

  /** A closed document shows nothing. */
  forget(program: Program): void {
    for (const {uri} of program.parts) {
      if ((this.sent.get(uri) ?? '[]') !== '[]') this.publish(uri, []);
      this.shown.delete(uri);
      this.sent.delete(uri);
    }
  }
}
