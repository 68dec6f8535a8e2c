/**
 * Inputs for a model in separate functions: data, labels, and a dictionary of weights for as many layers as the text speaks of,
 * with examples in columns (deeplearning.ai) or in rows. Numbers only; nothing is run here.
 */
import {fromData} from '../../ndarray/array.ts';
import {float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import type {StepPair} from '../../program/pair.ts';
import type {Attempt, MadeFact, Prepared} from '../attempt.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import {attemptsOf} from './readings.ts';

/** One way to read the model: how its arrays lie, and how many classes its labels have. */
interface Reading {
  readonly columns: boolean;
  /** 1 for labels in {0, 1}. */
  readonly classes: number;
  /** Whether weights have the keys `w1`, `w2`. */
  readonly small: boolean;
  /** Whether labels are the numbers of the classes: `probs[range(m), y]`. */
  readonly numbered: boolean;
}

/** The names that arguments of such functions go by. */
export const isData = (name: string): boolean => /^(?:x|X|data|inputs?|X_?batch|features|A0|x_?train|X_?train)$/.test(name);
export const isWeights = (name: string): boolean => /param|^weights$|^theta$|^model$/i.test(name);
export const isTarget = (name: string): boolean => /^(?:y|Y|labels?|targets?|t|y_?true|Y_?true|y_?train|Y_?train|y_?batch|outputs?_true)$/.test(name);

/** What the output of a network is called by those who are handed it. */
export const isOutput = (name: string): boolean => /prob|pred|out|hat|scores|logits|^(?:a|A|AL|p|o)\d?$/.test(name);

/** The strength of weight decay; it is zero unless cost and backward both take it. */
const isDecay = (name: string): boolean => /^(?:lambd\w*|lambda_\w*|reg)$/.test(name);

export function modelAttempts(pair: StepPair, text: string, seed: number): Prepared {
  const layers = layersOf(pair, text);
  const softmax = /softmax/i.test(`${textOf(pair.forward, text)} ${pair.cost === null ? '' : textOf(pair.cost, text)}`);
  const asserted = /\.shape\s*==\s*\((\d+)\s*,/.exec(textOf(pair.forward, text))?.[1];
  const counts = [...(asserted === undefined ? [] : [Number(asserted)]), ...(softmax ? [3, 1] : [1, 3])];
  const readings: Reading[] = [true, false].flatMap((columns) => [...new Set(counts)].map((classes) => ({columns, classes, small: keysAreSmall(pair, text), numbered: asksByLabel(pair, text)})));
  return attemptsOf({
    all: readings,
    make: (reading, run, label) => attemptOf(pair, reading, layers, seed * 1009 + run, label, run),
    moreSets: (reading, attempt) => [attempt(reading, 1, 'set 2')],
    settings: () => [],
  });
}

function textOf({span}: {readonly span: {readonly start: number; readonly end: number}}, text: string): string {
  return text.slice(span.start, span.end);
}

/** How many layers the forward names by number; three where it computes its keys. */
function layersOf(pair: StepPair, text: string): number {
  const numbers = [...textOf(pair.forward, text).matchAll(/\b[Ww](\d)\b/g)].map(([, digit]) => Number(digit));
  return numbers.length === 0 ? 3 : Math.max(...numbers);
}

/** Whether the forward asks its dictionary for `w1` and not for `W1`. */
function keysAreSmall({forward}: StepPair, text: string): boolean {
  return /\[['"]w['"\d]/.test(textOf(forward, text)) && !/\[['"]W['"\d]/.test(textOf(forward, text));
}

/** Whether labels pick columns: `[range(m), y]`, `[np.arange(m), y]`. */
function asksByLabel({cost, backward}: StepPair, text: string): boolean {
  return [cost, backward].every((definition) => {
    const labels = definition?.params.map(({name}) => name).filter(isTarget) ?? [];
    return labels.some((name) => new RegExp(`\\[[^\\[\\]]*range\\([^\\[\\]]*,\\s*${name}\\s*\\]`).test(textOf(definition!, text)));
  });
}

function attemptOf(pair: StepPair, {columns, classes, small, numbered}: Reading, layers: number, seed: number, label: string, run: number): Attempt {
  const examples = 6 + run % 2;
  const widths = [4 + run % 3, 5, 3, 4, 6, 5].slice(0, layers);
  const sizes = [...widths, classes];
  const decays = [pair.cost, pair.backward].every((definition) => definition?.params.some(({name}) => isDecay(name)) === true);
  const facts: MadeFact[] = [];
  const lie = (rows: number, many: number): number[] => (columns ? [rows, many] : [many, rows]);
  const inputs = (): Map<string, Value> => {
    const random = createRandom(seed);
    const drawn = (shape: readonly number[], scale = 1): Value => fromData(normals(random, shape[0] * shape[1]).map((x) => scale * x), shape, 'float64');
    const values = new Map<string, Value>();
    const weights = new Dict();
    for (let layer = 1; layer <= layers; layer++) {
      weights.set(`${small ? 'w' : 'W'}${layer}`, drawn(lie(sizes[layer], sizes[layer - 1]), 0.8));
      weights.set(`b${layer}`, drawn(lie(sizes[layer], 1), 0.3));
    }
    const labels = new Float64Array(classes * examples);
    for (let i = 0; i < examples; i++) {
      if (classes === 1) labels[i] = (i + run) % 2;
      else labels[columns ? ((i + run) % classes) * examples + i : i * classes + ((i + run) % classes)] = 1;
    }
    const parameters = [pair.forward, ...(pair.cost === null ? [] : [pair.cost]), pair.backward].flatMap(({params}) => params);
    for (const {name} of parameters) {
      if (values.has(name)) continue;
      const layer = /^([Wwb])(\d)$/.exec(name);
      if (isData(name)) values.set(name, drawn(lie(sizes[0], examples)));
      else if (isTarget(name) && numbered) values.set(name, fromData(Float64Array.from({length: examples}, (_, i) => (i + run) % classes), [examples], 'int64'));
      else if (isTarget(name)) values.set(name, fromData(labels.slice(), lie(classes, examples), 'float64'));
      else if (layer !== null) values.set(name, weights.get(`${layer[1] === 'b' ? 'b' : small ? 'w' : 'W'}${layer[2]}`) ?? null);
      else if (isWeights(name)) values.set(name, weights);
      else if (/keep_?prob/i.test(name)) values.set(name, float(0.7));
      else if (isDecay(name)) values.set(name, float(decays ? 0.4 : 0));
    }
    return values;
  };
  for (const {name} of pair.forward.params) if (isData(name)) facts.push({name, role: 'differentiable', origin: 'use', span: null, shape: lie(sizes[0], examples), dtype: 'float64'});
  return {
    label, first: run === 0, inputs, constructed: () => new Map(), seed, upstreamFactor: 1, stated: false, setting: {}, letters: new Map(), made: facts,
    skipped: () => null,
  };
}
