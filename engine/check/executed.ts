/**
 * Where a gradient was made in one run: the text may give it in several branches, of which program/ names the last. Judges nothing.
 */
import type {Event} from '../interpreter/events.ts';
import type {Span} from '../python/span.ts';
import type {FoundGradient} from './subjects/subject.ts';

/** The same gradients; those whose place has not run get the last place in the same function that gives them and has. */
export function whereTheyRan(found: readonly FoundGradient[], events: readonly Event[], path: string): readonly FoundGradient[] {
  const ran = new Set<number>();
  const returns: Span[] = [];
  for (const event of events) {
    if (event.activation.path !== path) continue;
    if (event.type === 'assign') ran.add(event.span.start);
    else if (event.type === 'return' && event.span !== null) returns.push(event.span);
  }
  return found.map((gradient) => {
    const {source} = gradient;
    if (ran.has(source.span.start) || returns.some((span) => holds(span, source.span))) return gradient;
    const span = lastPlace(gradient, events, path);
    return span === null ? gradient : {...gradient, source: {...source, span}};
  });
}

function lastPlace({name, source}: FoundGradient, events: readonly Event[], path: string): Span | null {
  for (const event of events.toReversed()) {
    const {definition} = event.activation;
    if (event.activation.path !== path || definition === null || !holds(definition.span, source.span)) continue;
    if (event.type === 'assign' && event.target === name) return event.span;
    if (event.type === 'return' && source.name === null && source.position !== null) return event.span;
  }
  return null;
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
