/** `backprop-tutor survey`: a whole tree of files, in parallel, with sums, and results for CI services. */
import {writeFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {findFiles} from './files.ts';
import {createProgress} from './progress.ts';
import {parseSurvey, shardOf, surveyUsage} from './survey-options.ts';
import {junitText, sarifText} from './survey-formats.ts';
import {summariseSurvey, surveyText} from './survey-summary.ts';
import {surveyFiles} from './survey-threads.ts';
import {version} from './version.ts';

/** Runs the command for the words after `survey`; `entry` is the module that threads run. Gives the exit code. */
export async function surveyCommand(words: readonly string[], entry: URL): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${surveyUsage}\n`);
    return 0;
  }
  let options;
  try {
    options = parseSurvey(words);
  } catch (error) {
    process.stderr.write(`backprop-tutor: ${error instanceof Error ? error.message : String(error)}\n\n${surveyUsage}\n`);
    return 2;
  }
  const all = findFiles(options.paths);
  const paths = shardOf(all, options.shard);
  if (all.length === 0) {
    process.stderr.write(`backprop-tutor: no .py files in ${options.paths.join(', ')}\n`);
    return 2;
  }
  const progress = createProgress(process.stderr, paths.length, options.json);
  const began = performance.now();
  const results = await surveyFiles(entry, paths, options, ({path}) => {
    progress.at(path);
  });
  progress.clear();
  const seconds = (performance.now() - began) / 1000;
  if (options.junit !== undefined) writeFileSync(options.junit, junitText(results));
  if (options.sarif !== undefined) writeFileSync(options.sarif, sarifText(results, version));
  const {jobs} = options;
  if (options.json) process.stdout.write(`${JSON.stringify({schema: 1, summary: {...summariseSurvey(results), seconds, jobs}, files: results}, null, 1)}\n`);
  else process.stdout.write(surveyText(results, seconds, jobs));
  return 0;
}
