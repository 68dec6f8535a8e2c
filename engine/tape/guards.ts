/**
 * Guards: every conversion of a differentiable value to a bool, an int or a choice (comparison, mask, winner of a maximum).
 * Two runs that took the same decisions have equal logs; where they differ, the step between them crossed a kink.
 * Knows nothing of arrays or Python.
 */

/** The decisions of one run, in order. */
export class GuardLog {
  /** Decisions taken. */
  count = 0;
  /** A hash of all decisions and their order. */
  hash = 17;
  /** Decisions that sat exactly on their border (`x >= 0` at 0, a tie of two maxima). */
  ties = 0;
  /** The smallest distance of any decision to its border. */
  margin = Infinity;

  /** Notes one decision: what was decided (any int) and how far the value was from deciding otherwise. */
  decide(outcome: number, distance: number): void {
    this.count++;
    this.hash = (Math.imul(this.hash, 31) + outcome) | 0;
    if (distance === 0) this.ties++;
    else if (distance < this.margin) this.margin = distance;
  }

  sameAs(other: GuardLog): boolean {
    return this.count === other.count && this.hash === other.hash;
  }
}
