/**
 * The lines of a script, each read for what it is: a forward value, a gradient of an earlier value, an update, or
 * nothing of interest. The matter that script.ts makes circuits of.
 */
import type {Expr, Stmt} from '../../python/ast.ts';
import {expressionsIn, flatten, innerStatements} from '../definitions.ts';
import {directionOf} from '../directions.ts';
import {arithmeticIn} from '../evidence.ts';
import {targetsOf} from '../targets.ts';
import {speaksOf} from '../naming.ts';
import {rootName, scopeOfStatements} from '../scopes.ts';

interface Common {
  readonly at: number;
  readonly statement: Stmt;
  /** The names that it binds or writes into. */
  readonly names: readonly string[];
  readonly reads: ReadonlySet<string>;
}

export interface PlainLine extends Common {
  readonly kind: 'forward' | 'other';
  /** Whether it computes from values bound before, and is not just a number or a fresh array. */
  readonly computed: boolean;
  /** Whether it moves an earlier value along its gradient: `W -= lr * dW`. */
  readonly update: boolean;
}

export interface GradientTarget {
  readonly name: string;
  /** The value that it is of. */
  readonly subject: string;
  readonly target: Expr;
  readonly value: Expr | null;
}

export interface GradientLine extends Common {
  readonly kind: 'gradient';
  readonly gradients: readonly GradientTarget[];
  readonly subjects: readonly string[];
  /** `f` of `dfdx`, where both are known. */
  readonly numerator: string | null;
  /** False for the results of somebody's backward, a gradient checker or a loader. */
  readonly counted: boolean;
}

export type Line = PlainLine | GradientLine;

/** Reads statements in order; `outside` are the names that surrounding blocks have bound. */
export function readLines(statements: readonly Stmt[], outside: ReadonlySet<string>): readonly Line[] {
  const known = new Set(outside);
  const gradientNames = new Set<string>();
  return statements.map((statement, at): Line => {
    if (/^(?:FunctionDef|ClassDef|Import|ImportFrom|ExprStmt|Global|Assert|Pass)$/.test(statement.kind)) {
      return {kind: 'other', at, statement, names: [], reads: new Set(), computed: false, update: false};
    }
    const assigned = flatten([statement]).flatMap(inner => targetsOf(inner));
    const counters = flatten([statement]).flatMap(inner => inner.kind === 'For' ? targetsOf(inner).map(([target]) => rootName(target)) : []);
    const names = [...new Set(assigned.map(([target]) => rootName(target)).filter(name => name !== null))]
      .sort((a, b) => Number(counters.includes(a)) - Number(counters.includes(b)));
    const reads = scopeOfStatements([statement]).reads;
    const gradients = assigned.flatMap(([target, value]): readonly GradientTarget[] => {
      const name = rootName(target);
      const subject = name === null || target.kind === 'Attribute' ? null : subjectOf(name, known, gradientNames);
      return name === null || subject === null ? [] : [{name, subject, target, value}];
    });
    const line = {at, statement, names, reads};
    const update = names.some(name => known.has(name) && !gradientNames.has(name) && reads.has(name) && isMoved(statement, name)) && [...reads].some(name => gradientNames.has(name));
    const computed = !isFresh(statement) && [...reads].some(name => known.has(name)) && (arithmeticIn(statement) !== 'none' || callsSomething(statement));
    for (const name of names) known.add(name);
    for (const {name} of gradients) gradientNames.add(name);
    if (gradients.length === 0 || update) return {...line, kind: names.length > 0 ? 'forward' : 'other', computed, update};
    const numerator = gradients.map(({name}) => numeratorOf(name, known)).find(name => name !== null) ?? null;
    const counted = !foreign(statement);
    return {...line, kind: 'gradient', gradients, subjects: gradients.map(({subject}) => subject), numerator, counted};
  });
}

/** Whether a statement, or one inside of it, makes a value of what `name` was before; an index that a loop assigns anew is not moved. */
function isMoved(statement: Stmt, name: string): boolean {
  return flatten([statement]).some(inner => innerStatements(inner).length === 0
    && targetsOf(inner).some(([target]) => rootName(target) === name) && (inner.kind === 'AugAssign' || scopeOfStatements([inner]).reads.has(name)));
}

const ORDINARY = /^(?:d|data\w*|dates?|dims?|dist\w*|device|delta_?t|dt|depth|df|debug|dpi|dtype|digits?|dir\w*|doc\w*|dot|dense|den|density|diff\w*|dropout\w*|decay\w*|desc\w*|dev\w*|dictionary|domain|done|dots|duration|degrees?|pred|preds|bg|fig|img|reg|seg|msg|log|arg|neg|avg|deg|flag|lag|tag|id|grid|rand|train\w*|y_?pred\w*|hidden\w*|cond|end|old|bound|threshold|field|word|method|seed|speed|good)$/i;

/** The value that a name is a gradient of, among the values known, or null. */
export function subjectOf(name: string, known: ReadonlySet<string>, gradients: ReadonlySet<string>): string | null {
  // A table is called `df`, and so is the gradient of an f.
  if (ORDINARY.test(name) && !(name === 'df' && known.has('f'))) return null;
  const values = [...known].filter(value => value !== name && !gradients.has(value) && !/^(?:np|plt|i|j|k)$/.test(value));
  const exact = speaksOf(name, values, false);
  if (exact !== null) return exact;
  const loose = speaksOf(name, values);
  if (loose !== null) return loose;
  const layer = /^(?:delta|d)_?(\d+)$/.exec(name)?.[1];
  if (layer !== undefined) {
    const stem = ['z', 'Z', 'net', 's', 'u', 'h', 'a', 'A', 'layer_', 'l', 'o', 'x', 'y'].find(one => known.has(`${one}${layer}`) || known.has(`${one}_${layer}`));
    if (stem !== undefined) return known.has(`${stem}${layer}`) ? `${stem}${layer}` : `${stem}_${layer}`;
  }
  // The gradient of a gradient's own path: `dx1` and `dx2` that are added up into `dx`.
  const part = /^(\w+?)_?\d$/.exec(name)?.[1];
  return part === undefined || ORDINARY.test(part) ? null : speaksOf(part, values, false);
}

/** `q` of `dqdx`, `dq_dx`, `d_q_d_x` where q and x are known. */
export function numeratorOf(name: string, known: ReadonlySet<string>): string | null {
  if (!/^d/.test(name)) return null;
  for (const value of known) {
    for (const start of [`d${value}`, `d_${value}`]) {
      if (!name.startsWith(start)) continue;
      const rest = /^_?d_?(\w+)$/.exec(name.slice(start.length))?.[1];
      if (rest !== undefined && known.has(rest)) return value;
    }
  }
  return null;
}

/** A statement that only makes an array or a number out of nothing: sizes and seeds do not count. */
function isFresh(statement: Stmt): boolean {
  if (statement.kind !== 'Assign') return false;
  const {value} = statement;
  if (value.kind === 'Tuple') return value.items.every(isFreshValue);
  if (value.kind === 'Binary' && value.operator === '*') return isFreshValue(value.left) || isFreshValue(value.right);
  return isFreshValue(value);
}

function isFreshValue(value: Expr): boolean {
  if (value.kind !== 'Call' || value.callee.kind !== 'Attribute') return false;
  const callee = value.callee;
  return /^(?:randn|rand|random|normal|uniform|randint|zeros|ones|zeros_like|array|linspace|arange|empty|eye|seed|load\w*|read\w*|reshape|astype)$/.test(callee.name)
    && (callee.object.kind !== 'Call' || isFreshValue(callee.object));
}

function callsSomething(statement: Stmt): boolean {
  return expressionsIn(statement).some(part => part.kind === 'Call' && part.args.length > 0);
}

/** Whether the values come out of somebody's backward, a loss, a gradient checker or a file. */
function foreign(statement: Stmt): boolean {
  if (statement.kind !== 'Assign') return false;
  const value = statement.value;
  if (value.kind === 'Call') {
    const callee = value.callee.kind === 'Attribute' ? value.callee.name : value.callee.kind === 'Name' ? value.callee.id : '';
    if (statement.targets.some(target => target.kind === 'Tuple')) return true;
    if (directionOf(callee) !== null || /grad|loss|numeric|check|diff$|test_case|load|read|model|propagate/i.test(callee)) return true;
    return expressionsIn(value).some(part => part.kind === 'Lambda');
  }
  return value.kind === 'Attribute' && value.name === 'grad' || value.kind === 'Subscript' && value.index.kind === 'String';
}
