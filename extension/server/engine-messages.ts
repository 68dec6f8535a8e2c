/** What the server and the engine's thread say to each other. Plain data that can be cloned. */
import type {GradientExplanation} from '../../engine/explain/gradient.ts';
import type {Graph} from '../../engine/graph/graph.ts';
import type {Answer, Question} from '../../engine/graph/study.ts';
import type {Proof} from '../../engine/check/proof/script.ts';
import type {PackedAnalysis} from './transfer.ts';

export type ToEngine =
  /** The text of a program (a file, or a notebook's cells as one) that the editor shows; null when it was closed. */
  | {readonly type: 'program'; readonly path: string; readonly text: string | null}
  /** The text of a file of the workspace that no editor shows; null when there is none. */
  | {readonly type: 'file'; readonly path: string; readonly text: string | null}
  /** Nothing needs to be remembered of a file that no editor shows; whoever looks for it is told again. */
  | {readonly type: 'forget'; readonly path: string}
  /** Analyse the program as it now is. A later request for the same path replaces this one. */
  | {readonly type: 'analyze'; readonly path: string; readonly stamp: number; readonly request: number; readonly first: number | null; readonly seed: number; readonly urgent: boolean}
  | Look;

/** What only looks at a pair that has been judged. */
export type Look = {readonly path: string; readonly pair: string; readonly seed: number; readonly request: number} & (
  /** The check of the pair as a Python script. */
  | {readonly type: 'prove'}
  /** The graph of the pair. */
  | {readonly type: 'graph'; readonly opened: readonly string[]}
  /** A question about that graph. */
  | {readonly type: 'study'; readonly opened: readonly string[]; readonly question: Question}
  /** How the gradient of a value of the pair's forward comes about. */
  | {readonly type: 'explain'; readonly of: string}
);

export type FromEngine =
  /** Files that the analysis looked for and nobody has said anything about. Comes before the analysis it belongs to. */
  | {readonly type: 'missing'; readonly path: string; readonly stamp: number; readonly paths: readonly string[]}
  | {readonly type: 'analysis'; readonly path: string; readonly stamp: number; readonly request: number; readonly analysis: PackedAnalysis; readonly done: boolean}
  /** What a look has seen; null when the pair has not been judged, or cannot be run. */
  | {readonly type: 'seen'; readonly request: number; readonly answer: Seen | null}
  /** The program was closed, or the file forgotten: the next analysis of it, if there is one, refers to none before. */
  | {readonly type: 'forgotten'; readonly path: string}
  /** Something of the engine's own went wrong; for the log. */
  | {readonly type: 'trouble'; readonly message: string}
  /** The engine's thread has ended; a new one, which knows nothing, has taken its place, unless that has been tried too often. */
  | {readonly type: 'lost'; readonly replaced: boolean};

/** A script or why there is none, a graph, an answer about it, an explanation: what each kind of look asks for. */
export type Seen = Proof | Graph | Answer | GradientExplanation;

/** The engine as the server has it. */
export interface Engine {
  post(message: ToEngine): void;
  stop(): void;
}
