/**
 * The gradients of a backward that raised: what was computed before is judged, what was not reached is missing, and the one
 * that was being computed carries the diagnosis.
 */
import type {AssignEvent} from '../interpreter/events.ts';
import {lineAt} from '../python/lines.ts';
import type {GradientName} from '../program/pair.ts';
import {compare} from './compare.ts';
import {fixOf} from './diagnosis.ts';
import {raisedLine} from './describe.ts';
import type {PairFile} from './file.ts';
import type {Evidence} from './evidence.ts';
import {backwardAssignments, quantityOfAssignment} from './matching.ts';
import {kindOf} from './mistakes/table.ts';
import type {Quantity} from './quantity.ts';
import {raisesText} from './reasons.ts';
import type {GradientReport, SymbolicShape} from './report.ts';
import {isUnwritten} from './unwritten.ts';

type ShapeOf = (sizes: readonly (readonly number[])[]) => SymbolicShape;

/** Reports for the gradients of the first input set, whose backward raised; none where it says that it is not written yet. */
export function raisedReports({pair, base, repairs}: Evidence, file: PairFile, shapeOf: ShapeOf): GradientReport[] {
  const [{trial, kinks}] = base;
  const {raised} = trial;
  if (raised === null || isUnwritten(raised.error) || raised.phase !== 'backward') return [];
  const events = backwardAssignments(trial);
  const line = raisedLine(raised, file);
  const reports = pair.gradients.map((source): GradientReport => {
    const name = nameOf(source);
    const of = source.of ?? '';
    const truth = trial.truths.get(of);
    const actual = lastValue(events, name);
    const expectedSize = truth?.shape ?? [];
    const common = {of, name, line: lineAt(file.lines, source.span.start), shape: shapeOf(base.map(() => actual?.shape ?? [])), size: actual?.shape ?? [], expectedSize, maxRelativeError: null, kinks};
    if (actual === null || truth === undefined) return {...common, verdict: 'missing', reason: `${name} is not reached: the backward raises before`};
    const comparison = compare(truth, actual);
    return {...common, verdict: comparison.difference === 'none' ? 'agrees' : 'missing', maxRelativeError: comparison.maxRelativeError};
  });
  const repair = repairs.at(0);
  const at = spoilt(reports, repair === undefined ? line : lineAt(file.lines, repair.statement.span.start));
  if (at < 0) return reports;
  const report = reports[at];
  const expected = shapeOf(base.map(() => report.expectedSize));
  const code = repair?.fix?.edit.code ?? 'raises';
  const raises = `${report.name} is not computed: the backward raises ${raisesText(raised.error.type, raised.error.message)}`;
  const message = code === 'raises' ? raises : `${kindOf(code).message({name: report.name, of: report.of, factor: null, missing: [], upstream: null, saved: null, actual: expected, expected})} (it raises ${raised.error.type})`;
  const diagnosis = {code, line: repair === undefined ? line : lineAt(file.lines, repair.statement.span.start), message, why: kindOf(code).why, ...(repair === undefined ? {} : fixOf(repair))};
  reports[at] = {...report, verdict: 'disagrees', reason: raises, diagnosis};
  return reports;
}

/** The gradient that is made on the line, or else the first that was not reached. */
function spoilt(reports: readonly GradientReport[], line: number): number {
  const own = reports.findIndex((report) => report.line === line && report.verdict === 'missing');
  return own >= 0 ? own : reports.findIndex(({verdict}) => verdict === 'missing');
}

function nameOf({name, position}: GradientName): string {
  return name ?? `return[${position ?? 0}]`;
}

function lastValue(events: readonly AssignEvent[], name: string): Quantity | null {
  const event = events.findLast(({target}) => target === name);
  return event === undefined ? null : quantityOfAssignment(event);
}
