/**
 * `npm run bench:tutor`: how well mistakes are found, placed, named and mended, over mutants of right pairs that real NumPy
 * has said to change a gradient (mutants.json, made by record.py). Options: `--sample K` takes every K-th mutant,
 * `--operator NAME`, `--pair NAME`, `--failures` lists what was not placed, named or mended, `--held-out` adds the operators set aside.
 */
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {createProject} from '../../../engine/project.ts';
import type {GradientReport, PairReport} from '../../../engine/check/report.ts';
import {acceptedCodes} from './accepted.ts';
import {isOriginal} from './original.ts';

interface Mutant {
  readonly pair: string;
  readonly operator: string;
  readonly line: number;
  readonly text: string;
  readonly effect: 'value' | 'shape' | 'raises';
}

interface Recorded {
  readonly numpy: string;
  readonly heldOut: readonly string[];
  readonly mutants: readonly Mutant[];
}

/** What came of one mutant. */
interface Result {
  readonly mutant: Mutant;
  readonly detected: boolean;
  readonly convention: string | null;
  readonly line: boolean;
  readonly kind: boolean;
  readonly fix: boolean;
  readonly original: boolean;
  readonly gaveUp: boolean;
  readonly ms: number;
  readonly said: string;
}

const here = import.meta.dirname;
const recorded = JSON.parse(readFileSync(join(here, 'mutants.json'), 'utf8')) as Recorded;
const argument = (name: string): string | null => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? '');
};
const sources = new Map(readdirSync(join(here, 'pairs')).map((file) => [file.replace(/\.py$/, ''), readFileSync(join(here, 'pairs', file), 'utf8')]));

function check(name: string, text: string, seed = 0): {pair: PairReport | null; ms: number} {
  const project = createProject({readFile: () => null, now: () => performance.now()});
  const path = `${name}.py`;
  project.update(path, text);
  const began = process.cpuUsage();
  const units = project.analyze(path, {seed});
  let step = units.next();
  while (!step.done) step = units.next();
  const {user, system} = process.cpuUsage(began);
  return {pair: step.value.report.pairs[0] ?? null, ms: (user + system) / 1000};
}

function judgeMutant(mutant: Mutant): Result {
  const source = sources.get(mutant.pair)!;
  const lines = source.split('\n');
  const original = lines[mutant.line - 1];
  lines[mutant.line - 1] = mutant.text;
  const {pair, ms} = check(mutant.pair, lines.join('\n'));
  const convention = pair?.gradients.find((gradient) => gradient.convention !== undefined)?.convention ?? null;
  const detected = pair !== null && (pair.verdict === 'disagrees' || pair.verdict === 'incomplete' || (pair.exceptions ?? []).length > 0);
  const diagnosed = (pair?.gradients ?? []).filter((gradient): gradient is GradientReport & {diagnosis: object} => gradient.diagnosis !== undefined);
  const best = diagnosed.find(({diagnosis}) => diagnosis.line === mutant.line) ?? diagnosed.at(0);
  const near = mutant.text.trim() === 'pass' ? 1 : 0;
  const isPlaced = (at: number | undefined): boolean => at !== undefined && Math.abs(at - mutant.line) <= near;
  const line = diagnosed.length > 0 ? diagnosed.every(({diagnosis}) => isPlaced(diagnosis.line)) : isPlaced(pair?.firstWrong?.line);
  const code = best?.diagnosis.code ?? '';
  const fix = best?.diagnosis.fix ?? null;
  return {
    mutant, detected, ms, line, fix: fix !== null, convention: pair?.verdict === 'agrees' ? convention ?? ownOrder(mutant, source) : null,
    kind: acceptedCodes(mutant, original).has(code),
    original: fix !== null && (isOriginal(source, mutant.line, fix) || givesTheSame(mutant, lines, source, fix)),
    gaveUp: diagnosed.some((gradient) => 'gaveUp' in gradient.diagnosis),
    said: pair === null ? 'no pair' : `${pair.verdict} ${convention ?? ''} ${diagnosed.map(({diagnosis}) => `${diagnosis.line} ${diagnosis.code} ${diagnosis.message}${diagnosis.fix === undefined ? '' : ` | FIX ${diagnosis.fix.line} ${diagnosis.fix.newText.trim()}`}`).join(' && ')}${diagnosed.length === 0 ? `${pair.reason} at ${pair.firstWrong?.line ?? '?'}` : ''}`,
  };
}

/** Gradients under their own names in an order that nothing in the text contradicts: the author's own order is a convention. */
function ownOrder({operator}: Mutant, source: string): string | null {
  return operator === 'swap-returns' && !/\bReturns\b/.test(source) ? 'own order' : null;
}

/** Whether the fixed text assigns the same values as the right text on the fixed line, on other inputs. */
function givesTheSame(mutant: Mutant, lines: readonly string[], source: string, fix: {readonly line: number; readonly newText: string}): boolean {
  if (fix.line !== mutant.line) return false;
  const fixed = lines.map((line, i) => (i === fix.line - 1 ? fix.newText : line)).join('\n');
  const valuesOf = (text: string): string[] => {
    const project = createProject({readFile: () => null, now: () => performance.now()});
    project.update('fixed.py', text);
    const units = project.analyze('fixed.py', {seed: 77});
    let step = units.next();
    while (!step.done) step = units.next();
    return step.value.pairs.flatMap(({values}) => values).filter(({span}) => text.slice(0, span.start).split('\n').length === mutant.line)
      .map(({name, preview, shape}) => `${name} ${shape.join()} ${preview.first.map((number) => number.toPrecision(9)).join()} ${preview.mean.toPrecision(9)}`);
  };
  const right = valuesOf(source);
  return right.length > 0 && right.join('\n').replaceAll('-0.00000000', '0.00000000') === valuesOf(fixed).join('\n').replaceAll('-0.00000000', '0.00000000');
}

const percent = (results: readonly Result[], test: (result: Result) => boolean): string => (results.length === 0 ? '-' : `${(100 * results.filter(test).length / results.length).toFixed(1)}%`);
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b).at(Math.floor(numbers.length / 2)) ?? 0;

function row(name: string, results: readonly Result[]): string {
  const judged = results.filter(({convention}) => convention === null);
  const cells = [
    name.padEnd(18), String(judged.length).padStart(5), String(results.length - judged.length).padStart(6),
    ...[({detected}: Result) => detected, ({line}: Result) => line, ({kind}: Result) => kind, ({fix}: Result) => fix, ({original}: Result) => original].map((test) => percent(judged, test).padStart(7)),
    median(judged.map(({ms}) => ms)).toFixed(0).padStart(6), Math.max(0, ...judged.map(({ms}) => ms)).toFixed(0).padStart(6),
  ];
  return cells.join(' ');
}

function main(): void {
  const sample = Number(argument('sample') ?? 1);
  const heldOut = new Set(recorded.heldOut);
  const withHeldOut = process.argv.includes('--held-out') || process.argv.length === 2;
  const wanted = recorded.mutants.filter(({operator, pair}) => (argument('operator') ?? operator) === operator && (argument('pair') ?? pair) === pair);
  const mutants = wanted.filter(({operator}) => withHeldOut || argument('operator') !== null || !heldOut.has(operator)).filter((_, i) => i % sample === 0);
  if (process.argv.length === 2 || process.argv.includes('--correct')) falseAlarms();
  const results = mutants.map((mutant) => judgeMutant(mutant));
  console.log(`${mutants.length} mutants of ${sources.size} pairs, decided by NumPy ${recorded.numpy}; times are CPU ms\n`);
  console.log(`${'operator'.padEnd(18)} count  conv. detect.    line    kind     fix   orig.  med.   max`);
  const operators = [...new Set(mutants.map(({operator}) => operator))].sort((a, b) => Number(heldOut.has(a)) - Number(heldOut.has(b)) || a.localeCompare(b));
  for (const operator of operators) console.log(row(`${operator}${heldOut.has(operator) ? ' *' : ''}`, results.filter(({mutant}) => mutant.operator === operator)));
  console.log();
  console.log(row('all', results));
  if (withHeldOut) {
    console.log(row('known', results.filter(({mutant}) => !heldOut.has(mutant.operator))));
    console.log(row('held out *', results.filter(({mutant}) => heldOut.has(mutant.operator))));
  }
  if (process.argv.includes('--failures')) {
    for (const {mutant, line, kind, fix, original, detected, said, ms, convention} of results) {
      const missed = [detected ? '' : 'detected', line ? '' : 'line', kind ? '' : 'kind', fix ? '' : 'fix', original ? '' : 'original'].filter((word) => word !== '');
      if (convention === null && missed.length > 0) console.log(`\n${mutant.pair}:${mutant.line} ${mutant.operator} (${mutant.effect}) not ${missed.join(', ')}; ${ms.toFixed(0)} ms\n  ${sources.get(mutant.pair)!.split('\n')[mutant.line - 1].trim()}\n  ${mutant.text.trim()}\n  -> ${said}`);
    }
  }
}

/** Every right pair under 20 seeds. */
function falseAlarms(): void {
  let alarms = 0;
  for (const [name, source] of sources) {
    for (let seed = 0; seed < 20; seed++) {
      const {pair} = check(name, source, seed);
      if (pair?.verdict === 'agrees' && pair.exceptions === undefined) continue;
      alarms++;
      console.log(`false alarm: ${name}, seed ${seed}: ${pair?.verdict ?? 'no pair'} ${pair?.reason ?? ''}`);
    }
  }
  console.log(`${sources.size} right pairs under 20 seeds: ${alarms} false alarms`);
}

main();
