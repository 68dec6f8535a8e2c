/**
 * Zeroed typed arrays, cheap when they are small: they are cut from larger chunks, each piece used once.
 * A chunk lives as long as any piece of it; making a small typed array of its own costs several times as much.
 */

const CHUNK_BYTES = 1 << 16;
/** Larger arrays get memory of their own, so that a small one does not keep a large one alive. */
const LARGEST_PIECE_BYTES = 1 << 12;

let chunk = new ArrayBuffer(0);
let used = 0;

/** Where `bytes` of zeros begin in the current chunk. */
function take(bytes: number): number {
  if (used + bytes > chunk.byteLength) {
    chunk = new ArrayBuffer(CHUNK_BYTES);
    used = 0;
  }
  const start = used;
  used += (bytes + 7) & ~7;
  return start;
}

/** `size` zeros for element values. */
export function freshNumbers(size: number): Float64Array {
  const bytes = size * 8;
  if (bytes > LARGEST_PIECE_BYTES || size === 0) return new Float64Array(size);
  const start = take(bytes);
  return new Float64Array(chunk, start, size);
}

/** `size` zeros for node ids or positions. */
export function freshIds(size: number): Int32Array {
  const bytes = size * 4;
  if (bytes > LARGEST_PIECE_BYTES || size === 0) return new Int32Array(size);
  const start = take(bytes);
  return new Int32Array(chunk, start, size);
}
