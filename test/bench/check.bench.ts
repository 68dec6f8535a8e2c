/**
 * `npm run bench`: the check of five files against the same checks in real NumPy by central differences, in one run.
 * Warm and in process first, then the whole command with its start-up. Prints medians with minimum and maximum, and ratios.
 * "exact" is what the peer does, one set of inputs with the files loaded: the exact gradient of every input, confirmed by
 * running again along three random directions. "whole verdict" adds parsing, finding pairs and inputs, a second set with
 * other numbers, other settings, hints and matching; "numerical" is every coordinate by central differences.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {createProject} from '../../engine/project.ts';
import type {PairFile} from '../../engine/check/file.ts';
import {tryInputs} from '../../engine/check/judge.ts';
import type {JudgeOptions} from '../../engine/check/evidence.ts';
import {prepare} from '../../engine/check/prepare.ts';
import {parse} from '../../engine/python/parse.ts';
import {findPairs} from '../../engine/program/find-pairs.ts';
import {reachableStatements} from '../../engine/program/reach.ts';

const here = import.meta.dirname;
const cli = join(here, '../../dist/cli.js');
/** How many times faster than NumPy each check has to be. */
const bars: Readonly<Record<string, number>> = {affine: 3, two_layer: 10, conv: 25, batchnorm: 3, lstm: 15};
const rounds = Number(process.argv[2] ?? 5);

interface Peer {
  readonly numpy: string;
  readonly import_ms: number;
  readonly cases: Readonly<Record<string, {readonly inputs: number; readonly median_ms: number; readonly min_ms: number; readonly max_ms: number}>>;
}

interface Times {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function wholeVerdict(path: string, text: string): void {
  const project = createProject({readFile: () => null, now: () => performance.now()});
  project.update(path, text);
  const units = project.analyze(path);
  let step = units.next();
  while (!step.done) step = units.next();
  const [pair] = step.value.report.pairs;
  if (pair.verdict !== 'agrees') throw new Error(`${path}: ${pair.reason}`);
}

/** One set of inputs, with everything loaded. */
function oneSet(path: string, text: string, numerical: boolean): () => void {
  const {module, lines} = parse(text);
  const [pair] = findPairs(path, text, module);
  if (pair.pattern === 'script') throw new Error(`${path} is a script`);
  const file: PairFile = {path, text, module, lines, source: {resolve: () => null}, statements: reachableStatements(module, [pair.forward, pair.backward])};
  const options: JudgeOptions = {seed: 0, ignorePragmas: false, numerical, shouldStop: () => false, now: () => performance.now()};
  const attempt = prepare(pair, file, options).next()!;
  return () => {
    const outcome = tryInputs(pair, file, attempt, options, numerical);
    if (!('trial' in outcome) || outcome.doubt !== null || outcome.findings.some(({kind}) => kind !== 'agrees')) throw new Error(`${path} is not judged right`);
  };
}

function timesOf(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  return {median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted.at(-1)!};
}

function time(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function measure(run: () => void, warm: number, count: number): Times {
  for (let i = 0; i < warm; i++) run();
  return timesOf(Array.from({length: count}, () => time(run)));
}

function runPeer(): Peer {
  const result = spawnSync('python3', [join(here, 'numpy_peer.py'), String(rounds)], {encoding: 'utf8'});
  if (result.status !== 0) throw new Error(`the NumPy peer could not be run: ${result.stderr || String(result.error)}`);
  return JSON.parse(result.stdout) as Peer;
}

function show({median, min, max}: Times): string {
  const digits = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
  return `${digits(median)} (${digits(min)} to ${digits(max)})`;
}

const names = Object.keys(bars);
const peer = runPeer();
const rows = names.map((name) => {
  const theirs = peer.cases[name];
  const numpy: Times = {median: theirs.median_ms, min: theirs.min_ms, max: theirs.max_ms};
  const path = `${name}.py`;
  const text = readFileSync(join(here, 'cases', path), 'utf8');
  const exact = measure(oneSet(path, text, false), 800, 101);
  const whole = measure(() => {
    wholeVerdict(path, text);
  }, 40, 21);
  const numerical = measure(oneSet(path, text, true), 3, 5);
  const ratio = numpy.median / exact.median;
  return {
    'case': name, 'inputs': theirs.inputs, 'NumPy ms': show(numpy), 'exact ms': show(exact), 'times faster': ratio.toFixed(1),
    'bar': bars[name], 'met': ratio >= bars[name] ? 'yes' : 'NO', 'whole verdict ms': show(whole), 'numerical ms': show(numerical),
  };
});
console.log(`NumPy ${peer.numpy}, Node ${process.version}`);
console.table(rows);

const files = names.map((name) => join(here, 'cases', `${name}.py`));
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round < rounds; round++) {
  ours.push(time(() => {
    const result = spawnSync(process.execPath, [cli, 'check', ...files], {encoding: 'utf8'});
    if (result.status !== 0) throw new Error(result.stderr + result.stdout);
  }));
  theirs.push(time(() => {
    spawnSync('python3', [join(here, 'numpy_peer.py'), '1'], {encoding: 'utf8'});
  }));
}
const command = timesOf(ours);
const python = timesOf(theirs);
console.log(`whole command: ${show(command)} ms; python3 with import numpy and the same five checks once: ${show(python)} ms; `
  + `${(python.median / command.median).toFixed(1)} times faster, ${command.median < python.median ? 'bar met' : 'BAR NOT MET'}`);
if (rows.some(({met}) => met !== 'yes') || command.median >= python.median) process.exitCode = 1;
