/**
 * What the client and the server say to each other beside the Language Server Protocol: methods with their parameters
 * and results. Plain data only; positions are the protocol's (0-based, in the negotiated encoding).
 */
import type {DiagnosisCode, Verdict} from '../engine/check/report.ts';
import type {Question} from '../engine/graph/study.ts';
import type {ForwardStep, GradientExplanation} from '../engine/explain/gradient.ts';

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface PlaceRange {
  readonly start: Place;
  readonly end: Place;
}

/** A place in a document; for a notebook, in one of its cells. */
export interface Site {
  readonly uri: string;
  readonly range: PlaceRange;
}

/** One gradient of a pair, as the Testing view and messages show it. */
export interface GradientState {
  /** Stable while the user edits: the name of the forward value. */
  readonly id: string;
  /** `dW` */
  readonly name: string;
  /** `W` */
  readonly of: string;
  readonly verdict: Verdict | 'missing';
  /** One sentence: why it is what it is. */
  readonly message: string;
  readonly code: DiagnosisCode | null;
  /** The line at fault when there is one, else where the gradient is given its value. */
  readonly site: Site;
  /** Of the element that disagrees most, as text, with its index. */
  readonly expected: string | null;
  readonly actual: string | null;
}

export interface PairState {
  /** Stable while the user edits. */
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly site: Site;
  /** From the first line of the pair to its last: the pair at the cursor is one whose span holds it. */
  readonly spans: readonly Site[];
  readonly gradients: readonly GradientState[];
  readonly milliseconds: number;
}

/** What is known of one document (a notebook counts as one). */
export interface FileState {
  /** The document's, or the notebook's. */
  readonly uri: string;
  /** True while a newer text is being looked at. */
  readonly checking: boolean;
  readonly pairs: readonly PairState[];
  /** Problems of severity error and warning. */
  readonly errors: number;
  readonly warnings: number;
}

/** Server to client: a document's state has changed; null when it was closed. */
export const fileStateChanged = 'backpropTutor/fileState';
export interface FileStateParams {
  readonly uri: string;
  readonly state: FileState | null;
}

/** Client to server: checks the current text, or the one given, and answers when every pair is judged. */
export const check = 'backpropTutor/check';
export interface CheckParams {
  readonly uri: string;
  /** For a file that is not open. */
  readonly text?: string;
}
export type CheckResult = FileState | null;

/** Client to server: inputs, seeds and settings that were tried, as Markdown. Null when nothing is known of the document. */
export const whatWasChecked = 'backpropTutor/whatWasChecked';
export interface DocumentParams {
  readonly uri: string;
}

/** Client to server: a Python script that repeats the check of the pair at a place with real NumPy. */
export const proof = 'backpropTutor/proof';
export interface PlaceParams {
  readonly uri: string;
  readonly position: Place;
}
export interface ProofResult {
  readonly name: string;
  /** Null when there is none, for the reason in `problem`. */
  readonly script: string | null;
  readonly problem: string;
}

/** How much is told of a wrong gradient, each step with what is below it. */
export type HintStep = 'verdict' | 'where' | 'kind' | 'why' | 'fix';
export const hintSteps: readonly HintStep[] = ['verdict', 'where', 'kind', 'why', 'fix'];

/** What a step answers. */
export const hintQuestions: Readonly<Record<HintStep, string>> = {
  verdict: 'Is it right?', where: 'Where is it?', kind: 'What kind of mistake is it?', why: 'Why is it wrong?', fix: 'Show the fix',
};

/** One mistake of a document. */
export interface MistakeParams {
  readonly uri: string;
  readonly mistake: string;
}

/** Client to server: takes one more step for a mistake, or for the one nearest to a place. Null when nothing is wrong there. */
export const nextHint = 'backpropTutor/nextHint';
export type NextHintParams = MistakeParams | PlaceParams;
export interface HintResult {
  readonly mistake: string;
  /** What is told now; null when nothing is left to tell. */
  readonly step: HintStep | null;
  readonly text: string;
  /** What the mistake is shown at. */
  readonly site: Site;
  /** What can be asked for next. */
  readonly next: HintStep | null;
}

/** Client to server: the edit that mends a mistake whose fix has been shown; null when it has not, or may not be. */
export const fix = 'backpropTutor/fix';
export interface FixResult {
  readonly site: Site;
  readonly newText: string;
}

/** Client to server: how the gradient at a place comes about, ready to be shown; null when there is nothing to explain. */
export const explainGradient = 'backpropTutor/explainGradient';
export type ExplainGradientParams = PlaceParams | {readonly uri: string; readonly pair: string; readonly of: string};
export interface ExplainedStep extends Omit<ForwardStep, 'span' | 'path'> {
  /** Null when it stands in another file. */
  readonly site: Site | null;
}
export interface ExplainedGradient extends Omit<GradientExplanation, 'forward'> {
  readonly uri: string;
  readonly pair: string;
  /** The user's own gradient, as far as it is known. */
  readonly verdict: Verdict | 'missing' | null;
  readonly forward: readonly ExplainedStep[];
  /** False when a teacher lets nobody see a formula for what is not right yet: then there is nothing of the way back. */
  readonly isOpen: boolean;
}

/** Client to server: the pragma that states the input shapes of the function at a place, as it is or as it could be. */
export const shapesPragma = 'backpropTutor/shapesPragma';
export interface PragmaResult {
  /** What comes after `# backprop: `. */
  readonly text: string;
  /** The line to write, with its indentation; to be inserted at `range`, or to replace it. */
  readonly indentation: string;
  readonly range: PlaceRange;
  readonly replaces: boolean;
  readonly functionName: string;
}

/** Client to server: the graph of one pair of a document, ready to be drawn; null when it has not been judged or cannot be run. */
export const graph = 'backpropTutor/graph';
export interface GraphParams {
  readonly uri: string;
  readonly pair: string;
  /** The loops, by their groups, of which every iteration gets nodes of its own; `*` is all of them. */
  readonly opened: readonly string[];
}

/** Client to server: an answer about the graph of one pair; null when there is none. */
export const study = 'backpropTutor/study';
export interface StudyParams extends GraphParams {
  readonly question: Question;
}

/** Client to server: what a problem code means, as Markdown. */
export const explainCode = 'backpropTutor/explainCode';
export interface ExplainParams {
  readonly code: string;
}

/** Server to client: texts of files of the workspace that no editor shows; null for what cannot be read. */
export const readFiles = 'backpropTutor/readFiles';
export interface ReadFilesParams {
  readonly uris: readonly string[];
}
export interface ReadFilesResult {
  readonly texts: readonly (string | null)[];
}

/** Client to server: for tests of recovery only, ends the server at once. */
export const crash = 'backpropTutor/crash';

/** The settings, under `backpropTutor`. */
export interface Settings {
  readonly hints: {
    readonly show: 'all' | 'shapes' | 'verdicts' | 'none';
    readonly maximumLength: number;
    /** What is told of a wrong gradient before anybody asks, and the most that is told to who does. */
    readonly start: HintStep;
    readonly last: HintStep;
  };
  readonly diagnostics: {readonly enabled: boolean};
  readonly codeLens: {readonly enabled: boolean};
  readonly check: {readonly seed: number};
}

export const defaultSettings: Settings = {
  hints: {show: 'all', maximumLength: 40, start: 'where', last: 'fix'},
  diagnostics: {enabled: true},
  codeLens: {enabled: true},
  check: {seed: 0},
};

/** Commands that the server's lenses and hovers name; the client registers them. */
export const commands = {
  checkFunction: 'backpropTutor.checkFunction',
  checkFile: 'backpropTutor.checkFile',
  checkWorkspace: 'backpropTutor.checkWorkspace',
  showGraph: 'backpropTutor.showGraph',
  showChecked: 'backpropTutor.showWhatWasChecked',
  prove: 'backpropTutor.proveInNumPy',
  setShapes: 'backpropTutor.setInputShapes',
  restart: 'backpropTutor.restartServer',
  showLog: 'backpropTutor.showLog',
  tryExample: 'backpropTutor.tryExample',
  nextHint: 'backpropTutor.nextHint',
  applyFix: 'backpropTutor.applyFix',
  explainGradient: 'backpropTutor.explainGradient',
  showPlace: 'backpropTutor.showPlace',
  startExercise: 'backpropTutor.startExercise',
  exerciseHint: 'backpropTutor.exerciseHint',
  restartExercise: 'backpropTutor.restartExercise',
} as const;

/** The scheme of documents that explain a problem code: `backprop-tutor-help:/wrong-scale.md`. */
export const helpScheme = 'backprop-tutor-help';
