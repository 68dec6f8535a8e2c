/**
 * What a network is trained towards: targets in the shape of its output, or classes as whole numbers, and the loss that its
 * backward starts from where the class has none of its own. Makes numbers; runs nothing.
 */
import {NDArray, elements, fromData} from '../../ndarray/array.ts';
import type {Value} from '../../ndarray/values.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import type {StepPair} from '../../program/pair.ts';
import type {Attempt, Prepared} from '../prepare.ts';
import type {Quantity} from '../quantity.ts';

/** The derivative of a loss by the output `p` for the target `y`, one example's share; `q` is the softmax of the output. */
const losses = {
  'squared': (p: number, y: number): number => p - y,
  'softmax': (_p: number, y: number, q: number): number => q - y,
  'logistic': (p: number, y: number): number => 1 / (1 + Math.exp(-p)) - y,
  'cross-entropy': (p: number, y: number): number => -y / p,
  'binary': (p: number, y: number): number => (p - y) / (p * (1 - p)),
} as const;

/** One way to read what a network is trained towards. */
export interface Target {
  /** What the backward is taken to start from; null where the class computes its cost. */
  readonly loss: keyof typeof losses | null;
  /** The sum over a batch is divided by as many examples, or numbers, as there are. */
  readonly over: 'nothing' | 'examples' | 'numbers';
  readonly times: 1 | 2;
  /** Whether labels are whole numbers below the number of classes. */
  readonly whole: boolean;
}

const names = {
  'squared': 'the squared error', 'softmax': 'the cross entropy of a softmax of the output', 'logistic': 'the binary cross entropy of a sigmoid of the output',
  'cross-entropy': 'the cross entropy', 'binary': 'the binary cross entropy',
} as const;

/** How a loss is called in a verdict. */
export function targetWords({loss, over, times}: Target): string {
  const name = loss === 'squared' ? `${times === 2 ? 'the' : 'half the'} squared error` : names[loss ?? 'cross-entropy'];
  return over === 'nothing' ? name : `${name}, as a mean over the ${over}`;
}

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
      if (message !== '' && message === last) waiting = waiting.filter(({target}) => target!.whole !== current!.target!.whole);
      if (message === '' && current !== null) {
        hasRun = true;
        waiting = waiting.filter(({target}) => target!.whole === current!.target!.whole);
      }
      last = message;
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

/** The same inputs with the first example of each array of two axes alone. */
function withOneExample(base: Attempt, axis: number): Attempt {
  const cut = (value: Value): Value => {
    if (!(value instanceof NDArray) || value.ndim !== 2) return value;
    const [rows, columns] = value.shape;
    const data = elements(value);
    return axis === 1 ? fromData(data.filter((_, i) => i % columns === 0), [rows, 1], value.dtype) : fromData(data.slice(0, columns), [1, columns], value.dtype);
  };
  return {
    ...base,
    inputs: () => new Map([...base.inputs()].map(([name, value]) => [name, cut(value)])),
    made: base.made.map((fact) => (fact.shape.length === 2 ? {...fact, shape: axis === 1 ? [fact.shape[0], 1] : [1, fact.shape[1]]} : fact)),
  };
}

function targetsOf({cost, owner}: StepPair, text: string): readonly Target[] {
  const own = owner === null ? '' : text.slice(owner.span.start, owner.span.end);
  const order: (keyof typeof losses)[] = /softmax/i.test(own) ? ['cross-entropy', 'softmax', 'squared', 'binary', 'logistic'] : ['squared', 'binary', 'cross-entropy', 'softmax', 'logistic'];
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

/** Labels for a network with this output. */
export function labelsFor(output: Quantity, {loss, whole}: Target, seed: number): {readonly given: Value; readonly rows: Float64Array} {
  const {shape, data} = output;
  const random = createRandom(seed);
  const axis = classAxis(output);
  const classes = axis === null ? 1 : shape[axis];
  if (!whole && (classes === 1 || (loss === 'squared' && !sumsToOne(output, axis)))) {
    const numbers = loss === 'squared' ? normals(random, data.length) : data.map((_, i) => (i * 7 + seed) % 2);
    return {given: fromData(numbers, shape, 'float64'), rows: numbers};
  }
  const examples = data.length / classes;
  const rows = new Float64Array(data.length);
  const chosen = Float64Array.from({length: examples}, (_, i) => (i + seed) % classes);
  chosen.forEach((label, i) => {
    rows[axis === 0 && shape.length > 1 ? label * examples + i : i * classes + label] = 1;
  });
  return {given: whole ? fromData(chosen, [examples], 'int64') : fromData(rows, shape, 'float64'), rows};
}

/** The derivative of the loss by each number of the output. */
export function cotangentOf(output: Quantity, rows: Float64Array, {loss, over, times}: Target, examples: number): Float64Array {
  const {data, shape} = output;
  const soft = loss === 'softmax' ? softmaxOf(output) : data;
  const divisor = over === 'numbers' ? data.length : over === 'examples' ? examples : 1;
  return data.map((p, i) => (losses[loss ?? 'squared'](p, rows[i], soft[i]) * times) / (shape.length === 0 ? 1 : divisor));
}

/** The softmax of an output along its classes. */
function softmaxOf(output: Quantity): Float64Array {
  const {shape, data} = output;
  const axis = classAxis(output);
  const classes = axis === null ? 1 : shape[axis];
  const examples = data.length / classes;
  const soft = new Float64Array(data.length);
  const at = (example: number, k: number): number => (axis === 0 && shape.length === 2 ? k * examples + example : example * classes + k);
  for (let i = 0; i < examples; i++) {
    let [sum, largest] = [0, -Infinity];
    for (let k = 0; k < classes; k++) largest = Math.max(largest, data[at(i, k)]);
    for (let k = 0; k < classes; k++) sum += Math.exp(data[at(i, k)] - largest);
    for (let k = 0; k < classes; k++) soft[at(i, k)] = Math.exp(data[at(i, k)] - largest) / sum;
  }
  return soft;
}

/** The axis along which an output speaks of classes: that over which it sums to one, else the last one. */
function classAxis(output: Quantity): number | null {
  const {shape} = output;
  if (shape.length === 0) return null;
  for (const axis of [shape.length - 1, 0]) if (sumsToOne(output, axis)) return axis;
  return shape.length === 2 && shape[1] === 1 ? 0 : shape.length - 1;
}

function sumsToOne({shape, data}: Quantity, axis: number | null): boolean {
  if (axis === null || shape.length > 2 || shape[axis] < 2) return false;
  const classes = shape[axis];
  const examples = data.length / classes;
  const stepwise = axis === 0 && shape.length === 2;
  for (let i = 0; i < examples; i++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += stepwise ? data[k * examples + i] : data[i * classes + k];
    if (Math.abs(sum - 1) > 1e-9) return false;
  }
  return true;
}
