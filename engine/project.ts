/**
 * The only entrance of the engine: texts go in, analyses come out, bit by bit.
 * Incremental (what an edit cannot reach is not run again) and interruptible (the caller looks at its inbox between units).
 */
import type {Anchors, FileAnalysis, JudgedPair} from './check/analysis.ts';
import type {PairFile} from './check/file.ts';
import {judge} from './check/judge.ts';
import {prove} from './check/proof/script.ts';
import type {Proof} from './check/proof/script.ts';
import type {ProblemReport} from './check/report.ts';
import {anchorsOf, detach, moveBetween, relocate} from './check/relocate.ts';
import {unjudged} from './check/result.ts';
import type {PairResult} from './check/result.ts';
import {recordAgain} from './check/trace.ts';
import {syntaxProblems} from './check/syntax.ts';
import {explainGradient as explain} from './explain/gradient.ts';
import type {GradientExplanation} from './explain/gradient.ts';
import type {Graph} from './graph/graph.ts';
import type {Answer, Question} from './graph/study.ts';
import {inferShapes} from './shapes/infer.ts';
import type {InferredShape} from './shapes/infer.ts';
import type {ModuleSource} from './interpreter/interpreter.ts';
import {parse, reparse} from './python/parse.ts';
import type {ParsedText} from './python/parse.ts';
import type {Stmt} from './python/ast.ts';
import {positionAt} from './python/lines.ts';
import {findPairs} from './program/find-pairs.ts';
import type {Pair} from './program/pair.ts';
import {mentionsOf} from './program/mentions.ts';
import {reachKey, reachableStatements, rootsOf} from './program/reach.ts';
import {candidatePaths} from './program/workspace.ts';
import {factsKey} from './check/prepare.ts';
import {createStudies} from './studies.ts';
import type {Judged} from './studies.ts';

export {moveBetween, relocateAnalysis} from './check/relocate.ts';
export {explainOperation} from './explain/operation.ts';
export type {OperationExplanation} from './explain/operation.ts';

/** What the engine may ask of the world. */
export interface Host {
  /** The text of a file of the workspace, or null if there is none. */
  readFile(path: string): string | null;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Told of a mistake of the engine's own, that the pair at hand could not be judged for; where nobody listens it is thrown. */
  readonly failed?: (error: unknown) => void;
}

export interface AnalyzeOptions {
  /** Asked between units; true ends the analysis, what is known so far is returned. */
  readonly shouldStop?: () => boolean;
  /** UTF-16 offset of the cursor: the pair there is judged first, and errors on its line are `incomplete`. */
  readonly first?: number;
  /** Only pairs with this name, or whose forward or backward has it. */
  readonly only?: string;
  readonly seed?: number;
  readonly ignorePragmas?: boolean;
  /** Also take every gradient by central differences, coordinate by coordinate. */
  readonly numerical?: boolean;
}

/** What was done since the last one: one pair in one setting. */
export interface UnitDone {
  readonly pair: string;
  readonly setting: string;
  /** False when the result was taken over because nothing that it reaches has changed. */
  readonly ran: boolean;
  /** The state of the whole file so far: judged pairs are final. */
  readonly partial: () => FileAnalysis;
}

export interface GraphOptions extends Pick<AnalyzeOptions, 'seed' | 'ignorePragmas' | 'numerical'> {
  /** The loops, by their groups, of which every iteration gets nodes of its own; `*` is all of them. */
  readonly opened?: readonly string[];
}

export interface Project {
  /** An edit; null for a closed file (then the host's text counts). */
  update(path: string, text: string | null): void;
  /** Yields after each unit and returns the whole. Never throws for any text, as long as nothing of ours is broken. */
  analyze(path: string, options?: AnalyzeOptions): Generator<UnitDone, FileAnalysis>;
  /** The graph of one pair that has been judged, on the text as it is now; null when it has not been, or cannot be run. */
  graphOf(path: string, pairName: string, options?: GraphOptions): Graph | null;
  /** An answer about that graph; null when there is none. */
  studyOf(path: string, pairName: string, question: Question, options?: GraphOptions): Answer | null;
  /** How the gradient of a value of a judged pair's forward comes about, from the user's own lines; null when it cannot be said. */
  explainGradientOf(path: string, pairName: string, of: string, options?: AnalyzeOptions): GradientExplanation | null;
  /** The check of a judged pair as a Python script that repeats it with NumPy; null when the pair is not known or was not judged. */
  proofOf(path: string, pairName: string, options?: AnalyzeOptions): Proof | null;
}

/** A result where its text stands now. */
interface Placed {
  readonly result: PairResult;
  readonly anchors: Anchors;
  readonly judgement: number;
}

/** A verdict that is kept for as long as nothing changes that it reaches. */
interface Kept extends Placed {
  readonly key: string;
}

interface OpenFile {
  parsed: ParsedText;
  /** False when the text came from the host and may have changed there. */
  readonly open: boolean;
  readonly kept: Map<string, Kept>;
  /** By pair: what the text says about its inputs, and the text that says it. */
  readonly facts: Map<string, {readonly key: string; readonly facts: string}>;
}

export function createProject(host: Host): Project {
  const files = new Map<string, OpenFile>();
  let judgements = 0;
  const studies = createStudies();

  /** Shapes in the functions that no result has run anything of. Only asked when all pairs are judged: it is for the reader, not for verdicts. */
  function inferIn({parsed: {module, text}}: OpenFile, pairs: readonly Pair[], results: ReadonlyMap<Pair, Placed>): InferredShape[] {
    const ran = [...results.values()].flatMap(({result: {analysis: {values}}}) => values.map(({span}) => span.start)).sort((a, b) => a - b);
    const hasRun = ({span: {start, end}}: Stmt): boolean => {
      const first = ran.find((offset) => offset >= start);
      return first !== undefined && first <= end;
    };
    return inferShapes(module, text, pairs, (definition) => !hasRun(definition));
  }

  /** The file as it is now, parsed; null if there is none. */
  function load(path: string): OpenFile | null {
    const known = files.get(path);
    if (known?.open === true) return known;
    const text = host.readFile(path);
    if (text === null) return null;
    if (known !== undefined) {
      known.parsed = reparse(known.parsed, text);
      return known;
    }
    const file: OpenFile = {parsed: parse(text), open: false, kept: new Map(), facts: new Map()};
    files.set(path, file);
    return file;
  }

  const source: ModuleSource = {
    resolve(name, level, from) {
      for (const path of candidatePaths(name, level, from)) {
        const file = path === from ? null : load(path);
        if (file !== null) return {path, module: file.parsed.module};
      }
      return null;
    },
  };

  /** Everything that a verdict rests on, as a text. */
  function keyOf(pair: Pair, roots: readonly Stmt[], statements: ReadonlySet<Stmt>, path: string, parsed: ParsedText, options: AnalyzeOptions): string {
    const versionOf = (name: string, level: number): string | null => {
      const found = source.resolve(name, level, path);
      return found === null ? null : (files.get(found.path)?.parsed.text ?? null);
    };
    const reached = reachKey(parsed.module, parsed.text, statements, versionOf);
    return [reached, pair.pattern, options.seed ?? 0, options.numerical ?? false, factsOf(pair, roots, statements, path, parsed, reached, options)].join('\n\u0001');
  }

  /** What the text says about a pair's inputs, collected again only when something that may speak of them has changed. */
  function factsOf(pair: Pair, roots: readonly Stmt[], statements: ReadonlySet<Stmt>, path: string, parsed: ParsedText, reached: string, options: AnalyzeOptions): string {
    const ignorePragmas = options.ignorePragmas ?? false;
    const facts = files.get(path)?.facts;
    const names = roots.flatMap((root) => ('name' in root ? [root.name] : []));
    const said = mentionsOf(parsed.module, parsed.text, statements, names);
    const key = `${ignorePragmas} ${pair.pattern} ${reached}\n\u0001${said}`;
    const known = facts?.get(pair.name);
    if (known?.key === key) return known.facts;
    const collected = factsKey(pair, parsed, ignorePragmas);
    facts?.set(pair.name, {key, facts: collected});
    return collected;
  }

  function* analyze(path: string, options: AnalyzeOptions = {}): Generator<UnitDone, FileAnalysis> {
    const began = host.now();
    const file = load(path);
    if (file === null) return emptyAnalysis(path, {code: 'unreadable', severity: 'error', line: 1, column: 1, message: `${path} cannot be read`});
    const {parsed} = file;
    const parse = host.now() - began;
    const pairs = findPairs(path, parsed.text, parsed.module).filter((pair) => isWanted(pair, options.only));
    const results = new Map<Pair, Placed>();
    const shouldStop = options.shouldStop ?? (() => false);
    const whole = (inferred: readonly InferredShape[] = []): FileAnalysis => joinResults(path, parsed, pairs, {results, inferred}, {parse, analyze: host.now() - began - parse});
    const kept = new Map<string, Kept>();
    for (const pair of cursorFirst(pairs, options.first)) {
      if (shouldStop()) return whole();
      const roots = rootsOf(pair);
      const statements = reachableStatements(parsed.module, roots);
      const anchors = anchorsOf(statements, parsed.lines);
      const key = keyOf(pair, roots, statements, path, parsed, options);
      const before = file.kept.get(pair.name);
      if (before?.key === key) {
        const move = moveBetween(before.anchors, anchors);
        const result = move === null ? before.result : relocate(before.result, move);
        const {judgement} = before;
        results.set(pair, {result, anchors, judgement});
        kept.set(pair.name, {key, anchors, result, judgement});
        yield {pair: pair.name, setting: '', ran: false, partial: () => whole()};
        continue;
      }
      const pairFile: PairFile = {
        path, text: parsed.text, module: parsed.module, lines: parsed.lines, source, statements,
      };
      const units = judge(pair, pairFile, {seed: options.seed ?? 0, ignorePragmas: options.ignorePragmas ?? false, numerical: options.numerical ?? false, shouldStop, now: host.now.bind(host)});
      let step = stepOf(units, pair, parsed);
      for (; !step.done; step = stepOf(units, pair, parsed)) {
        yield {pair: pair.name, setting: step.value, ran: true, partial: () => whole()};
        if (shouldStop()) return whole();
      }
      // A run that was stopped says nothing of its pair.
      if (shouldStop()) return whole();
      const placed = {result: detach(step.value), anchors, judgement: ++judgements};
      results.set(pair, placed);
      kept.set(pair.name, {key, ...placed});
      file.kept.set(pair.name, {key, ...placed});
    }
    if (options.only === undefined) {
      file.kept.clear();
      for (const [name, result] of kept) file.kept.set(name, result);
      for (const name of file.facts.keys()) if (!kept.has(name)) file.facts.delete(name);
    }
    return whole(options.only === undefined ? inferIn(file, pairs, results) : []);
  }

  /** The next unit of a judgement. A mistake of ours costs the verdict on this pair, and nothing else. */
  function stepOf(units: Generator<string, PairResult>, pair: Pair, {lines}: ParsedText): IteratorResult<string, PairResult> {
    try {
      return units.next();
    } catch (error) {
      if (host.failed === undefined) throw error;
      host.failed(error);
      return {done: true, value: unjudged(pair, lines, 'the tutor itself failed on it, which says nothing about the code')};
    }
  }

  /** The last result of a pair with what is needed to run it once more; null when its text has changed since. */
  function judged(path: string, pairName: string, options: AnalyzeOptions): Judged | null {
    const file = load(path);
    const kept = file?.kept.get(pairName);
    if (file === null || kept === undefined) return null;
    const {parsed} = file;
    const pair = findPairs(path, parsed.text, parsed.module).find(({name}) => name === pairName);
    if (pair === undefined) return null;
    const roots = rootsOf(pair);
    const statements = reachableStatements(parsed.module, roots);
    if (kept.key !== keyOf(pair, roots, statements, path, parsed, options)) return null;
    return {pair, result: kept.result, pairFile: {path, text: parsed.text, module: parsed.module, lines: parsed.lines, source, statements, floorDivision: kept.result.runs.floorDivision}};
  }

  function graphOf(path: string, pairName: string, options: GraphOptions = {}): Graph | null {
    const known = judged(path, pairName, options);
    return known === null ? null : studies.graph(known, options.opened ?? []);
  }

  function studyOf(path: string, pairName: string, question: Question, options: GraphOptions = {}): Answer | null {
    const known = judged(path, pairName, options);
    return known === null ? null : studies.answer(known, options.opened ?? [], question);
  }

  function explainGradientOf(path: string, pairName: string, of: string, options: AnalyzeOptions = {}): GradientExplanation | null {
    const known = judged(path, pairName, options);
    if (known === null) return null;
    const {pair, pairFile, result: {runs, analysis}} = known;
    const traces = recordAgain(pair, pairFile, runs, analysis.report);
    if (traces.length === 0) return null;
    return explain(traces, {
      of, upstream: 'parameters' in pair ? pair.parameters.find(({role}) => role === 'upstream')?.name ?? null : null,
      gradientNames: new Map(traces[0].claims.flatMap((claim) => (claim.of === '' || claim.status === 'unsettled' ? [] : [[claim.of, claim.name]]))),
      moduleOf: (file) => (file === path ? pairFile.module : load(file)?.parsed.module ?? null),
      letters: runs.letters.shape,
    });
  }

  function proofOf(path: string, pairName: string, options: AnalyzeOptions = {}): Proof | null {
    const known = judged(path, pairName, options);
    return known === null ? null : prove(known.pair, known.pairFile, known.result);
  }

  return {
    update(path, text) {
      const known = files.get(path);
      if (text === null) files.delete(path);
      else files.set(path, {parsed: known === undefined ? parse(text) : reparse(known.parsed, text), open: true, kept: known?.kept ?? new Map<string, Kept>(), facts: known?.facts ?? new Map<string, {key: string; facts: string}>()});
    },
    analyze, graphOf, studyOf, explainGradientOf, proofOf,
  };
}

interface Known {
  readonly results: ReadonlyMap<Pair, Placed>;
  readonly inferred: readonly InferredShape[];
}

function joinResults(path: string, {module, lines}: ParsedText, pairs: readonly Pair[], {results, inferred}: Known, timeMs: {parse: number; analyze: number}): FileAnalysis {
  const placed = pairs.map((pair) => results.get(pair)).filter((result) => result !== undefined);
  const done = placed.map(({result}) => result);
  const analyses = placed.map(({result, anchors, judgement}): JudgedPair => ({...result.analysis, anchors, judgement}));
  const hints = unique(done.flatMap((result) => result.hints), ({line, column, name}) => `${line} ${column} ${name}`);
  const problems = [...syntaxProblems(module, lines), ...unique(done.flatMap((result) => result.problems), ({code, line, message}) => `${code} ${line} ${message}`)];
  return {
    report: {
      path, pairs: analyses.map(({report}) => report),
      hints: hints.sort((a, b) => a.line - b.line || a.column - b.column),
      inferred: inferred.map(({span, name, shape}) => ({...positionAt(lines, span.start), name, shape})),
      problems: problems.sort((a, b) => a.line - b.line), timeMs,
    },
    pairs: analyses,
    inferred,
  };
}

/** The first of each. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}

function emptyAnalysis(path: string, problem: ProblemReport): FileAnalysis {
  return {report: {path, pairs: [], hints: [], inferred: [], problems: [problem], timeMs: {parse: 0, analyze: 0}}, pairs: [], inferred: []};
}

function isWanted(pair: Pair, name: string | undefined): boolean {
  if (name === undefined || pair.name === name) return true;
  return pair.pattern !== 'script' && (pair.forward.name === name || pair.backward.name === name);
}

function cursorFirst(pairs: readonly Pair[], offset: number | undefined): readonly Pair[] {
  if (offset === undefined) return pairs;
  const isAt = (pair: Pair): boolean => pair.spans.some(({start, end}) => start <= offset && offset <= end);
  return [...pairs.filter(isAt), ...pairs.filter((pair) => !isAt(pair))];
}
