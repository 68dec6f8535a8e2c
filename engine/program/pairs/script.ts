/**
 * Module-level circuits: `q = x + y; f = q * z; dfdz = q; dfdq = z; dfdx = 1.0 * dfdq`, with scalars, lists, arrays and
 * loops, also inside a training loop. A step size called dx, or the result of somebody's backward, makes no circuit.
 */
import type {Stmt} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {innerStatements} from '../definitions.ts';
import {targetsOf} from '../targets.ts';
import type {GradientName, ScriptPair} from '../pair.ts';
import {isMainGuard} from '../reach.ts';
import {rootName} from '../scopes.ts';
import {isLossName} from '../naming.ts';
import {acceptedCircuit, sliceTo} from './circuit.ts';
import {numeratorOf, readLines} from './script-lines.ts';
import type {GradientLine, Line} from './script-lines.ts';

export const findScriptPairs: Finder = context => {
  const numeric = new Set<string>();
  return pairsIn(context, context.module.body, [], numeric);
};

/** Pairs of one block, those of loops inside it first. */
function pairsIn(context: FindContext, block: readonly Stmt[], within: readonly Stmt[], outside: ReadonlySet<string>): readonly ScriptPair[] {
  const found: ScriptPair[] = [];
  const own: Stmt[] = [];
  const known = new Set(outside);
  for (const statement of block) {
    const enters = (statement.kind === 'For' || statement.kind === 'While' || statement.kind === 'With' || isMainGuard(statement)) && within.length < 4;
    const inner = enters ? pairsIn(context, innerStatements(statement), [...within, statement], known) : [];
    found.push(...inner);
    if (inner.length === 0) own.push(statement);
    for (const [target] of targetsOf(statement)) {
      const name = rootName(target);
      if (name !== null) known.add(name);
    }
  }
  const lines = readLines(own, outside);
  for (const segment of segmentsOf(lines)) {
    const pair = circuit(context, lines, segment, within, outside);
    if (pair !== null) found.push(pair);
  }
  return found;
}

/** Runs of gradient lines; a forward value computed in between that later gradients speak of begins a new circuit. */
function segmentsOf(lines: readonly Line[]): readonly (readonly GradientLine[])[] {
  const segments: GradientLine[][] = [];
  let current: GradientLine[] = [];
  lines.forEach((line, at) => {
    if (line.kind !== 'gradient') return;
    const previous = current.at(-1);
    if (previous !== undefined) {
      const between = lines.slice(previous.at + 1, at);
      const later = lines.slice(at).filter(one => one.kind === 'gradient');
      const restarts = between.some(one => one.kind === 'forward' && !one.update && one.names.some(name =>
        later.some(gradient => gradient.subjects.includes(name)) && !readByNeighbours(lines, previous.at + 1, at, name, line)));
      if (restarts) {
        segments.push(current);
        current = [];
      }
    }
    current.push(line);
  });
  if (current.length > 0) segments.push(current);
  return segments;
}

/** Whether a value that is computed between gradients only serves the next gradient line, as a helper. */
function readByNeighbours(lines: readonly Line[], from: number, to: number, name: string, next: GradientLine): boolean {
  return lines.slice(from, to).length === 1 && next.reads.has(name) && !next.subjects.includes(name);
}

function circuit(
  context: FindContext, lines: readonly Line[], segment: readonly GradientLine[], within: readonly Stmt[], outside: ReadonlySet<string>,
): ScriptPair | null {
  const first = segment[0].at;
  const before = lines.slice(0, first);
  const output = outputOf(before, segment);
  if (output === null) return null;
  const forward = sliceTo(before, output);
  const inside = new Set<string>(forward.flatMap(line => [...line.names]));
  for (const line of forward) for (const name of line.reads) if (outside.has(name) || line.names.includes(name)) inside.add(name);
  const others = ofOtherValues(before, segment, inside);
  const gradients = gradientsOf(segment, inside, output).filter(({name, span}) => !others.has(name!) && !isSummedLater(context, lines, name!, span.end));
  if (!acceptedCircuit({lines, forward, segment, inside, output, gradients})) return null;
  const last = segment.at(-1)!.at;
  const backward = helped(lines, segment, first, last);
  const statements = forward.map(line => line.statement);
  return {
    pattern: 'script', name: 'script', path: context.path, module: context.module, within,
    spans: [...statements, ...backward].map(statement => statement.span),
    gradients, forward: statements, backward, output, seed: seedOf(segment, output),
  };
}

/** The last value computed before the gradients that one of them is of, or that they name above the line. */
function outputOf(before: readonly Line[], segment: readonly GradientLine[]): string | null {
  const computed = before.filter(line => line.kind === 'forward' && line.computed && !line.update);
  const numerators = new Set(segment.map(line => line.numerator).filter(name => name !== null));
  for (const line of [...computed].reverse()) {
    const named = line.names.find(name => numerators.has(name));
    if (named !== undefined && isLast(computed, named, numerators)) return named;
  }
  const subjects = new Set(segment.flatMap(line => line.subjects));
  for (const line of [...computed].reverse()) {
    const slice = sliceTo(before, line.names[0]);
    const touches = slice.some(one => one.names.some(name => subjects.has(name)) || [...one.reads].some(name => subjects.has(name)));
    if (touches) return line.names.find(isLossName) ?? line.names[0];
  }
  return null;
}

/**
 * Gradients that start from a value on another way: `da` of `cost = loss(a, y)` where the circuit ends in `total = loss(all, ys)`,
 * and those made of them. What ends the other way has no gradient of its own here: else a path of this circuit was forgotten.
 */
function ofOtherValues(before: readonly Line[], segment: readonly GradientLine[], inside: ReadonlySet<string>): ReadonlySet<string> {
  const others = new Set<string>();
  const subjects = new Set(segment.flatMap(line => line.subjects));
  for (const line of segment) {
    const isOther = line.subjects.every(subject => !inside.has(subject)
      && before.some(one => one.kind === 'forward' && one.computed && one.reads.has(subject) && !one.names.some(name => inside.has(name) || subjects.has(name))));
    if (isOther || [...line.reads].some(name => others.has(name))) for (const {name} of line.gradients) others.add(name);
  }
  return others;
}

/** Gradients of one example each, which a step of the weights adds up: `W -= lr * np.sum(dW, axis=0)`. */
function isSummedLater({text}: FindContext, lines: readonly Line[], name: string, end: number): boolean {
  const summed = new RegExp(`\\b(?:sum|mean|average)\\(\\s*${name}\\s*,|\\b${name}\\.(?:sum|mean)\\(`);
  return lines.some(line => line.kind === 'forward' && line.update && line.statement.span.start > end
    && summed.test(text.slice(line.statement.span.start, line.statement.span.end)));
}

/** Whether no other numerator is computed from this one: f, and not q, in `q = x + y; f = q * z`. */
function isLast(computed: readonly Line[], name: string, numerators: ReadonlySet<string>): boolean {
  return !computed.some(line => line.reads.has(name) && line.names.some(other => other !== name && numerators.has(other)));
}

/** The gradients of a segment, last assignment each; local derivatives (`dqdx`, when the output is f) left out. */
function gradientsOf(segment: readonly GradientLine[], inside: ReadonlySet<string>, output: string): readonly GradientName[] {
  const found = new Map<string, GradientName>();
  for (const line of segment) {
    for (const {name, subject, target} of line.gradients) {
      if (!inside.has(subject) || subject === output) continue;
      const above = numeratorOf(name, inside);
      if (above !== null && above !== output) continue;
      found.set(name, {name, position: null, of: subject, by: 'name', span: target.span});
    }
  }
  return [...found.values()];
}

/** The gradient of the output itself, when the text gives it one: `dD = np.random.randn(*D.shape)`, `df = 1.0`. */
function seedOf(segment: readonly GradientLine[], output: string): string | null {
  for (const line of segment) for (const {name, subject} of line.gradients) if (subject === output) return name;
  return null;
}

/** The gradient statements of a segment with the helpers between them that they read. */
function helped(lines: readonly Line[], segment: readonly GradientLine[], first: number, last: number): readonly Stmt[] {
  const needed = new Set<string>();
  const chosen: Stmt[] = [];
  for (let at = last; at >= first; at--) {
    const line = lines[at];
    const gradient = line.kind === 'gradient' && segment.includes(line);
    const helper = line.kind !== 'other' && !(line.kind === 'forward' && line.update) && line.names.some(name => needed.has(name));
    if (!gradient && !helper) continue;
    chosen.unshift(line.statement);
    for (const name of line.reads) needed.add(name);
  }
  return chosen;
}
