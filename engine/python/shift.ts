/** Moves pieces of the tree to another place in a text: the same values with every span shifted. */

/** A copy in which each offset, the `start` and `end` of a span, is moved by `delta`. */
export function shifted<T>(value: T, delta: number): T {
  return moved(value, delta) as T;
}

function moved(value: unknown, delta: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => moved(item, delta));
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    const child = (value as Record<string, unknown>)[key];
    copy[key] = typeof child === 'number' && (key === 'start' || key === 'end') ? child + delta : moved(child, delta);
  }
  return copy;
}
