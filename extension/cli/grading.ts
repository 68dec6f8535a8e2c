/** What a teacher asks beyond "nothing disagrees": pairs that must be there, and agreement everywhere. Pure. */
import type {FileReport} from '../../engine/check/report.ts';

/** One line for each reason to fail; empty when there is none. */
export function failures(reports: readonly FileReport[], options: {readonly required: readonly string[]; readonly strict: boolean}): string[] {
  const pairs = reports.flatMap((report) => report.pairs.map((pair) => ({path: report.path, pair})));
  const lines: string[] = [];
  for (const name of options.required) {
    const found = pairs.some(({pair}) => pair.name === name || pair.forward.name === name || pair.backward.name === name);
    if (!found) lines.push(`required pair '${name}' was not found in any file`);
  }
  if (options.strict) {
    for (const {path, pair} of pairs) {
      if (pair.verdict !== 'agrees' && pair.verdict !== 'disagrees') lines.push(`${path}:${pair.backward.line}: ${pair.name} is ${pair.verdict}: ${pair.reason}`);
    }
    if (pairs.length === 0) lines.push('no pair was found, and --strict asks for agreement');
  }
  return lines;
}
