/**
 * NumPy's SeedSequence: from a seed of any length to well mixed words for a bit generator.
 */

const POOL = 4;

/** The words of 32 bits of a non-negative integer, lowest first; at least one. */
export function wordsOf(value: bigint): number[] {
  const words: number[] = [];
  let rest = value;
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}

/** `count` words of 32 bits made from `entropy`, as `SeedSequence(entropy).generate_state(count)` gives them. */
export function generateState(entropy: readonly number[], count: number): Uint32Array {
  const pool = mixedPool(entropy);
  const state = new Uint32Array(count);
  let constant = 0x8b51f9dd;
  for (let i = 0; i < count; i++) {
    let word = pool[i % POOL] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    word = Math.imul(word, constant);
    state[i] = word ^ (word >>> 16);
  }
  return state;
}

function mixedPool(entropy: readonly number[]): Uint32Array {
  const pool = new Uint32Array(POOL);
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    let word = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    word = Math.imul(word, constant);
    return (word ^ (word >>> 16)) >>> 0;
  };
  for (let i = 0; i < POOL; i++) pool[i] = hash(i < entropy.length ? entropy[i] : 0);
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (let from = POOL; from < entropy.length; from++) {
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to], hash(entropy[from]));
  }
  return pool;
}

function mix(x: number, y: number): number {
  const word = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) >>> 0;
  return (word ^ (word >>> 16)) >>> 0;
}
