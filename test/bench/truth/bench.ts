/**
 * `npm run bench:truth -- --files DIR`: verdicts and shapes against real Python and NumPy on the same inputs. Decided pairs of the
 * Python files in DIR are drawn by a fixed rule (`--pairs N`, 200 if not said, or `all`); for each, CPython runs the user's file, takes the
 * gradients by differences and judges them by itself (numpy_judge.py). Exit code 1 on any difference, or below the bar for shapes.
 */
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {positionAt} from '../../../engine/python/lines.ts';
import {parse} from '../../../engine/python/parse.ts';
import {findPairs} from '../../../engine/program/find-pairs.ts';
import {inferShapes} from '../../../engine/shapes/infer.ts';
import {findFiles} from '../../../extension/cli/files.ts';
import {caseOf, judgedPairs} from './cases.ts';
import type {Case, Judged} from './cases.ts';
import {NotWritable} from './encode.ts';
import {compareInferred} from '../../support/inferred.ts';
import type {Agreement} from '../../support/inferred.ts';
import {compareShapes, compareVerdicts, tally} from './results.ts';
import type {CaseResult, Compared, ShapeCount} from './results.ts';

/** The part of the assignments that must have CPython's shape. */
const SHAPE_BAR = 0.98;
/** From one file, at most so many pairs that agree, and so many that disagree. */
const MOST_AGREEING = 2;
const MOST_DISAGREEING = 2;

const {values} = parseArgs({options: {
  files: {type: 'string'}, pairs: {type: 'string', default: '200'}, jobs: {type: 'string', default: '1'}, limit: {type: 'string', default: '60'},
  only: {type: 'string'}, list: {type: 'boolean', default: false},
}});
if (values.files === undefined) {
  process.stderr.write('Usage: npm run bench:truth -- --files DIR [--pairs N|all] [--jobs N] [--limit SECONDS] [--only TEXT-IN-PATH] [--list]\n');
  process.exit(2);
}
const folder = resolve(values.files);
const wanted = values.pairs === 'all' ? Infinity : Number(values.pairs);

/** What the text alone says of the shapes in the files of the sample, against what CPython's last call of each function had. */
function compareTexts(): Agreement {
  const total = {both: 0, axes: 0, open: 0, disagreements: [] as string[]};
  for (const path of new Set(cases.map((one) => one.path))) {
    const {module, text, lines} = parse(readFileSync(path, 'utf8'));
    const inferred = inferShapes(module, text, findPairs(path, text, module));
    for (const one of cases.filter((other) => other.path === path)) {
      const real = results.get(one.id)?.sets?.at(0)?.lastShapes ?? {};
      const placeOf = (start: number): string => {
        const {line, column} = positionAt(lines, start);
        return `${line}:${column}`;
      };
      const agreement = compareInferred(module, inferred, (start) => real[placeOf(start)] ?? undefined, (start) => `${path}:${placeOf(start)}`);
      total.both += agreement.both;
      total.axes += agreement.axes;
      total.open += agreement.open;
      total.disagreements.push(...agreement.disagreements);
    }
  }
  return total;
}

/** A number that depends on the text alone, to draw in a fixed order that no name favours. */
function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}

function draw(path: string): Judged[] {
  const decided = [...judgedPairs(path)].filter(({report: {verdict}}) => verdict === 'agrees' || verdict === 'disagrees');
  if (wanted === Infinity) return decided;
  const order = decided.sort((a, b) => hash(path + a.report.name) - hash(path + b.report.name));
  return [
    ...order.filter(({report}) => report.verdict === 'agrees').slice(0, MOST_AGREEING),
    ...order.filter(({report}) => report.verdict === 'disagrees').slice(0, MOST_DISAGREEING),
  ];
}

const cases: Case[] = [];
const unwritable: string[] = [];
const files = findFiles([folder]).filter((path) => path.includes(values.only ?? '')).map((path) => ({path, place: hash(relative(folder, path))})).sort((a, b) => a.place - b.place);
let read = 0;
for (const {path} of files) {
  if (cases.length >= wanted) break;
  read++;
  for (const judged of draw(path)) {
    try {
      cases.push(caseOf(judged, `${relative(folder, path)} ${judged.report.name}`));
    } catch (error) {
      if (!(error instanceof NotWritable)) throw error;
      unwritable.push(`${relative(folder, path)} ${judged.report.name}: ${error.message}`);
    }
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${read} files, ${cases.length} pairs`);
}

const work = mkdtempSync(join(tmpdir(), 'backprop-truth-'));
const jobs = Number(values.jobs);
const parts = await Promise.all(Array.from({length: jobs}, (_, job) => judgePart(cases.filter((_case, i) => i % jobs === job), job)));
const results = new Map(parts.flatMap(({lines}) => lines).map((result) => [result.id, result]));

function judgePart(part: readonly Case[], job: number): Promise<{version: string; lines: CaseResult[]}> {
  const [input, output] = [join(work, `cases${job}.jsonl`), join(work, `results${job}.jsonl`)];
  writeFileSync(input, part.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return new Promise((done, failed) => {
    const child = spawn('python3', [join(import.meta.dirname, 'numpy_judge.py'), input, output, values.limit], {stdio: ['ignore', 'pipe', 'inherit']});
    let version = '';
    child.stdout.on('data', (data: Buffer) => { version += data.toString(); });
    child.on('error', failed);
    child.on('exit', (code) => {
      if (code !== 0) failed(new Error(`numpy_judge.py ended with code ${code}`));
      else done({version: version.trim(), lines: readFileSync(output, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as CaseResult)});
    });
  });
}

rmSync(work, {recursive: true});

const compared: Compared[] = [];
const shapes: ShapeCount = {ran: 0, equal: 0, different: [], unsaid: []};
for (const one of cases) {
  const result = results.get(one.id) ?? {id: one.id, missing: 'no answer'};
  compared.push(compareVerdicts(one, result));
  compareShapes(one, result, shapes);
}

const of = (outcome: Compared['outcome']): Compared[] => compared.filter((one) => one.outcome === outcome);
const say = (text: string): void => { process.stdout.write(`${text}\n`); };
say(`\nNumPy ${parts[0].version}; ${read} files read, ${cases.length + unwritable.length} decided pairs drawn`);
say('\nVerdicts, by pattern:');
say('  pattern                 drawn  compared  agrees  disagrees  equal  differ  not compared');
for (const pattern of [...new Set(cases.map((one) => one.pattern)), 'all']) {
  const rows = compared.filter(({one}) => pattern === 'all' || one.pattern === pattern);
  const done = rows.filter(({outcome}) => outcome !== 'not compared');
  const count = (verdict: string): number => done.filter(({one}) => one.verdict === verdict).length;
  const cells = [rows.length, done.length, count('agrees'), count('disagrees'), done.filter(({outcome}) => outcome === 'equal').length, done.filter(({outcome}) => outcome === 'differs').length, rows.length - done.length];
  say(`  ${pattern.padEnd(22)} ${cells.map((cell, i) => String(cell).padStart([6, 10, 8, 11, 7, 8, 14][i])).join('')}`);
}
const gradients = [...results.values()].flatMap((result) => result.sets?.flatMap((set) => set.gradients) ?? []).filter(({verdict}) => verdict !== undefined);
say(`\n${gradients.length} gradients on ${[...results.values()].reduce((sum, {sets}) => sum + (sets?.length ?? 0), 0)} input sets; ${gradients.filter((one) => one.verdict === one.engine).length} judged alike`);
if (of('not compared').length + unwritable.length > 0) say('\nNot compared, and why:');
for (const [why, count] of tally([...of('not compared').map(({notes}) => general(notes[0] ?? 'nothing to compare')), ...unwritable.map((text) => general(text.slice(text.lastIndexOf(': ') + 2)))])) say(`  ${String(count).padStart(4)}  ${why}`);
if (of('differs').length > 0) say('\nDifferences:');
for (const {one, notes} of of('differs')) say(`  ${one.path}\n    ${one.id.slice(one.id.lastIndexOf(' ') + 1)} (${one.pattern}, ${one.verdict})\n${notes.slice(0, 6).map((note) => `      ${note}`).join('\n')}`);
const share = shapes.ran === 0 ? 1 : shapes.equal / shapes.ran;
say(`\nShapes: ${shapes.equal} of ${shapes.ran} assignments that CPython ran have its shape (${(100 * share).toFixed(2)}%); ${shapes.different.length} have another, of ${shapes.unsaid.length} the engine says nothing`);
for (const text of shapes.different.slice(0, values.list ? Infinity : 40)) say(`  ${text}`);
if (values.list) {
  for (const text of shapes.unsaid) say(`  ${text}`);
  for (const {one, notes} of of('not compared')) say(`  ${one.id}: ${notes[0] ?? ''}`);
}
const {both, axes, open, disagreements} = compareTexts();
say(`\nInferred from the text alone: ${both} assignments that CPython ran, ${axes} of ${axes + open} axes with a size, ${disagreements.length} disagree`);
for (const text of disagreements.slice(0, 20)) say(`  ${text}`);
if (of('differs').length > 0 || share < SHAPE_BAR) process.exitCode = 1;

function general(why: string): string {
  return why.replace(/'[^']*'|\d+/g, '…').slice(0, 110);
}
