/** Moves pieces of the tree to another place in their text, in place: whatever is remembered of a node stays valid. */
import type {Span} from './span.ts';

/** Each span inside of a value once. */
export function spansIn(value: unknown): readonly Span[] {
  const found = new Set<Span>();
  collect(value, found);
  return [...found];
}

/** Adds `delta` to every offset of the spans. */
export function moveBy(spans: readonly Span[], delta: number): void {
  for (const span of spans as readonly {start: number; end: number}[]) {
    span.start += delta;
    span.end += delta;
  }
}

function collect(value: unknown, found: Set<Span>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  const fields = value as Record<string, unknown>;
  if (typeof fields.start === 'number' && typeof fields.end === 'number') {
    found.add(value as Span);
    return;
  }
  for (const key in fields) collect(fields[key], found);
}
