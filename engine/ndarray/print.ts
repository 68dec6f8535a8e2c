/**
 * Arrays as text, as NumPy prints them with its default options: eight digits, 75 columns, a summary above 1,000 elements.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {fit, isFloat} from './dtype.ts';
import type {NDArray} from './array.ts';
import {tupleText} from './broadcast.ts';
import {formatElements, shortestFloat} from './print-elements.ts';

const LINE = 75;
const THRESHOLD = 1000;
const EDGE = 3;

/** `repr(array)`: `array([1., 2.], dtype=float32)`. */
export function arrayRepr(context: Context, array: NDArray): string {
  context.budget.spend(Math.min(array.size, THRESHOLD));
  const summarized = array.size > THRESHOLD;
  const empty = array.size === 0;
  const text = `array(${empty && array.shape.length !== 1 ? '[]' : layout(array, ', ', '       ', LINE - 1)}`;
  const extras: string[] = [];
  if (summarized || (empty && array.shape.length !== 1)) extras.push(`shape=${tupleText(array.shape)}`);
  if (empty || !['float64', 'int64', 'bool'].includes(array.dtype)) extras.push(`dtype=${array.dtype}`);
  if (extras.length === 0) return `${text})`;
  const extra = `${extras.join(', ')})`;
  const lastLine = text.length - (text.lastIndexOf('\n') + 1);
  return `${text},${lastLine + extra.length + 1 > LINE ? '\n      ' : ' '}${extra}`;
}

/** `str(array)`: `[1. 2.]`; a 0-d array prints as its element. */
export function arrayStr(context: Context, array: NDArray): string {
  context.budget.spend(Math.min(array.size, THRESHOLD));
  if (array.ndim === 0) return elementText(array.dtype, array.buffer.data[array.offset]);
  return array.size === 0 ? '[]' : layout(array, ' ', ' ', LINE);
}

/** One element as `str` of its NumPy scalar. */
function elementText(dtype: DType, value: number): string {
  if (dtype === 'bool') return value === 0 ? 'False' : 'True';
  return isFloat(dtype) ? shortestFloat(value, (x) => fit(dtype, x)) : String(value);
}

/** Where the shown elements of an axis are; -1 stands for the dots. */
function shown(length: number, summarized: boolean): readonly number[] {
  if (!summarized || length <= 2 * EDGE) return Array.from({length}, (_, i) => i);
  return [0, 1, 2, -1, length - 3, length - 2, length - 1];
}

function layout(array: NDArray, separator: string, indent: string, width: number): string {
  const {shape, strides, dtype} = array;
  const {data} = array.buffer;
  const summarized = array.size > THRESHOLD;
  const values: number[] = [];
  const collect = (axis: number, at: number): void => {
    if (axis === shape.length) values.push(data[at]);
    else for (const i of shown(shape[axis], summarized)) if (i >= 0) collect(axis + 1, at + i * strides[axis]);
  };
  collect(0, array.offset);
  const words = formatElements(values, dtype, shape.length === 0);
  let next = 0;
  const bare = separator.trimEnd();
  const render = (axis: number, hanging: string, room: number): string => {
    const left = shape.length - axis;
    if (left === 0) return words[next++];
    let text = '';
    if (left === 1) {
      const limit = room - Math.max(bare.length, 1);
      let line = hanging;
      shown(shape[axis], summarized).forEach((i, k) => {
        if (k > 0) line += separator;
        const word = i < 0 ? '...' : words[next++];
        if (line.length + word.length > limit && line.length > hanging.length) {
          text += `${line.trimEnd()}\n`;
          line = hanging;
        }
        line += word;
      });
      text += line;
    } else {
      text = shown(shape[axis], summarized)
        .map((i) => hanging + (i < 0 ? '...' : render(axis + 1, `${hanging} `, room - 1)))
        .join(bare + '\n'.repeat(left - 1));
    }
    return `[${text.slice(hanging.length)}]`;
  };
  return render(0, indent, width);
}
