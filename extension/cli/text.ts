/**
 * The report as a student reads it in a terminal: per pair its inputs, its gradients with their source lines, and why.
 * Pure: report in, text out; colours are given by the caller.
 */
import type {FileAnalysis, PairAnalysis, ValueInfo} from '../../engine/check/analysis.ts';
import type {Diagnosis, ExceptionReport, FileReport, GradientReport, PairReport, SymbolicShape, Verdict} from '../../engine/check/report.ts';

/** How to paint; the identity for pipes and NO_COLOR. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unsure: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

const signs: Readonly<Record<Verdict | 'missing', string>> = {
  agrees: '✓', disagrees: '✗', inconclusive: '?', unsupported: '?', incomplete: '…', missing: '…',
};

/** What is printed beside the verdicts. */
export interface Wanted {
  readonly shapes: boolean;
  readonly fixes: boolean;
}

export function printFile({report, pairs}: FileAnalysis, source: string, paint: Paint, {shapes, fixes}: Wanted): string {
  const lines = source.split(/\r\n|\r|\n/);
  const out = [paint.strong(report.path)];
  if (report.pairs.length === 0) out.push(paint.faint('  no forward and backward pair found'));
  for (const pair of pairs) out.push(...printPair(pair, source, lines, paint, fixes));
  if (shapes) out.push(...printShapes(report, lines, paint));
  for (const problem of report.problems) {
    // What is wrong in a setting only stands beside its pair already.
    if (problem.severity === 'hint' || problem.code === 'wrong-for-setting') continue;
    const color = problem.severity === 'error' ? paint.bad : paint.unsure;
    out.push(`  ${color(`line ${problem.line}`)}  ${problem.message}`);
  }
  return out.join('\n') + '\n';
}

function printPair({report: pair, values}: PairAnalysis, source: string, lines: readonly string[], paint: Paint, fixes: boolean): string[] {
  const color = colorOf(pair.verdict, paint);
  const where = pair.forward.name === pair.backward.name
    ? `${pair.forward.name}, line ${pair.forward.line}`
    : `${pair.forward.name}, line ${pair.forward.line}; ${pair.backward.name}, line ${pair.backward.line}`;
  const out = [`  ${color(signs[pair.verdict])} ${paint.strong(pair.name)} ${paint.faint(`(${where})`)}  ${color(verdictText(pair))}`];
  const inputs = pair.inputs.filter((input) => input.role !== 'upstream' && input.role !== 'cache' && input.role !== 'config');
  if (inputs.length > 0) {
    out.push(paint.faint(`      inputs: ${inputs.map((input) => `${input.name} ${shapeText(input.shape)}`).join(', ')}`));
  }
  if (pair.verdict === 'agrees') for (const remark of pair.remarks ?? []) out.push(paint.faint(`      ${remark}`));
  const rows: Row[] = pair.gradients.map((gradient) => ({line: gradient.line, code: codeOf(lines, gradient.line), gradient}));
  for (const value of values) {
    const line = lineOf(source, value.span.start);
    if (value.gradient?.status === 'agrees' && !rows.some((row) => row.line === line)) rows.push({line, code: codeOf(lines, line), value});
  }
  rows.sort((a, b) => a.line - b.line);
  const width = Math.min(56, Math.max(0, ...rows.map(({code}) => code.length)));
  for (const row of rows) out.push(...('gradient' in row ? printGradient(row.gradient, row.code, width, pair, paint, fixes) : [printValue(row, width, paint)]));
  for (const exception of pair.exceptions ?? []) out.push(`      ${paint.unsure('!')} ${exceptionText(exception)}`);
  return out;
}

/** One line of the backward: a gradient of the pair, or a value on the way that was recognised. */
type Row = {readonly line: number; readonly code: string} & ({readonly gradient: GradientReport} | {readonly value: ValueInfo});

function codeOf(lines: readonly string[], line: number): string {
  return (lines[line - 1] ?? '').trim().replace(/\s*#.*$/, '');
}

/** The 1-based line of a UTF-16 offset. */
function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split(/\r\n|\r|\n/).length;
}

function clip(code: string, width: number): string {
  return code.length > width ? `${code.slice(0, width - 1)}…` : code.padEnd(width);
}

function printValue({line, code, value}: {readonly line: number; readonly code: string; readonly value: ValueInfo}, width: number, paint: Paint): string {
  const what = value.gradient!.note.startsWith('this is the part') ? `✓ part of ∂L/∂${value.gradient!.of}` : `✓ ∂L/∂${value.gradient!.of}`;
  return `    ${paint.faint(String(line).padStart(5))}  ${clip(code, width)}  ${shapeText(value.shape).padEnd(12)} ${paint.good(what)}`;
}

function verdictText(pair: PairReport): string {
  const agreeing = pair.gradients.filter((gradient) => gradient.verdict === 'agrees').length;
  const count = `${agreeing} of ${pair.gradients.length} gradients agree`;
  if (pair.verdict === 'agrees') return pair.gradients.length === 1 ? 'the gradient agrees' : count;
  if (pair.verdict === 'disagrees') return pair.gradients.length > 1 && agreeing > 0 ? `${count}: ${pair.reason}` : pair.reason;
  return `${pair.verdict}: ${pair.reason}`;
}

function printGradient(gradient: GradientReport, code: string, width: number, pair: PairReport, paint: Paint, fixes: boolean): string[] {
  const color = colorOf(gradient.verdict, paint);
  const first = pair.firstWrong?.line === gradient.line && gradient.verdict === 'disagrees';
  const truth = `∂L/∂${gradient.of}`;
  const note = gradient.convention === undefined ? '' : paint.faint(`  (${gradient.convention})`);
  const shape = gradient.size.length === 0 && gradient.shape.length === 0 ? 'scalar' : shapeText(gradient.shape);
  const out = [
    `    ${paint.faint(String(gradient.line).padStart(5))}  ${clip(code, width)}  ${shape.padEnd(12)} ${color(`${signs[gradient.verdict]} ${truth}`)}${note}`,
  ];
  if (gradient.numericalError !== undefined) out.push(paint.faint(`           by central differences: relative error ${gradient.numericalError.toExponential(1)}`));
  if (gradient.verdict === 'agrees') {
    if (gradient.vacuous === true) out.push(paint.unsure('           both are zero for every input that was tried, so this agreement says nothing'));
    return out;
  }
  const {diagnosis, causedBy} = gradient;
  const message = diagnosis?.message ?? (causedBy === undefined ? gradient.reason : `wrong because of line ${causedBy}`);
  if (message !== undefined) out.push(`           ${color(message)}`);
  if (diagnosis !== undefined && diagnosis.line !== gradient.line) {
    out.push(`           ${color(`the line at fault is ${diagnosis.line}${diagnosis.where === undefined ? '' : `: ${diagnosis.where}`}`)}`);
  } else if (first && pair.gradients.filter((other) => other.verdict === 'disagrees').length > 1) out.push(paint.faint('           this is the first wrong line'));
  if (fixes && diagnosis?.why !== undefined) out.push(`           why: ${diagnosis.why}`);
  if (fixes && diagnosis?.fix !== undefined) out.push(...printFix(diagnosis.fix, paint));
  const gaveUp = diagnosis?.gaveUp;
  if (gaveUp !== undefined) out.push(paint.faint(`           a fix was looked for among ${gaveUp.edits} small edits, and none was found`));
  const witness = gradient.witness;
  if (witness !== undefined) {
    const at = witness.index.length === 0 ? 'it' : `element [${witness.index.join(', ')}]`;
    out.push(paint.faint(`           ${at} should be ${numberText(witness.expected)}, and is ${numberText(witness.actual)}`));
  }
  return out;
}

function printFix({line, endLine, newText}: NonNullable<Diagnosis['fix']>, paint: Paint): string[] {
  const place = endLine === undefined ? `line ${line}` : `lines ${line} to ${endLine}`;
  const indent = newText.length - newText.trimStart().length;
  const [first, ...rest] = newText.split(/\r\n|\r|\n/).map((code) => code.slice(indent));
  return [`           a fix, proved by running it: ${place} becomes  ${paint.good(first)}`, ...rest.map((code) => `             ${paint.good(code)}`)];
}

function exceptionText({message, diagnosis}: ExceptionReport): string {
  return diagnosis === undefined ? message : `${message} (line ${diagnosis.line})`;
}

/** Every assignment in text order; what was not run but seen from the text says so. */
function printShapes({hints, inferred}: FileReport, lines: readonly string[], paint: Paint): string[] {
  const rows = [...hints.map((hint) => ({...hint, note: ''})), ...inferred.map((one) => ({...one, note: ' (inferred)'}))];
  return rows.sort((a, b) => a.line - b.line || a.column - b.column).map(({line, name, shape, note}) => {
    const code = (lines[line - 1] ?? '').trim();
    return `    ${paint.faint(String(line).padStart(5))}  ${code}  ${paint.faint(`${name}: ${shapeText(shape)}${note}`)}`;
  });
}

/** The last line: what was found in all files. */
export function printSummary(files: readonly FileReport[], unreadable: number, paint: Paint): string {
  const pairs = files.flatMap((file) => file.pairs);
  const count = (verdict: Verdict) => pairs.filter((pair) => pair.verdict === verdict).length;
  const parts: string[] = [];
  const add = (verdict: Verdict, color: (text: string) => string) => {
    if (count(verdict) > 0) parts.push(color(`${count(verdict)} ${verdict === 'agrees' ? 'agree' : verdict === 'disagrees' ? 'disagree' : verdict}`));
  };
  add('agrees', paint.good);
  add('disagrees', paint.bad);
  add('inconclusive', paint.unsure);
  add('unsupported', paint.unsure);
  add('incomplete', paint.unsure);
  const files_ = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  const pairs_ = `${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'}`;
  const failed = unreadable > 0 ? paint.bad(`, ${unreadable} not read`) : '';
  return `${files_}${failed}, ${pairs_}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}\n`;
}

function colorOf(verdict: Verdict | 'missing', paint: Paint): (text: string) => string {
  return verdict === 'agrees' ? paint.good : verdict === 'disagrees' ? paint.bad : paint.unsure;
}

export function shapeText(shape: SymbolicShape): string {
  if (shape.length === 0) return 'scalar';
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** Four significant digits are enough to find it again. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return String(Number(value.toPrecision(4)));
}
