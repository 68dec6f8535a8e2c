/**
 * Arrays as NumPy 2 prints them with its default options.
 */
import {elements} from '../../ndarray/array.ts';
import type {NDArray} from '../../ndarray/array.ts';
import {floatRepr} from './decimal.ts';

/** `str(array)`. */
export function arrayStr(array: NDArray): string {
  return `[${Array.from(elements(array), floatRepr).join(' ')}]`;
}

/** `repr(array)`. */
export function arrayRepr(array: NDArray): string {
  return `array(${arrayStr(array)})`;
}
