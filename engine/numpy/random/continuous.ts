/**
 * Continuous distributions, one function each: from a source and parameters to one number.
 * Knows nothing of arrays: sizes and broadcasting are in draw.ts.
 */
import type {Source} from './bits.ts';

/** Parameters are plain numbers; a distribution reads as many as it has. */
export type Draw = (source: Source, a: number, b: number, c: number) => number;

export const uniform: Draw = ({bits}, low, high) => low + (high - low) * bits.double();

export const normal: Draw = (source, mean, deviation) => mean + deviation * source.normal();

export const exponential: Draw = (source, scale) => scale * source.exponential();

export const lognormal: Draw = (source, mean, deviation) => Math.exp(mean + deviation * source.normal());

export const gamma: Draw = (source, shape, scale) => scale * standardGamma(source, shape);

export const chiSquare: Draw = (source, freedom) => 2 * standardGamma(source, freedom / 2);

export const cauchy: Draw = (source) => {
  const numerator = source.normal();
  return numerator / source.normal();
};

export const studentT: Draw = (source, freedom) => {
  const numerator = source.normal();
  const denominator = standardGamma(source, freedom / 2);
  return Math.sqrt(freedom / 2) * numerator / Math.sqrt(denominator);
};

export const fisher: Draw = (source, above, below) => {
  const numerator = 2 * standardGamma(source, above / 2) * below;
  return numerator / (2 * standardGamma(source, below / 2) * above);
};

export const pareto: Draw = (source, a) => source.legacy
  ? Math.exp(source.exponential() / a) - 1
  : Math.expm1(source.exponential() / a);

export const weibull: Draw = (source, a) => a === 0 ? 0 : Math.pow(source.exponential(), 1 / a);

export const power: Draw = (source, a) => source.legacy
  ? Math.pow(1 - Math.exp(-source.exponential()), 1 / a)
  : Math.pow(-Math.expm1(-source.exponential()), 1 / a);

export const rayleigh: Draw = (source, scale) => source.legacy
  ? scale * Math.sqrt(-2 * Math.log1p(-source.bits.double()))
  : scale * Math.sqrt(2 * source.exponential());

export const laplace: Draw = ({bits}, centre, scale) => {
  for (;;) {
    const u = bits.double();
    if (u >= 0.5) return centre - scale * Math.log(2 - u - u);
    if (u > 0) return centre + scale * Math.log(u + u);
  }
};

export const gumbel: Draw = ({bits}, centre, scale) => {
  for (;;) {
    const u = 1 - bits.double();
    if (u < 1) return centre - scale * Math.log(-Math.log(u));
  }
};

export const logistic: Draw = ({bits}, centre, scale) => {
  for (;;) {
    const u = bits.double();
    if (u > 0) return centre + scale * Math.log(u / (1 - u));
  }
};

export const triangular: Draw = ({bits}, left, mode, right) => {
  const base = right - left;
  const ratio = (mode - left) / base;
  const u = bits.double();
  return u <= ratio ? left + Math.sqrt(u * ((mode - left) * base)) : right - Math.sqrt((1 - u) * ((right - mode) * base));
};

export const beta: Draw = (source, a, b) => {
  if (a > 1 || b > 1) {
    const x = standardGamma(source, a);
    return x / (x + standardGamma(source, b));
  }
  const {bits} = source;
  for (;;) {
    const u = bits.double();
    const v = bits.double();
    const x = Math.pow(u, 1 / a);
    const y = Math.pow(v, 1 / b);
    if (x + y > 1) continue;
    if (x + y > 0) return x / (x + y);
    const logX = Math.log(u) / a;
    const logY = Math.log(v) / b;
    const largest = Math.max(logX, logY);
    return Math.exp(logX - largest - Math.log(Math.exp(logX - largest) + Math.exp(logY - largest)));
  }
};

/** A gamma number of scale 1: Marsaglia and Tsang for shapes above 1, Ahrens and Dieter below. */
export function standardGamma(source: Source, shape: number): number {
  if (shape === 1) return source.exponential();
  if (shape === 0) return 0;
  return shape < 1 ? smallGamma(source, shape) : largeGamma(source, shape);
}

function smallGamma(source: Source, shape: number): number {
  for (;;) {
    const u = source.bits.double();
    const v = source.exponential();
    if (u <= 1 - shape) {
      const x = Math.pow(u, 1 / shape);
      if (x <= v) return x;
    } else {
      const y = -Math.log((1 - u) / shape);
      const x = Math.pow(1 - shape + shape * y, 1 / shape);
      if (x <= v + y) return x;
    }
  }
}

function largeGamma(source: Source, shape: number): number {
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = source.normal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = source.bits.double();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
  }
}
