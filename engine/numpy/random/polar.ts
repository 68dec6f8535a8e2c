/**
 * Normal and exponential numbers as NumPy's RandomState has always drawn them: the polar method with one number kept,
 * and the inverse of the distribution. Knows bits only.
 */
import type {Source} from './bits.ts';
import type {MT19937} from './mt19937.ts';

export class PolarSource implements Source {
  readonly legacy = true;
  /** The second number of the last pair, or null. */
  kept: number | null = null;

  constructor(readonly bits: MT19937) {}

  normal(): number {
    const {kept, bits} = this;
    if (kept !== null) {
      this.kept = null;
      return kept;
    }
    for (;;) {
      const x = 2 * bits.double() - 1;
      const y = 2 * bits.double() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt(-2 * Math.log(square) / square);
      this.kept = factor * x;
      return factor * y;
    }
  }

  exponential(): number {
    return -Math.log(1 - this.bits.double());
  }
}
