/** A value's numbers as squares, the true gradient and the user's beside each other: red above zero, blue below, dark where large. */
import type {Grid, ValuesAnswer} from '../engine/graph/study.ts';
import {html} from './controls.ts';
import {numberText} from './numbers.ts';
import {element} from './svg.ts';

/** Pixels that a map may take in each direction. */
const most = 260;

/** Null for a single number. */
export function heatMaps({value, gradient, user}: ValuesAnswer, userName: string): HTMLElement | null {
  if (value.rows * value.columns < 2) return null;
  const made = html('div', {'class': 'maps'}, figure('value', value, null), figure('gradient', gradient, null));
  if (user !== null && user.rows === gradient.rows && user.columns === gradient.columns) made.append(figure(userName, user, gradient));
  return made;
}

/** With `truth`, elements that differ from it are framed. */
function figure(caption: string, {rows, columns, numbers, block}: Grid, truth: Grid | null): HTMLElement {
  const side = Math.max(4, Math.min(15, Math.floor(most / Math.max(rows, columns))));
  const largest = numbers.reduce((found, number) => Math.max(found, Math.abs(number)), 1e-12);
  const spoken = numbers.length <= 36 ? numbers.map(numberText).join(' ') : `${rows} rows and ${columns} columns`;
  const svg = element('svg', {width: columns * side, height: rows * side, role: 'img', 'aria-label': `${caption}: ${spoken}`});
  numbers.forEach((number, i) => {
    const differs = truth !== null && Math.abs(number - truth.numbers[i]) > 1e-6 * (Math.abs(truth.numbers[i]) + largest);
    const [row, column] = [Math.floor(i / columns), i % columns];
    svg.append(element('rect', {
      x: column * side + 0.5, y: row * side + 0.5, width: side - 1, height: side - 1,
      'class': `${number < 0 ? 'below' : 'above'}${differs ? ' differs' : ''}`, 'fill-opacity': 0.12 + 0.88 * Math.abs(number) / largest,
    }, element('title', {}, `[${row}, ${column}] ${numberText(number)}`)));
  });
  const scaled = block[0] * block[1] === 1 ? '' : `, a square for ${block[0]} by ${block[1]} elements`;
  return html('figure', {}, svg, html('figcaption', {}, `${caption}${scaled}`));
}
