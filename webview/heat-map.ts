/** The true gradient of a matrix and the user's beside it, as squares: red above zero, blue below, dark where large. */
import {html} from './controls.ts';
import {numberText} from './numbers.ts';
import type {PanelNode} from './protocol.ts';
import {element} from './svg.ts';

const side = 13;

/** Null for what is no matrix, or too large to have been sent in full. */
export function heatMap({size, gradient, user}: PanelNode): HTMLElement | null {
  if (size.length !== 2 || size[0] * size[1] > gradient.length) return null;
  const [rows, columns] = size;
  const made = html('div', {'class': 'maps'}, figure('true', gradient, rows, columns, null));
  if (user !== null && user.size.join() === size.join()) made.append(figure(user.name, user.first, rows, columns, gradient));
  return made;
}

/** With `truth`, elements that differ from it are framed. */
function figure(caption: string, values: readonly number[], rows: number, columns: number, truth: readonly number[] | null): HTMLElement {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-12);
  const svg = element('svg', {width: columns * side, height: rows * side, role: 'img', 'aria-label': `${caption}: ${values.map(numberText).join(' ')}`});
  values.forEach((value, i) => {
    const differs = truth !== null && Math.abs(value - truth[i]) > 1e-6 * (Math.abs(truth[i]) + most);
    const square = element('rect', {
      x: (i % columns) * side + 1, y: Math.floor(i / columns) * side + 1, width: side - 2, height: side - 2,
      'class': `${value < 0 ? 'below' : 'above'}${differs ? ' differs' : ''}`, 'fill-opacity': 0.12 + 0.88 * Math.abs(value) / most,
    }, element('title', {}, numberText(value)));
    svg.append(square);
  });
  return html('figure', {}, svg, html('figcaption', {}, caption));
}
