/**
 * The module `operator`: operators as functions, and getters of items and attributes.
 */
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {BinaryOperator, CompareOperator, UnaryOperator} from '../../python/ast.ts';
import {native} from '../builtins/native.ts';
import {numberFunctions, operate} from '../builtins/numbers.ts';
import {toIndex} from '../builtins/conversion.ts';
import {getAttribute} from '../attributes.ts';
import {callMethod} from '../calls.ts';
import {compare, contains, equals} from '../comparison.ts';
import {listOf} from '../iteration.ts';
import {Builtin} from '../objects.ts';
import {binaryInto, unary} from '../operators.ts';
import type {Run} from '../run.ts';
import {deleteItem, getItem, setItem} from '../subscripts.ts';
import {truth} from '../truth.ts';
import {PyError} from '../../ndarray/errors.ts';

const binaryNames: readonly (readonly [string, BinaryOperator])[] = [
  ['add', '+'], ['sub', '-'], ['mul', '*'], ['truediv', '/'], ['floordiv', '//'], ['mod', '%'], ['pow', '**'], ['matmul', '@'],
  ['lshift', '<<'], ['rshift', '>>'], ['and_', '&'], ['or_', '|'], ['xor', '^'], ['concat', '+'], ['div', '/'],
];

const compareNames: readonly (readonly [string, CompareOperator])[] = [
  ['lt', '<'], ['le', '<='], ['eq', '=='], ['ne', '!='], ['ge', '>='], ['gt', '>'], ['is_', 'is'], ['is_not', 'is not'],
];

const unaryNames: readonly (readonly [string, UnaryOperator])[] = [
  ['neg', '-'], ['pos', '+'], ['invert', '~'], ['inv', '~'], ['not_', 'not'],
];

/** `itemgetter(*items)` and the like: one thing alone, several as a tuple. */
function getter(name: string, get: (run: Run, object: Value, key: Value) => Value): Builtin {
  return new Builtin(name, (_run, keys) => new Builtin(name, (run, [object]) =>
    keys.length === 1 ? get(run, object, keys[0]) : new Tuple(keys.map((key) => get(run, object, key)))));
}

function attribute(run: Run, object: Value, path: Value): Value {
  if (typeof path !== 'string') throw new PyError('TypeError', 'attribute name must be a string');
  return path.split('.').reduce((value, name) => getAttribute(run, value, name), object);
}

export const operator: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...binaryNames.map(([name, symbol]) => [name, native(name, 'a, b, /', (run, [a, b]) => operate(run, symbol, a, b))] as const),
  ...binaryNames.map(([name, symbol]) => {
    const inPlace = `i${name.replace('_', '')}`;
    return [inPlace, native(inPlace, 'a, b, /', (run, [a, b]) => binaryInto(run, symbol, a, b))] as const;
  }),
  ...compareNames.map(([name, symbol]) => [name, native(name, 'a, b, /', (run, [a, b]) => compare(run, symbol, a, b))] as const),
  ...unaryNames.map(([name, symbol]) => [name, native(name, 'a, /', (run, [a]) => unary(run, symbol, a))] as const),
  ['truth', native('truth', 'a, /', (run, [a]) => truth(run, a))],
  ['abs', numberFunctions.find(({name}) => name === 'abs')!],
  ['index', native('index', 'a, /', (run, [a]) => toIndex(run, a))],
  ['getitem', native('getitem', 'a, b, /', (run, [a, b]) => getItem(run, a, b))],
  ['setitem', native('setitem', 'a, b, c, /', (run, [a, b, c]) => {
    setItem(run, a, b, c);
    return null;
  })],
  ['delitem', native('delitem', 'a, b, /', (run, [a, b]) => {
    deleteItem(run, a, b);
    return null;
  })],
  ['contains', native('contains', 'a, b, /', (run, [a, b]) => contains(run, a, b))],
  ['countOf', native('countOf', 'a, b, /', (run, [a, b]) => listOf(run, a).filter((item) => equals(run, item, b)).length)],
  ['itemgetter', getter('itemgetter', getItem)],
  ['attrgetter', getter('attrgetter', attribute)],
  ['methodcaller', new Builtin('methodcaller', (_run, [name, ...args], keywords) =>
    new Builtin('methodcaller', (run, [object]) => callMethod(run, object, typeof name === 'string' ? name : '', args, keywords)))],
]);
