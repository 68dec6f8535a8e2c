/**
 * `npm run bench:survey-speed -- --files DIR`: the terminal command over 300 Python files, files a second, with one thread and with
 * two, three runs of each in turns. Prints medians with minimum and maximum, and how busy the machine was with other things.
 */
import {spawnSync} from 'node:child_process';
import {cpus, loadavg} from 'node:os';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {parseArgs} from 'node:util';
import {findFiles} from '../../extension/cli/files.ts';

const {values} = parseArgs({options: {files: {type: 'string'}, count: {type: 'string', default: '300'}, rounds: {type: 'string', default: '3'}}});
if (values.files === undefined) {
  process.stderr.write('Usage: npm run bench:survey-speed -- --files DIR [--count N] [--rounds N]\n');
  process.exit(2);
}
const cli = join(import.meta.dirname, '../../dist/cli.js');
const paths = findFiles([values.files]).slice(0, Number(values.count));
const jobs = [1, 2];
const seconds = new Map<number, number[]>(jobs.map((count) => [count, []]));
const summaries: string[] = [];

process.stdout.write(`${paths.length} files, ${cpus().length} processors, load before: ${loadavg()[0].toFixed(1)}\n`);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const count of jobs) {
    const began = performance.now();
    const {stdout, status, stderr} = spawnSync(process.execPath, [cli, 'survey', ...paths, '--jobs', String(count), '--limit', '600'], {encoding: 'utf8', maxBuffer: 1e9});
    if (status !== 0) throw new Error(stderr);
    seconds.get(count)!.push((performance.now() - began) / 1000);
    summaries.push(stdout.trimEnd().split('\n').at(-2) ?? '');
  }
}

const medianOf = (samples: readonly number[]): number => [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)];
process.stdout.write(`${summaries[0]}\n`);
console.table(jobs.map((count) => {
  const samples = seconds.get(count)!;
  return {
    'threads': count, 'seconds': `${medianOf(samples).toFixed(1)} (${Math.min(...samples).toFixed(1)} to ${Math.max(...samples).toFixed(1)})`,
    'files a second': (paths.length / medianOf(samples)).toFixed(1), 'times faster': (medianOf(seconds.get(1)!) / medianOf(samples)).toFixed(2),
  };
}));
process.stdout.write(`load after: ${loadavg()[0].toFixed(1)}; a load beyond the number of threads means that others were using the machine\n`);
if (new Set(summaries).size > 1) {
  process.stdout.write(`the runs differ:\n${[...new Set(summaries)].join('\n')}\n`);
  process.exitCode = 1;
}
