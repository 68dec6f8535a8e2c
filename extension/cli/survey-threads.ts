/**
 * Many files on several threads. A file that takes too long, runs out of memory or breaks the engine costs its own thread,
 * which is replaced; the other files never notice. Each file is analysed by itself, with the files that it imports.
 */
import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {Worker, parentPort} from 'node:worker_threads';
import {createProject} from '../../engine/project.ts';
import type {FileReport} from '../../engine/check/report.ts';
import {readSource} from './files.ts';

/** What became of one file. */
export type Surveyed =
  | {readonly path: string; readonly kind: 'report'; readonly report: FileReport; readonly ms: number}
  /** It is no Python text: why. */
  | {readonly path: string; readonly kind: 'unreadable'; readonly why: string; readonly ms: number}
  /** It was given up: why. */
  | {readonly path: string; readonly kind: 'failed'; readonly why: string; readonly ms: number};

interface Task {
  readonly path: string;
  readonly ignorePragmas: boolean;
}

/** What threads are told beside their tasks, so that the command knows that it is one. */
export const SURVEY_THREAD = 'backprop-tutor survey';

/** Megabytes of JavaScript heap for one thread. */
const HEAP = 1024;

/** Surveys `paths`; `done` is called for each file as soon as it is known. The results are in the order of `paths`. */
export async function surveyFiles(
  entry: URL, paths: readonly string[], options: {readonly jobs: number; readonly limit: number; readonly ignorePragmas: boolean}, done: (one: Surveyed) => void,
): Promise<Surveyed[]> {
  const results: Surveyed[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    let thread: Worker | null = null;
    while (next < paths.length) {
      const place = next++;
      thread ??= startThread(entry);
      const outcome = await ask(thread, {path: paths[place], ignorePragmas: options.ignorePragmas}, options.limit);
      if (outcome.kind === 'failed') {
        await thread.terminate();
        thread = null;
      }
      results[place] = outcome;
      done(outcome);
    }
    await thread?.terminate();
  };
  await Promise.all(Array.from({length: Math.min(options.jobs, paths.length)}, lane));
  return results;
}

/** A thread; what it says after its file was given up is nobody's business. */
function startThread(entry: URL): Worker {
  const thread = new Worker(entry, {workerData: SURVEY_THREAD, resourceLimits: {maxOldGenerationSizeMb: HEAP}});
  thread.on('error', () => undefined);
  return thread;
}

function ask(thread: Worker, task: Task, limit: number): Promise<Surveyed> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (outcome: Surveyed): void => {
      clearTimeout(timer);
      thread.off('message', end).off('error', onError).off('exit', onExit);
      resolve(outcome);
    };
    const failed = (why: string): void => {
      end({path: task.path, kind: 'failed', why, ms: performance.now() - began});
    };
    const onError = (error: unknown): void => {
      failed(error instanceof Error ? error.message : String(error));
    };
    const onExit = (code: number): void => {
      failed(`its thread ended with code ${code}`);
    };
    const timer = setTimeout(() => {
      failed(`took longer than ${limit / 1000} seconds`);
    }, limit);
    thread.on('message', end).on('error', onError).on('exit', onExit);
    thread.postMessage(task);
  });
}

/** The life of a thread: one file after another. */
export function serveSurvey(): void {
  const port = parentPort;
  port?.on('message', (task: Task) => {
    port.postMessage(survey(task));
  });
}

function survey({path, ignorePragmas}: Task): Surveyed {
  const began = performance.now();
  const source = readSource(path);
  if ('complaint' in source) return {path, kind: 'unreadable', why: source.complaint, ms: performance.now() - began};
  const project = createProject({readFile: readText, now: () => performance.now()});
  project.update(path, source.text);
  const units = project.analyze(path, {ignorePragmas});
  let step = units.next();
  while (!step.done) step = units.next();
  return {path, kind: 'report', report: step.value.report, ms: performance.now() - began};
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
