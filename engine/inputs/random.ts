/**
 * The engine's own random numbers: for made inputs, directions and upstream gradients. Not Python's and not NumPy's.
 * sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded through splitmix32 (the finaliser of MurmurHash3, Austin
 * Appleby, public domain).
 */

/** The next number in [0, 1). */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next32 = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let a = next32();
  let b = next32();
  let c = next32();
  let counter = 1;
  return () => {
    const t = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
}

/** A seed for one of several streams: the same parts give the same seed. */
export function seedOf(seed: number, ...parts: readonly (number | string)[]): number {
  let hash = seed | 0;
  for (const part of parts) {
    for (const letter of `${part}|`) hash = (Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) + 0x9e3779b9) | 0;
  }
  return hash;
}

/** A whole number from 0 up to and without `below`. */
export function below(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

/** The numbers from 0 to count - 1 in random order (Fisher and Yates). */
export function shuffled(random: Random, count: number): number[] {
  const out = Array.from({length: count}, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/** Standard normals (Box and Muller). */
export function normals(random: Random, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < count) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}
