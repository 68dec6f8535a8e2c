/**
 * Keeps the engine informed and its answers at hand: one view per program, who waits for what, files that the engine
 * asks for, and who has to be looked at again when a text changes. Knows nothing of how anything is shown.
 */
import type {GradientExplanation} from '../../engine/explain/gradient.ts';
import type {Graph} from '../../engine/graph/graph.ts';
import type {Answer, Question} from '../../engine/graph/study.ts';
import type {Engine, FromEngine} from './engine-messages.ts';
import {importedModules, moduleName, pathOf, uriOf} from './locations.ts';
import {Receiver} from './transfer.ts';
import {Programs} from './programs.ts';
import type {Change, Program} from './programs.ts';
import {View} from './view.ts';

export interface AnalysesContext {
  /** Texts of files of the workspace, null for those that aren't there. */
  readonly read: (uris: readonly string[]) => Promise<readonly (string | null)[]>;
  /** More is known of a program. */
  readonly changed: (view: View) => void;
  readonly seed: () => number;
}

interface Proof {
  readonly script: string | null;
  readonly problem: string;
}

interface Waiter {
  readonly uri: string;
  readonly resolve: () => void;
}

export class Analyses {
  private readonly engine: Engine;
  private readonly receiver = new Receiver();
  private readonly views = new Map<string, View>();
  /** Views of files that no editor shows, while they are checked. */
  private readonly visitors = new Map<string, View>();
  private readonly files = new Map<string, string | null>();
  private readonly graphs = new Map<number, (graph: Graph | null) => void>();
  private readonly studies = new Map<number, (answer: Answer | null) => void>();
  private readonly explanations = new Map<number, (explanation: GradientExplanation | null) => void>();
  private requests = 0;
  private waiters: Waiter[] = [];
  private readonly proofs = new Map<string, (proof: Proof | null) => void>();
  /** Programs whose files are being read. */
  private readonly reading = new Map<string, number>();

  constructor(
    private readonly programs: Programs,
    startEngine: (receive: (message: FromEngine) => void) => Engine,
    private readonly context: AnalysesContext,
  ) {
    this.engine = startEngine((message) => { this.receive(message); });
  }

  view(uri: string): View | null {
    return this.views.get(uri) ?? null;
  }

  waitsForFiles(uri: string): boolean {
    return this.reading.has(uri);
  }

  stop(): void {
    this.engine.stop();
  }

  opened(program: Program): void {
    this.views.set(program.uri, new View(program));
    this.engine.post({type: 'program', path: program.path, text: program.text.content});
    this.analyze(program, null, true);
    this.recheckImporters(program.path);
  }

  edited({program, edits}: Change): View {
    const view = this.views.get(program.uri)!;
    view.edited(program, edits);
    this.engine.post({type: 'program', path: program.path, text: program.text.content});
    const last = edits.at(-1);
    this.analyze(program, last === undefined ? null : last.start + last.length, true);
    return view;
  }

  /** The user has stopped typing: unfinished lines are judged as they stand, and importers see the new text. */
  quiet(view: View): void {
    const {program} = view;
    const unfinished = view.known?.analysis.pairs.some((pair) => pair.report.verdict === 'incomplete') === true;
    if (unfinished) this.analyze(program, null, false);
    this.recheckImporters(program.path);
  }

  closed(program: Program): void {
    this.views.delete(program.uri);
    this.engine.post({type: 'program', path: program.path, text: null});
    this.files.delete(program.path);
    this.release((waiter) => waiter.uri === program.uri);
    this.filesChanged([program.uri]);
  }

  /** Files were written, made or removed. */
  filesChanged(uris: readonly string[]): void {
    const paths = uris.map(pathOf).filter((path) => this.programs.byPath(path) === undefined);
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
    if (view === undefined || view.upToDate) return Promise.resolve();
    return new Promise((resolve) => {
      const forget = after(milliseconds, () => { resolve(); });
      this.waiters.push({uri, resolve: () => {
        forget();
        resolve();
      }});
    });
  }

  /** Every pair of a program, judged; of a file that isn't open, when its text is given. */
  async whole(uri: string, text?: string): Promise<View | null> {
    const program = this.programs.get(uri);
    if (program !== undefined) {
      const view = this.views.get(program.uri)!;
      while (this.views.has(program.uri) && (!view.upToDate || this.waitsForFiles(program.uri))) await this.wait(program.uri);
      return this.views.get(program.uri) ?? null;
    }
    if (text === undefined) return null;
    const visitor = new View(new Programs(this.programs.encoding).open(uri, text));
    this.visitors.set(uri, visitor);
    this.files.set(visitor.program.path, text);
    this.engine.post({type: 'file', path: visitor.program.path, text});
    this.analyze(visitor.program, null, false);
    while (!visitor.upToDate || this.waitsForFiles(uri)) await this.wait(uri);
    this.visitors.delete(uri);
    return visitor;
  }

  /** The check of one pair as a Python script; null when the engine doesn't know the pair. */
  prove(view: View, pair: string): Promise<Proof | null> {
    const {path} = view.program;
    return new Promise((resolve) => {
      this.proofs.set(`${path} ${pair}`, resolve);
      this.engine.post({type: 'prove', path, pair, seed: this.context.seed()});
    });
  }

  /** The graph of a pair of an open program; null when there is none. */
  graph(uri: string, pair: string, opened: readonly string[]): Promise<Graph | null> {
    const program = this.programs.get(uri);
    if (program === undefined) return Promise.resolve(null);
    return new Promise((resolve) => {
      const request = ++this.requests;
      this.graphs.set(request, resolve);
      this.engine.post({type: 'graph', path: program.path, pair, opened, seed: this.context.seed(), request});
    });
  }

  /** An answer about that graph; null when there is none. */
  study(uri: string, pair: string, opened: readonly string[], question: Question): Promise<Answer | null> {
    const program = this.programs.get(uri);
    if (program === undefined) return Promise.resolve(null);
    return new Promise((resolve) => {
      const request = ++this.requests;
      this.studies.set(request, resolve);
      this.engine.post({type: 'study', path: program.path, pair, opened, seed: this.context.seed(), request, question});
    });
  }

  /** How the gradient of a value of an open program comes about; null when it cannot be said. */
  explain(uri: string, pair: string, of: string): Promise<GradientExplanation | null> {
    const program = this.programs.get(uri);
    if (program === undefined) return Promise.resolve(null);
    return new Promise((resolve) => {
      const request = ++this.requests;
      this.explanations.set(request, resolve);
      this.engine.post({type: 'explain', path: program.path, pair, of, seed: this.context.seed(), request});
    });
  }

  private wait(uri: string): Promise<void> {
    return new Promise((resolve) => { this.waiters.push({uri, resolve}); });
  }

  private release(which: (waiter: Waiter) => boolean): void {
    const ready = this.waiters.filter(which);
    this.waiters = this.waiters.filter((waiter) => !ready.includes(waiter));
    for (const waiter of ready) waiter.resolve();
  }

  private analyze(program: Program, first: number | null, urgent: boolean): void {
    this.engine.post({type: 'analyze', path: program.path, stamp: program.stamp, first, seed: this.context.seed(), urgent});
  }

  private receive(message: FromEngine): void {
    if (message.type === 'lost') {
      this.tellAll();
      return;
    }
    if (message.type === 'graph') {
      this.graphs.get(message.request)?.(message.graph);
      this.graphs.delete(message.request);
      return;
    }
    if (message.type === 'study') {
      this.studies.get(message.request)?.(message.answer);
      this.studies.delete(message.request);
      return;
    }
    if (message.type === 'explanation') {
      this.explanations.get(message.request)?.(message.explanation);
      this.explanations.delete(message.request);
      return;
    }
    if (message.type === 'proof') {
      this.proofs.get(`${message.path} ${message.pair}`)?.(message.proof);
      this.proofs.delete(`${message.path} ${message.pair}`);
      return;
    }
    const analysis = message.type === 'analysis' ? this.receiver.unpack(message.path, message.analysis) : null;
    const view = this.viewByPath(message.path);
    if (view === null) return;
    if (message.type === 'missing') {
      void this.provide(view, message.paths);
      return;
    }
    if (analysis === null || !view.analyzed(message.stamp, analysis, message.done)) return;
    if (this.visitors.get(view.program.uri) !== view) this.context.changed(view);
    if (view.upToDate) this.release((waiter) => waiter.uri === view.program.uri);
  }

  /** A new engine is told what the old one knew. */
  private tellAll(): void {
    for (const resolve of this.proofs.values()) resolve(null);
    this.proofs.clear();
    for (const resolve of this.graphs.values()) resolve(null);
    this.graphs.clear();
    for (const resolve of this.studies.values()) resolve(null);
    this.studies.clear();
    for (const resolve of this.explanations.values()) resolve(null);
    this.explanations.clear();
    for (const [path, text] of this.files) this.engine.post({type: 'file', path, text});
    for (const {program} of this.views.values()) {
      this.engine.post({type: 'program', path: program.path, text: program.text.content});
      this.analyze(program, null, false);
    }
    for (const {program} of this.visitors.values()) this.analyze(program, null, false);
  }

  private viewByPath(path: string): View | null {
    for (const view of [...this.views.values(), ...this.visitors.values()]) if (view.program.path === path) return view;
    return null;
  }

  /**
   * Gives the engine the files that it looked for, and lets it look at the program again if there are any, also when
   * another program was quicker to bring them, or when the program was closed and opened again meanwhile.
   */
  private async provide(view: View, paths: readonly string[]): Promise<void> {
    const {uri} = view.program;
    this.reading.set(uri, (this.reading.get(uri) ?? 0) + 1);
    await this.readAll(paths);
    const left = this.reading.get(uri)! - 1;
    if (left > 0) this.reading.set(uri, left);
    else this.reading.delete(uri);
    const current = this.viewByPath(view.program.path);
    if (current === null) return;
    if (paths.some((path) => typeof this.files.get(path) === 'string')) {
      current.outdate();
      this.analyze(current.program, null, false);
    } else {
      if (this.visitors.get(uri) !== current) this.context.changed(current);
      this.release((waiter) => waiter.uri === uri);
    }
  }

  /** Reads files and tells the engine; the paths of those that are there, or were. */
  private async readAll(paths: readonly string[]): Promise<readonly string[]> {
    if (paths.length === 0) return [];
    const places = paths.map(uriOf);
    const uris = places.filter((uri) => uri !== null);
    const texts = uris.length === 0 ? [] : await this.context.read(uris).catch(() => []);
    const changed: string[] = [];
    for (const [index, path] of paths.entries()) {
      if (this.programs.byPath(path) !== undefined) continue;
      const uri = places[index] ?? null;
      const text = uri === null ? null : texts[uris.indexOf(uri)] ?? null;
      const before = this.files.get(path);
      if (before === text) continue;
      this.files.set(path, text);
      this.engine.post({type: 'file', path, text});
      if (text !== null || typeof before === 'string') changed.push(path);
    }
    return changed;
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
