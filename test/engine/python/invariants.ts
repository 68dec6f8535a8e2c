/** What holds for the tree of any text, broken or not. */
import assert from 'node:assert/strict';
import type {Stmt} from '../../../engine/python/ast.ts';
import type {ParsedText} from '../../../engine/python/parse.ts';
import type {Span} from '../../../engine/python/span.ts';
import {children, type AnyNode} from '../../../engine/python/walk.ts';

/** Spans lie in the text and in their parents; statements of a block follow each other without overlap. */
export function assertSound(parsed: ParsedText): void {
  const {module} = parsed;
  assertWithin(module.span, {start: 0, end: parsed.text.length}, 'module');
  assertInOrder(module.body);
  for (const stmt of module.body) assertNode(stmt, module.span);
  for (const comment of module.comments) assert.equal(parsed.text.slice(comment.span.start, comment.span.end), comment.text);
}

function assertNode(root: AnyNode, outer: Span): void {
  const stack: {node: AnyNode; outer: Span}[] = [{node: root, outer}];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const {node} = next;
    assertWithin(node.span, next.outer, node.kind);
    for (const block of blocksOf(node)) assertInOrder(block);
    for (const child of children(node)) stack.push({node: child, outer: node.span});
  }
}

function blocksOf(node: AnyNode): (readonly Stmt[])[] {
  switch (node.kind) {
    case 'If': case 'For': case 'While':
      return [[...node.body, ...node.otherwise]];
    case 'FunctionDef': case 'ClassDef': case 'With':
      return [node.body];
    case 'Try':
      return [node.body, ...node.handlers.map(({body}) => body), node.otherwise, node.finally];
    default:
      return [];
  }
}

function assertWithin(inner: Span, outer: Span, kind: string): void {
  const within = outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
  assert.ok(within, `${kind} at ${inner.start}..${inner.end} is not within ${outer.start}..${outer.end}`);
}

function assertInOrder(stmts: readonly Stmt[]): void {
  for (let i = 1; i < stmts.length; i++) {
    const [before, after] = [stmts[i - 1], stmts[i]];
    assert.ok(before.span.end <= after.span.start, `${after.kind} at ${after.span.start} begins before ${before.kind} ends at ${before.span.end}`);
  }
}
