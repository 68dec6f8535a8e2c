/**
 * Which lines lead to a value, and whether gradient lines really speak of the circuit before them. Physics, step sizes
 * (`dx = x[1] - x[0]`, `dt`) and data frames have gradient-like names, too.
 */
import type {Expr} from '../../python/ast.ts';
import {expressionsIn} from '../definitions.ts';
import {announcesGradient} from '../naming.ts';
import type {GradientName} from '../pair.ts';
import {rootName} from '../scopes.ts';
import type {GradientLine, Line} from './script-lines.ts';

/** The lines that `name` is computed by, in order. */
export function sliceTo(before: readonly Line[], name: string): readonly Line[] {
  const needed = new Set([name]);
  const chosen: Line[] = [];
  for (let at = before.length - 1; at >= 0; at--) {
    const line = before[at];
    if (line.kind === 'other' || (line.kind === 'forward' && line.update)) continue;
    if (!line.names.some(one => needed.has(one))) continue;
    chosen.unshift(line);
    for (const one of line.reads) needed.add(one);
  }
  return chosen;
}

export interface Candidate {
  readonly lines: readonly Line[];
  readonly forward: readonly Line[];
  readonly segment: readonly GradientLine[];
  /** Names of the circuit: bound by its lines, or read by them from outside. */
  readonly inside: ReadonlySet<string>;
  readonly output: string;
  readonly gradients: readonly GradientName[];
}

export function acceptedCircuit(candidate: Candidate): boolean {
  const {segment, inside, output, gradients, lines} = candidate;
  if (gradients.length === 0) return false;
  const counted = segment.filter(line => line.counted && line.subjects.some(subject => inside.has(subject) && subject !== output));
  if (counted.length === 0 || drifts(lines, gradients)) return false;
  const names = new Set(segment.flatMap(line => line.gradients.map(({name}) => name)));
  const chained = counted.some(line => [...line.reads].some(name => names.has(name) && !line.names.includes(name)));
  if (chained) return true;
  const strong = counted.some(line => line.numerator !== null || line.gradients.some(({name}) => announcesGradient(name)));
  const local = counted.every(line => line.gradients.every(({value, subject}) =>
    value === null || (staysInside(value, inside, names) && !isDifference(value, subject))));
  return local && (strong || counted.some(line => line.gradients.some(({value}) => value !== null && value.kind !== 'Number')));
}

/** `x += dx` with nothing before dx moves a body; it trains nothing. */
function drifts(lines: readonly Line[], gradients: readonly GradientName[]): boolean {
  const names = new Set(gradients.map(gradient => gradient.name));
  return lines.some(line => {
    const {statement} = line;
    if (statement.kind !== 'AugAssign' || statement.operator !== '+' || statement.value.kind !== 'Name') return false;
    return names.has(statement.value.id) && gradients.some(gradient => gradient.name === (statement.value as {id: string}).id && gradient.of === rootName(statement.target));
  });
}

/** Whether an expression reads only values of the circuit and other gradients (functions aside). */
function staysInside(value: Expr, inside: ReadonlySet<string>, gradients: ReadonlySet<string>): boolean {
  const called = new Set(expressionsIn(value).flatMap(part => part.kind === 'Call' ? [rootName(part.callee)] : []));
  return expressionsIn(value).every(part => part.kind !== 'Name' || inside.has(part.id) || gradients.has(part.id) || called.has(part.id) || /^(?:np|math|numpy)$/.test(part.id));
}

/** `x[1] - x[0]` for x. */
function isDifference(value: Expr, subject: string): boolean {
  return value.kind === 'Binary' && value.operator === '-' && value.left.kind === 'Subscript' && value.right.kind === 'Subscript'
    && rootName(value.left) === subject && rootName(value.right) === subject;
}
