/**
 * The inputs of a network, each with every target that it may be trained towards, one example at a time where its text takes them so.
 * Runs nothing.
 */
import {NDArray, elements, fromData} from '../../ndarray/array.ts';
import type {Value} from '../../ndarray/values.ts';
import type {StepPair} from '../../program/pair.ts';
import type {Attempt, Prepared} from '../attempt.ts';
import type {LossName, Target} from './target.ts';

/** The attempts of `prepared`, each with every target that its class may have. */
export function networkAttempts(pair: StepPair, text: string, prepared: Prepared): Prepared {
  const targets = targetsOf(pair, text);
  const onePair = takesOnePair(pair, text);
  const bases = new Map<Attempt, {readonly base: Attempt; readonly axis: number | null}>();
  let waiting: Attempt[] = [];
  let last = '';
  let hasRun = false;
  let current: Attempt | null = null;
  const aimed = (base: Attempt, axis: number | null, target: Target): Attempt => {
    const attempt = {...(axis === null ? base : withOneExample(base, axis)), stated: false, target};
    bases.set(attempt, {base, axis});
    return attempt;
  };
  const alike = (attempts: (of: Attempt) => readonly Attempt[]) => (chosen: Attempt): readonly Attempt[] => {
    const {base, axis} = bases.get(chosen)!;
    return attempts(base).map((other) => aimed(other, axis, chosen.target!));
  };
  return {
    ...prepared,
    next() {
      if (waiting.length === 0) {
        if (hasRun) return null;
        const base = prepared.next();
        if (base === null) return null;
        waiting = (onePair ? [1, 0] : [null]).flatMap((axis) => targets.map((target) => aimed(base, axis, target)));
        last = '';
      }
      current = waiting.shift()!;
      return current;
    },
    failed(type, message) {
      // What a cost of the class's own stumbles over says nothing of the labels of another loss.
      if (message !== '' && message === last && current?.target!.loss !== null) waiting = waiting.filter(({target}) => target!.whole !== current!.target!.whole);
      if (message === '' && current !== null) {
        hasRun = true;
        waiting = waiting.filter(({target}) => target!.whole === current!.target!.whole);
      }
      last = current?.target!.loss === null ? '' : message;
      if (waiting.length === 0) prepared.failed(type, message);
    },
    shaped: () => undefined,
    moreSets: alike(prepared.moreSets),
    unseen: alike(prepared.unseen),
    settings: alike(prepared.settings),
  };
}

/** Whether examples are taken one after the other: `for x, y in mini_batch: self.backprop(x, y)`. */
function takesOnePair({owner, backward}: StepPair, text: string): boolean {
  const own = owner === null ? '' : text.slice(owner.span.start, owner.span.end);
  return new RegExp(`for\\s+\\(?\\w+\\s*,\\s*\\w+\\)?\\s+in\\b[^\\n]*:\\s*\\n(?:[^\\n]*\\n)?[^\\n]*\\.${backward.name}\\(`).test(own);
}

/** The same inputs with the first example of each array of two axes alone, or of the named one. */
export function withOneExample(base: Attempt, axis: number, only?: string): Attempt {
  const cut = (name: string, value: Value): Value => {
    if (!(value instanceof NDArray) || value.ndim !== 2 || (only !== undefined && name !== only)) return value;
    const [rows, columns] = value.shape;
    const data = elements(value);
    return axis === 1 ? fromData(data.filter((_, i) => i % columns === 0), [rows, 1], value.dtype) : fromData(data.slice(0, columns), [1, columns], value.dtype);
  };
  const isCut = (name: string, shape: readonly number[]): boolean => shape.length === 2 && (only === undefined || name === only);
  return {
    ...base,
    inputs: () => new Map([...base.inputs()].map(([name, value]) => [name, cut(name, value)])),
    made: base.made.map((fact) => (isCut(fact.name, fact.shape) ? {...fact, shape: axis === 1 ? [fact.shape[0], 1] : [1, fact.shape[1]]} : fact)),
  };
}

/** The same inputs with one number predicted for each example: predictions as a column, labels as a vector. Null where nothing is predicted so. */
export function withOneColumn(base: Attempt): Attempt | null {
  const labels = new Set(base.made.filter(({role, shape}) => role === 'label' && shape.length === 2).map(({name}) => name));
  if (labels.size === 0) return null;
  const columns = withOneExample(base, 1);
  return {
    ...columns,
    inputs: () => new Map([...columns.inputs()].map(([name, value]) => [name, labels.has(name) && value instanceof NDArray ? fromData(elements(value), [value.size], value.dtype) : value])),
    made: columns.made.map((fact) => (labels.has(fact.name) ? {...fact, shape: fact.shape.slice(0, 1)} : fact)),
  };
}

function targetsOf({cost, owner}: StepPair, text: string): readonly Target[] {
  const own = owner === null ? '' : text.slice(owner.span.start, owner.span.end);
  const order: (LossName)[] = /softmax/i.test(own) ? ['cross-entropy', 'softmax', 'squared', 'binary', 'logistic'] : ['squared', 'binary', 'cross-entropy', 'softmax', 'logistic'];
  const found: Target[] = [];
  for (const whole of [false, true]) if (cost !== null) found.push({loss: null, over: 'nothing', times: 1, whole});
  for (const whole of [false, true]) {
    for (const loss of order) {
      for (const over of ['nothing', 'examples', ...(loss === 'squared' ? ['numbers'] as const : [])] as const) {
        for (const times of loss === 'squared' ? [1, 2] as const : [1] as const) found.push({loss, over, times, whole});
      }
    }
  }
  return found;
}
