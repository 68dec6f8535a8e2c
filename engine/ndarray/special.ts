/**
 * The error function, from its series and its continued fraction. Knows only numbers.
 */

const twoBySqrtPi = 2 / Math.sqrt(Math.PI);

/** The error function, within a few units in the last place. */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (Number.isNaN(z)) return NaN;
  if (z > 6) return Math.sign(x);
  return z < 2.5 ? erfSeries(x) : Math.sign(x) * (1 - erfcFraction(z));
}

/** 1 - erf(x), without losing the digits of a small result. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0.75) return 1 - erf(x);
  return x > 27 ? 0 : erfcFraction(x);
}

/** erf(x) = 2/sqrt(pi) exp(-x^2) sum over n of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): all terms have one sign. */
function erfSeries(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= 2 * square / (2 * n + 1);
    sum += term;
  }
  return twoBySqrtPi * Math.exp(-square) * sum;
}

/** erfc(x) for x of 0.75 and more: exp(-x^2) / (x sqrt(pi)) over a continued fraction, evaluated from its end. */
function erfcFraction(x: number): number {
  let tail = 0;
  for (let k = 40 + Math.ceil(250 / (x * x)); k >= 1; k--) tail = k / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}
