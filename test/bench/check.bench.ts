/**
 * `npm run bench`: the check of five files against the same checks in real NumPy by central differences, in one run.
 * Warm and in process first, then the whole command with its start-up. Prints medians with minimum and maximum, and ratios.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {createProject} from '../../engine/project.ts';
import type {FileReport} from '../../engine/check/report.ts';

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

function check(path: string, text: string, numerical: boolean): FileReport {
  const project = createProject({readFile: () => null, now: () => performance.now()});
  project.update(path, text);
  const units = project.analyze(path, {numerical});
  let step = units.next();
  while (!step.done) step = units.next();
  return step.value.report;
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

function measure(name: string, numerical: boolean): Times {
  const text = readFileSync(join(here, 'cases', `${name}.py`), 'utf8');
  for (let i = 0; i < (numerical ? 3 : 40); i++) {
    const report = check(`${name}.py`, text, numerical);
    if (report.pairs.length !== 1 || report.pairs[0].verdict !== 'agrees') throw new Error(`${name}: ${report.pairs[0]?.reason ?? 'no pair'}`);
  }
  const samples = Array.from({length: numerical ? 5 : 31}, () => time(() => check(`${name}.py`, text, numerical)));
  return timesOf(samples);
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
  const exact = measure(name, false);
  const numerical = measure(name, true);
  const ratio = numpy.median / exact.median;
  return {
    'case': name, 'inputs': theirs.inputs, 'NumPy ms': show(numpy), 'exact ms': show(exact), 'times faster': ratio.toFixed(1),
    'bar': bars[name], 'met': ratio >= bars[name] ? 'yes' : 'NO', 'with --numerical ms': show(numerical),
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
