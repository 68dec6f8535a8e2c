/**
 * `npm run bench:survey -- [--files DIR] [--json FILE] [--jobs N]`: the pairs of public student files that a reader labelled,
 * against what the survey finds in them. Without --files, what is missing is fetched into .cache/survey. Prints the shares
 * by family, why pairs were left undecided, each pair that was missed or that nobody labelled. Exit code 1 when a bar is missed,
 * 2 when files are missing.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {surveyFiles} from '../../extension/cli/survey-threads.ts';
import type {Surveyed} from '../../extension/cli/survey-threads.ts';
import {compare, tally, undecided} from './compare.ts';
import type {LabelledFile, Tally} from './compare.ts';
import {fetchMissing, placeOf} from './fetch.ts';
import type {ListedFile} from './fetch.ts';

/** Shares of the labelled pairs in percent, and seconds for one file. */
const BARS = {found: 97, decided: 90, seconds: 10};
/** A file that takes longer than this many milliseconds is given up. */
const LIMIT = 60_000;

const here = import.meta.dirname;
const {values} = parseArgs({options: {files: {type: 'string'}, json: {type: 'string'}, jobs: {type: 'string'}}});
const labels = lines<LabelledFile>('labels.jsonl');
const folder = values.files ?? join(here, '../../.cache/survey');

if (values.files === undefined) for (const complaint of await fetchMissing(folder, [...labels, ...lines<ListedFile>('siblings.jsonl')])) print(`not fetched: ${complaint}`);
const missing = labels.filter((file) => !existsSync(placeOf(folder, file)));
for (const {repository, path} of missing) print(`not there: ${repository} ${path}`);
if (missing.length === labels.length) process.exit(2);

const files = labels.filter((file) => !missing.includes(file));
const results = await surveyFiles(new URL('../../dist/cli.js', import.meta.url), files.map((file) => placeOf(folder, file)), {
  jobs: Number(values.jobs ?? availableParallelism()), limit: LIMIT, ignorePragmas: false,
}, () => undefined);
const comparisons = files.map((file, i) => compare(file.pairs, pairsOf(results[i])));

printMisses();
printTable();
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(files.map((file, i) => ({...file, ...comparisons[i], ms: results[i].ms, kind: results[i].kind})), null, 1));
process.exitCode = missing.length > 0 ? 2 : barsHold() ? 0 : 1;

function pairsOf(one: Surveyed): ReturnType<typeof compare>['unlabelled'] {
  return one.kind === 'report' ? one.report.pairs : [];
}

function printMisses(): void {
  files.forEach(({repository, path}, i) => {
    const at = `${repository} ${path}`;
    const one = results[i];
    if (one.kind !== 'report') print(`${one.kind}: ${at}: ${one.why}`);
    for (const {label, found, otherForward} of comparisons[i].matches) {
      if (found === null && label.optional !== true) print(`missed: ${at}:${label.backward.line} ${label.forward.name ?? 'script'} / ${label.backward.name ?? 'script'}`);
      if (found !== null && otherForward) print(`other forward: ${at}:${label.backward.line} ${found.forward.name} for ${label.forward.name ?? 'script'}`);
    }
    for (const pair of comparisons[i].unlabelled) print(`unlabelled: ${at}:${pair.backward.line} ${pair.pattern} ${pair.forward.name} / ${pair.backward.name} ${pair.verdict}`);
  });
}

function printTable(): void {
  const reasons = undecided(comparisons);
  if (reasons.length > 0) print('\nUndecided:');
  for (const {reason, count} of reasons) print(`${String(count).padStart(5)}  ${reason}`);
  print('\nfamily       files  labelled  found          decided        unlabelled');
  for (const family of [...new Set(files.map((file) => file.family))]) print(row(family, tally(comparisons.filter((_, i) => files[i].family === family))));
  print(row('all', tally(comparisons)));
  const slowest = results.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
  print(`\n${results.filter(({kind}) => kind !== 'report').length} of ${files.length} files crashed or were given up; slowest ${slowest.path.slice(folder.length)}, ${(slowest.ms / 1000).toFixed(1)} s`);
  print(`bars: ${BARS.found}% found, ${BARS.decided}% of the labelled pairs decided, no crash, no file over ${BARS.seconds} s: ${barsHold() ? 'held' : 'missed'}`);
}

function row(name: string, {files: count, labelled, found, decided, unlabelled}: Tally): string {
  return [name.padEnd(12), String(count).padStart(5), String(labelled).padStart(9), share(found, labelled).padStart(14), share(decided, labelled).padStart(15), String(unlabelled).padStart(9)].join(' ');
}

function share(part: number, whole: number): string {
  return `${part} (${percent(part, whole).toFixed(1)}%)`;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : 100 * part / whole;
}

function barsHold(): boolean {
  const sum = tally(comparisons);
  return percent(sum.found, sum.labelled) >= BARS.found && percent(sum.decided, sum.labelled) >= BARS.decided
    && results.every(({kind, ms}) => kind === 'report' && ms <= 1000 * BARS.seconds);
}

function lines<T>(name: string): T[] {
  return readFileSync(join(here, name), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
