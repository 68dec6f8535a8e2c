/**
 * Shapes in comments: `x,  # (N, D)` beside a parameter, `# x: (N, D)` in or above a function, and `# (N, H)` behind an
 * assignment, which speaks of the value assigned on that line.
 */
import {flatten} from '../program/definitions.ts';
import type {Comment, FunctionDef, Module} from '../python/ast.ts';
import {findShape} from './shape-text.ts';
import type {AxisSpec, Fact} from './spec.ts';

const named = /^#+\s*[-*]?\s*([A-Za-z_]\w*)\s*(?::|=|is|--|-|has)?\s*(?:of |an? )?(?:array |matrix |vector )?(?:of |with )?(?:shape|size|dims?)?\s*(?:of|:|=|is)?\s*([([].*)$/i;

/** What comments say of parameters: those in the signature, in the body, and right above the definition. */
export function commentFacts(definition: FunctionDef, module: Module, text: string): readonly Fact[] {
  const names = new Set(definition.params.map((param) => param.name));
  const facts = new Map<string, Fact>();
  const bodyStart = definition.body[0]?.span.start ?? definition.span.end;
  for (const comment of commentsNear(definition, module, text)) {
    const {start} = comment.span;
    const match = named.exec(comment.text.trimEnd());
    const one = match !== null && names.has(match[1]) ? match[1] : start < bodyStart ? parameterOnLine(definition, text, start) : null;
    if (one === null || facts.has(one)) continue;
    const shape = findShape(match !== null && names.has(match[1]) ? match[2] : comment.text.replace(/^#+\s*/, ''), true, names);
    if (shape !== null && !isContents(definition, one, shape)) facts.set(one, {name: one, shape, kind: 'array', origin: 'comment', span: comment.span});
  }
  return [...facts.values()];
}

/** Whether brackets list what a parameter holds, not its axes: `[memory, x]` of what is taken apart by `memory, x = inputs`. */
function isContents({body}: FunctionDef, name: string, shape: readonly AxisSpec[]): boolean {
  return shape.length > 1 && !('size' in shape[0]) && flatten(body).some((statement) => statement.kind === 'Assign' && statement.value.kind === 'Name' && statement.value.id === name
    && statement.targets.some((target) => target.kind === 'Tuple' && target.items.length === shape.length));
}

function commentsNear(definition: FunctionDef, module: Module, text: string): readonly Comment[] {
  return module.comments.filter(({span}) => {
    if (span.start > definition.span.end || definition.span.start - span.end > 400) return false;
    if (/^#+\s*backprop\s*:/i.test(text.slice(span.start, span.end))) return false;
    if (span.start >= definition.span.start) return span.end <= definition.span.end + 1;
    return span.end <= definition.span.start && /^[\s]*(?:#[^\n]*\n\s*)*$/.test(text.slice(span.end, definition.span.start));
  });
}

/** The last parameter that stands before `offset` on its line. */
function parameterOnLine(definition: FunctionDef, text: string, offset: number): string | null {
  const lineStart = text.lastIndexOf('\n', offset) + 1;
  const here = definition.params.filter(({span}) => span.start >= lineStart && span.end <= offset);
  return here.length === 1 ? here[0].name : null;
}

/** Shapes behind statements, by the offset at which the line ends: `out = x.dot(w)  # (N, M)`. */
export function lineShapes(module: Module, text: string): ReadonlyMap<number, readonly AxisSpec[]> {
  const shapes = new Map<number, readonly AxisSpec[]>();
  for (const {span, text: words} of module.comments) {
    const body = words.trimEnd().replace(/^#+\s*/, '');
    if (!/^(?:shape\s*[:=]?\s*)?[([][^()[\]]*,[^()[\]]*[)\]]\s*$/i.test(body)) continue;
    const before = text.slice(text.lastIndexOf('\n', span.start) + 1, span.start);
    if (before.trim() === '') continue;
    const shape = findShape(body, true, new Set());
    if (shape !== null) shapes.set(lineEndOf(text, span.start), shape);
  }
  return shapes;
}

/** The offset of the end of the line that holds `offset`. */
export function lineEndOf(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
