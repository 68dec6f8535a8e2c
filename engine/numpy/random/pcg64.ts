/**
 * PCG64 (XSL-RR, 128 bits of state), the bit generator of `np.random.default_rng`.
 * Bits only: distributions are elsewhere.
 */
import type {Bits} from './bits.ts';
import {generateState} from './seedsequence.ts';

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;

export class PCG64 implements Bits {
  private state = 0n;
  private readonly increment: bigint;
  /** The high half of the last 64 bits when only the low half was given out, or -1. */
  private kept = -1;

  /** `entropy`: words of 32 bits, as a SeedSequence takes them. */
  constructor(entropy: readonly number[]) {
    const words = generateState(entropy, 8);
    const long = (at: number): bigint => (BigInt(words[at + 1]) << 32n) | BigInt(words[at]);
    const start = (long(0) << 64n) | long(2);
    this.increment = ((((long(4) << 64n) | long(6)) << 1n) | 1n) & MASK_128;
    this.step();
    this.state = (this.state + start) & MASK_128;
    this.step();
  }

  uint64(): bigint {
    this.step();
    const folded = ((this.state >> 64n) ^ this.state) & MASK_64;
    const turn = this.state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & MASK_64;
  }

  uint32(): number {
    if (this.kept >= 0) {
      const high = this.kept;
      this.kept = -1;
      return high;
    }
    const next = this.uint64();
    this.kept = Number(next >> 32n);
    return Number(next & 0xffffffffn);
  }

  double(): number {
    return Number(this.uint64() >> 11n) / 9007199254740992;
  }

  private step(): void {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK_128;
  }
}
