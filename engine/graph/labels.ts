/** What stands inside the node of an operation: the signs of the lecture slides, with a constant operand written out. */
import {Scalar} from '../ndarray/scalar.ts';
import type {Value} from '../ndarray/values.ts';

const signs: Readonly<Record<string, string>> = {
  '*': '×', 'np.multiply': '×', '/': '÷', 'np.divide': '÷', '-': '−', 'np.subtract': '−', 'np.add': '+', '@': '@', 'np.dot': '@', 'np.matmul': '@',
  'negative': '−1 ×', 'np.negative': '−1 ×', 'np.sum': 'Σ', 'np.mean': 'mean', 'np.maximum': 'max', 'np.minimum': 'min', '**': '^', 'getitem': '[ ]', 'setitem': '[ ] =',
};

/** `+ 1` for `x + 1`, `1 ÷` for `1 / x`, `^ 2` for `x ** 2`, `exp` for `np.exp(x)`. */
export function labelOf(operation: string, operands: readonly Value[]): string {
  const name = operation.replace(/=$/, '');
  const sign = signs[name] ?? name.replace(/^.*\./, '');
  if (operands.length !== 2 || !/^[-+×÷−^]$/.test(sign)) return sign;
  const [left, right] = operands.map(constantText);
  if (left !== null && right === null) return `${left} ${sign}`;
  return left === null && right !== null ? `${sign} ${right}` : sign;
}

function constantText(value: Value): string | null {
  if (typeof value === 'number') return String(value);
  if (!(value instanceof Scalar) || value.id !== 0) return null;
  return Number.isInteger(value.value) ? String(value.value) : String(Number(value.value.toPrecision(3)));
}
