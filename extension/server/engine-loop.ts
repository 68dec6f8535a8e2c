/**
 * Runs the engine bit by bit: takes texts and requests, analyses the most urgent program first, looks at its inbox
 * between units, and starts again when a text has changed. Runs in a thread of its own or between other work of the
 * server; knows nothing of either, nor of the editor.
 */
import type {Host, Project} from '../../engine/project.ts';
import type {FromEngine, ToEngine} from './engine-messages.ts';
import {Sender} from './transfer.ts';

/** What the loop needs of the place that it runs in. */
export interface Surroundings {
  readonly createProject: (host: Host) => Project;
  readonly post: (message: FromEngine) => void;
  /** Lets messages come in. */
  readonly breathe: () => Promise<void>;
  readonly now: () => number;
}

type Request = Extract<ToEngine, {type: 'analyze'}>;

/** After so many milliseconds of work messages are let in. */
const breath = 6;
/** Results of a long analysis are sent so often, in milliseconds. */
const partialEvery = 80;

export class EngineLoop {
  private readonly project: Project;
  private readonly files = new Map<string, string | null>();
  private readonly queue: Request[] = [];
  private readonly sender = new Sender();
  private readonly proofs: Extract<ToEngine, {type: 'prove'}>[] = [];
  private readonly texts: Extract<ToEngine, {type: 'program' | 'file'}>[] = [];
  private readonly graphs: Extract<ToEngine, {type: 'graph' | 'study' | 'explain'}>[] = [];
  private missing = new Set<string>();
  private running = false;
  /** Something came in that the running analysis must give way to. */
  private interrupted = false;

  constructor(private readonly surroundings: Surroundings) {
    this.project = surroundings.createProject({
      readFile: (path) => this.readFile(path),
      now: surroundings.now,
    });
  }

  receive(message: ToEngine): void {
    if (message.type === 'analyze') this.enqueue(message);
    else if (message.type === 'prove') this.proofs.push(message);
    else if (isLook(message)) this.graphs.push(message);
    else this.texts.push(message);
    if (!isLook(message) && (message.type !== 'analyze' || message.urgent)) this.interrupted = true;
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
      for (const {path, pair, seed} of this.proofs.splice(0)) {
        this.surroundings.post({type: 'proof', path, pair, proof: this.project.proofOf(path, pair, {seed})});
      }
      this.drawGraphs();
      const request = this.queue.shift();
      if (request === undefined) break;
      if (!await this.analyze(request) && !this.queue.some((waiting) => waiting.path === request.path)) this.queue.push(request);
    }
    this.running = false;
  }

  /** False when the analysis gave way before it was done; what it has done is not lost. */
  private async analyze(request: Request): Promise<boolean> {
    const {post, now, breathe} = this.surroundings;
    const {path, stamp} = request;
    this.interrupted = false;
    this.missing = new Set();
    const units = this.project.analyze(path, {
      shouldStop: () => this.interrupted,
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
        post({type: 'analysis', path, stamp, analysis: this.sender.pack(path, step.value), done: true});
        return true;
      }
      if (now() - breathed < breath) continue;
      await breathe();
      this.drawGraphs();
      breathed = now();
      if (this.isInterrupted()) {
        units.return(step.value.partial());
        return false;
      }
      if (breathed - sent > partialEvery) {
        post({type: 'analysis', path, stamp, analysis: this.sender.pack(path, step.value.partial()), done: false});
        sent = breathed;
      }
    }
  }

  private isInterrupted(): boolean {
    return this.interrupted;
  }

  /** Graphs and explanations are of what has been judged; one takes one run, and so does an answer, so that nothing gives way to it. */
  private drawGraphs(): void {
    const {post} = this.surroundings;
    for (const message of this.graphs.splice(0)) {
      const {path, pair, seed, request} = message;
      if (message.type === 'graph') post({type: 'graph', path, request, graph: this.project.graphOf(path, pair, {opened: message.opened, seed})});
      else if (message.type === 'study') post({type: 'study', path, request, answer: this.project.studyOf(path, pair, message.question, {opened: message.opened, seed})});
      else post({type: 'explanation', path, request, explanation: this.project.explainGradientOf(path, pair, message.of, {seed})});
    }
  }

  private applyTexts(): void {
    for (const {type, path, text} of this.texts.splice(0)) {
      if (type === 'program') {
        this.project.update(path, text);
        if (text === null) this.sender.forget(path);
      } else {
        const before = this.files.get(path);
        this.files.set(path, text);
        if (text !== null || typeof before === 'string') this.project.update(path, text);
      }
    }
  }

  private readFile(path: string): string | null {
    const text = this.files.get(path);
    if (text === undefined) this.missing.add(path);
    return text ?? null;
  }
}

/** What only looks at what has been judged. */
function isLook(message: ToEngine): message is Extract<ToEngine, {type: 'graph' | 'study' | 'explain'}> {
  return message.type === 'graph' || message.type === 'study' || message.type === 'explain';
}
