/**
 * An editor without a screen: talks to the server over a real protocol connection in this process, with a clock that
 * only the test moves. Holds documents as an editor does, and what the server has pushed.
 */
import {PassThrough} from 'node:stream';
import {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type {
  ClientCapabilities, CodeAction, CodeLens, Diagnostic, Hover, InlayHint, InlayHintLabelPart, ProtocolConnection, PublishDiagnosticsParams, ServerCapabilities,
} from 'vscode-languageserver-protocol';
import {createConnection} from 'vscode-languageserver/node';
import type {Host, Project} from '../../../engine/project.ts';
import {check, fileStateChanged, readFiles} from '../../../extension/protocol.ts';
import type {FileState, FileStateParams, ReadFilesParams} from '../../../extension/protocol.ts';
import {EngineLoop} from '../../../extension/server/engine-loop.ts';
import type {FromEngine, ToEngine} from '../../../extension/server/engine-messages.ts';
import {startServer} from '../../../extension/server/session.ts';

export interface EditorOptions {
  readonly createProject: (host: Host) => Project;
  readonly capabilities?: ClientCapabilities;
  /** Files on disk, by URI. */
  readonly files?: Map<string, string>;
  readonly settings?: object;
  /** What the editor says when it starts the server. */
  readonly initializationOptions?: object;
}

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

export class Editor {
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly states = new Map<string, FileState | null>();
  readonly texts = new Map<string, string>();
  readonly reads: string[] = [];
  /** What the server has written to its log. */
  readonly log: string[] = [];
  refreshes = {hints: 0, lenses: 0};
  settings: object;
  capabilities: ServerCapabilities = {};
  private loop: EngineLoop | null = null;
  private deliver: (message: ToEngine) => void = () => undefined;
  private receive: (message: FromEngine) => void = () => undefined;
  /** What the engine has said that has not arrived yet. */
  private answersHeld: FromEngine[] | null = null;
  /** Whether the editor refuses to refresh what it shows. */
  refuses = false;
  refusals = 0;
  /** Messages to an engine that is busy with something else, while it is. */
  private held: ToEngine[] | null = null;
  private readsHeld: (() => void)[] | null = null;
  private readonly versions = new Map<string, number>();
  private timers: Timer[] = [];
  private time = 0;
  private constructor(readonly connection: ProtocolConnection, private readonly options: EditorOptions) {
    this.settings = options.settings ?? {};
  }

  static async start(options: EditorOptions): Promise<Editor> {
    const up = new PassThrough();
    const down = new PassThrough();
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const editor = new Editor(client, options);
    startServer({
      connection: server,
      startEngine: (receive) => {
        editor.receive = receive;
        editor.startEngine();
        return {post: (message) => { editor.post(message); }, stop: () => undefined};
      },
      after: (milliseconds, action) => editor.after(milliseconds, action),
      explain: (operation) => `about ${operation}`,
      explainCode: (code) => `# ${code}`,
      crash: () => { throw new Error('crashed'); },
    });
    editor.answer();
    client.listen();
    const result = await client.sendRequest('initialize', {
      processId: null, rootUri: null, ...(options.initializationOptions === undefined ? {} : {initializationOptions: options.initializationOptions}),
      capabilities: options.capabilities ?? {
        workspace: {configuration: true, inlayHint: {refreshSupport: true}, codeLens: {refreshSupport: true}},
      },
    });
    editor.capabilities = (result as {capabilities: ServerCapabilities}).capabilities;
    await client.sendNotification('initialized', {});
    return editor;
  }

  /** From now on files are read, but their texts arrive when they are released. */
  holdReads(): void {
    this.readsHeld = [];
  }

  /** In the order in which they were asked for, or the last first. */
  async releaseReads(lastFirst = false): Promise<void> {
    const held = this.readsHeld ?? [];
    this.readsHeld = null;
    for (const deliver of lastFirst ? held.reverse() : held) {
      deliver();
      await this.idle();
    }
  }

  /** From now on the engine works, but what it says arrives when it is released, one message at a time. */
  holdAnswers(): void {
    this.answersHeld = [];
  }

  async releaseAnswers(): Promise<void> {
    const held = this.answersHeld ?? [];
    this.answersHeld = null;
    for (const message of held) {
      this.receive(message);
      await this.idle();
    }
  }

  /** The engine ends by itself; unless it is given up, a new one takes its place. */
  async loseEngine(replaced: boolean): Promise<void> {
    this.deliver = () => undefined;
    if (replaced) this.startEngine();
    this.receive({type: 'lost', replaced});
    await this.idle();
  }

  private startEngine(): void {
    const loop: EngineLoop = new EngineLoop({
      createProject: this.options.createProject,
      post: (message) => {
        if (this.loop !== loop) return;
        if (this.answersHeld === null) this.receive(structuredClone(message));
        else this.answersHeld.push(structuredClone(message));
      },
      breathe: () => new Promise((resolve) => { setImmediate(resolve); }),
      now: () => performance.now(),
    });
    this.loop = loop;
    this.deliver = (message) => { loop.receive(structuredClone(message)); };
  }

  /** From now on the engine hears nothing, as if it were busy. */
  holdEngine(): void {
    this.held = [];
  }

  releaseEngine(): void {
    const messages = this.held ?? [];
    this.held = null;
    for (const message of messages) this.deliver(message);
  }

  private post(message: ToEngine): void {
    if (this.held === null) this.deliver(message);
    else this.held.push(message);
  }

  stop(): void {
    this.connection.dispose();
  }

  /** Moves the clock of the server; whatever becomes due happens in order. */
  async advance(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    const due = this.timers.filter((timer) => timer.at <= this.time).sort((a, b) => a.at - b.at);
    this.timers = this.timers.filter((timer) => timer.at > this.time);
    for (const timer of due) timer.action();
    await this.idle();
  }

  /** When the server has done all that it can do without time passing. */
  async idle(): Promise<void> {
    for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  async open(uri: string, text: string): Promise<void> {
    this.texts.set(uri, text);
    this.versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {textDocument: {uri, languageId: 'python', version: 1, text}});
    await this.idle();
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', {textDocument: {uri}});
    await this.idle();
  }

  /** Replaces `length` characters at an offset, as one keystroke or paste does. */
  async edit(uri: string, offset: number, length: number, inserted: string): Promise<void> {
    const before = this.texts.get(uri)!;
    const range = {start: position(before, offset), end: position(before, offset + length)};
    this.texts.set(uri, before.slice(0, offset) + inserted + before.slice(offset + length));
    const version = this.versions.get(uri)! + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {textDocument: {uri, version}, contentChanges: [{range, text: inserted}]});
  }

  /** Types a text in place of `at`, or behind it when it is empty, with the server given time to think between keys. */
  async replace(uri: string, old: string, inserted: string): Promise<void> {
    const offset = this.texts.get(uri)!.indexOf(old);
    if (offset < 0) throw new Error(`${old} is not in the text`);
    await this.edit(uri, offset, old.length, inserted);
    await this.idle();
  }

  /** When every pair of the newest text is judged. */
  async settled(uri: string): Promise<void> {
    await this.connection.sendRequest(check, {uri});
    await this.idle();
  }

  async hints(uri: string): Promise<readonly InlayHint[]> {
    const text = this.texts.get(uri)!;
    const reply = this.connection.sendRequest('textDocument/inlayHint', {
      textDocument: {uri}, range: {start: {line: 0, character: 0}, end: position(text, text.length)},
    });
    await this.idle();
    await this.advance(40);
    return await reply as readonly InlayHint[];
  }

  /** Lines with their hints in place, as the editor shows them: `    out«: (N, 3)» = x`. */
  async shown(uri: string): Promise<string> {
    const lines = this.texts.get(uri)!.split('\n');
    const hints = [...await this.hints(uri)].sort((a, b) => b.position.line - a.position.line || b.position.character - a.position.character);
    for (const {position: {line, character}, label} of hints) {
      const text = typeof label === 'string' ? label : label.map((part: InlayHintLabelPart) => part.value).join('');
      lines[line] = `${lines[line].slice(0, character)}«${text}»${lines[line].slice(character)}`;
    }
    return lines.join('\n');
  }

  async hover(uri: string, on: string, inside = 0): Promise<Hover | null> {
    const text = this.texts.get(uri)!;
    return await this.connection.sendRequest<Hover | null>('textDocument/hover', {textDocument: {uri}, position: position(text, text.indexOf(on) + inside)});
  }

  async lenses(uri: string): Promise<readonly CodeLens[]> {
    const reply = this.connection.sendRequest('textDocument/codeLens', {textDocument: {uri}});
    await this.idle();
    await this.advance(40);
    return await reply as readonly CodeLens[];
  }

  async actions(uri: string, on: string): Promise<readonly CodeAction[]> {
    const start = this.position(uri, on);
    const reply = this.connection.sendRequest('textDocument/codeAction', {textDocument: {uri}, range: {start, end: start}, context: {diagnostics: []}});
    await this.idle();
    await this.advance(40);
    return await reply as readonly CodeAction[];
  }

  position(uri: string, on: string): {line: number; character: number} {
    const text = this.texts.get(uri)!;
    return position(text, text.indexOf(on));
  }

  private after(milliseconds: number, action: () => void): () => void {
    const timer = {at: this.time + milliseconds, action};
    this.timers.push(timer);
    return () => { this.timers = this.timers.filter((other) => other !== timer); };
  }

  private answer(): void {
    const {connection} = this;
    connection.onNotification('textDocument/publishDiagnostics', ({uri, diagnostics}: PublishDiagnosticsParams) => { this.diagnostics.set(uri, diagnostics); });
    connection.onNotification(fileStateChanged, ({uri, state}: FileStateParams) => { this.states.set(uri, state); });
    connection.onNotification('window/logMessage', ({message}: {message: string}) => { this.log.push(message); });
    connection.onRequest('workspace/configuration', ({items}: {items: unknown[]}) => items.map(() => this.settings));
    const refresh = (what: 'hints' | 'lenses') => (): void => {
      if (this.refuses) {
        this.refusals++;
        throw new Error('not now');
      }
      this.refreshes[what]++;
    };
    connection.onRequest('workspace/inlayHint/refresh', refresh('hints'));
    connection.onRequest('workspace/codeLens/refresh', refresh('lenses'));
    connection.onRequest(readFiles, async ({uris}: ReadFilesParams) => {
      this.reads.push(...uris);
      const {readsHeld} = this;
      const texts = uris.map((uri) => this.options.files?.get(uri) ?? null);
      if (readsHeld !== null) await new Promise<void>((resolve) => { readsHeld.push(resolve); });
      return {texts};
    });
  }
}

/** UTF-16, as an editor that negotiates nothing has it. */
export function position(text: string, offset: number): {line: number; character: number} {
  const before = text.slice(0, offset).split('\n');
  return {line: before.length - 1, character: before.at(-1)!.length};
}
