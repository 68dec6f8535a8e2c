/**
 * Arrays in files that are not there: `np.loadtxt`, `np.genfromtxt`, `np.load` and `pd.read_csv` in a script, whose sizes all come
 * from the data itself. The array has the columns that its use shows; the last holds whole numbers, as labels do.
 */
import {fromData} from '../../ndarray/array.ts';
import {UnsupportedError} from '../../ndarray/errors.ts';
import {transpose} from '../../ndarray/shape.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Expr, Module} from '../../python/ast.ts';
import {walk} from '../../python/walk.ts';
import type {AnyNode} from '../../python/walk.ts';
import {Builtin, Class, Instance, ModuleValue} from '../objects.ts';
import type {Keywords} from '../objects.ts';
import type {Run} from '../run.ts';
import {types} from '../types.ts';

/** Rows of a made array, and its columns where nothing shows how many there are. */
const ROWS = 6;
const COLUMNS = 4;
/** Classes of the whole numbers in the last column. */
const CLASSES = 3;

/** A function of NumPy that reads a file. */
function reader(name: string): Builtin {
  return new Builtin(name, (run, args, keywords) => {
    if (!run.options.madeArrays) throw new UnsupportedError(`np.${name}`);
    return load(run, args, keywords);
  });
}

export const readers: readonly (readonly [string, Value])[] = ['loadtxt', 'genfromtxt', 'load'].map((name) => [name, reader(name)]);

/** The module `pandas` of a script: a table that is read, as an array. */
export function pandas(run: Run): ModuleValue {
  const read = new Builtin('read_csv', (inner, args, keywords) => {
    const values = load(inner, args, keywords);
    const cls = new Class('DataFrame', [types.object], new Map(), types.object.mro);
    cls.unknownBase = inner.unsupported('an attribute of a table', inner.span, true);
    const table = new Instance(cls);
    table.attributes.set('values', values).set('to_numpy', new Builtin('to_numpy', () => values)).set('shape', new Tuple(values.shape.slice()));
    return table;
  });
  return new ModuleValue('pandas', new Map([['read_csv', read]]), (name) => run.unsupported(`pandas.${name}`, run.span, true));
}

function load(run: Run, [name]: readonly Value[], keywords: Keywords) {
  run.standIns.set(typeof name === 'string' ? name : 'a file', 'array');
  const use = run.activation === null ? null : useOf(run.activation.module, run.span.start);
  const unpacks = keywords?.get('unpack') === true;
  const columns = unpacks && use !== null && use.names > 1 ? use.names : use?.columns ?? COLUMNS;
  const data = new Float64Array(ROWS * columns);
  for (let i = 0; i < data.length; i++) data[i] = (i + 1) % columns === 0 ? Math.floor(i / columns) % CLASSES : Math.sin(12.9898 * (i + 1)) * 1.3;
  const array = fromData(data, [ROWS, columns], 'float64');
  return unpacks ? transpose(array) : array;
}

interface Use {
  /** How many names the array is unpacked into. */
  readonly names: number;
  /** Columns that subscripts ask for; null where none does. */
  readonly columns: number | null;
}

/** What the top level of a module does with the array that is read at `offset`. */
function useOf({body}: Module, offset: number): Use {
  const statement = body.find(({span}) => span.start <= offset && offset < span.end);
  const target = statement?.kind === 'Assign' ? statement.targets[0] : undefined;
  if (target?.kind === 'Tuple') return {names: target.items.length, columns: null};
  let columns = 0;
  if (target?.kind === 'Name') for (const one of body) walk(one, (node) => {
    const index = columnIndex(node, target.id);
    if (index !== null) columns = Math.max(columns, columnsFor(index));
  });
  return {names: 1, columns: columns === 0 ? null : columns};
}

/** The second index of `name[rows, columns]`; null for any other node. */
function columnIndex(node: AnyNode, name: string): Expr | null {
  return node.kind === 'Subscript' && nameOf(node.object) === name && node.index.kind === 'Tuple' && node.index.items.length === 2 ? node.index.items[1] : null;
}

/** `data` of `data`, `data.values` and `data.iloc`. */
function nameOf(expr: Expr): string | null {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? nameOf(expr.object) : null;
}

/** How many columns an index needs, one more behind an open slice included; 0 where the ordinary number does. */
function columnsFor(index: Expr): number {
  const needs = (place: number | null, more: number): number => place === null || (place < 0 && -place < COLUMNS) ? 0 : Math.abs(place) + more;
  return index.kind === 'Slice' ? Math.max(needs(wholeOf(index.start), 2), needs(wholeOf(index.stop), 1)) : needs(wholeOf(index), 1);
}

function wholeOf(expr: Expr | null): number | null {
  if (expr?.kind === 'Number' && expr.type === 'int') return Number(expr.value);
  if (expr?.kind === 'Unary' && expr.operator === '-' && expr.operand.kind === 'Number') return -Number(expr.operand.value);
  return null;
}
