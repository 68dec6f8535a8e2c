/**
 * One decided pair as a case for real NumPy: where its code is, what to call, the inputs and upstream gradients of every input
 * set that decided, and what the engine said on each. What the tape computed is written beside it and used by nobody but the reader.
 */
import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import type {PairFile} from '../../../engine/check/file.ts';
import {judge, tryInputs} from '../../../engine/check/judge.ts';
import type {JudgeOptions, Outcome} from '../../../engine/check/evidence.ts';
import type {Attempt} from '../../../engine/check/attempt.ts';
import type {GradientReport, HintReport, PairReport} from '../../../engine/check/report.ts';
import type {PairResult} from '../../../engine/check/result.ts';
import {layerText} from '../../../engine/check/subjects/layers.ts';
import {MADE_TEXT} from '../../../engine/interpreter/builtins/files.ts';
import {smallSizes} from '../../../engine/check/small-sizes.ts';
import {bookFunctions, cachedActivations, plainActivations} from '../../../engine/interpreter/modules/course-text.ts';
import type {ModuleSource} from '../../../engine/interpreter/interpreter.ts';
import {findPairs} from '../../../engine/program/find-pairs.ts';
import {namedArguments} from '../../../engine/program/named-arguments.ts';
import type {Pair} from '../../../engine/program/pair.ts';
import {reachableStatements, rootsOf} from '../../../engine/program/reach.ts';
import {candidatePaths} from '../../../engine/program/workspace.ts';
import {parse} from '../../../engine/python/parse.ts';
import type {ParsedText} from '../../../engine/python/parse.ts';
import {lineAt} from '../../../engine/python/lines.ts';
import {Instance} from '../../../engine/interpreter/objects.ts';
import {encodeAll, numbersOf} from './encode.ts';
import type {Encoded, Numbers} from './encode.ts';

export interface GradientCase {
  readonly name: string;
  readonly of: string;
  readonly position: number | null;
  readonly verdict: 'agrees' | 'disagrees';
  readonly convention: string | null;
  readonly actual: Numbers;
  readonly truth: Numbers;
}

/** One input set of a pair. */
export interface SetCase {
  readonly label: string;
  readonly seed: number;
  readonly inputs: Record<string, Encoded>;
  readonly constructed: Record<string, Encoded>;
  /** Sizes of the leaves with their numbers, by the user's names. */
  readonly leaves: readonly (readonly [string, Numbers])[];
  readonly upstreams: readonly Numbers[];
  /** The type of what the backward raises, or null. */
  readonly raises: string | null;
  readonly gradients: readonly GradientCase[];
}

export interface Case {
  readonly id: string;
  readonly path: string;
  /** Lines on which the top-level statements begin that the pair reaches; null for all. */
  readonly lines: readonly number[] | null;
  readonly pattern: Pair['pattern'];
  readonly forward: string;
  readonly backward: string;
  readonly verdict: string;
  readonly ofTheOutput: boolean;
  /** Read as Python 2: / of two integers is floored. */
  readonly floored: boolean;
  /** The pair's plain facts: roles of parameters, places of results, names. */
  readonly facts: Record<string, unknown>;
  /** Numbers of the text that the check has run as others, by line. */
  readonly sizes: Record<number, number>;
  /** Modules that courses hand out, by name; `text` is what stands in for a file, `layer` the layer for constructors that ask for one. */
  readonly modules: Record<string, string>;
  readonly sets: readonly SetCase[];
  /** The engine's shapes in the first set, by line and column. */
  readonly shapes: readonly {readonly line: number; readonly column: number; readonly name: string; readonly size: readonly number[]}[];
}

/** A pair of a file with its verdict, judged as `check` judges it. */
export interface Judged {
  readonly pair: Pair;
  readonly file: PairFile;
  readonly result: PairResult;
  readonly report: PairReport;
}

const options: JudgeOptions = {seed: 0, ignorePragmas: false, numerical: false, shouldStop: () => false, now: () => performance.now()};

const parsed = new Map<string, ParsedText | null>();

function load(path: string): ParsedText | null {
  let known = parsed.get(path);
  if (known === undefined) {
    try {
      known = parse(readFileSync(path, 'utf8'));
    } catch {
      known = null;
    }
    parsed.set(path, known);
  }
  return known;
}

const source: ModuleSource = {
  resolve(name, level, from) {
    for (const path of candidatePaths(name, level, from)) {
      const file = path === from ? null : load(path);
      if (file !== null) return {path, module: file.module};
    }
    return null;
  },
};

/** All pairs of a file, judged one after another. */
export function* judgedPairs(path: string): Generator<Judged> {
  parsed.clear();
  const text = load(path);
  if (text === null) return;
  for (const pair of findPairs(path, text.text, text.module)) {
    const file: PairFile = {path, text: text.text, module: text.module, lines: text.lines, source, statements: reachableStatements(text.module, rootsOf(pair))};
    const units = judge(pair, file, options);
    let step = units.next();
    while (!step.done) step = units.next();
    yield {pair, file, result: step.value, report: step.value.analysis.report};
  }
}

/** The case of a decided pair. Throws NotWritable when an input cannot be written down. */
export function caseOf({pair, file, result, report}: Judged, id: string): Case {
  const ofTheOutput = report.gradients.some(({convention}) => convention === 'of-the-output');
  const sets = result.runs.attempts.flatMap((attempt) => {
    const outcome = tryInputs(pair, {...file, floorDivision: result.runs.floorDivision}, attempt, options, false, ofTheOutput);
    return 'trial' in outcome ? [setOf(attempt, outcome, report.gradients)] : [];
  });
  return {
    id, path: file.path, pattern: pair.pattern, forward: report.forward.name, backward: report.backward.name, verdict: report.verdict, ofTheOutput, floored: result.runs.floorDivision,
    lines: file.statements === null ? null : [...file.statements].map(({span}) => lineAt(file.lines, span.start)),
    sizes: Object.fromEntries((file.statements === null ? [] : smallSizes(file.statements)).map(([{span}, size]) => [lineAt(file.lines, span.start), size])),
    facts: factsOf(pair), modules: {planar: plainActivations, dnn: cachedActivations, book: bookFunctions, text: MADE_TEXT, layer: layerText}, sets,
    shapes: result.hints.map(({line, column, name, size}: HintReport) => ({line, column, name, size})),
  };
}

function setOf(attempt: Attempt, {trial, findings}: Outcome, reports: readonly GradientReport[]): SetCase {
  return {
    label: attempt.label, seed: attempt.seed, inputs: encodeAll(attempt.inputs()), constructed: encodeAll(attempt.constructed()),
    leaves: [...trial.leaves].map(([of, leaf]) => [of, numbersOf(leaf)] as const),
    upstreams: trial.upstreams.map(numbersOf),
    raises: trial.raised?.error.type ?? null,
    gradients: findings.flatMap((finding): GradientCase[] => {
      if (finding.kind !== 'agrees' && finding.kind !== 'disagrees') return [];
      const {gradient: {name, of, source: {position}, value}, kind, actual, truth} = finding;
      const convention = reports.find((report) => report.name === name && report.of === of)?.convention ?? null;
      return [{name, of, position: value instanceof Instance ? null : position, verdict: kind, convention, actual: numbersOf(actual), truth: numbersOf(truth)}];
    }),
  };
}

/** Names and roles, without syntax trees. */
function factsOf(pair: Pair): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(pair) as [string, unknown][]) {
    if (key === 'module' || key === 'spans' || key === 'forward' || key === 'backward' || key === 'within') continue;
    facts[key] = key === 'keeper' ? value !== null && {name: (value as {definition: {name: string}}).definition.name, attribute: (value as {attribute: string}).attribute} : key === 'owner' || key === 'cost' ? nameOf(value) : key === 'also' ? (value as {name: string; params: {name: string}[]}[]).map(({name, params}) => ({name, params: params.map((param) => param.name)}))
      : key === 'gradients' ? (value as {name: string | null; of: string | null; position: number | null}[]).map(({name, of, position}) => ({name, of, position})) : value;
  }
  if (pair.pattern === 'script') facts['within'] = pair.within.length;
  else {
    facts['forwardName'] = pair.forward.name;
    facts['backwardName'] = pair.backward.name;
    const named = namedArguments(pair.forward);
    facts['arguments'] = named === null ? null : {names: named.definition.params.map(({name}) => name), objects: named.objects};
    facts['firstParameter'] = pair.forward.params.at(0)?.name ?? null;
  }
  return facts;
}

function nameOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : null;
}
