/** How the value at fault is related to the truth, where no edit tells the kind of mistake: gathers what the kinds ask for. */
import {gradientsThroughEdges} from '../tape/edges.ts';
import type {PairFile} from './file.ts';
import {quantityOfAssignment} from './matching.ts';
import type {MistakeKind} from './mistakes/kind.ts';
import {mistakes} from './mistakes/table.ts';
import {factorOf, missingParts} from './mistakes/wrong-value-facts.ts';
import type {Part, WrongValue} from './mistakes/wrong-value-facts.ts';
import {operationText} from './operations.ts';
import {sameShape} from './quantity.ts';
import type {Quantity} from './quantity.ts';
import type {Repair} from './repair/search.ts';
import type {Trial} from './trial.ts';
import type {Finding} from './verdicts.ts';

export interface Relation {
  readonly kind: MistakeKind;
  readonly factor: number | null;
  readonly missing: readonly string[];
}

/** The kind of mistake behind a wrong gradient, from the value that an intervention blames or from its own. */
export function relationOf({gradient, truth, actual}: Extract<Finding, {kind: 'disagrees'}>, repair: Repair | null, trial: Trial, file: PairFile): Relation {
  const culprit = repair?.culprit ?? null;
  const blamed = culprit === null ? null : quantityOfAssignment(culprit.event);
  const leaf = trial.leaves.get(gradient.of) ?? null;
  const isOwn = culprit === null || blamed === null;
  const ids = isOwn ? leaf?.ids : culprit.truth.ids;
  const span = repair?.statement.span ?? gradient.source.span;
  const value: WrongValue = {
    truth: isOwn ? truth : culprit.truth.truth, actual: isOwn ? actual : blamed, text: file.text.slice(span.start, span.end),
    leaf: isOwn ? leaf?.data ?? null : null, parts: ids === undefined ? [] : partsOf(trial, ids, file), values: forwardValues(trial, isOwn ? truth.shape : culprit.truth.truth.shape),
    readsUpstream: repair?.readsUpstream ?? true,
  };
  const kind = mistakes.find(({explains}) => explains?.(value) === true)!;
  const missing = kind.code === 'missing-path' ? missingParts(value)?.map(({text}) => text) ?? [] : [];
  return {kind, factor: factorOf(value), missing: [...new Set(missing)]};
}

/** The parts of a gradient by the names of the values that they come through. */
function partsOf(trial: Trial, ids: Int32Array, file: PairFile): Part[] {
  const parts: Part[] = [];
  const edges = gradientsThroughEdges(trial.tape, trial.sweep, ids);
  if (edges.size < 2 || edges.size > 12) return parts;
  for (const event of trial.events) {
    if (event.type !== 'operation') continue;
    const data = edges.get(event.number);
    if (data === undefined) continue;
    const assigned = trial.events.find((other) => other.type === 'assign' && other.how !== 'parameter' && other.activation === event.activation
      && other.statement.span.start <= event.span.start && event.span.end <= other.statement.span.end);
    const text = assigned?.type === 'assign' ? assigned.target : operationText(event, file);
    const known = parts.find((part) => part.text === text);
    if (known === undefined) parts.push({text, data: Float64Array.from(data)});
    else data.forEach((number, i) => (known.data[i] += number));
  }
  return parts;
}

const MOST_VALUES = 40;

function forwardValues(trial: Trial, shape: readonly number[]): Quantity[] {
  const values: Quantity[] = [...trial.leaves.values()].filter((quantity) => sameShape(quantity.shape, shape));
  for (const event of trial.events.slice(0, trial.interleaved ? trial.events.length : trial.forwardEnd.events)) {
    if (event.type !== 'assign' || values.length >= MOST_VALUES || (trial.interleaved && /^(?:d[A-Z_a-z]|grad|delta)/.test(event.target))) continue;
    const quantity = quantityOfAssignment(event);
    if (quantity !== null && sameShape(quantity.shape, shape)) values.push(quantity);
  }
  return values;
}
