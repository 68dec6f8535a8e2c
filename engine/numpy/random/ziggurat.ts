/**
 * Normal and exponential numbers by the ziggurat method, as NumPy's Generator draws them.
 * Knows bits and the layers only.
 */
import type {Bits, Source} from './bits.ts';
import {EXPONENTIAL_EDGES, NORMAL_EDGES} from './layers.ts';

const NORMAL_TAIL = 3.654152885361009;
const NORMAL_TAIL_INVERSE = 0.27366123732975828;
const EXPONENTIAL_TAIL = 7.69711747013105;

/** One ziggurat: `step` is the width of one unit of the random integer, `inside` the integers that need no second look. */
interface Layers {
  readonly step: Float64Array;
  readonly inside: Float64Array;
  readonly density: Float64Array;
}

function layers(edges: readonly number[], units: number, density: (x: number) => number): Layers {
  const step = Float64Array.from(edges, (edge) => edge / units);
  const inside = Float64Array.from(edges, (edge, i) => i === 1 ? 0 : Math.floor(edges[i === 0 ? 255 : i - 1] / edge * units));
  const heights = Float64Array.from(edges, (edge, i) => i === 0 ? 1 : density(edge));
  return {step, inside, density: heights};
}

const normal = layers(NORMAL_EDGES, 2 ** 52, (x) => Math.exp(-0.5 * x * x));
const exponential = layers(EXPONENTIAL_EDGES, 2 ** 53, (x) => Math.exp(-x));

export class ZigguratSource implements Source {
  readonly legacy = false;

  constructor(readonly bits: Bits) {}

  normal(): number {
    const bits = this.bits;
    for (;;) {
      const word = bits.uint64();
      const layer = Number(word & 0xffn);
      const size = Number((word >> 9n) & 0xfffffffffffffn);
      const x = ((word >> 8n) & 1n) === 1n ? -size * normal.step[layer] : size * normal.step[layer];
      if (size < normal.inside[layer]) return x;
      if (layer === 0) return this.normalTail(((word >> 17n) & 1n) === 1n);
      const {density} = normal;
      if ((density[layer - 1] - density[layer]) * bits.double() + density[layer] < Math.exp(-0.5 * x * x)) return x;
    }
  }

  exponential(): number {
    const bits = this.bits;
    for (;;) {
      const word = bits.uint64();
      const layer = Number((word >> 3n) & 0xffn);
      const size = Number(word >> 11n);
      const x = size * exponential.step[layer];
      if (size < exponential.inside[layer]) return x;
      if (layer === 0) return EXPONENTIAL_TAIL - Math.log1p(-bits.double());
      const {density} = exponential;
      if ((density[layer - 1] - density[layer]) * bits.double() + density[layer] < Math.exp(-x)) return x;
    }
  }

  private normalTail(negative: boolean): number {
    for (;;) {
      const x = -NORMAL_TAIL_INVERSE * Math.log1p(-this.bits.double());
      const y = -Math.log1p(-this.bits.double());
      if (y + y > x * x) return negative ? -(NORMAL_TAIL + x) : NORMAL_TAIL + x;
    }
  }
}
