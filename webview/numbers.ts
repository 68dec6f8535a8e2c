/** Numbers and shapes as people read them in a drawing. Pure. */
import type {PanelNode} from './protocol.ts';

/** Two decimals, as on the slides; large and tiny ones with an exponent. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  // What rounding leaves of zero is shown as zero.
  const size = Math.abs(value) < 1e-14 ? 0 : Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 0.005)) return value.toExponential(1).replace('-', '−').replace('e-', 'e−');
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text.replace('-', '−');
}

/** `(N, D)`, `(N,)`; empty for a single number. */
export function shapeText(shape: readonly (string | number)[]): string {
  if (shape.length === 0) return '';
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** `3.00` for a number, `0.31 −1.20 …` for the first elements of more. */
export function valuesText(values: readonly number[], size: readonly number[]): string {
  const count = size.reduce((product, length) => product * length, 1);
  if (count === 1 && values.length > 0) return numberText(values[0]);
  const shown = values.slice(0, 2).map(numberText).join('  ');
  return count > 2 ? `${shown} …` : shown;
}

/** What a value is called: the user's name for it, else what computes it. */
export function titleOf({names, label}: Pick<PanelNode, 'names' | 'label'>): string {
  return names[0] ?? label;
}
