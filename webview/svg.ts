/** The sizes of the drawing and the small pieces of SVG that it is made of. Knows nothing of state. */

export const cell = {width: 196, height: 104};
export const box = {height: 34, least: 46, most: 104};

export type Attributes = Readonly<Record<string, string | number>>;

export function element<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Attributes, ...children: readonly (Node | string)[]): SVGElementTagNameMap[Name] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

export function text(content: string, x: number, y: number, className: string, anchor: 'start' | 'middle' | 'end' = 'start'): SVGTextElement {
  return element('text', {x, y, 'class': className, 'text-anchor': anchor, 'aria-hidden': 'true'}, content);
}

/** Wide enough for a label of that many characters. */
export function boxWidth(label: string): number {
  return Math.max(box.least, Math.min(box.most, 18 + label.length * 8.2));
}

export function shortened(content: string, characters: number): string {
  return content.length <= characters ? content : `${content.slice(0, characters - 1)}…`;
}
