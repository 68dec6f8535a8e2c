/**
 * Operands for one operation of a `Value` engine: single numbers or arrays, of either sign or positive, the same operand
 * twice. Nothing is read from docstrings: an engine's operations take whatever its class holds.
 */
import {fromData} from '../../ndarray/array.ts';
import {float} from '../../ndarray/scalar.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {EnginePair} from '../../program/pair.ts';
import type {Attempt, Prepared} from '../attempt.ts';
import {createRandom, normals} from '../../inputs/random.ts';
import {attemptsOf} from './readings.ts';

type Shapes = readonly (readonly number[])[];

/** One way to read the operands: a shape for each, in order; whether all numbers are in (0.2, 0.95); whether both are one value. */
interface Reading {
  readonly shapes: Shapes;
  readonly positive: boolean;
  readonly twice: boolean;
}

const SINGLE: Shapes = [[], []];
const ALIKE: Shapes = [[3, 4], [3, 4]];
const PRODUCT: Shapes = [[3, 4], [4, 2]];
const SPREAD: Shapes = [[3, 4], [4]];

/** The attempts for `pair`, whose file has this text. */
export function engineAttempts(pair: EnginePair, text: string, seed: number): Prepared {
  const isBinary = pair.operands.length === 2;
  return attemptsOf<Reading>({
    all: readingsOf(pair, text),
    make: (reading, run, label) => attemptOf(pair, reading, seed * 1009 + run, label),
    moreSets: (reading, attempt) => {
      const more = [1, 2, 3, 4].map((run) => attempt(reading, run, `set ${run + 1}`));
      return isBinary && isAlike(reading) ? [...more, attempt({...reading, twice: true}, 5, 'the same operand twice')] : more;
    },
    settings: (reading, attempt) => (isBinary && reading.shapes === ALIKE ? [attempt({...reading, shapes: SPREAD}, 6, `${pair.operands[1]} is broadcast`)] : []),
  });
}

function isAlike({shapes}: Reading): boolean {
  return shapes === SINGLE || shapes === ALIKE;
}

function readingsOf({forward, owner}: EnginePair, text: string): Reading[] {
  const span = owner?.span ?? forward.span;
  const written = text.slice(span.start, span.end);
  const arrays = /\.shape\b/.test(written) || (!/\bscalar value/i.test(written) && /\b(?:np|numpy|xp|cp)\.|axis/.test(written));
  const product = /matmul|dot|\bmm\b|mat_mul|linear/i.test(forward.name);
  const spread = /b(?:road)?_?cast|bias/i.test(`${forward.name} ${forward.docstring?.value ?? ''}`);
  const layouts = arrays ? (product ? [PRODUCT, ALIKE, SINGLE] : spread ? [SPREAD, ALIKE, SINGLE] : [ALIKE, SINGLE, PRODUCT]) : [SINGLE, ALIKE];
  const positive = /log|ln|sqrt|pow|asin|acos|atanh/i.test(forward.name);
  return layouts.flatMap((shapes) => [{shapes, positive, twice: false}, {shapes, positive: !positive, twice: false}]);
}

function attemptOf(pair: EnginePair, {shapes, positive, twice}: Reading, seed: number, label: string): Attempt {
  const inputs = (): Map<string, Value> => {
    const random = createRandom(seed);
    const values = new Map<string, Value>();
    pair.operands.forEach((name, i) => {
      const shape = shapes[Math.min(i, shapes.length - 1)];
      const drawn = numbers(random, shape.reduce((product, size) => product * size, 1), positive);
      const first = values.get(pair.operands[0]);
      values.set(name, twice && first !== undefined ? first : shape.length === 0 ? float(drawn[0]) : fromData(drawn, shape, 'float64'));
    });
    for (const {name, default: preset, star} of pair.forward.params) {
      if (!values.has(name) && preset === null && star === '') {
        const made = plainArgument(name, shapes[0], seed);
        if (made !== undefined) values.set(name, made);
      }
    }
    return values;
  };
  return {
    label, first: label === 'set 1', inputs, constructed: () => new Map(), seed, upstreamFactor: 1, stated: false, setting: {}, letters: new Map(),
    made: pair.operands.map((name, i) => ({name, role: 'differentiable', origin: 'guess', span: null, shape: shapes[Math.min(i, shapes.length - 1)], dtype: 'float64'})),
    skipped: () => null,
  };
}

function numbers(random: () => number, count: number, positive: boolean): Float64Array {
  if (positive) return Float64Array.from({length: count}, () => 0.2 + 0.75 * random());
  return normals(random, count).map((x) => x + (x < 0 ? -0.1 : 0.1));
}

/** An argument that is no value of the engine: an exponent, an axis, a shape. */
function plainArgument(name: string, shape: readonly number[], seed: number): Value | undefined {
  if (/axis|axes|dim/.test(name)) return 0;
  if (/shape|size/.test(name)) return shape.length === 0 ? undefined : new Tuple([...shape].reverse());
  if (/^(?:other|n|k|exp|exponent|power|p|scalar|number|pow|x|y|b)$/.test(name)) return seed % 2 === 0 ? 3 : 2;
  if (/alpha|slope|eps|scale|c$|constant/.test(name)) return float(0.3);
  return undefined;
}
