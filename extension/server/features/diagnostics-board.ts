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
  /** Documents of each program that show something: a cell may be gone by the next time. */
  private readonly showing = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly programs: Programs,
    private readonly ladder: Ladder,
    private readonly publish: (uri: string, diagnostics: Diagnostic[]) => void,
  ) {}

  /** `calm` when the user is not typing and everything is known: only then is anything new shown. */
  show(view: View, calm: boolean, enabled: boolean): void {
    const found = enabled ? findings(view, this.programs, this.ladder) : [];
    const {uri: program, parts} = view.program;
    for (const uri of this.showing.get(program) ?? []) if (!parts.some((part) => part.uri === uri)) this.clear(uri);
    this.showing.set(program, new Set(parts.map(({uri}) => uri)));
    for (const {uri} of parts) {
      const before = this.shown.get(uri) ?? new Set();
      const here = found.filter((finding) => finding.uri === uri && (calm || before.has(finding.key)));
      this.shown.set(uri, new Set(here.map((finding) => finding.key)));
      const diagnostics = here.map((finding) => finding.diagnostic);
      const signature = JSON.stringify(diagnostics);
      if (signature === (this.sent.get(uri) ?? '[]')) continue;
      this.sent.set(uri, signature);
      this.publish(uri, diagnostics);
    }
  }

  /** A closed document shows nothing. */
  forget(program: Program): void {
    for (const uri of this.showing.get(program.uri) ?? []) this.clear(uri);
    this.showing.delete(program.uri);
  }

  private clear(uri: string): void {
    if ((this.sent.get(uri) ?? '[]') !== '[]') this.publish(uri, []);
    this.shown.delete(uri);
    this.sent.delete(uri);
  }
}
