/** What the server and the engine's thread say to each other. Plain data that can be cloned. */
import type {GradientExplanation} from '../../engine/explain/gradient.ts';
import type {Graph} from '../../engine/graph/graph.ts';
import type {Answer, Question} from '../../engine/graph/study.ts';
import type {PackedAnalysis} from './transfer.ts';

export type ToEngine =
  /** The text of a program (a file, or a notebook's cells as one) that the editor shows; null when it was closed. */
  | {readonly type: 'program'; readonly path: string; readonly text: string | null}
  /** The text of a file of the workspace that no editor shows; null when there is none. */
  | {readonly type: 'file'; readonly path: string; readonly text: string | null}
  /** Analyse the program as it now is. A later request for the same path replaces this one. */
  | {readonly type: 'analyze'; readonly path: string; readonly stamp: number; readonly first: number | null; readonly seed: number; readonly urgent: boolean}
  /** The check of a pair of an analysed program as a Python script. */
  | {readonly type: 'prove'; readonly path: string; readonly pair: string; readonly seed: number}
  /** The graph of a pair that has been judged. */
  | {readonly type: 'graph'; readonly path: string; readonly pair: string; readonly opened: readonly string[]; readonly seed: number; readonly request: number}
  /** A question about that graph. */
  | {readonly type: 'study'; readonly path: string; readonly pair: string; readonly opened: readonly string[]; readonly seed: number; readonly request: number; readonly question: Question}
  /** How the gradient of a value of a judged pair comes about. */
  | {readonly type: 'explain'; readonly path: string; readonly pair: string; readonly of: string; readonly seed: number; readonly request: number};

export type FromEngine =
  /** Files that the analysis looked for and nobody has said anything about. Comes before the analysis it belongs to. */
  | {readonly type: 'missing'; readonly path: string; readonly stamp: number; readonly paths: readonly string[]}
  | {readonly type: 'analysis'; readonly path: string; readonly stamp: number; readonly analysis: PackedAnalysis; readonly done: boolean}
  | {readonly type: 'proof'; readonly path: string; readonly pair: string; readonly proof: {readonly script: string | null; readonly problem: string} | null}
  /** Null when the pair has not been judged, or cannot be run. */
  | {readonly type: 'graph'; readonly path: string; readonly request: number; readonly graph: Graph | null}
  | {readonly type: 'study'; readonly path: string; readonly request: number; readonly answer: Answer | null}
  | {readonly type: 'explanation'; readonly path: string; readonly request: number; readonly explanation: GradientExplanation | null}
  /** The engine's thread has ended and a new one, which knows nothing, has taken its place. */
  | {readonly type: 'lost'; readonly message: string};

/** The engine as the server has it. */
export interface Engine {
  post(message: ToEngine): void;
  stop(): void;
}
