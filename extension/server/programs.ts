/**
 * What the editor shows: Python files, and notebooks whose Python cells are one program in their order. Applies the
 * editor's changes, and says which edit of the program each one is. Knows nothing of analyses.
 */
import type {Position, TextDocumentContentChangeEvent} from 'vscode-languageserver';
import {pathOf} from './locations.ts';
import {leastEdit, lineEnd, offsetAt, positionAt, rangeOf, textOf} from './text.ts';
import type {Edit, Encoding, Text} from './text.ts';
import type {Site} from '../protocol.ts';

/** A document's share of a program: the whole of a file, or one cell. */
export interface Part {
  readonly uri: string;
  readonly text: Text;
  /** Where it begins in the program. */
  readonly start: number;
}

export interface Program {
  /** The file's URI, or the notebook's. */
  readonly uri: string;
  readonly path: string;
  readonly text: Text;
  readonly parts: readonly Part[];
  /** Counts up with every change of the text. */
  readonly stamp: number;
}

/** Something the user did to a program. */
export interface Change {
  readonly program: Program;
  readonly edits: readonly Edit[];
}

interface Notebook {
  readonly uri: string;
  cells: string[];
}

export class Programs {
  private readonly programs = new Map<string, Program>();
  private readonly cellTexts = new Map<string, Text>();
  private readonly notebooks = new Map<string, Notebook>();
  private readonly notebookOfCell = new Map<string, string>();
  private stamps = 0;

  constructor(readonly encoding: Encoding) {}

  all(): Iterable<Program> {
    return this.programs.values();
  }

  get(uri: string): Program | undefined {
    return this.programs.get(this.notebookOfCell.get(uri) ?? uri);
  }

  byPath(path: string): Program | undefined {
    for (const program of this.programs.values()) if (program.path === path) return program;
    return undefined;
  }

  open(uri: string, content: string): Program {
    const text = textOf(content);
    return this.store({uri, path: pathOf(uri), text, parts: [{uri, text, start: 0}], stamp: 0});
  }

  close(uri: string): void {
    this.programs.delete(uri);
  }

  /** Applies the changes of one document, a file or a cell; undefined when it isn't open. */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[]): Change | undefined {
    const program = this.get(uri);
    const part = program?.parts.find((candidate) => candidate.uri === uri);
    if (program === undefined) return undefined;
    let text = part?.text ?? this.cellTexts.get(uri) ?? textOf('');
    const edits: Edit[] = [];
    for (const change of changes) {
      const [start, end] = 'range' in change
        ? [offsetAt(text, change.range.start, this.encoding), offsetAt(text, change.range.end, this.encoding)]
        : [0, text.content.length];
      edits.push(leastEdit(text.content, start, end, change.text));
      text = textOf(text.content.slice(0, start) + change.text + text.content.slice(end));
    }
    if (this.notebookOfCell.has(uri)) {
      this.cellTexts.set(uri, text);
      return this.compose(program.uri);
    }
    const next = this.store({...program, text, parts: [{uri, text, start: 0}]});
    return {program: next, edits};
  }

  openNotebook(uri: string, cells: readonly {readonly uri: string; readonly text: string}[]): Program {
    this.notebooks.set(uri, {uri, cells: []});
    return this.replaceCells(uri, 0, 0, cells)!.program;
  }

  /** Cells were inserted, removed or moved; texts are given for those that are new. */
  replaceCells(
    uri: string, start: number, removed: number, cells: readonly {readonly uri: string; readonly text?: string}[],
  ): Change | undefined {
    const notebook = this.notebooks.get(uri);
    if (notebook === undefined) return undefined;
    const gone = notebook.cells.splice(start, removed, ...cells.map((cell) => cell.uri));
    for (const cell of cells) {
      this.notebookOfCell.set(cell.uri, uri);
      if (cell.text !== undefined) this.cellTexts.set(cell.uri, textOf(cell.text));
    }
    for (const cell of gone) if (!notebook.cells.includes(cell)) this.forgetCell(cell);
    return this.compose(uri);
  }

  closeNotebook(uri: string): void {
    for (const cell of this.notebooks.get(uri)?.cells ?? []) this.forgetCell(cell);
    this.notebooks.delete(uri);
    this.programs.delete(uri);
  }

  /** The program's offset of a place in one of its documents. */
  offset(program: Program, uri: string, position: Position): number {
    const part = program.parts.find((candidate) => candidate.uri === uri);
    return part === undefined ? 0 : part.start + offsetAt(part.text, position, this.encoding);
  }

  /** Which document a program's offset is in. */
  partAt(program: Program, offset: number): Part {
    let found = program.parts[0];
    for (const part of program.parts) if (part.start <= offset) found = part;
    return found;
  }

  position(part: Part, offset: number): Position {
    return positionAt(part.text, offset - part.start, this.encoding);
  }

  /** A range of the program as a range of the document that it begins in. */
  site(program: Program, start: number, end: number): Site {
    const part = this.partAt(program, start);
    return {uri: part.uri, range: rangeOf(part.text, start - part.start, Math.max(start, end) - part.start, this.encoding)};
  }

  private compose(uri: string): Change {
    const before = this.programs.get(uri);
    const parts: Part[] = [];
    let content = '';
    for (const cell of this.notebooks.get(uri)?.cells ?? []) {
      const text = this.cellTexts.get(cell) ?? textOf('');
      parts.push({uri: cell, text, start: content.length});
      content += `${maskMagics(text)}\n`;
    }
    const program = this.store({uri, path: pathOf(uri), text: textOf(content), parts, stamp: 0});
    const old = before?.text.content ?? '';
    return {program, edits: [leastEdit(old, 0, old.length, content)]};
  }

  private forgetCell(cell: string): void {
    this.cellTexts.delete(cell);
    this.notebookOfCell.delete(cell);
  }

  private store(program: Program): Program {
    const stamped = {...program, stamp: ++this.stamps};
    this.programs.set(program.uri, stamped);
    return stamped;
  }
}

/** The text of a cell with what only a notebook understands (`%time`, `!pip`, `%%bash`) as comments of the same length. */
function maskMagics(text: Text): string {
  let masked = text.content;
  let all = false;
  for (let line = 0; line < text.lineStarts.length; line++) {
    const start = text.lineStarts[line];
    const content = text.content.slice(start, lineEnd(text, line));
    const magic = /^\s*(%%(\w+)|[%!?])/.exec(content);
    if (magic?.[2] !== undefined && line === 0 && !/^(time|timeit|capture|prun)$/.test(magic[2])) all = true;
    if ((magic === null && !all) || content.trim() === '') continue;
    const at = start + content.search(/\S/);
    masked = `${masked.slice(0, at)}#${masked.slice(at + 1)}`;
  }
  return masked;
}
