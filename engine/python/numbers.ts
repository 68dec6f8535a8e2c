/** The value of a Python number literal as it is written. Knows nothing of trees. */

export interface NumberValue {
  readonly value: number | bigint;
  readonly type: 'int' | 'float' | 'imaginary';
}

/** Reads underscores, prefixes, exponents, `j`, and Python 2's `0777` and `10L`; null when the text is no number. */
export function readNumber(written: string): NumberValue | null {
  const text = written.replaceAll('_', '');
  if (/^[jJ]$/.test(text.slice(-1)) && !/^0[xX]/.test(text)) {
    const value = Number(text.slice(0, -1));
    return text.length > 1 && !Number.isNaN(value) ? {value, type: 'imaginary'} : null;
  }
  const digits = text.replace(/[lL]$/, '');
  if (/^\d+$/.test(digits)) {
    if (/^0[0-7]+$/.test(digits) && !/^0+$/.test(digits)) return integer(`0o${digits.slice(1)}`);
    return integer(digits);
  }
  if (/^0(?:[xX][\da-fA-F]+|[oO][0-7]+|[bB][01]+)$/.test(digits)) return integer(digits);
  if (/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return {value: Number(text), type: 'float'};
  return null;
}

function integer(text: string): NumberValue {
  const value = Number(text);
  return {value: Number.isSafeInteger(value) ? value : BigInt(text), type: 'int'};
}
