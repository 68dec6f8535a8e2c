/** What is said about the selected node, or about the current step of the walk: values, gradients, and how they come about. */
import type {Explanation, GraphEdge} from '../engine/graph/graph.ts';
import type {ValuesAnswer} from '../engine/graph/study.ts';
import {html} from './controls.ts';
import {marks} from './drawing.ts';
import {heatMaps} from './heat-map.ts';
import {mathematics} from './mathematics.ts';
import {numberText, shapeText, titleOf, valuesText} from './numbers.ts';
import type {PanelNode} from './protocol.ts';
import {questionOf} from './questions.ts';
import {keyOf, walkOf} from './state.ts';
import type {PanelState} from './state.ts';

export function drawDetails(place: HTMLElement, state: PanelState): void {
  const {nodes, edges} = state.drawn;
  const walk = walkOf(state);
  const node = walk.current ?? nodes.find(({id}) => id === state.selected) ?? null;
  if (node === null) {
    place.replaceChildren(html('p', {'class': 'quiet'}, 'Select a node to see how its value and its gradient come about.'), legend());
    return;
  }
  const byId = new Map(nodes.map((other) => [other.id, other]));
  const question = questionOf(state, 'graph');
  const answer = question === null ? undefined : state.answers.get(keyOf(question))?.answer;
  const values = answer?.about === 'values' ? answer : null;
  const left: HTMLElement[] = [html('h2', {}, `${titleOf(node)} ${shapeText(node.shape)}`.trim(), ...(node.saved ? [html('span', {'class': 'tag'}, 'kept for backward')] : []))];
  if (node.id === state.wrong) left.push(html('p', {'class': 'bad'}, 'This is the first gradient that is wrong.'));
  left.push(line('value', valuesText(node.first, node.size), 'value'));
  const right: HTMLElement[] = [];
  if (walk.gradients.has(node.id)) {
    left.push(line('gradient', valuesText(node.gradient, node.size), 'gradient'));
    if (node.user !== null) left.push(userLine(node, values));
    const maps = values === null ? null : heatMaps(values, node.user?.name ?? 'yours');
    if (maps !== null) left.push(maps);
    left.push(...branches(node, edges, byId));
    const explanation = state.picture?.explanations[node.operation];
    if (explanation !== undefined) right.push(...passing(node, explanation, values, edges, byId));
  } else if (walk.current !== null) left.push(html('p', {'class': 'quiet'}, 'Its gradient comes in the backward pass.'));
  place.replaceChildren(html('div', {'class': 'columns'}, html('div', {}, ...left), ...(right.length === 0 ? [] : [html('div', {}, ...right)])));
}

function legend(): HTMLElement {
  return html('p', {'class': 'legend'}, html('span', {'class': 'value'}, 'value'), ' above the wire, ', html('span', {'class': 'gradient'}, 'gradient'), ' below it, yours under that with ✓ or ✗. ', html('span', {'class': 'dot'}, '●'), ' is kept for the backward pass.');
}

function line(name: string, content: string, className: string): HTMLElement {
  return html('p', {}, `${name} `, html('code', {'class': className}, content));
}

function userLine({user, size}: PanelNode, values: ValuesAnswer | null): HTMLElement {
  const {name, status, first: given, size: givenSize} = user!;
  const words = status === 'agrees' ? 'agrees' : status === 'disagrees' ? 'is wrong' : 'is not this gradient, or not yet';
  const made = html('p', {}, 'yours ', html('code', {'class': `user ${status}`}, `${name} ${valuesText(given, givenSize)} ${marks[status]}`), ` ${words}`);
  if (size.join() !== givenSize.join()) made.append(`, its shape is ${shapeText(givenSize)} instead of ${shapeText(size)}`);
  else if (status !== 'agrees' && values !== null && values.off !== null) made.append(`, off by up to ${numberText(values.off)}`);
  return made;
}

/** Where a value is used more than once, what comes back along each use. */
function branches(node: PanelNode, edges: readonly GraphEdge[], byId: ReadonlyMap<string, PanelNode>): HTMLElement[] {
  const uses = edges.filter(({from}) => from === node.id);
  if (uses.length < 2) return [];
  const items = uses.slice(0, mostUses).map(({to, contribution}) => html('li', {}, `through ${titleOf(byId.get(to)!)}: `, html('code', {'class': 'gradient'}, valuesText(contribution, node.size))));
  if (uses.length > mostUses) items.push(html('li', {}, `and ${uses.length - mostUses} more`));
  return [html('h3', {}, 'gradients add at branches'), html('p', {}, `It is used ${uses.length} times, and its gradient is the sum of what comes back:`), html('ul', {}, ...items)];
}

const mostUses = 8;

/** Upstream times local, for each input of the operation: numbers for single numbers, shapes and a formula for arrays. */
function passing(node: PanelNode, {pattern, why}: Explanation, values: ValuesAnswer | null, edges: readonly GraphEdge[], byId: ReadonlyMap<string, PanelNode>): HTMLElement[] {
  const products = edges.filter(({to}) => to === node.id).map(({from, local, contribution}) => {
    const operand = byId.get(from)!;
    const product = local === null
      ? `${shapeText(operand.shape)} ${valuesText(contribution, operand.size)}`
      : `${numberText(local)} × ${numberText(node.gradient[0])} = ${numberText(contribution[0])}`;
    return html('li', {}, `to ${titleOf(operand)}: `, html('code', {'class': 'gradient'}, product));
  });
  const isScalar = edges.some(({to, local}) => to === node.id && local !== null);
  return [
    html('h3', {}, pattern), html('p', {}, why),
    ...(products.length === 0 ? [] : [html('p', {}, isScalar ? 'local × upstream' : 'local × upstream, as shapes'), html('ul', {}, ...products)]),
    ...formulas(values, edges),
  ];
}

function formulas(values: ValuesAnswer | null, edges: readonly GraphEdge[]): HTMLElement[] {
  return (values?.formulas ?? []).flatMap(({node, left, right, where}, _, all) => {
    // Of what is used more than once this is a part, which is added to the others.
    const isPart = edges.filter(({from}) => from === node).length > 1 || all.filter((other) => other.node === node).length > 1;
    return [
      html('p', {}, mathematics(`${left} ${isPart ? '\\mathrel{{+}{=}}' : '='} ${right}`, true)),
      ...(where === '' ? [] : [html('p', {'class': 'quiet'}, `where ${where}`)]),
    ];
  });
}
