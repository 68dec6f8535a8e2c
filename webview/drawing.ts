/**
 * Draws one node and one wire as SVG: values in green above the wire, gradients in red below it, the user's gradient under
 * the true one. Knows nothing of the rest of the page.
 */
import type {Placed, Wire} from './layout.ts';
import {numberText, shapeText, titleOf, valuesText} from './numbers.ts';
import type {PanelNode, PanelUserGradient} from './protocol.ts';
import {box, boxWidth, cell, element, shortened, text} from './svg.ts';

export const marks = {agrees: '✓', disagrees: '✗', unsettled: '?'} as const;

/** The node around its own origin; `contribution` is the part of an input's gradient that comes back through this use. */
export function drawNode(node: PanelNode, contribution: readonly number[] | null): SVGElement[] {
  const {label, kind, size, first, gradient, count, saved, user} = node;
  const width = boxWidth(shownLabel(label));
  const edge = width / 2;
  const head = [kind === 'input' ? '' : shortened(node.names[0] ?? '', 14), shapeText(node.shape)].filter((part) => part !== '').join(' ');
  const parts: SVGElement[] = [
    element('line', {x1: edge, y1: 0, x2: edge + 84, y2: 0, 'class': 'wire stub'}),
    element('rect', {x: -edge, y: -box.height / 2, width, height: box.height, rx: kind === 'input' ? 4 : 17, 'class': 'box'}),
    text(shownLabel(label), 0, 5, 'label', 'middle'),
    text(valuesText(first, size), edge + 6, -6, 'value'),
    text(valuesText(contribution ?? gradient, size), edge + 6, 16, 'gradient'),
  ];
  if (head !== '') parts.push(text(head, -edge, -box.height / 2 - 6, 'name'));
  if (user !== null) parts.push(text(userText(node, user), edge + 6, 31, `user ${user.status}`));
  if (count !== 1) parts.push(text(`×${count}`, edge - 2, box.height / 2 + 13, 'count', 'end'));
  if (saved) parts.push(element('circle', {cx: -edge + 2, cy: box.height / 2 - 2, r: 4, 'class': 'saved'}, element('title', {}, 'Kept for the backward pass')));
  return parts;
}

function userText({size}: PanelNode, user: PanelUserGradient): string {
  const {status, name} = user;
  if (status === 'agrees') return `${shortened(name, 12)} ${marks.agrees}`;
  const isSameShape = user.size.join() === size.join();
  const shown = isSameShape ? (user.size.length === 0 ? numberText(user.first[0]) : '') : shapeText(user.size);
  return `${shortened(name, 12)} ${shown} ${marks[status]}`.replace('  ', ' ');
}

function shownLabel(label: string): string {
  return shortened(label, 11);
}

/** What a screen reader says of a node. */
export function spoken(node: PanelNode): string {
  const {user, size, first, gradient, count} = node;
  const title = titleOf(node);
  return [
    node.kind === 'input' ? `input ${title}` : title === node.label ? title : `${title}, computed by ${node.operation}`,
    shapeText(node.shape) === '' ? '' : `shape ${shapeText(node.shape)}`,
    count !== 1 ? `${count} iterations` : '',
    `value ${valuesText(first, size)}`, `gradient ${valuesText(gradient, size)}`,
    user === null ? '' : user.status === 'agrees' ? `your ${user.name} agrees` : user.status === 'disagrees' ? `your ${user.name} is wrong` : `your ${user.name} is not this gradient, or not yet`,
  ].filter((part) => part !== '').join(', ');
}

export function centre({rank, lane}: {readonly rank: number; readonly lane: number}): {x: number; y: number} {
  return {x: rank * cell.width, y: lane * cell.height};
}

/** From behind the numbers of one node to the box of another, in a lane of its own where it is long. */
export function wirePath(from: Placed, to: Placed, wire: Wire, fromWidth: number, toWidth: number): string {
  const a = centre(from);
  const b = centre(to);
  const start = a.x + fromWidth / 2 + 84;
  const end = b.x - toWidth / 2;
  if (wire.carried) {
    const low = Math.max(a.y, b.y) + cell.height * 0.46;
    const back = a.x + fromWidth / 2;
    return `M${back} ${a.y + 6} C${back + 40} ${a.y + 6} ${back + 40} ${low} ${back - 10} ${low} L${end} ${low} C${end - 50} ${low} ${end - 40} ${b.y + 8} ${end} ${b.y + 8}`;
  }
  if (to.rank - from.rank <= 1) return curve(start, a.y, end, b.y);
  const y = wire.lane * cell.height;
  const enter = (from.rank + 1) * cell.width - cell.width * 0.3;
  const leave = (to.rank - 1) * cell.width + cell.width * 0.3;
  if (leave < enter) return curve(start, a.y, end, b.y);
  return `${curve(start, a.y, Math.max(enter, start + 10), y)} L${Math.max(leave, start + 10)} ${y} ${curve(Math.max(leave, start + 10), y, end, b.y).replace(/^M\S+ \S+ /, '')}`;
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = Math.max(12, (x2 - x1) / 2);
  return y1 === y2 ? `M${x1} ${y1} L${x2} ${y2}` : `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
