/**
 * Discrete distributions, one function each: from a source and parameters to one whole number.
 * Knows nothing of arrays: sizes and broadcasting are in draw.ts.
 */
import type {Bits, Source} from './bits.ts';
import {standardGamma} from './continuous.ts';
import type {Draw} from './continuous.ts';

export const binomial: Draw = (source, n, p) => {
  if (!source.legacy && (n === 0 || p === 0)) return 0;
  if (p > 0.5) return n - smallBinomial(source, n, 1 - p);
  return smallBinomial(source, n, p);
};

export const poisson: Draw = ({bits}, mean) => {
  if (mean >= 10) return rejectedPoisson(bits, mean);
  return mean === 0 ? 0 : multipliedPoisson(bits, mean);
};

export const negativeBinomial: Draw = (source, n, p) =>
  poisson(source, (1 - p) / p * standardGamma(source, n), 0, 0);

export const geometric: Draw = (source, p) => {
  const {bits} = source;
  if (p < 1 / 3) {
    return source.legacy
      ? Math.ceil(Math.log1p(-bits.double()) / Math.log(1 - p))
      : Math.ceil(-source.exponential() / Math.log1p(-p));
  }
  let trials = 1;
  let term = p;
  let sum = p;
  const u = bits.double();
  while (u > sum) {
    term *= 1 - p;
    sum += term;
    trials++;
  }
  return trials;
};

/** For p of at most one half. */
function smallBinomial(source: Source, n: number, p: number): number {
  return p * n <= 30 ? invertedBinomial(source, n, p) : rejectedBinomial(source.bits, n, p);
}

function invertedBinomial(source: Source, n: number, p: number): number {
  const {bits} = source;
  const q = 1 - p;
  const none = Math.exp(n * (source.legacy ? Math.log(q) : Math.log1p(-p)));
  const mean = n * p;
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  let successes = 0;
  let term = none;
  let u = bits.double();
  while (u > term) {
    successes++;
    if (successes > bound) {
      successes = 0;
      term = none;
      u = bits.double();
    } else {
      u -= term;
      term = (n - successes + 1) * p * term / (successes * q);
    }
  }
  return successes;
}

/** The algorithm BTPE of Kachitvichyanukul and Schmeiser (1988), for n * p above 30 and p of at most one half. */
function rejectedBinomial(bits: Bits, n: number, p: number): number {
  const r = Math.min(p, 1 - p);
  const q = 1 - r;
  const top = n * r + r;
  const mode = Math.floor(top);
  const p1 = Math.floor(2.195 * Math.sqrt(n * r * q) - 4.6 * q) + 0.5;
  const middle = mode + 0.5;
  const left = middle - p1;
  const right = middle + p1;
  const c = 0.134 + 20.5 / (15.3 + mode);
  const aLeft = (top - left) / (top - left * r);
  const lambdaLeft = aLeft * (1 + aLeft / 2);
  const aRight = (right - top) / (right * q);
  const lambdaRight = aRight * (1 + aRight / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / lambdaLeft;
  const p4 = p3 + c / lambdaRight;
  for (;;) {
    const u = bits.double() * p4;
    let v = bits.double();
    let y: number;
    if (u <= p1) return Math.floor(middle - p1 * v + u);
    if (u <= p2) {
      const x = left + (u - p1) / c;
      v = v * c + 1 - Math.abs(mode - x + 0.5) / p1;
      if (v > 1) continue;
      y = Math.floor(x);
    } else if (u <= p3) {
      y = Math.floor(left + Math.log(v) / lambdaLeft);
      if (y < 0 || v === 0) continue;
      v *= (u - p2) * lambdaLeft;
    } else {
      y = Math.floor(right - Math.log(v) / lambdaRight);
      if (y > n || v === 0) continue;
      v *= (u - p3) * lambdaRight;
    }
    if (acceptsBinomial(n, r, q, mode, middle, y, v)) return y;
  }
}

/** Whether BTPE accepts `y`, drawn under the height `v`: by the exact ratio near the mode, else by squeezing and Stirling. */
function acceptsBinomial(n: number, r: number, q: number, mode: number, middle: number, y: number, v: number): boolean {
  const variance = n * r * q;
  const k = Math.abs(y - mode);
  if (k <= 20 || k >= variance / 2 - 1) {
    const s = r / q;
    const a = s * (n + 1);
    let ratio = 1;
    for (let i = mode + 1; i <= y; i++) ratio *= a / i - s;
    for (let i = y + 1; i <= mode; i++) ratio /= a / i - s;
    return v <= ratio;
  }
  const rho = k / variance * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
  const t = -k * k / (2 * variance);
  const height = Math.log(v);
  if (height < t - rho) return true;
  if (height > t + rho) return false;
  const x1 = y + 1;
  const f1 = mode + 1;
  const z = n + 1 - mode;
  const w = n - y + 1;
  return height <= middle * Math.log(f1 / x1) + (n - mode + 0.5) * Math.log(z / w) + (y - mode) * Math.log(w * r / (x1 * q))
    + stirling(f1) + stirling(z) + stirling(x1) + stirling(w);
}

function stirling(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

function multipliedPoisson(bits: Bits, mean: number): number {
  const end = Math.exp(-mean);
  let count = 0;
  let product = bits.double();
  while (product > end) {
    count++;
    product *= bits.double();
  }
  return count;
}

/** The transformed rejection method of Hoermann (1993), for means of at least 10. */
function rejectedPoisson(bits: Bits, mean: number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = bits.double() - 0.5;
    const v = bits.double();
    const distance = 0.5 - Math.abs(u);
    const k = Math.floor((2 * a / distance + b) * u + mean + 0.43);
    if (distance >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (distance < 0.013 && v > distance)) continue;
    const height = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (distance * distance) + b);
    if (height <= -mean + k * logMean - logGamma(k + 1)) return k;
  }
}

const SERIES = [
  8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04, 8.417508417508418e-04,
  -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02, 1.796443723688307e-01, -1.39243221690590,
];

/** log of the gamma function by Stirling's series, for x of at least 1. */
function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const shift = x < 7 ? Math.trunc(7 - x) : 0;
  let x0 = x + shift;
  const inverseSquare = (1 / x0) * (1 / x0);
  let sum = SERIES[9];
  for (let k = 8; k >= 0; k--) sum = sum * inverseSquare + SERIES[k];
  let result = sum / x0 + 0.5 * 1.8378770664093453 + (x0 - 0.5) * Math.log(x0) - x0;
  for (let k = 0; k < shift; k++) {
    result -= Math.log(x0 - 1);
    x0 -= 1;
  }
  return result;
}
