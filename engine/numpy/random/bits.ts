/**
 * What a stream of random bits offers, and what the distributions draw from it.
 * Knows nothing of arrays or of particular generators.
 */

/** A bit generator. Each call advances its stream as NumPy's own generator of that name does. */
export interface Bits {
  /** The next 32 bits, 0 to 2^32 - 1. */
  uint32(): number;
  /** The next 64 bits. */
  uint64(): bigint;
  /** Uniform in [0, 1) with 53 bits. */
  double(): number;
}

/** What distributions are built from: bits, and a normal and an exponential of the generation (legacy or Generator). */
export interface Source {
  readonly bits: Bits;
  /** One standard normal number. */
  normal(): number;
  /** One standard exponential number. */
  exponential(): number;
  /** True for RandomState: a few distributions then keep formulas that Generator has replaced. */
  readonly legacy: boolean;
}
