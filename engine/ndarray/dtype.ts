/**
 * NumPy's data types and NumPy 2's promotion. Knows nothing of arrays.
 *
 * Every array keeps its elements in a Float64Array whatever its dtype: loops stay monomorphic, and the dtype says how a
 * result is rounded or wrapped when it is written. Integers are exact up to 2^53.
 */

export type DType =
  | 'bool' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64'
  | 'float16' | 'float32' | 'float64';

export type Kind = 'bool' | 'int' | 'uint' | 'float';

interface DTypeInfo {
  readonly kind: Kind;
  readonly bits: number;
}

const info: Readonly<Record<DType, DTypeInfo>> = {
  bool: {kind: 'bool', bits: 8},
  int8: {kind: 'int', bits: 8},
  uint8: {kind: 'uint', bits: 8},
  int16: {kind: 'int', bits: 16},
  uint16: {kind: 'uint', bits: 16},
  int32: {kind: 'int', bits: 32},
  uint32: {kind: 'uint', bits: 32},
  int64: {kind: 'int', bits: 64},
  uint64: {kind: 'uint', bits: 64},
  float16: {kind: 'float', bits: 16},
  float32: {kind: 'float', bits: 32},
  float64: {kind: 'float', bits: 64},
};

export function kindOf(dtype: DType): Kind {
  return info[dtype].kind;
}

export function isFloat(dtype: DType): boolean {
  return info[dtype].kind === 'float';
}

/** Bytes of one element, NumPy's `itemsize`. */
export function itemSize(dtype: DType): number {
  return info[dtype].bits / 8;
}

/** The dtype that NumPy gives to an operation on two arrays of these dtypes (`np.promote_types`). */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const x = info[a];
  const y = info[b];
  if (x.kind === 'bool') return b;
  if (y.kind === 'bool') return a;
  if (x.kind === y.kind) return x.bits >= y.bits ? a : b;
  if (x.kind === 'float' || y.kind === 'float') {
    const [float, floatBits, intBits] = x.kind === 'float' ? [a, x.bits, y.bits] : [b, y.bits, x.bits];
    const needed = intBits === 8 ? 16 : intBits === 16 ? 32 : 64;
    return floatBits >= needed ? float : needed === 32 ? 'float32' : 'float64';
  }
  const [signedBits, unsignedBits] = x.kind === 'int' ? [x.bits, y.bits] : [y.bits, x.bits];
  if (signedBits > unsignedBits) return x.kind === 'int' ? a : b;
  return unsignedBits === 8 ? 'int16' : unsignedBits === 16 ? 'int32' : unsignedBits === 32 ? 'int64' : 'float64';
}

/** What NumPy 2 makes of an array's dtype and a Python number ("weak" promotion): only the kind may rise. */
export function promoteWeak(dtype: DType, weak: Kind): DType {
  const kind = info[dtype].kind;
  if (weak === 'float') return kind === 'float' ? dtype : 'float64';
  if (weak === 'int' && kind === 'bool') return 'int64';
  return dtype;
}

const half = new DataView(new ArrayBuffer(4));

/** Rounds to the nearest float16, ties to even. */
function roundHalf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const single = Math.fround(value);
  half.setFloat32(0, single);
  const exponent = ((half.getUint32(0) >>> 23) & 0xff) - 127;
  const step = 2 ** (Math.max(exponent, -14) - 10);
  const quotient = value / step;
  const floor = Math.floor(quotient);
  const rest = quotient - floor;
  const rounded = (rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor) * step;
  return Math.abs(rounded) >= 65520 ? Math.sign(value) * Infinity : rounded;
}

/** The value that an element of this dtype holds after `value` is written to it: rounding, truncation, wrapping. */
export function fit(dtype: DType, value: number): number {
  switch (dtype) {
    case 'float64': return value;
    case 'float32': return Math.fround(value);
    case 'float16': return roundHalf(value);
    case 'bool': return value === 0 ? 0 : 1;
    case 'int64': return Number.isFinite(value) ? Math.trunc(value) + 0 : -9223372036854775808;
    case 'int32': return value | 0;
    case 'int16': return (value << 16) >> 16;
    case 'int8': return (value << 24) >> 24;
    case 'uint8': return value & 0xff;
    case 'uint16': return value & 0xffff;
    case 'uint32': return value >>> 0;
    case 'uint64': return Number.isFinite(value) ? Math.trunc(value) + 0 : 0;
  }
}
