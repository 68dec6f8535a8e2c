/**
 * Graphs of judged pairs and answers about them. The record of the pair that was looked at last is kept, since people look
 * at one pair for long and ask more than one thing of it.
 */
import type {PairFile} from './check/file.ts';
import {probeCurvature, probeStep} from './check/probe.ts';
import type {PairResult} from './check/result.ts';
import {recordAgain} from './check/trace.ts';
import {buildGraph, draftGraph} from './graph/build.ts';
import type {Draft, Drafts} from './graph/draft.ts';
import {costsOf, growthOf} from './graph/cost.ts';
import type {Explanation, Graph} from './graph/graph.ts';
import {labelOf} from './graph/labels.ts';
import {jacobian} from './graph/jacobian.ts';
import {withLetters} from './graph/letters.ts';
import type {Amount, Answer, Formula, Question} from './graph/study.ts';
import {valuesOf} from './graph/values.ts';
import {explainOperation} from './explain/operation.ts';
import {derivative, texOf} from './explain/tex.ts';
import type {Symbols} from './explain/tex.ts';
import {NDArray, elementIds} from './ndarray/array.ts';
import {Scalar} from './ndarray/scalar.ts';
import type {Value} from './ndarray/values.ts';
import type {Pair} from './program/pair.ts';
import type {Stmt} from './python/ast.ts';
import {parse} from './python/parse.ts';

/** A pair that has been judged, on the text as it is now. */
export interface Judged {
  readonly pair: Pair;
  readonly pairFile: PairFile;
  readonly result: PairResult;
}

export interface Studies {
  graph(judged: Judged, opened: readonly string[]): Graph | null;
  answer(judged: Judged, opened: readonly string[], question: Question): Answer | null;
}

export function createStudies(): Studies {
  let last: {readonly judged: Judged; readonly opened: string; readonly drafts: readonly Drafts[]} | null = null;

  /** One for each input set; empty when one of them cannot be run. */
  function draftsOf(judged: Judged, opened: readonly string[]): readonly Drafts[] {
    const {pair, pairFile, result} = judged;
    const key = opened.join('\n');
    const isSame = last !== null && last.judged.pairFile.text === pairFile.text && last.judged.result === result && last.judged.pair.name === pair.name;
    if (!isSame || last!.opened !== key) {
      const traces = isSame ? last!.drafts.map(({record}) => record) : recordAgain(pair, pairFile, result.runs, result.analysis.report);
      last = {judged, opened: key, drafts: traces.map((trace) => draftGraph(trace, opened))};
    }
    return last!.drafts;
  }

  return {
    graph(judged, opened) {
      const drafts = draftsOf(judged, opened);
      // Where nothing came of the forward pass there is nothing to look at.
      const isEmpty = drafts.length === 0 || drafts[0].drafts.every(({event}) => event === null);
      return isEmpty ? null : withLetters(drafts.map((draft) => buildGraph(draft, explain)), judged.result.runs.letters.shape);
    },
    answer(judged, opened, question) {
      const {pair, pairFile, result: {runs}} = judged;
      const drafts = draftsOf(judged, opened);
      if (drafts.length === 0) return null;
      const [first] = drafts;
      switch (question.about) {
        case 'values': return valuesOf(first, question.node, formulasOf(first, question.node));
        case 'jacobian': {
          const {from, to} = question;
          const ids = (node: string): Int32Array | undefined => first.drafts.find(({id}) => id === node)?.numbers.ids;
          const columns = ids(from);
          const rows = ids(to);
          return columns === undefined || rows === undefined ? null : {about: 'jacobian', from, to, ...jacobian(first.record.tape, columns, rows)};
        }
        case 'cost': return {about: 'cost', nodes: costs(drafts, runs.letters.shape)};
        case 'step': {
          const probe = probeStep(pair, pairFile, runs, question.of, question.element);
          return probe === null ? null : {about: 'step', ...probe};
        }
        case 'curvature': {
          const probe = probeCurvature(pair, pairFile, runs, question.of);
          return probe === null ? null : curvature(probe, growthOf(first));
        }
      }
    },
  };
}

/**
 * What each node of the first run costs, as a product: the axes of its result, and what one number of it takes. Taken apart
 * like this, sizes that happen to have the same product in every run keep their letters.
 */
function costs(drafts: readonly Drafts[], shapeOf: (sizes: readonly (readonly number[])[]) => readonly Amount[]): {node: string; forward: readonly Amount[]; backward: readonly Amount[]}[] {
  const [first, ...others] = drafts.map((draft) => {
    const all = costsOf(draft);
    return new Map(draft.drafts.map(({id, event, numbers}, i) => [id, {event, cost: all[i], shape: numbers.shape}]));
  });
  return [...first].flatMap(([id, own]) => {
    if (own.event === null) return [];
    const all = [own, ...others.map((other) => other.get(id)).filter((one) => one !== undefined)];
    const isEverywhere = all.length > others.length && all.every(({shape}) => shape.length === own.shape.length);
    const amount = (of: 'forward' | 'backward'): readonly Amount[] => {
      if (own.cost[of] === 0) return [0];
      if (!isEverywhere) return [own.cost[of]];
      const each = all.map(({cost, shape}) => [cost[of] / shape.reduce((product, size) => product * size, 1)]);
      if (!each.every(([count]) => Number.isInteger(count))) return shapeOf(all.map(({cost}) => [cost[of]]));
      // What is summed over stands between the axes, as in N·D·M.
      const [rows, ...axes] = shapeOf(all.map(({shape}) => shape));
      return [...(own.shape.length === 0 ? [] : [rows]), ...shapeOf(each).flatMap(factorsOf), ...axes].filter((factor) => factor !== 1);
    };
    return [{node: id, forward: amount('forward'), backward: amount('backward')}];
  });
}

/** 2 and N of `2*N`. */
function factorsOf(amount: Amount): readonly Amount[] {
  if (typeof amount === 'number' || /[-+/]/.test(amount)) return [amount];
  return amount.split('*').map((factor) => (/^\d+$/.test(factor) ? Number(factor) : factor));
}

/** So many elements are shown. */
const mostShown = 12;

function curvature({of, elements, direction, product, differences, unknown}: NonNullable<ReturnType<typeof probeCurvature>>, operations: {forward: number; gradient: number; product: number}): Answer {
  const largest = product.reduce((most, value, i) => Math.max(most, Math.abs(value), Math.abs(differences?.[i] ?? 0)), 0);
  const off = differences === null ? null : product.reduce((most, value, i) => Math.max(most, Math.abs(value - differences[i])), 0);
  return {
    about: 'curvature', of, elements, operations,
    direction: [...direction.slice(0, mostShown)], product: [...product.slice(0, mostShown)], differences: differences === null ? null : [...differences.slice(0, mostShown)],
    error: off === null ? null : largest === 0 ? 0 : off / largest,
    problem: unknown === 0 ? '' : 'Of some operation here only the slope is kept, not how it bends: the product from the graph leaves that part out.',
  };
}

/** What is said about how an operation, named as events name it, passes gradients on. */
function explain(operation: string): Explanation | null {
  const explanation = explainOperation(plainName(operation), [], []);
  return explanation === null ? null : {pattern: explanation.pattern, why: explanation.why};
}

function plainName(operation: string): string {
  return operation.replace(/^math\./, 'np.');
}

/** What each operand of a node's operation gets back, with the parameters' names replaced by the user's. */
function formulasOf({owners, drafts, draftOf}: Drafts, node: string): Formula[] {
  const draft = drafts.find(({id}) => id === node);
  if (draft?.event === undefined || draft.event === null) return [];
  const {name, operands} = draft.event;
  const operandShapes = operands.map((operand) => (operand instanceof NDArray ? operand.shape : []));
  const explanation = explainOperation(plainName(name), operandShapes, draft.numbers.shape);
  const made = operands.map((operand) => drafts.at(draftOf[owners.of[firstEntry(operand)]] ?? drafts.length) ?? null);
  const called = symbolsFor(operands, made);
  const result = draft.names.at(0) ?? null;
  const parameters = explanation?.parameters ?? [];
  const renamed = (text: string): string => text.replace(/\b[A-Za-z_]\w*\b(?!\s*[(=])/g, (word, at: number) => {
    if (text[at - 1] === '.') return word;
    if (word === 'g') return upstream;
    if (word === 'out') return result ?? unnamedResult;
    return called.at(parameters.indexOf(word))?.name ?? word;
  });
  const shapes = new Map([...called.map(({name: symbol}, i) => [symbol, operandShapes[i]] as const), [upstream, draft.numbers.shape], [result ?? unnamedResult, draft.numbers.shape]]);
  const symbols: Symbols = {gradientOf: (id) => (id === upstream ? result ?? unnamedResult : null), shapeOf: (id) => shapes.get(id) ?? []};
  return (explanation?.pullbacks ?? []).flatMap(({operand, text}): Formula[] => {
    const at = parameters.indexOf(operand);
    const source = made.at(at);
    const [statement] = parse(renamed(text)).module.body as readonly (Stmt | undefined)[];
    // A constant has no gradient, and words are no formula.
    if (at < 0 || source === undefined || source === null || statement?.kind !== 'ExprStmt') return [];
    const used = called.filter(({where, name: symbol}, i) => where !== '' && (i === at || renamed(text).match(/\w+/g)?.includes(symbol) === true)).map(({where}) => where);
    return [{node: source.id, left: derivative(called[at].name), right: texOf(statement.value, symbols), where: [...used, ...(result === null ? [`${unnamedResult} is the result`] : [])].join(', ')}];
  });
}

/** Stands for the gradient of the result, whatever the user calls g. */
const upstream = 'upstream_gradient';
const unnamedResult = 'y';

/** The user's names of operands; letters for those without one, with what they stand for. */
function symbolsFor(operands: readonly Value[], made: readonly (Draft | null)[]): {readonly name: string; readonly where: string}[] {
  const letters = ['u', 'v', 'c', 'd'];
  return operands.map((operand, i) => {
    const draft = made[i];
    if (draft === null) {
      if (operand instanceof Scalar || typeof operand === 'number') return {name: String(operand instanceof Scalar ? operand.value : operand), where: ''};
      return {name: letters[2 + i % 2], where: `${letters[2 + i % 2]} does not depend on the inputs`};
    }
    const name = draft.event === null ? draft.id.replace(/^input /, '') : draft.names.at(0);
    return name === undefined ? {name: letters[i % 2], where: `${letters[i % 2]} is the value of ${labelOf(draft.event!.name, draft.event!.operands)} before`} : {name, where: ''};
  });
}

/** The first tape entry of a value; 0 for a constant. */
function firstEntry(value: Value): number {
  return value instanceof Scalar ? value.id : value instanceof NDArray ? elementIds(value).find((entry) => entry !== 0) ?? 0 : 0;
}
