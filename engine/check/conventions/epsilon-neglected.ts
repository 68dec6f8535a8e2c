/**
 * `log(y + 1e-7)` differentiated without the 1e-7: the errors are small and shrink with the constant.
 * Gives the same file and inputs with every tiny number a hundred times smaller, to be run again by judge.ts.
 */
import {Scalar} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import type {Module, Stmt} from '../../python/ast.ts';
import type {PairFile} from '../file.ts';
import type {Attempt} from '../attempt.ts';
import {wrongIn} from './convention.ts';
import type {Judged} from './convention.ts';

/** Constants that people add against zeros and negative numbers are no larger. */
const LARGEST_EPSILON = 1e-3;
const SHRINK = 0.01;
/** An error larger than this, against the largest element of the gradient, is a mistake and no neglected constant. */
const LARGEST_ERROR = 1e-2;

/** Whether all wrong gradients are wrong by so little that a neglected constant may explain it. */
export function isSlightlyWrong(trials: readonly Judged[], largest = LARGEST_ERROR): boolean {
  const errors = trials.flatMap((judged) => wrongIn(judged).map(errorOf));
  return errors.length > 0 && errors.every((error) => error < largest);
}

/** Whether every error has shrunk with the constant. Both lists hold the same input sets. */
export function hasShrunk(before: readonly Judged[], after: readonly Judged[]): boolean {
  return before.every((judged, i) => wrongIn(judged).every((wrong) => {
    const again = after[i].findings.find(({gradient}) => gradient.name === wrong.gradient.name);
    if (again?.kind === 'agrees') return true;
    return again?.kind === 'disagrees' && errorOf(again) < errorOf(wrong) / 20;
  }));
}

/** The largest error against the largest element; infinite when shapes differ. */
function errorOf({truth, actual, comparison}: {readonly truth: {readonly data: Float64Array}; readonly actual: {readonly data: Float64Array}; readonly comparison: {readonly difference: string}}): number {
  if (comparison.difference !== 'value') return Infinity;
  let scale = 0;
  let error = 0;
  truth.data.forEach((expected, i) => {
    scale = Math.max(scale, Math.abs(expected));
    error = Math.max(error, Math.abs(expected - actual.data[i]));
  });
  return scale === 0 ? Infinity : error / scale;
}

export function withSmallerEpsilons(file: PairFile): PairFile {
  const body: Stmt[] = file.module.body.map((statement) => shrunk(statement));
  const module: Module = {...file.module, body};
  const statements = file.statements === null ? null : new Set(file.module.body.flatMap((old, i) => (file.statements!.has(old) ? [body[i]] : [])));
  return {...file, module, statements, source: withSmallerImports(file.source)};
}

/** The constants of imported files, too: a loss is often written beside its layer. */
function withSmallerImports(source: PairFile['source']): PairFile['source'] {
  const seen = new Map<Module, Module>();
  return {
    resolve(name, level, from) {
      const found = source.resolve(name, level, from);
      if (found === null) return null;
      const module = seen.get(found.module) ?? {...found.module, body: found.module.body.map((statement) => shrunk(statement))};
      seen.set(found.module, module);
      return {path: found.path, module};
    },
  };
}

export function withSmallerInputs(attempt: Attempt): Attempt {
  const shrink = (make: Attempt['inputs']): Attempt['inputs'] => () => new Map([...make()].map(([name, value]): [string, Value] => [name, shrunkValue(name, value)]));
  return {...attempt, inputs: shrink(attempt.inputs), constructed: shrink(attempt.constructed)};
}

/** The same tree with smaller constants where a constant keeps something from zero: `y + 1e-7`, `np.maximum(y, 1e-7)`, `eps = 1e-7`. */
function shrunk<T>(node: T): T {
  if (Array.isArray(node)) return node.map((item: unknown) => shrunk(item)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const guards = isGuard(node as Readonly<Record<string, unknown>>);
  return Object.fromEntries(Object.entries(node).map(([key, value]: [string, unknown]) => [key, guards ? smaller(value) : shrunk(value)])) as T;
}

/** Whether the numbers directly under a node keep something from zero. A factor (`1e-6 * w`) does not. */
function isGuard(node: Readonly<Record<string, unknown>>): boolean {
  switch (node['kind']) {
    case 'Binary': case 'AugAssign': return node['operator'] === '+' || node['operator'] === '-';
    case 'Call': return isLimit(node['callee']) || isOptional(node);
    case 'Assign': return Array.isArray(node['targets']) && node['targets'].some((target: unknown) => isEpsilonName(nameOf(target)));
    case undefined: return isEpsilonName(node['name']);
    default: return false;
  }
}

function isLimit(callee: unknown): boolean {
  const name = nameOf(callee);
  return typeof name === 'string' && /^(maximum|max|clip|fmax)$/.test(name);
}

/** `param.get('eps', 1e-5)`. */
function isOptional({callee, args}: Readonly<Record<string, unknown>>): boolean {
  const first: unknown = Array.isArray(args) ? args[0] : undefined;
  const key = typeof first === 'object' && first !== null && 'value' in first ? first.value : undefined;
  return nameOf(callee) === 'get' && typeof key === 'object' && key !== null && 'value' in key && isEpsilonName(key.value);
}

function nameOf(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  return 'id' in node ? node.id : 'name' in node ? node.name : undefined;
}

function isEpsilonName(name: unknown): boolean {
  return typeof name === 'string' && /eps|delta|tiny|small|stab|fuzz/i.test(name);
}

/** What stands directly under a guard: a small number becomes smaller, an argument is looked into. */
function smaller(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(smaller);
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'Number' && 'value' in value && typeof value.value === 'number' && isEpsilon(value.value)) {
    return {...value, value: value.value * SHRINK};
  }
  if (isTinyPower(value)) return {kind: 'Binary', span: value.span, operator: '*', left: value, right: {kind: 'Number', span: value.span, value: SHRINK, type: 'float'}};
  if (!('kind' in value) && 'value' in value) return {...value, value: smaller(value.value)};
  return shrunk(value);
}

function shrunkValue(name: string, value: Value): Value {
  if (value instanceof Scalar && isEpsilonName(name) && isEpsilon(value.value)) return new Scalar(value.value * SHRINK, value.id, value.dtype, value.weak);
  if (value instanceof Dict) for (const [key, item] of value.entries()) value.set(key, shrunkValue(typeof key === 'string' ? key : '', item));
  return value;
}

/** `10 ** -8` and `pow(10, -8)`. */
function isTinyPower(node: object): node is {readonly span: unknown} {
  const {kind, operator, left, right, callee, args} = node as Readonly<Record<string, unknown>>;
  const [base, exponent] = kind === 'Binary' && operator === '**' ? [left, right]
    : kind === 'Call' && nameOf(callee) === 'pow' && Array.isArray(args) ? args.map((argument: {readonly value: unknown}) => argument.value) : [];
  const power = numberOf(exponent);
  return numberOf(base) === 10 && power !== null && power <= -3;
}

function numberOf(node: unknown): number | null {
  const {kind, value, operator, operand} = (node ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'Unary' && operator === '-') return typeof numberOf(operand) === 'number' ? -numberOf(operand)! : null;
  return kind === 'Number' && typeof value === 'number' ? value : null;
}

function isEpsilon(value: number): boolean {
  return value > 0 && value <= LARGEST_EPSILON;
}
