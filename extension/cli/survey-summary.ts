/** What a survey found, added up: verdicts by pattern, and the constructs that stood in the way, with counts. Pure. */
import type {PairReport, Verdict} from '../../engine/check/report.ts';
import type {Surveyed} from './survey-threads.ts';

export type Counts = Readonly<Record<string, number>>;

export interface SurveySummary {
  readonly files: number;
  readonly unreadable: number;
  readonly failed: number;
  readonly pairs: number;
  readonly verdicts: Counts;
  readonly patterns: Readonly<Record<string, Counts>>;
  /** Kinds of mistakes of the pairs that disagree. */
  readonly mistakes: Counts;
  /** Constructs that are not supported, most frequent first. */
  readonly unsupported: Counts;
  /** Why there was no verdict otherwise, names and numbers left out. */
  readonly inconclusive: Counts;
  /** Milliseconds of work, over all threads. */
  readonly ms: number;
  readonly slowest: {readonly path: string; readonly ms: number} | null;
}

export const verdictOrder: readonly Verdict[] = ['agrees', 'disagrees', 'inconclusive', 'unsupported', 'incomplete'];

export function summariseSurvey(results: readonly Surveyed[]): SurveySummary {
  const pairs = results.flatMap((one) => (one.kind === 'report' ? one.report.pairs : []));
  const ofVerdict = (verdict: Verdict): readonly PairReport[] => pairs.filter((pair) => pair.verdict === verdict);
  const patterns = [...new Set(pairs.map(({pattern}) => pattern))].sort();
  const slowest = results.reduce<Surveyed | null>((worst, one) => (worst === null || one.ms > worst.ms ? one : worst), null);
  return {
    files: results.length,
    unreadable: results.filter(({kind}) => kind === 'unreadable').length,
    failed: results.filter(({kind}) => kind === 'failed').length,
    pairs: pairs.length,
    verdicts: countsOf(pairs.map(({verdict}) => verdict), verdictOrder),
    patterns: Object.fromEntries(patterns.map((pattern) => [pattern, countsOf(pairs.filter((pair) => pair.pattern === pattern).map(({verdict}) => verdict), verdictOrder)])),
    mistakes: byFrequency(ofVerdict('disagrees').map((pair) => pair.gradients.find(({diagnosis}) => diagnosis !== undefined)?.diagnosis?.code ?? 'raises')),
    unsupported: byFrequency(ofVerdict('unsupported').map(({reason}) => reason.replace(/ is not supported.*$/, ''))),
    inconclusive: byFrequency(ofVerdict('inconclusive').map(({reason}) => generalised(reason))),
    ms: results.reduce((sum, {ms}) => sum + ms, 0),
    slowest: slowest === null ? null : {path: slowest.path, ms: slowest.ms},
  };
}

/** A reason without its numbers and advice, so that equal ones are counted together. */
function generalised(reason: string): string {
  return reason.replace(/ A comment such as .*$/, '').replace(/\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, '#');
}

function countsOf(items: readonly string[], order: readonly string[]): Counts {
  return Object.fromEntries(order.map((key): [string, number] => [key, items.filter((item) => item === key).length]).filter(([, count]) => count !== 0));
}

function byFrequency(items: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

export function surveyText(results: readonly Surveyed[], seconds: number, jobs: number): string {
  const summary = summariseSurvey(results);
  const lines = results.map(fileLine);
  const listed = (title: string, counts: Counts): void => {
    const entries = Object.entries(counts);
    if (entries.length === 0) return;
    lines.push('', `${title}:`);
    for (const [name, count] of entries.slice(0, 30)) lines.push(`  ${String(count).padStart(5)}  ${name}`);
    if (entries.length > 30) lines.push(`         and ${entries.length - 30} more (see --json)`);
  };
  listed('Mistakes', summary.mistakes);
  listed('Not supported', summary.unsupported);
  listed('No verdict', summary.inconclusive);
  lines.push('', 'Pairs by pattern:');
  for (const [pattern, counts] of Object.entries(summary.patterns)) lines.push(`  ${pattern.padEnd(22)} ${countText(counts)}`);
  lines.push('', `${summary.files} files (${summary.unreadable} not Python, ${summary.failed} given up), ${summary.pairs} pairs: ${countText(summary.verdicts)}`);
  lines.push(`${seconds.toFixed(1)} s on ${jobs} ${jobs === 1 ? 'thread' : 'threads'}, ${(summary.files / Math.max(seconds, 1e-3)).toFixed(1)} files a second`
    + (summary.slowest === null ? '' : `; slowest ${summary.slowest.path}, ${(summary.slowest.ms / 1000).toFixed(1)} s`));
  return `${lines.join('\n')}\n`;
}

function fileLine(one: Surveyed): string {
  const time = `${Math.round(one.ms)} ms`.padStart(8);
  if (one.kind !== 'report') return `${time}  ${one.path}: ${one.why}`;
  const counts = countsOf(one.report.pairs.map(({verdict}) => verdict), verdictOrder);
  return `${time}  ${one.path}: ${one.report.pairs.length === 0 ? 'no pair' : countText(counts)}`;
}

function countText(counts: Counts): string {
  return Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}
