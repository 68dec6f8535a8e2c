/** Moves statements to another place in a text: the same tree with every span shifted. */
import type {Stmt} from './ast.ts';

export function shifted(body: readonly Stmt[], delta: number): readonly Stmt[] {
  return moved(body, delta) as readonly Stmt[];
}

function moved(value: unknown, delta: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => moved(item, delta));
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    copy[key] = key === 'start' || key === 'end' ? (typeof child === 'number' ? child + delta : moved(child, delta)) : moved(child, delta);
  }
  return copy;
}
