/** What is said about the selected node, or about the current step of the walk: values, gradients, and how they come about. */
import type {Explanation, GraphEdge} from '../engine/graph/graph.ts';
import {html} from './controls.ts';
import {marks} from './drawing.ts';
import {heatMap} from './heat-map.ts';
import {numberText, shapeText, titleOf, valuesText} from './numbers.ts';
import type {PanelNode} from './protocol.ts';
import {walkOf} from './state.ts';
import type {PanelState} from './state.ts';

export function drawDetails(place: HTMLElement, state: PanelState): void {
  const {nodes, edges} = state.drawn;
  const walk = walkOf(state);
  const node = walk.current ?? nodes.find(({id}) => id === state.selected) ?? null;
  if (node === null) {
    place.replaceChildren(html('p', {'class': 'quiet'}, 'Select a node to see how its value and its gradient come about.'));
    return;
  }
  const byId = new Map(nodes.map((other) => [other.id, other]));
  const parts: HTMLElement[] = [html('h2', {}, `${titleOf(node)} ${shapeText(node.shape)}`.trim())];
  if (node.id === state.wrong) parts.push(html('p', {'class': 'bad'}, 'The first wrong gradient is this one.'));
  parts.push(line('value', valuesText(node.first, node.size), 'value'));
  if (walk.gradients.has(node.id)) {
    parts.push(line('gradient', valuesText(node.gradient, node.size), 'gradient'));
    if (node.user !== null) parts.push(userLine(node));
    const maps = heatMap(node);
    if (maps !== null) parts.push(maps);
    parts.push(...branches(node, edges, byId));
    const explanation = state.picture?.explanations[node.operation];
    if (explanation !== undefined) parts.push(...passing(node, explanation, edges, byId));
  }
  place.replaceChildren(...parts);
}

function line(name: string, content: string, className: string): HTMLElement {
  return html('p', {}, `${name} `, html('code', {'class': className}, content));
}

function userLine({user, size, first, gradient}: PanelNode): HTMLElement {
  const {name, status, first: given, size: givenSize} = user!;
  const words = status === 'agrees' ? 'agrees' : status === 'disagrees' ? 'is wrong' : 'is not this gradient, or not yet';
  const made = html('p', {}, 'yours ', html('code', {'class': `user ${status}`}, `${name} ${valuesText(given, givenSize)} ${marks[status]}`), ` ${words}`);
  if (status !== 'agrees' && size.join() === givenSize.join() && first.length === given.length) {
    const off = given.reduce((most, value, i) => Math.max(most, Math.abs(value - gradient[i])), 0);
    made.append(`, off by up to ${numberText(off)}`);
  }
  if (size.join() !== givenSize.join()) made.append(`, its shape is ${shapeText(givenSize)} instead of ${shapeText(size)}`);
  return made;
}

/** Where a value is used more than once, what comes back along each use. */
function branches(node: PanelNode, edges: readonly GraphEdge[], byId: ReadonlyMap<string, PanelNode>): HTMLElement[] {
  const uses = edges.filter(({from}) => from === node.id);
  if (uses.length < 2) return [];
  const items = uses.map(({to, contribution}) => html('li', {}, `through ${titleOf(byId.get(to)!)}: `, html('code', {'class': 'gradient'}, valuesText(contribution, node.size))));
  return [html('p', {}, `Used ${uses.length} times: gradients add at branches.`), html('ul', {}, ...items)];
}

/** Upstream times local, for each input of the operation. */
function passing(node: PanelNode, {pattern, why, pullback}: Explanation, edges: readonly GraphEdge[], byId: ReadonlyMap<string, PanelNode>): HTMLElement[] {
  const rules = Object.entries(pullback).map(([argument, rule]) => html('li', {}, html('code', {}, `d${argument} = ${rule}`)));
  const products = edges.filter(({to}) => to === node.id).map(({from, local, contribution}) => {
    const operand = byId.get(from)!;
    const product = local === null
      ? `${shapeText(operand.shape)} ${valuesText(contribution, operand.size)}`
      : `${numberText(local)} × ${numberText(node.gradient[0])} = ${numberText(contribution[0])}`;
    return html('li', {}, `to ${titleOf(operand)}: `, html('code', {'class': 'gradient'}, product));
  });
  return [
    html('h3', {}, pattern), html('p', {}, why),
    ...(products.length === 0 ? [] : [html('p', {}, 'local × upstream'), html('ul', {}, ...products)]),
    ...(rules.length === 0 ? [] : [html('p', {}, 'with ', html('code', {}, 'g'), ' the upstream gradient'), html('ul', {}, ...rules)]),
  ];
}
