/**
 * Keeps the engine informed and its answers at hand: one view per program, who waits for what, files that the engine
 * asks for, and who has to be looked at again when a text changes. Knows nothing of how anything is shown.
 */
import type {GradientExplanation} from '../../engine/explain/gradient.ts';
import type {Graph} from '../../engine/graph/graph.ts';
import type {Answer, Question} from '../../engine/graph/study.ts';
import type {Engine, FromEngine, Look, Seen} from './engine-messages.ts';
import {importedModules, moduleName, pathOf, uriOf} from './locations.ts';
import {Receiver} from './transfer.ts';
import type {Proof} from '../../engine/check/proof/script.ts';
import {Programs} from './programs.ts';
import type {Change, Program} from './programs.ts';
import {View} from './view.ts';

export interface AnalysesContext {
  /** Texts of files of the workspace, null for those that aren't there. */
  readonly read: (uris: readonly string[]) => Promise<readonly (string | null)[]>;
  /** More is known of a program. */
  readonly changed: (view: View) => void;
  /** Something went wrong in the engine itself. */
  readonly trouble: (message: string) => void;
  readonly seed: () => number;
}

/** So many files that were checked and are not open stay known, so that checking them again costs nothing. */
const mostVisited = 200;

/** Of a program, by its path. */
interface Waiter {
  readonly path: string;
  readonly resolve: () => void;
}

/** A file that no editor shows, while it is checked. */
interface Visit {
  readonly view: View;
  readonly result: Promise<View | null>;
}

export class Analyses {
  private readonly engine: Engine;
  private readonly receiver = new Receiver();
  private readonly views = new Map<string, View>();
  /** By path. */
  private readonly visits = new Map<string, Visit>();
  /** Paths of files that were checked, the last one last. */
  private readonly visited = new Set<string>();
  private readonly files = new Map<string, string | null>();
  /** By number: who waits for what a look at a judged pair sees. */
  private readonly looks = new Map<number, (answer: Seen | null) => void>();
  private requests = 0;
  /** The last request to analyse each path: an analysis for an earlier one may be of what has changed since. */
  private readonly latest = new Map<string, number>();
  /** When the text that is known of each path was asked for: texts may arrive in another order. */
  private readonly readAt = new Map<string, number>();
  /** Programs that were edited since those who import them were looked at again. */
  private readonly edits = new Set<string>();
  private waiters: Waiter[] = [];
  private gone = false;

  constructor(
    private readonly programs: Programs,
    startEngine: (receive: (message: FromEngine) => void) => Engine,
    private readonly context: AnalysesContext,
  ) {
    this.engine = startEngine((message) => {
      try {
        this.receive(message);
      } catch (error) {
        // What cannot be shown takes neither the engine nor the server with it.
        context.trouble(error instanceof Error ? error.stack ?? error.message : String(error));
      }
    });
  }

  view(uri: string): View | null {
    return this.views.get(uri) ?? null;
  }

  stop(): void {
    this.engine.stop();
  }

  opened(program: Program): void {
    this.views.set(program.uri, new View(program));
    this.engine.post({type: 'program', path: program.path, text: program.text.content});
    this.analyze(program, null, true);
    this.recheckImporters(program.path);
    // A visit of the same file ends.
    this.release(program.path);
  }

  edited({program, edits}: Change): View {
    const view = this.views.get(program.uri)!;
    view.edited(program, edits);
    this.engine.post({type: 'program', path: program.path, text: program.text.content});
    const last = edits.at(-1);
    this.analyze(program, last === undefined ? null : last.start + last.length, true);
    this.edits.add(program.path);
    return view;
  }

  /** The user has stopped typing: unfinished lines are judged as they stand, and importers see the new text. */
  quiet(view: View): void {
    const {program} = view;
    const unfinished = view.known?.analysis.pairs.some((pair) => pair.report.verdict === 'incomplete') === true;
    if (unfinished) this.analyze(program, null, false);
    this.recheckEdited(program.path);
  }

  closed(program: Program): void {
    const {path} = program;
    this.views.delete(program.uri);
    this.engine.post({type: 'program', path, text: null});
    this.files.delete(path);
    this.edits.delete(path);
    this.release(path);
    // What counts now is on disk, if anything is.
    void this.readAll([path]).then(() => { this.recheckImporters(path); });
  }

  /** Files were written, made or removed. Only those that somebody has looked for are of interest. */
  filesChanged(uris: readonly string[]): void {
    const paths = uris.map(pathOf).filter((path) => this.files.has(path) && this.programs.byPath(path) === undefined);
    void this.readAll(paths).then((changed) => {
      for (const path of changed) this.recheckImporters(path);
    });
  }

  again(): void {
    for (const program of this.programs.all()) {
      this.views.get(program.uri)?.outdate();
      this.analyze(program, null, false);
    }
  }

  /** When the newest text of an open program is known, or so many milliseconds have passed. */
  within(uri: string, milliseconds: number, after: (milliseconds: number, action: () => void) => () => void): Promise<void> {
    const view = this.views.get(uri);
    if (view === undefined || view.upToDate || this.gone) return Promise.resolve();
    return new Promise((resolve) => {
      const forget = after(milliseconds, () => { resolve(); });
      this.waiters.push({path: view.program.path, resolve: () => {
        forget();
        resolve();
      }});
    });
  }

  /** Every pair of a program, judged, with what it imports as it now is; of a file that isn't open, when its text is given. */
  async whole(uri: string, text?: string): Promise<View | null> {
    const asked = this.programs.get(uri)?.path;
    for (const path of this.edits) if (path !== asked) this.recheckEdited(path);
    for (;;) {
      const program = this.programs.get(uri);
      const view = program === undefined ? undefined : this.views.get(program.uri);
      if (view === undefined) break;
      if (view.upToDate || this.gone) return view;
      await this.wait(view.program.path);
    }
    return text === undefined || this.gone ? null : this.visit(uri, text);
  }

  /** The check of one pair of an open program as a Python script; null when the engine doesn't know the pair. */
  prove(uri: string, pair: string): Promise<Proof | null> {
    return this.look<Proof>(uri, pair, {type: 'prove'});
  }

  /** The graph of a pair of an open program; null when there is none. */
  graph(uri: string, pair: string, opened: readonly string[]): Promise<Graph | null> {
    return this.look<Graph>(uri, pair, {type: 'graph', opened});
  }

  /** An answer about that graph; null when there is none. */
  study(uri: string, pair: string, opened: readonly string[], question: Question): Promise<Answer | null> {
    return this.look<Answer>(uri, pair, {type: 'study', opened, question});
  }

  /** How the gradient of a value of an open program comes about; null when it cannot be said. */
  explain(uri: string, pair: string, of: string): Promise<GradientExplanation | null> {
    return this.look<GradientExplanation>(uri, pair, {type: 'explain', of});
  }

  private look<Answered extends Seen>(uri: string, pair: string, what: Kind<Look>): Promise<Answered | null> {
    const program = this.programs.get(uri);
    if (program === undefined || this.gone) return Promise.resolve(null);
    return new Promise((resolve) => {
      const request = ++this.requests;
      this.looks.set(request, resolve as (answer: Seen | null) => void);
      this.engine.post({...what, path: program.path, pair, seed: this.context.seed(), request});
    });
  }

  /** One visit of a file at a time; two of the same text are one. It ends when the file is opened. */
  private visit(uri: string, text: string): Promise<View | null> {
    const path = pathOf(uri);
    const other = this.visits.get(path);
    if (other !== undefined) return other.view.program.text.content === text ? other.result : other.result.then(() => this.whole(uri, text));
    // With a stamp that no open program has.
    const view = new View({...new Programs(this.programs.encoding).open(uri, text), stamp: -(++this.requests)});
    this.visited.delete(path);
    const before = this.files.get(path);
    this.know(path, text);
    if (before !== undefined && before !== text) this.recheckImporters(path);
    this.analyze(view.program, null, false);
    const result = this.judged(view);
    this.visits.set(path, {view, result});
    return result;
  }

  private async judged(view: View): Promise<View | null> {
    const {path} = view.program;
    while (!view.upToDate && !this.gone && this.programs.byPath(path) === undefined) await this.wait(path);
    this.visits.delete(path);
    const opened = this.programs.byPath(path);
    if (opened !== undefined) return this.whole(opened.uri);
    this.visited.add(path);
    const [oldest] = this.visited;
    if (this.visited.size > mostVisited) this.forget(oldest);
    return view;
  }

  /** The text of a file that is not open. */
  private know(path: string, text: string | null): void {
    this.files.set(path, text);
    this.engine.post({type: 'file', path, text});
  }

  /** Whoever needs the file is looked at again, and asks for it. */
  private forget(path: string): void {
    this.visited.delete(path);
    this.files.delete(path);
    this.engine.post({type: 'forget', path});
    this.recheckImporters(path);
  }

  private wait(path: string): Promise<void> {
    return new Promise((resolve) => { this.waiters.push({path, resolve}); });
  }

  private release(path: string): void {
    const ready = this.waiters.filter((waiter) => waiter.path === path);
    this.waiters = this.waiters.filter((waiter) => waiter.path !== path);
    for (const waiter of ready) waiter.resolve();
  }

  private analyze(program: Program, first: number | null, urgent: boolean): void {
    const request = ++this.requests;
    this.latest.set(program.path, request);
    this.engine.post({type: 'analyze', path: program.path, stamp: program.stamp, request, first, seed: this.context.seed(), urgent});
  }

  private receive(message: FromEngine): void {
    switch (message.type) {
      case 'lost': this.lost(message.replaced); break;
      case 'forgotten': this.receiver.forget(message.path); break;
      case 'trouble': this.context.trouble(message.message); break;
      case 'seen':
        this.looks.get(message.request)?.(message.answer);
        this.looks.delete(message.request);
        break;
      case 'missing': {
        const view = this.viewByPath(message.path);
        if (view !== null) void this.provide(view, message.paths);
        break;
      }
      case 'analysis': {
        const {path, stamp, request, done} = message;
        const analysis = this.receiver.unpack(path, message.analysis);
        const view = this.viewByPath(path);
        if (view?.analyzed(stamp, analysis, done && request === this.latest.get(path)) === true) this.tell(view);
      }
    }
  }

  private tell(view: View): void {
    const {path, uri} = view.program;
    if (view.upToDate) this.release(path);
    if (this.views.get(uri) === view) this.context.changed(view);
  }

  /** Nothing that the engine was asked will be answered. A new one is told what the old one knew. */
  private lost(replaced: boolean): void {
    for (const resolve of this.looks.values()) resolve(null);
    this.looks.clear();
    this.gone = !replaced;
    if (this.gone) {
      for (const {path} of [...this.waiters]) this.release(path);
      return;
    }
    for (const [path, text] of this.files) this.engine.post({type: 'file', path, text});
    for (const view of [...this.views.values(), ...[...this.visits.values()].map((visit) => visit.view)]) {
      const {program} = view;
      view.outdate();
      if (this.views.get(program.uri) === view) this.engine.post({type: 'program', path: program.path, text: program.text.content});
      this.analyze(program, null, false);
    }
  }

  private viewByPath(path: string): View | null {
    for (const view of this.views.values()) if (view.program.path === path) return view;
    return this.visits.get(path)?.view ?? null;
  }

  /**
   * Gives the engine the files that it looked for, and lets it look at the program again if there are any, also when
   * another program was quicker to bring them, or when the program was closed and opened again meanwhile.
   */
  private async provide(view: View, paths: readonly string[]): Promise<void> {
    view.filesAwaited++;
    const changed = await this.readAll(paths);
    view.filesAwaited--;
    for (const path of changed) this.recheckImporters(path);
    const current = this.viewByPath(view.program.path);
    if (current === null) return;
    if (paths.some((path) => typeof this.files.get(path) === 'string')) {
      current.outdate();
      this.analyze(current.program, null, false);
    } else this.tell(current);
  }

  /** Reads files and tells the engine; the paths of those that are there, or were. */
  private async readAll(paths: readonly string[]): Promise<readonly string[]> {
    if (paths.length === 0) return [];
    const places = paths.map(uriOf);
    const uris = places.filter((uri) => uri !== null);
    const read = ++this.requests;
    const texts = uris.length === 0 ? [] : await this.context.read(uris).catch(() => []);
    const changed: string[] = [];
    for (const [index, path] of paths.entries()) {
      if (this.programs.byPath(path) !== undefined || (this.readAt.get(path) ?? 0) > read) continue;
      this.readAt.set(path, read);
      const uri = places[index] ?? null;
      const text = uri === null ? null : texts[uris.indexOf(uri)] ?? null;
      const before = this.files.get(path);
      if (before === text) continue;
      this.know(path, text);
      if (text !== null || typeof before === 'string') changed.push(path);
    }
    return changed;
  }

  private recheckEdited(path: string): void {
    if (this.edits.delete(path)) this.recheckImporters(path);
  }

  /** Analyses again the open programs that import a file, directly or through others. */
  private recheckImporters(path: string): void {
    const concerned = new Set([path]);
    const sources = new Map<string, string>();
    for (const [file, text] of this.files) if (text !== null) sources.set(file, text);
    for (const program of this.programs.all()) sources.set(program.path, program.text.content);
    for (let size = 0; size < concerned.size;) {
      size = concerned.size;
      const names = new Set([...concerned].map(moduleName));
      for (const [file, text] of sources) {
        if (!concerned.has(file) && [...importedModules(text)].some((name) => names.has(name))) concerned.add(file);
      }
    }
    for (const program of this.programs.all()) {
      if (program.path === path || !concerned.has(program.path)) continue;
      this.views.get(program.uri)?.outdate();
      this.analyze(program, null, false);
    }
  }
}

/** Of each kind of look, what no other has. */
type Kind<Message> = Message extends Look ? Omit<Message, 'path' | 'pair' | 'seed' | 'request'> : never;
