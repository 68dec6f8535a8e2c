/** The command line of `survey`: words in, options out. */
import {availableParallelism} from 'node:os';
import {parseArgs} from 'node:util';

export interface SurveyOptions {
  readonly command: 'survey';
  readonly paths: readonly string[];
  readonly json: boolean;
  /** This run's part of the files: every `of`-th, beginning with the `part`-th (from 1). */
  readonly shard: {readonly part: number; readonly of: number};
  /** Where to write the results as JUnit XML and as SARIF; undefined for nowhere. */
  readonly junit: string | undefined;
  readonly sarif: string | undefined;
  /** Threads. */
  readonly jobs: number;
  /** Milliseconds that one file may take. */
  readonly limit: number;
  readonly ignorePragmas: boolean;
}

export const surveyUsage = `Usage: backprop-tutor survey DIR... [options]

Checks all .py files of the folders, in parallel, and says what was found and what is not supported yet.

Options:
  --json             print one JSON object instead of text
  --shard K/N        only the K-th of N equal parts of the files, for several machines
  --junit FILE       also write JUnit XML
  --sarif FILE       also write SARIF, as code scanning reads it
  --jobs N           threads (default: one for each processor)
  --limit SECONDS    how long one file may take (default 20)
  --ignore-pragmas   do not let the files choose their own inputs

Exit code: 0 when every file was read, whatever the verdicts, 2 when the command line is wrong or nothing was found.`;

/** Reads the words after `survey`. Throws an Error that says what is wrong. */
export function parseSurvey(words: readonly string[]): SurveyOptions {
  const {values, positionals} = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      'json': {type: 'boolean', default: false},
      'shard': {type: 'string', default: '1/1'},
      'junit': {type: 'string'},
      'sarif': {type: 'string'},
      'jobs': {type: 'string'},
      'limit': {type: 'string', default: '20'},
      'ignore-pragmas': {type: 'boolean', default: false},
    },
  });
  if (positionals.length === 0) throw new Error('no folder given; name a folder of Python files: backprop-tutor survey submissions');
  const [part, of] = (/^(\d+)\/(\d+)$/.exec(values.shard) ?? ['', '0', '0']).slice(1).map(Number);
  if (part < 1 || part > of) throw new Error(`--shard takes K/N with K from 1 to N, such as 3/8, not '${values.shard}'`);
  return {
    command: 'survey', paths: positionals, json: values.json, shard: {part, of}, junit: values.junit, sarif: values.sarif,
    jobs: values.jobs === undefined ? availableParallelism() : wholeNumber('--jobs', values.jobs),
    limit: 1000 * wholeNumber('--limit', values.limit), ignorePragmas: values['ignore-pragmas'],
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${option} takes a whole number from 1, not '${text}'`);
  return Number(text);
}

/** The part of the files that a shard is to do. The parts of all shards are the whole, each file once. */
export function shardOf<T>(items: readonly T[], {part, of}: SurveyOptions['shard']): T[] {
  return items.filter((_, i) => i % of === part - 1);
}
