/**
 * `backprop-tutor`: the engine in a terminal and in CI. Reads files, runs the checks, prints, and sets the exit code.
 */
import {performance} from 'node:perf_hooks';
import {readFileSync} from 'node:fs';
import {styleText} from 'node:util';
import {isMainThread, workerData} from 'node:worker_threads';
import {createProject} from '../../engine/project.ts';
import type {FileReport, Report} from '../../engine/check/report.ts';
import {emptyFolders, findFiles, readSource} from './files.ts';
import {parseCommandLine, usage, UsageError} from './options.ts';
import type {CheckOptions} from './options.ts';
import {failures} from './grading.ts';
import {createProgress} from './progress.ts';
import {surveyCommand} from './survey.ts';
import {SURVEY_THREAD, serveSurvey} from './survey-threads.ts';
import {printFile, printSummary} from './text.ts';
import type {Paint} from './text.ts';
import {version} from './version.ts';

const identity = (text: string): string => text;
const plain: Paint = {good: identity, bad: identity, unsure: identity, faint: identity, strong: identity};
const coloured: Paint = {
  good: (text) => styleText('green', text),
  bad: (text) => styleText('red', text),
  unsure: (text) => styleText('yellow', text),
  faint: (text) => styleText('dim', text),
  strong: (text) => styleText('bold', text),
};

function main(words: readonly string[]): number {
  let options;
  try {
    options = parseCommandLine(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`backprop-tutor: ${error.message}\n\n${usage}\n`);
    return 2;
  }
  if (options.command === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (options.command === 'version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  return check(options);
}

function check(options: CheckOptions): number {
  const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? coloured : plain;
  const paths = findFiles(options.paths);
  const progress = createProgress(process.stderr, paths.length, options.json);
  const reports: FileReport[] = [];
  const complaints: {readonly path: string; readonly message: string}[] = [];
  for (const folder of emptyFolders(options.paths)) complaints.push({path: folder, message: 'holds no .py files'});
  const project = createProject({readFile: readText, now: () => performance.now()});
  for (const path of paths) {
    progress.at(path);
    const source = readSource(path);
    if ('complaint' in source) {
      complaints.push({path, message: source.complaint});
      continue;
    }
    project.update(path, source.text);
    const units = project.analyze(path, {seed: options.seed, only: options.only, ignorePragmas: options.ignorePragmas, numerical: options.numerical});
    let step = units.next();
    while (!step.done) step = units.next();
    reports.push(step.value.report);
    if (!options.json) {
      progress.clear();
      process.stdout.write(printFile(step.value, source.text, paint, options) + '\n');
    }
  }
  progress.clear();
  const failed = failures(reports, options);
  if (options.json) {
    const report: Report = {schema: 1, files: reports};
    const withErrors = complaints.length > 0 ? {...report, errors: complaints} : report;
    process.stdout.write(`${JSON.stringify(withErrors, null, 1)}\n`);
  }
  for (const {path, message} of complaints) process.stderr.write(`${path}: ${message}\n`);
  for (const message of failed) process.stderr.write(`${message}\n`);
  if (!options.json) process.stdout.write(printSummary(reports, complaints.length, paint));
  if (complaints.length > 0) return 2;
  return failed.length > 0 || reports.some((report) => report.pairs.some((pair) => pair.verdict === 'disagrees')) ? 1 : 0;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

// Whoever reads the output may stop, as `| head` does; the verdict is still the exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
if (!isMainThread && workerData === SURVEY_THREAD) serveSurvey();
else if (process.argv[2] === 'survey') process.exitCode = await surveyCommand(process.argv.slice(3), new URL(import.meta.url));
else process.exitCode = main(process.argv.slice(2));
