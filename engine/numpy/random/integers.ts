/**
 * Whole numbers below a bound without bias: masked rejection as RandomState does it, Lemire's method as Generator does.
 * One drawer serves one call, since the small dtypes share a buffer of 32 bits within a call.
 */
import {itemSize} from '../../ndarray/dtype.ts';
import type {DType} from '../../ndarray/dtype.ts';
import type {Bits} from './bits.ts';

const MAX_32 = 0xffffffff;

/** A number from 0 to `max`, both included, by masked rejection (shuffles, and RandomState's `randint`). */
export function interval(bits: Bits, max: number): number {
  if (max === 0) return 0;
  if (max > MAX_32) return wideInterval(bits, BigInt(max));
  const mask = maskOf(max);
  let value: number;
  do value = (bits.uint32() & mask) >>> 0; while (value > max);
  return value;
}

/**
 * Gives numbers from 0 to `max`, both included, in the way that one call of `randint` (masked) or
 * `Generator.integers` (not masked) with this dtype gives them.
 */
export function integerDrawer(bits: Bits, dtype: DType, masked: boolean): (max: number) => number {
  const width = itemSize(dtype) * 8;
  if (dtype === 'bool') {
    const bit = piecesOf(bits, 1);
    return (max) => max === 0 ? 0 : bit();
  }
  if (width < 32) {
    const piece = piecesOf(bits, width);
    return (max) => drawn(piece, 2 ** width, max, masked);
  }
  const word = (): number => bits.uint32();
  return (max) => {
    if (max <= MAX_32) return drawn(word, 2 ** 32, max, masked);
    return masked ? wideInterval(bits, BigInt(max)) : wideLemire(bits, BigInt(max));
  };
}

/** Cuts words of 32 bits into pieces of `width` bits, lowest first. */
function piecesOf(bits: Bits, width: number): () => number {
  let buffer = 0;
  let left = 0;
  const mask = 2 ** width - 1;
  return () => {
    if (left === 0) {
      buffer = bits.uint32();
      left = 32 / width - 1;
    } else {
      buffer >>>= width;
      left--;
    }
    return buffer & mask;
  };
}

/** `piece` gives numbers below `range`, a power of two of at most 2^32. */
function drawn(piece: () => number, range: number, max: number, masked: boolean): number {
  if (max === 0) return 0;
  if (max === range - 1) return piece();
  if (masked) {
    const mask = maskOf(max);
    let value: number;
    do value = (piece() & mask) >>> 0; while (value > max);
    return value;
  }
  const bound = max + 1;
  if (range === 2 ** 32) return lemire32(piece, bound);
  let product = piece() * bound;
  if (product % range < bound) {
    const threshold = (range - 1 - max) % bound;
    while (product % range < threshold) product = piece() * bound;
  }
  return Math.floor(product / range);
}

function lemire32(word: () => number, bound: number): number {
  const threshold = (2 ** 32 - bound) % bound;
  for (;;) {
    const value = word();
    const low = Math.imul(value, bound) >>> 0;
    if (low >= threshold) return highProduct(value, bound);
  }
}

/** The upper 32 bits of a product of two words. */
function highProduct(x: number, y: number): number {
  const xLow = x & 0xffff;
  const xHigh = x >>> 16;
  return Math.floor((xHigh * y + Math.floor(xLow * y / 65536)) / 65536);
}

function maskOf(max: number): number {
  return max === 0 ? 0 : MAX_32 >>> Math.clz32(max);
}

function wideInterval(bits: Bits, max: bigint): number {
  const mask = (1n << BigInt(max.toString(2).length)) - 1n;
  let value: bigint;
  do value = bits.uint64() & mask; while (value > max);
  return Number(value);
}

function wideLemire(bits: Bits, max: bigint): number {
  const bound = max + 1n;
  const threshold = ((1n << 64n) - bound) % bound;
  for (;;) {
    const product = bits.uint64() * bound;
    if ((product & 0xffffffffffffffffn) >= threshold) return Number(product >> 64n);
  }
}
