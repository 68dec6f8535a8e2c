/** What every finder of pairs/ is given: one file's text, tree and definitions. Knows nothing of any one pattern. */
import type {ClassDef, Expr, FunctionDef, Module} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import type {Definitions} from './definitions.ts';
import type {Pair} from './pair.ts';

export interface FindContext {
  readonly path: string;
  readonly text: string;
  readonly module: Module;
  readonly definitions: Definitions;
  /** Whether the text says `# backprop: ignore` of a definition. */
  ignored(definition: FunctionDef | ClassDef): boolean;
}

/** Finds the pairs of one pattern. */
export type Finder = (context: FindContext) => readonly Pair[];

/** The text of a span. */
export function slice(context: FindContext, span: Span): string {
  return context.text.slice(span.start, span.end);
}

/**
 * A place as reports name it: `self.params['W1']`, `dx`, `grads[0]`. String keys get single quotes; a computed key
 * stays as it is written.
 */
export function written(context: FindContext, place: Expr): string {
  switch (place.kind) {
    case 'Name':
      return place.id;
    case 'Attribute':
      return `${written(context, place.object)}.${place.name}`;
    case 'Subscript':
      return `${written(context, place.object)}[${writtenKey(context, place.index)}]`;
    default:
      return slice(context, place.span);
  }
}

/** A key as reports name it: `'W1'`, `0`, `'dW' + str(l)`. */
export function writtenKey(context: FindContext, key: Expr): string {
  if (key.kind === 'String' && !key.bytes) return quoted(key.value);
  return slice(context, key.span);
}

/** A string as Python would show it, for the plain names that keys are. */
export function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
