/**
 * Runs the engine bit by bit: takes texts and requests, analyses the most urgent program first, looks at its inbox
 * between units, and starts again when a text has changed. Runs in a thread of its own or between other work of the
 * server; knows nothing of either, nor of the editor.
 */
import type {Host, Project} from '../../engine/project.ts';
import type {FromEngine, Look, Seen, ToEngine} from './engine-messages.ts';
import {Sender} from './transfer.ts';

/** What the loop needs of the place that it runs in. */
export interface Surroundings {
  readonly createProject: (host: Host) => Project;
  readonly post: (message: FromEngine) => void;
  /** Lets messages come in. */
  readonly breathe: () => Promise<void>;
  /** Takes in the messages that are there already, in the middle of a run, where that can be done. */
  readonly drain?: () => void;
  readonly now: () => number;
}

type Request = Extract<ToEngine, {type: 'analyze'}>;

/** After so many milliseconds of work messages are let in. */
const breath = 6;
/** Results of a long analysis are sent so often, in milliseconds. */
const partialEvery = 80;
/** Longer texts are not Python that somebody wrote. */
const longest = 2_000_000;

export class EngineLoop {
  private readonly project: Project;
  private readonly files = new Map<string, string | null>();
  private readonly queue: Request[] = [];
  private readonly sender = new Sender();
  private readonly texts: Extract<ToEngine, {type: 'program' | 'file' | 'forget'}>[] = [];
  private readonly looks: Look[] = [];
  /** Texts that could not be taken in, and why: what is known of their paths is older. */
  private readonly unreadable = new Map<string, unknown>();
  private readonly tooLong = new Set<string>();
  private missing = new Set<string>();
  private running = false;
  /** Something came in that the running analysis must give way to. */
  private interrupted = false;

  constructor(private readonly surroundings: Surroundings) {
    this.project = surroundings.createProject({
      readFile: (path) => this.readFile(path),
      now: surroundings.now,
      failed: (error) => { this.tell(error); },
    });
  }

  receive(message: ToEngine): void {
    if (message.type === 'analyze') this.enqueue(message);
    else if (message.type === 'program' || message.type === 'file' || message.type === 'forget') this.texts.push(message);
    else this.looks.push(message);
    if (message.type === 'program' || message.type === 'file' || (message.type === 'analyze' && message.urgent)) this.interrupted = true;
    if (!this.running) {
      this.running = true;
      void this.run();
    }
  }

  private enqueue(request: Request): void {
    const at = this.queue.findIndex((waiting) => waiting.path === request.path);
    if (at >= 0) this.queue.splice(at, 1);
    if (request.urgent) this.queue.unshift(request);
    else this.queue.push(request);
  }

  private async run(): Promise<void> {
    for (;;) {
      // What was posted together is looked at together.
      await this.surroundings.breathe();
      this.applyTexts();
      this.look();
      const request = this.queue.shift();
      if (request === undefined) break;
      if (!await this.analyzeSafely(request) && !this.queue.some((waiting) => waiting.path === request.path)) this.queue.push(request);
    }
    this.running = false;
  }

  /** What goes wrong in the engine itself costs this analysis, and is said in its place: whoever waits for it gets an answer. */
  private async analyzeSafely(request: Request): Promise<boolean> {
    const {path} = request;
    if (this.tooLong.has(path)) {
      this.refuse(request, `This file is too long to be checked: it has more than ${longest / 1e6} million characters.`);
      return true;
    }
    try {
      if (this.unreadable.has(path)) throw this.unreadable.get(path);
      return await this.analyze(request);
    } catch (error) {
      this.tell(error);
      this.refuse(request, 'Backprop Tutor failed on this file, so that nothing in it was checked. The log says more.');
      return true;
    }
  }

  private refuse({path, stamp, request}: Request, message: string): void {
    const problem = {code: 'unsupported', severity: 'warning', line: 1, column: 1, message} as const;
    const analysis = {report: {path, pairs: [], hints: [], inferred: [], problems: [problem], timeMs: {parse: 0, analyze: 0}}, pairs: [], inferred: []};
    this.surroundings.post({type: 'analysis', path, stamp, request, analysis: this.sender.pack(path, analysis), done: true});
  }

  private tell(error: unknown): void {
    this.surroundings.post({type: 'trouble', message: error instanceof Error ? error.stack ?? error.message : String(error)});
  }

  /** False when the analysis gave way before it was done; what it has done is not lost. */
  private async analyze(request: Request): Promise<boolean> {
    const {post, now, breathe} = this.surroundings;
    const {path, stamp, request: number} = request;
    this.interrupted = false;
    this.missing = new Set();
    const units = this.project.analyze(path, {
      shouldStop: () => {
        this.surroundings.drain?.();
        return this.interrupted;
      },
      seed: request.seed,
      ...(request.first === null ? {} : {first: request.first}),
    });
    let breathed = now();
    let sent = breathed;
    for (;;) {
      const step = units.next();
      if (step.done === true) {
        if (this.isInterrupted()) return false;
        if (this.missing.size > 0) post({type: 'missing', path, stamp, paths: [...this.missing]});
        post({type: 'analysis', path, stamp, request: number, analysis: this.sender.pack(path, step.value), done: true});
        return true;
      }
      if (now() - breathed < breath) continue;
      await breathe();
      this.look();
      breathed = now();
      if (this.isInterrupted()) {
        units.return(step.value.partial());
        return false;
      }
      if (breathed - sent > partialEvery) {
        post({type: 'analysis', path, stamp, request: number, analysis: this.sender.pack(path, step.value.partial()), done: false});
        sent = breathed;
      }
    }
  }

  private isInterrupted(): boolean {
    return this.interrupted;
  }

  /** One look takes one run, so that nothing gives way to it. */
  private look(): void {
    for (const message of this.looks.splice(0)) {
      let answer: Seen | null = null;
      try {
        answer = this.seen(message);
      } catch (error) {
        this.tell(error);
      }
      this.surroundings.post({type: 'seen', request: message.request, answer});
    }
  }

  private seen(message: Look): Seen | null {
    const {path, pair, seed} = message;
    switch (message.type) {
      case 'prove': return this.project.proofOf(path, pair, {seed});
      case 'graph': return this.project.graphOf(path, pair, {opened: message.opened, seed});
      case 'study': return this.project.studyOf(path, pair, message.question, {opened: message.opened, seed});
      case 'explain': return this.project.explainGradientOf(path, pair, message.of, {seed});
    }
  }

  private applyTexts(): void {
    for (const message of this.texts.splice(0)) {
      const {path} = message;
      this.unreadable.delete(path);
      this.tooLong.delete(path);
      try {
        const isLong = message.type !== 'forget' && (message.text?.length ?? 0) > longest;
        if (isLong) this.tooLong.add(path);
        this.apply(isLong ? {...message, text: ''} : message);
      } catch (error) {
        this.unreadable.set(path, error);
      }
    }
  }

  private apply(message: Extract<ToEngine, {type: 'program' | 'file' | 'forget'}>): void {
    const {type, path} = message;
    const text = type === 'forget' ? null : message.text;
    if (type !== 'file') {
      if (type === 'forget') this.files.delete(path);
      if (text === null) {
        this.sender.forget(path);
        this.surroundings.post({type: 'forgotten', path});
      }
      this.project.update(path, text);
    } else {
      const before = this.files.get(path);
      this.files.set(path, text);
      if (text !== null || typeof before === 'string') this.project.update(path, text);
    }
  }

  private readFile(path: string): string | null {
    const text = this.files.get(path);
    if (text === undefined) this.missing.add(path);
    return text ?? null;
  }
}
