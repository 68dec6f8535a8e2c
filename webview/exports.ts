/** The drawn graph as text for other tools: Graphviz DOT and Mermaid. Pure. */
import type {Drawn} from './folding.ts';
import {shapeText, titleOf, valuesText} from './numbers.ts';
import type {PanelNode} from './protocol.ts';

export function toDot({nodes, edges}: Drawn): string {
  const names = numbered(nodes);
  const lines = nodes.map((node) => `  ${names.get(node.id)!} [label=${JSON.stringify(linesOf(node).join('\n'))}, shape=${node.kind === 'input' ? 'box' : 'ellipse'}];`);
  const wires = edges.map(({from, to, carried}) => `  ${names.get(from)!} -> ${names.get(to)!}${carried ? ' [style=dashed, constraint=false]' : ''};`);
  return ['digraph backprop {', '  rankdir=LR;', ...lines, ...wires, '}', ''].join('\n');
}

export function toMermaid({nodes, edges}: Drawn): string {
  const names = numbered(nodes);
  const lines = nodes.map((node) => {
    const text = `"${linesOf(node).join('<br>').replaceAll('"', '#quot;')}"`;
    return `  ${names.get(node.id)!}${node.kind === 'input' ? `[${text}]` : `(${text})`}`;
  });
  return ['flowchart LR', ...lines, ...edges.map(({from, to, carried}) => `  ${names.get(from)!} ${carried ? '-.->' : '-->'} ${names.get(to)!}`), ''].join('\n');
}

function numbered(nodes: readonly PanelNode[]): ReadonlyMap<string, string> {
  return new Map(nodes.map(({id}, i) => [id, `n${i}`]));
}

function linesOf(node: PanelNode): string[] {
  const title = titleOf(node);
  const head = [title === node.label ? title : `${title} = ${node.label}`, shapeText(node.shape)].filter((part) => part !== '').join(' ');
  return [head, `value ${valuesText(node.first, node.size)}`, `gradient ${valuesText(node.gradient, node.size)}`];
}
