/**
 * The language server: answers requests from what is known, and keeps the engine busy with what isn't. Runs wherever
 * an Environment is given; the engine is somewhere else, so that an answer never waits for a check.
 */
import {CodeActionKind, TextDocumentSyncKind} from 'vscode-languageserver';
import type {Connection, InitializeParams, InitializeResult} from 'vscode-languageserver';
import type {Picture} from '../../webview/protocol.ts';
import type {Answer} from '../../engine/graph/study.ts';
import {
  check, crash, explainCode, explainGradient as explainGradientMethod, fileStateChanged, fix as fixMethod, graph as graphMethod, nextHint as nextHintMethod, proof, readFiles, shapesPragma as shapesPragmaMethod,
  study as studyMethod, whatWasChecked as whatWasCheckedMethod,
} from '../protocol.ts';
import type {
  CheckParams, CheckResult, DocumentParams, ExplainGradientParams, ExplainParams, ExplainedGradient, FileStateParams, FixResult, GraphParams, HintResult, MistakeParams, NextHintParams, PlaceParams, PragmaResult, ProofResult, ReadFilesParams, ReadFilesResult, Settings,
  StudyParams,
} from '../protocol.ts';
import {Analyses} from './analyses.ts';
import type {Engine, FromEngine} from './engine-messages.ts';
import {codeLenses, lensSignature} from './features/code-lens.ts';
import {DiagnosticBoard} from './features/diagnostics-board.ts';
import {explainedIn, gradientMeant} from './features/explain-gradient.ts';
import {fileState, pairAt} from './features/file-state.ts';
import {pictureIn} from './features/graph.ts';
import {codeActions, fixOf, mistakeAt, nextHintOf} from './features/hint-ladder.ts';
import {hover} from './features/hover.ts';
import type {Explain} from './features/hover.ts';
import {hintsSignature, inlayHints, withTooltip} from './features/inlay-hints.ts';
import type {HintData} from './features/inlay-hints.ts';
import {shapesPragma} from './features/shapes-pragma.ts';
import {whatWasChecked} from './features/what-was-checked.ts';
import {Ladder, mistakesOf} from './ladder.ts';
import {Programs} from './programs.ts';
import type {Change} from './programs.ts';
import {settingsOf} from './settings.ts';
import type {Encoding} from './text.ts';
import type {View} from './view.ts';

/** What the server needs of the place that it runs in. */
export interface Environment {
  readonly connection: Connection;
  readonly startEngine: (receive: (message: FromEngine) => void) => Engine;
  /** Runs something later; the result takes it back. */
  readonly after: (milliseconds: number, action: () => void) => () => void;
  readonly explain: Explain;
  /** What a problem code means, as Markdown; null for a code that doesn't exist. */
  readonly explainCode: (code: string) => string | null;
  /** Ends the process without a word. */
  readonly crash: () => void;
}

/** Nothing new is complained about before the user has been quiet for so many milliseconds. */
const quiet = 500;
/** While the user types, the client is told of a document's state so often, in milliseconds. */
const stateEvery = 150;
/** A reply waits so long for the analysis of the newest text before the old one, shifted, is given. */
const patience = 40;

export function startServer(environment: Environment): void {
  const {connection} = environment;
  connection.onInitialize((params) => {
    const encoding = encodingFor(params);
    const session = new Session(environment, encoding, params);
    session.listen();
    return {capabilities: capabilities(encoding), serverInfo: {name: 'backprop-tutor'}};
  });
  connection.listen();
}

class Session {
  private readonly programs: Programs;
  private readonly analyses: Analyses;
  private readonly board: DiagnosticBoard;
  private readonly ladder = new Ladder(() => this.settings.hints);
  private settings: Settings;
  private readonly quietTimers = new Map<string, () => void>();
  private readonly stateTimers = new Map<string, () => void>();
  /** What was last replied about a document. */
  private readonly replied = {hints: new Map<string, string>(), lenses: new Map<string, string>()};
  /** Whether the editor asks for tooltips when it needs them. */
  private readonly canResolveHints: boolean;
  private readonly canRefresh: {readonly hints: boolean; readonly lenses: boolean; readonly configuration: boolean};

  constructor(private readonly environment: Environment, encoding: Encoding, params: InitializeParams) {
    const {connection} = environment;
    // An editor that says them at once has nothing shown that they forbid.
    this.settings = settingsOf(params.initializationOptions);
    this.programs = new Programs(encoding);
    this.board = new DiagnosticBoard(this.programs, this.ladder, (uri, diagnostics) => { void connection.sendDiagnostics({uri, diagnostics}); });
    this.analyses = new Analyses(this.programs, environment.startEngine, {
      read: (uris) => connection.sendRequest<ReadFilesResult>(readFiles, {uris} satisfies ReadFilesParams).then(({texts}) => texts),
      changed: (view) => { this.analysisChanged(view); },
      trouble: (message) => { connection.console.error(`Something went wrong in the checker itself. ${message}`); },
      seed: () => this.settings.check.seed,
    });
    const {workspace, textDocument} = params.capabilities;
    this.canResolveHints = textDocument?.inlayHint?.resolveSupport?.properties.includes('tooltip') === true;
    this.canRefresh = {
      hints: workspace?.inlayHint?.refreshSupport === true,
      lenses: workspace?.codeLens?.refreshSupport === true,
      configuration: workspace?.configuration === true,
    };
  }

  listen(): void {
    this.listenToDocuments();
    this.listenToRequests();
    const {connection} = this.environment;
    connection.onInitialized(() => void this.readSettings());
    connection.onDidChangeConfiguration(() => void this.readSettings());
    connection.onDidChangeWatchedFiles(({changes}) => { this.analyses.filesChanged(changes.map((change) => change.uri)); });
    connection.onShutdown(() => { this.analyses.stop(); });
  }

  private listenToDocuments(): void {
    const {connection} = this.environment;
    connection.onDidOpenTextDocument(({textDocument}) => {
      if (textDocument.languageId === 'python') this.analyses.opened(this.programs.open(textDocument.uri, textDocument.text));
    });
    connection.onDidChangeTextDocument(({textDocument, contentChanges}) => {
      this.edited(this.programs.change(textDocument.uri, contentChanges));
    });
    connection.onDidCloseTextDocument(({textDocument}) => { this.closed(textDocument.uri); });
    const {synchronization} = connection.notebooks;
    synchronization.onDidOpenNotebookDocument(({notebookDocument, cellTextDocuments}) => {
      // The texts may come in another order than the cells.
      const texts = new Map(cellTextDocuments.map(({uri, text}) => [uri, text]));
      const cells = notebookDocument.cells.map(({document}) => ({uri: document, text: texts.get(document) ?? ''}));
      this.analyses.opened(this.programs.openNotebook(notebookDocument.uri, cells));
    });
    synchronization.onDidChangeNotebookDocument(({notebookDocument, change}) => {
      const {structure, textContent} = change.cells ?? {};
      if (structure !== undefined) {
        const opened = new Map((structure.didOpen ?? []).map((cell) => [cell.uri, cell.text]));
        const cells = (structure.array.cells ?? []).map((cell) => {
          const text = opened.get(cell.document);
          return text === undefined ? {uri: cell.document} : {uri: cell.document, text};
        });
        this.edited(this.programs.replaceCells(notebookDocument.uri, structure.array.start, structure.array.deleteCount, cells));
      }
      for (const {document, changes} of textContent ?? []) this.edited(this.programs.change(document.uri, changes));
    });
    synchronization.onDidCloseNotebookDocument(({notebookDocument}) => { this.closed(notebookDocument.uri); });
  }

  private listenToRequests(): void {
    const {connection, explain} = this.environment;
    const {programs} = this;
    connection.languages.inlayHint.on(async ({textDocument, range}) => {
      const view = await this.current(textDocument.uri);
      if (view === null) return [];
      this.replied.hints.set(view.program.uri, hintsSignature(view));
      const from = programs.offset(view.program, textDocument.uri, range.start);
      const hints = inlayHints(view, textDocument.uri, from, programs.offset(view.program, textDocument.uri, range.end), programs, this.settings);
      return this.canResolveHints ? hints : hints.map((hint) => withTooltip(view, hint, programs));
    });
    connection.languages.inlayHint.resolve((hint) => {
      const view = this.view((hint.data as HintData).uri);
      return view === null ? hint : withTooltip(view, hint, programs);
    });
    connection.onHover(({textDocument, position}) => {
      const view = this.view(textDocument.uri);
      return view === null ? null : hover(view, programs.offset(view.program, textDocument.uri, position), programs, explain);
    });
    connection.onCodeLens(async ({textDocument}) => {
      const view = await this.current(textDocument.uri);
      if (view === null || !this.settings.codeLens.enabled) return [];
      this.replied.lenses.set(view.program.uri, lensSignature(view, this.ladder));
      return codeLenses(view, textDocument.uri, programs, this.ladder);
    });
    connection.onRequest(check, async ({uri, text}: CheckParams): Promise<CheckResult> => {
      const view = await this.analyses.whole(uri, text);
      return view === null ? null : fileState(view, programs, this.ladder);
    });
    connection.onRequest(whatWasCheckedMethod, async ({uri}: DocumentParams): Promise<string | null> => {
      const view = await this.analyses.whole(uri);
      return view === null ? null : whatWasChecked(view, this.ladder);
    });
    connection.onRequest(graphMethod, ({uri, pair, opened}: GraphParams): Promise<Picture | null> => this.ofNewest(uri, async (view) => {
      const analysis = view.known?.analysis.pairs.find(({report}) => report.name === pair);
      const graph = analysis === undefined ? null : await this.analyses.graph(uri, pair, opened);
      return analysis === undefined || graph === null ? null : () => pictureIn(view, graph, analysis, programs, this.ladder);
    }));
    connection.onRequest(studyMethod, ({uri, pair, opened, question}: StudyParams): Promise<Answer | null> => this.ofNewest(uri, async (view) => {
      const verdict = view.known?.analysis.pairs.find(({report}) => report.name === pair)?.report.verdict;
      const answer = verdict === undefined ? null : await this.analyses.study(uri, pair, opened, question);
      return answer === null ? null : () => (answer.about === 'values' && verdict !== 'agrees' && this.settings.hints.last !== 'fix' ? {...answer, formulas: []} : answer);
    }));
    connection.onRequest(shapesPragmaMethod, async ({uri, position}: PlaceParams): Promise<PragmaResult | null> => {
      const view = await this.analyses.whole(uri);
      return view === null ? null : shapesPragma(view, programs.offset(view.program, uri, position), programs);
    });
    connection.onRequest(proof, async ({uri, position}: PlaceParams): Promise<ProofResult> => {
      const view = await this.analyses.whole(uri);
      const pair = view === null ? null : pairAt(view, programs.offset(view.program, uri, position));
      if (view === null || pair === null) return {name: '', script: null, problem: 'Put the cursor in a forward or a backward function to prove its gradients.'};
      const {name} = pair.report;
      return {name, script: null, problem: `${name} could not be run again.`, ...await this.analyses.prove(uri, name)};
    });
    connection.onCodeAction(async ({textDocument, range}) => {
      const view = await this.current(textDocument.uri);
      return view === null ? [] : codeActions(view, textDocument.uri, range, programs, this.ladder);
    });
    connection.onRequest(nextHintMethod, async (params: NextHintParams): Promise<HintResult | null> => {
      const view = await this.analyses.whole(params.uri);
      const mistake = view === null ? null : mistakeAt(view, params, programs, this.ladder);
      if (view === null || mistake === null) return null;
      const result = nextHintOf(view, mistake, programs, this.ladder);
      this.analysisChanged(view);
      return result;
    });
    connection.onRequest(fixMethod, async ({uri, mistake: key}: MistakeParams): Promise<FixResult | null> => {
      const view = await this.analyses.whole(uri);
      const mistake = view === null ? undefined : mistakesOf(view).find((other) => other.key === key);
      return view === null || mistake === undefined ? null : fixOf(view, mistake, programs, this.ladder);
    });
    connection.onRequest(explainGradientMethod, (params: ExplainGradientParams): Promise<ExplainedGradient | null> => this.ofNewest(params.uri, async (view) => {
      const meant = gradientMeant(view, params, programs);
      const explanation = meant === null ? null : await this.analyses.explain(view.program.uri, meant.pair.report.name, meant.of);
      return meant === null || explanation === null ? null : () => explainedIn(view, meant.pair, explanation, programs, this.settings.hints.last);
    }));
    connection.onRequest(explainCode, ({code}: ExplainParams): string | null => this.environment.explainCode(code));
    connection.onNotification(crash, () => { this.environment.crash(); });
  }

  private view(uri: string): View | null {
    const program = this.programs.get(uri);
    return program === undefined ? null : this.analyses.view(program.uri);
  }

  /** What is known of a document: of its newest text if that is known soon, else of an older one with the edits since. */
  private async current(uri: string): Promise<View | null> {
    const program = this.programs.get(uri);
    if (program === undefined) return null;
    await this.analyses.within(program.uri, patience, this.environment.after);
    return this.analyses.view(program.uri);
  }

  /** What the engine sees in the newest text; it looks again when the text changes meanwhile, since the places that it tells are of either. */
  private async ofNewest<Shown>(uri: string, look: (view: View) => Promise<(() => Shown) | null>): Promise<Shown | null> {
    for (;;) {
      const view = await this.analyses.whole(uri);
      if (view === null) return null;
      const {stamp} = view.program;
      const show = await look(view);
      if (this.view(uri) === view && view.program.stamp === stamp) return show === null ? null : show();
    }
  }

  private edited(change: Change | undefined): void {
    if (change === undefined) return;
    const {uri} = change.program;
    this.announce(this.analyses.edited(change));
    this.quietTimers.get(uri)?.();
    this.quietTimers.set(uri, this.environment.after(quiet, () => { this.becameQuiet(uri); }));
  }

  private becameQuiet(uri: string): void {
    this.quietTimers.delete(uri);
    const view = this.analyses.view(uri);
    if (view === null) return;
    view.settle();
    this.analyses.quiet(view);
    this.analysisChanged(view);
  }

  private closed(uri: string): void {
    this.quietTimers.get(uri)?.();
    this.quietTimers.delete(uri);
    this.stateTimers.get(uri)?.();
    this.stateTimers.delete(uri);
    this.replied.hints.delete(uri);
    this.replied.lenses.delete(uri);
    const program = this.programs.get(uri);
    if (program === undefined) return;
    this.board.forget(program);
    this.ladder.forget(program.uri);
    this.programs.closeNotebook(uri);
    this.programs.close(uri);
    this.analyses.closed(program);
    this.notify({uri, state: null});
  }

  private analysisChanged(view: View): void {
    const {uri} = view.program;
    if (this.programs.get(uri) === undefined) return;
    const calm = !this.quietTimers.has(uri) && view.upToDate;
    if (calm) this.ladder.prune(view);
    this.board.show(view, calm, this.settings.diagnostics.enabled);
    if (calm) this.sendState(view);
    else this.announce(view);
    if (this.outdated(this.replied.hints, uri, hintsSignature(view))) this.refresh('hints');
    if (this.outdated(this.replied.lenses, uri, lensSignature(view, this.ladder))) this.refresh('lenses');
  }

  /** Whether the editor shows something else; it is told once. */
  private outdated(replied: Map<string, string>, uri: string, signature: string): boolean {
    const last = replied.get(uri);
    if (last === undefined || last === signature) return false;
    replied.set(uri, signature);
    return true;
  }

  /** Lets the editor ask again. One that refuses is told another time. */
  private refresh(what: 'hints' | 'lenses'): void {
    const {connection} = this.environment;
    if (!this.canRefresh[what]) return;
    (what === 'hints' ? connection.languages.inlayHint.refresh() : connection.sendRequest('workspace/codeLens/refresh')).catch((error: unknown) => {
      connection.console.warn(`The editor did not refresh its ${what}: ${String(error)}`);
    });
  }

  /** Tells of a state soon: at each keystroke it would be too much. */
  private announce(view: View): void {
    const {uri} = view.program;
    if (this.stateTimers.has(uri)) return;
    this.stateTimers.set(uri, this.environment.after(stateEvery, () => {
      this.stateTimers.delete(uri);
      if (this.analyses.view(uri) === view) this.sendState(view);
    }));
  }

  private sendState(view: View): void {
    this.stateTimers.get(view.program.uri)?.();
    this.stateTimers.delete(view.program.uri);
    this.notify({uri: view.program.uri, state: fileState(view, this.programs, this.ladder)});
  }

  private notify(params: FileStateParams): void {
    void this.environment.connection.sendNotification(fileStateChanged, params);
  }

  private async readSettings(): Promise<void> {
    if (!this.canRefresh.configuration) return;
    const {connection} = this.environment;
    const before = this.settings;
    const given: unknown = await connection.workspace.getConfiguration('backpropTutor').catch(() => null);
    if (given === null) return;
    this.settings = settingsOf(given);
    if (before.check.seed !== this.settings.check.seed) this.analyses.again();
    this.refresh('hints');
    this.refresh('lenses');
    for (const program of this.programs.all()) {
      const view = this.analyses.view(program.uri);
      if (view !== null) this.analysisChanged(view);
    }
  }
}

/** The first of the editor's encodings that the server knows; UTF-16 is what an editor that says nothing means. */
function encodingFor(params: InitializeParams): Encoding {
  const known: readonly Encoding[] = ['utf-16', 'utf-8', 'utf-32'];
  const offered = params.capabilities.general?.positionEncodings ?? [];
  return known.find((encoding) => encoding === offered[0]) ?? known.find((encoding) => offered.includes(encoding)) ?? 'utf-16';
}

function capabilities(positionEncoding: Encoding): InitializeResult['capabilities'] {
  return {
    positionEncoding,
    textDocumentSync: {openClose: true, change: TextDocumentSyncKind.Incremental},
    notebookDocumentSync: {notebookSelector: [{notebook: {notebookType: 'jupyter-notebook'}, cells: [{language: 'python'}]}]},
    inlayHintProvider: {resolveProvider: true},
    hoverProvider: true,
    codeLensProvider: {},
    codeActionProvider: {codeActionKinds: [CodeActionKind.QuickFix]},
  };
}
