/**
 * The check of one pair as a Python script: the user's code, the inputs of the first set, and central differences with
 * real NumPy, printed beside what the check found. Nothing is run here; what to call comes from the pair.
 */
import {methodOf} from '../../inputs/method.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {ClassPair, FunctionPair, Pair, ScriptPair} from '../../program/pair.ts';
import {scopeOf, scopeOfStatements} from '../../program/scopes.ts';
import type {ClassDef, FunctionDef} from '../../python/ast.ts';
import type {PairFile} from '../file.ts';
import {experimentFor} from '../judge.ts';
import type {Attempt} from '../attempt.ts';
import type {Quantity} from '../quantity.ts';
import type {FoundGradient} from '../subjects/subject.ts';
import {quantityOf} from '../quantity.ts';
import type {PairResult} from '../result.ts';
import {recordTrial} from '../trial.ts';
import type {Trial} from '../trial.ts';
import {arrayText, literal} from './literal.ts';

/** The script, or why there is none in `problem`. */
export interface Proof {
  readonly script: string | null;
  readonly problem: string;
}

/** What the script repeats: the first input set with everything that came of it. */
interface Checked {
  readonly attempt: Attempt;
  readonly trial: Trial;
  /** The derivative takes the activation in the place of its input. */
  readonly ofTheOutput: boolean;
}

/** The pair cannot be written as a script; says why. */
class NoScript extends Error {}

/** Runs the first input set of a judged pair once more, on the text as it is now. */
export function prove(pair: Pair, file: PairFile, {runs, analysis}: PairResult): Proof {
  const attempt = runs.attempts.at(0);
  if (attempt === undefined) return {script: null, problem: `${pair.name} was not run: ${analysis.report.reason}`};
  const options = {seed: 0, ignorePragmas: false, numerical: false, shouldStop: () => false, now: () => 0};
  const ofTheOutput = analysis.report.gradients.some(({convention}) => convention === 'of-the-output');
  const trial = recordTrial(experimentFor(pair, file, attempt, options, ofTheOutput), {seed: attempt.seed + 101, factor: attempt.upstreamFactor}, false);
  if ('phase' in trial) return {script: null, problem: `${pair.name} raises ${trial.error.type}, so that there is nothing to repeat`};
  try {
    return {script: scriptOf(pair, file, {attempt, trial, ofTheOutput}), problem: ''};
  } catch (error) {
    if (error instanceof NoScript) return {script: null, problem: error.message};
    throw error;
  }
}

function scriptOf(pair: Pair, file: PairFile, checked: Checked): string {
  const {trial, attempt} = checked;
  if (trial.found === null) throw new NoScript(`${pair.name} raises an error, so that there are no gradients to repeat`);
  const body = bodyOf(pair, file, checked);
  const found = trial.found.filter((gradient) => trial.truths.has(gradient.of) && quantityOf(gradient.value) !== null);
  if (found.length === 0) throw new NoScript(`${pair.name} has no gradient whose numbers could be compared`);
  const code = reachedCode(pair, file);
  return [
    `"""Repeats the check of ${pair.name} with real NumPy: the same code, the same inputs, and central differences.\n\nRun it with: python3 THIS_FILE.py\n"""`,
    'import copy\n\nimport numpy as np',
    `# The code that was checked.\n\n${code}`,
    `# The inputs of the check, and the gradient that comes from above.\n\n_leaves = {\n${[...trial.leaves].map(([of, leaf]) => `    ${JSON.stringify(of)}: ${quantityText(leaf)},`).join('\n')}\n}\n`
      + `_upstreams = [${trial.upstreams.map(quantityText).join(', ')}]`,
    `def _run(_leaves):\n    """The forward's outputs, and what the backward gives."""\n${indent([`np.random.seed(${attempt.seed})`, ...body.statements, `return [${body.outputs.join(', ')}], {${found.map((gradient) => `${JSON.stringify(gradient.name)}: ${gradientText(pair, gradient)}`).join(', ')}}`])}`,
    `# What the check found: the gradients of the code, and the true ones.\n\n_checked = {\n${found.map((gradient) => `    ${JSON.stringify(gradient.name)}: (${JSON.stringify(gradient.of)}, ${quantityText(quantityOf(gradient.value)!)}, ${truthText(trial, gradient)}),`).join('\n')}\n}`,
    ...(pair.pattern === 'derivative-pair' ? [chain] : []),
    tail,
  ].join('\n\n\n') + '\n';
}

interface Body {
  /** From the leaves to the returned values. */
  readonly statements: readonly string[];
  /** Expressions. */
  readonly outputs: readonly string[];
}

function bodyOf(pair: Pair, file: PairFile, checked: Checked): Body {
  const inputs = checked.attempt.inputs();
  switch (pair.pattern) {
    case 'function-pair': {
      const {outputs, caches} = resultsOf(pair.results);
      return {
        statements: [
          ...bindings(pair, inputs, checked),
          `_result = ${call(pair.owner, pair.forward, (name) => (inputs.has(name) ? name : null))}`,
          '_many = _result if isinstance(_result, tuple) else (_result,)',
          `_returned = ${callBackward(pair, inputs, outputs, caches)}`,
        ],
        outputs,
      };
    }
    case 'class': {
      if (isKeptElsewhere(pair)) throw new NoScript(`What the backward of ${pair.name} reads is kept by a class of another file`);
      const {outputs, caches} = resultsOf(pair.results);
      const left = pair.output === null ? outputs : [`(_result if _result is not None else ${pair.output})`];
      return {
        statements: [
          ...bindings(pair, inputs, checked),
          `_result = ${call(pair.owner, pair.forward, (name) => (inputs.has(name) ? name : null), pair.entrance)}`,
          '_many = _result if isinstance(_result, tuple) else (_result,)',
          `_outputs = [${left.join(', ')}]`,
          `_returned = ${callBackward(pair, inputs, ['_outputs[0]'], caches)}`,
          ...pair.also.map((definition) => `self.${definition.name}(${definition.params.slice(1).map(({name}) => (name === pair.upstream || /grad/i.test(name) ? '_upstreams[0]' : name)).join(', ')})`),
        ],
        outputs: ['*_outputs'],
      };
    }
    case 'loss-with-gradients': {
      if (pair.forward !== pair.backward) break;
      return {
        statements: [
          ...bindings(pair, inputs, checked),
          `_returned = ${call(pair.owner, pair.forward, (name) => (inputs.has(name) ? name : null))}`,
          '_many = _returned if isinstance(_returned, tuple) else (_returned,)',
        ],
        outputs: [pair.lossPosition === null ? '_returned' : `_many[${pair.lossPosition}]`],
      };
    }
    case 'derivative-pair': {
      if (pair.activated !== null || pair.keeper !== null) break;
      const off = call(pair.owner, pair.forward, (name) => (name === pair.flag ? 'False' : inputs.has(name) ? name : null));
      const roles = new Map(pair.parameters.map((parameter) => [parameter.name, parameter]));
      const on = call(pair.owner, pair.backward, (name) => {
        if (name === pair.flag) return 'True';
        const role = roles.get(name)?.role;
        if (role === 'upstream') return '_upstreams[0]';
        if (role === 'forward-output' || (checked.ofTheOutput && name === pair.of)) return '_result';
        const of = roles.get(name)?.of ?? name;
        return inputs.has(of) ? of : null;
      });
      const takes = pair.parameters.some(({role}) => role === 'upstream');
      return {
        statements: [
          ...bindings(pair, inputs, checked), `_result = ${off}`,
          ...(takes ? [`_returned = ${on}`] : [`_local = ${on}`, `_returned = _chain(_local, _upstreams[0], np.shape(${checked.ofTheOutput ? '_result' : pair.of}))`]),
        ],
        outputs: ['_result'],
      };
    }
    case 'script': {
      if (pair.within.length > 0) break;
      return {statements: scriptStatements(pair, file, checked), outputs: [pair.output]};
    }
    default: break;
  }
  throw new NoScript(`A script for this way of writing a pair (${pair.pattern}) is not made yet`);
}

/** Whether the backward reads an attribute that no method of the class in this file writes: a base in another file does. */
function isKeptElsewhere({owner, module, backward}: ClassPair): boolean {
  const bases = new Set(owner.bases.flatMap(({value}) => (value.kind === 'Name' ? [value.id] : [])));
  const classes = module.body.filter((statement) => statement.kind === 'ClassDef');
  if ([...bases].every((name) => name === 'object' || classes.some((one) => one.name === name))) return false;
  const known = new Set(classes.filter((one) => one === owner || bases.has(one.name)).flatMap(({body}) =>
    body.flatMap((one) => (one.kind === 'FunctionDef' ? [one.name, ...scopeOf(one).selfWrites] : one.kind === 'Assign' ? [...scopeOfStatements([one]).binds] : []))));
  return [...scopeOf(backward).selfReads].some((name) => !known.has(name));
}

/** The statements of a script, with its numbers taken from the leaves and from what its output was given for a gradient. */
function scriptStatements({seed}: ScriptPair, {module, statements, text}: PairFile, {trial: {leaves}}: Checked): string[] {
  return module.body.filter((statement) => statements === null || statements.has(statement)).flatMap((statement) => {
    if (statement.kind === 'Import' || statement.kind === 'ImportFrom') return [];
    const target = statement.kind === 'Assign' && statement.targets.length === 1 ? statement.targets[0] : null;
    if (target?.kind === 'Name' && leaves.has(target.id)) return [`${target.id} = copy.deepcopy(_leaves[${JSON.stringify(target.id)}])`];
    const written = text.slice(statement.span.start, statement.span.end);
    // What is drawn for the gradient of the output was drawn in the check, too.
    return target?.kind === 'Name' && target.id === seed && /\brand/.test(written) ? [`${seed} = copy.deepcopy(_upstreams[0])`] : written.split(/\r?\n/);
  });
}

/** A forward and what it stands in. */
type Methods = Pick<Exclude<Pair, {pattern: 'script' | 'engine'}>, 'owner' | 'forward' | 'module'>;

/** Every input under its own name, and the object that the functions are methods of. */
function bindings({owner, forward, module}: Methods, inputs: ReadonlyMap<string, Value>, {attempt, trial: {leaves}}: Checked): string[] {
  const statements: string[] = [];
  const inTuples = new Set<string>();
  if (owner !== null) {
    const constructed = attempt.constructed();
    const unwritten = methodOf(owner, module, '__init__')?.params.slice(1).find((parameter) => parameter.star === '' && parameter.default === null && !constructed.has(parameter.name));
    if (unwritten !== undefined) throw new NoScript(`What ${owner.name} is made with as ${unwritten.name} cannot be written as text`);
    const made = [...constructed].map(([name, value]) => `${name}=${written(name, value)}`);
    statements.push(`self = ${owner.name}(${made.join(', ')})`);
  }
  for (const {name} of forward.params) {
    const value = inputs.get(name);
    if (value instanceof Tuple && value.items.every((_, place) => leaves.has(`${name}[${place}]`))) {
      statements.push(`${name} = (${value.items.map((_, place) => `copy.deepcopy(_leaves[${JSON.stringify(`${name}[${place}]`)}]),`).join(' ')})`);
      inTuples.add(name);
    } else if (value !== undefined) statements.push(`${name} = ${leaves.has(name) ? `copy.deepcopy(_leaves[${JSON.stringify(name)}])` : written(name, value)}`);
  }
  for (const of of leaves.keys()) if (!inputs.has(of) && /[.[]/.test(of) && !inTuples.has(of.replace(/\[\d+\]$/, ''))) statements.push(`${of} = copy.deepcopy(_leaves[${JSON.stringify(of)}])`);
  return statements;
}

function written(name: string, value: Value): string {
  const text = literal(value);
  if (text === null) throw new NoScript(`The input ${name} cannot be written as text`);
  return text;
}

function call(owner: ClassDef | null, definition: FunctionDef, argument: (name: string) => string | null, entrance = definition.name): string {
  const isStatic = definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod');
  const parameters = definition.params.slice(owner === null || isStatic ? 0 : 1).filter(({star}) => star === '');
  const texts = parameters.flatMap((parameter) => {
    const text = argument(parameter.name);
    if (text !== null) return [parameter.passing === 'position' || entrance !== definition.name ? text : `${parameter.name}=${text}`];
    if (parameter.default !== null) return [];
    throw new NoScript(`Nothing is known about the argument ${parameter.name} of ${definition.name}`);
  });
  return `${owner === null ? '' : 'self.'}${entrance}(${texts.join(', ')})`;
}

interface Results {
  readonly outputs: readonly string[];
  readonly caches: readonly string[];
}

/** Expressions for what a forward returned in `_many`; one of which nothing is known returns its output, then its cache. */
function resultsOf(results: readonly {readonly position: number | null; readonly role: 'output' | 'cache'}[]): Results {
  const at = (position: number | null): string => (position === null ? '_result' : `_many[${position}]`);
  const outputs = results.filter(({role}) => role === 'output').map(({position}) => at(position));
  const caches = results.filter(({role}) => role === 'cache').map(({position}) => at(position));
  return outputs.length > 0 ? {outputs, caches} : {outputs: ['_many[0]'], caches: ['_many[-1]']};
}

function callBackward(
  {owner, backward, parameters, results}: FunctionPair | ClassPair, inputs: ReadonlyMap<string, Value>, outputs: readonly string[], caches: readonly string[],
): string {
  const byName = (of: string | null): string | undefined => {
    const position = of === null ? null : results.find((result) => result.name === of)?.position ?? null;
    return position === null ? undefined : `_many[${position}]`;
  };
  const roles = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  let upstream = 0;
  let cache = 0;
  return call(owner, backward, (name) => {
    const parameter = roles.get(name);
    switch (parameter?.role) {
      case 'upstream': return `_upstreams[${upstream++}]`;
      case 'cache': return byName(parameter.of) ?? caches.at(Math.min(cache++, caches.length - 1)) ?? null;
      case 'forward-output': return byName(parameter.of) ?? outputs.at(0) ?? null;
      default: {
        const of = parameter?.of ?? name;
        return inputs.has(of) ? of : inputs.has(name) ? name : null;
      }
    }
  });
}

/** Where the backward leaves a gradient. */
function gradientText(pair: Pair, {source, name}: FoundGradient): string {
  if (pair.pattern === 'derivative-pair') return '_returned';
  if (pair.pattern === 'script') return name;
  if (name.startsWith('self.')) return name;
  if (source.position !== null) return `(_returned if isinstance(_returned, (tuple, list)) else (_returned,))[${source.position}]`;
  const path = /\[.*$/.exec(name)?.[0];
  if (path === undefined) throw new NoScript(`It is not known where ${name} is left`);
  const dictionary = pair.pattern === 'loss-with-gradients' && pair.dictionaryPosition !== null ? `_many[${pair.dictionaryPosition}]` : '_returned';
  return `${dictionary}${path}`;
}

function truthText({truths}: Trial, {of}: FoundGradient): string {
  const truth = truths.get(of);
  return truth === undefined ? 'None' : arrayText(truth.data, truth.shape, 'float64');
}

function quantityText({data, shape, dtype}: Quantity): string {
  return arrayText(data, shape, dtype);
}

/** The statements that the pair reaches, as they stand in the file. */
function reachedCode(pair: Pair, {statements, module, text}: PairFile): string {
  const reached = module.body.filter((statement) => (statements === null || statements.has(statement))
    && (pair.pattern !== 'script' || statement.kind === 'Import' || statement.kind === 'ImportFrom'));
  return reached.map(({span}) => text.slice(span.start, span.end).replaceAll('\r\n', '\n')).join('\n\n\n');
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}

const chain = `def _chain(local, upstream, shape):
    """What a local derivative hands back: elementwise, one loss for each example, or as a Jacobian."""
    local, upstream = np.asarray(local, dtype=float), np.asarray(upstream, dtype=float)
    if local.shape == shape and local.shape[:upstream.ndim] == upstream.shape:
        return local * upstream.reshape(upstream.shape + (1,) * (local.ndim - upstream.ndim))
    if local.ndim > upstream.ndim > 0:
        return np.einsum("...j,...jk->...k", upstream, local)
    if 1 in shape and local.shape == (upstream.size, int(np.prod(shape))):
        return (upstream.ravel() @ local).reshape(shape)
    return local * upstream`;

const tail = `def _loss(leaves):
    """The sum of the outputs, weighted by the gradient from above."""
    return sum(float(np.sum(np.asarray(output) * upstream)) for output, upstream in zip(_run(leaves)[0], _upstreams))


def _differences(name):
    """Central differences, one element at a time."""
    slope = np.zeros(np.shape(_leaves[name]))
    for index in np.ndindex(slope.shape):
        step = 1e-6 * max(1.0, abs(float(_leaves[name][index])))
        ends = []
        for sign in (1, -1):
            moved = copy.deepcopy(_leaves)
            moved[name][index] += sign * step
            ends.append(_loss(moved))
        slope[index] = (ends[0] - ends[1]) / (2 * step)
    return slope


def _error(a, b):
    """The largest difference, relative to the largest number."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape:
        return 'shapes %s and %s differ' % (a.shape, b.shape)
    if a.size == 0:
        return '0'
    return '%.1e' % (np.max(np.abs(a - b)) / max(np.max(np.abs(a)), np.max(np.abs(b)), 1e-300))


if __name__ == '__main__':
    _gradients = _run(copy.deepcopy(_leaves))[1]
    np.set_printoptions(precision=8, linewidth=120)
    for _name, (_of, _theirs, _truth) in _checked.items():
        _mine = np.asarray(_gradients[_name], dtype=float)
        print('%s, the gradient of %s' % (_name, _of))
        print('  with NumPy          %s' % np.array2string(_mine.ravel()[:6]))
        print('  in the check        %s   error %s' % (np.array2string(_theirs.ravel()[:6]), _error(_mine, _theirs)))
        if _of in _leaves:
            _slope = _differences(_of)
            print('  central differences %s   error %s' % (np.array2string(_slope.ravel()[:6]), _error(_mine, _slope)))
        if _truth is not None:
            print('  true gradient       %s   error %s' % (np.array2string(_truth.ravel()[:6]), _error(_mine, _truth)))`;
