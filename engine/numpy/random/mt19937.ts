/**
 * The Mersenne Twister MT19937, with the seeding of NumPy's RandomState and of Python's `random`.
 * Bits only: distributions are elsewhere.
 */
import type {Bits} from './bits.ts';

const N = 624;
const M = 397;

export class MT19937 implements Bits {
  readonly key = new Uint32Array(N);
  /** The next place of `key` to be given out; N means that the key must be renewed first. */
  position = N;

  /** Seeds as `np.random.seed(int)` does; `seed` is below 2^32. */
  static fromInteger(seed: number): MT19937 {
    const made = new MT19937();
    made.fillFrom(seed);
    return made;
  }

  /** Seeds from words of 32 bits, as `np.random.seed([..])` and Python's `random.seed` do. */
  static fromWords(words: ArrayLike<number>): MT19937 {
    const made = new MT19937();
    made.fillFrom(19650218);
    const key = made.key;
    const length = words.length;
    let i = 1;
    let j = 0;
    for (let k = Math.max(N, length); k > 0; k--) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1664525)) + words[j] + j;
      i++;
      j++;
      if (i >= N) {
        key[0] = key[N - 1];
        i = 1;
      }
      if (j >= length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1566083941)) - i;
      i++;
      if (i >= N) {
        key[0] = key[N - 1];
        i = 1;
      }
    }
    key[0] = 0x80000000;
    return made;
  }

  uint32(): number {
    if (this.position === N) this.renew();
    let y = this.key[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  uint64(): bigint {
    const high = this.uint32();
    return (BigInt(high) << 32n) | BigInt(this.uint32());
  }

  double(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  private fillFrom(seed: number): void {
    const key = this.key;
    key[0] = seed;
    for (let i = 1; i < N; i++) key[i] = Math.imul(1812433253, key[i - 1] ^ (key[i - 1] >>> 30)) + i;
    this.position = N;
  }

  private renew(): void {
    const key = this.key;
    for (let k = 0; k < N; k++) {
      const y = (key[k] & 0x80000000) | (key[(k + 1) % N] & 0x7fffffff);
      key[k] = key[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) !== 0 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }
}
