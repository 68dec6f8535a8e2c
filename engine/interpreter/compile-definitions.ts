/**
 * `def` and `class` statements as closures, decorators included.
 */
import type {ClassDef, Expr, FunctionDef} from '../python/ast.ts';
import {annotationKind} from '../python/generated-init.ts';
import type {Value} from '../ndarray/values.ts';
import {call} from './calls.ts';
import {createClass} from './classes.ts';
import {Completion, Frame} from './code.ts';
import type {StmtCode} from './code.ts';
import {compileBlock} from './compile-blocks.ts';
import {compileExpr, compileList} from './compile-expressions.ts';
import {compileClosure} from './compile-functions.ts';
import {storeName} from './compile-targets.ts';
import {Dict} from './containers.ts';
import {Unsupported} from './objects.ts';
import {Scope} from './scopes.ts';

export function compileDefinition(scope: Scope, node: FunctionDef): StmtCode {
  const make = compileClosure(scope, node);
  const decorate = compileDecorators(scope, node.decorators);
  const store = storeName(scope, node.name);
  return (frame) => {
    store(frame, decorate(frame, make));
    return Completion.Normal;
  };
}

/** Applies decorators from the inside out. An unknown decorator changes nothing. */
function compileDecorators(scope: Scope, nodes: readonly Expr[]): (frame: Frame, make: (frame: Frame) => Value) => Value {
  const decorators = nodes.map((node) => ({code: compileExpr(scope, node), span: node.span}));
  if (decorators.length === 0) return (frame, make) => make(frame);
  return (frame, make) => {
    const callables = decorators.map(({code}) => code(frame));
    let value = make(frame);
    for (let i = callables.length - 1; i >= 0; i--) {
      if (callables[i] instanceof Unsupported) continue;
      frame.run.span = decorators[i].span;
      const result = call(frame.run, callables[i], [value], null);
      if (!(result instanceof Unsupported)) value = result;
    }
    return value;
  };
}

/** The body runs in a frame of its own, whose names become the class's attributes. */
export function compileClass(scope: Scope, node: ClassDef): StmtCode {
  const path = scope.path === '' ? node.name : `${scope.path}${scope.kind === 'function' ? '.<locals>' : ''}.${node.name}`;
  const inner = new Scope('class', scope.module, path, node, scope);
  const body = compileBlock(inner, node.body);
  const bases = compileList(scope, node.bases.filter((base) => base.name === null && base.star === '').map((base) => base.value));
  const decorate = compileDecorators(scope, node.decorators);
  const store = storeName(scope, node.name);
  const annotated = node.body.flatMap((statement) =>
    statement.kind === 'AnnAssign' && statement.target.kind === 'Name' ? [[statement.target.id, annotationKind(statement.annotation)] as const] : []);
  const make = (frame: Frame): Value => {
    const {run} = frame;
    const names = new Map<string, Value>();
    const derived = bases(frame);
    const cells = inner.free.map((index) => frame.cells[index]);
    for (let i = 0; i < inner.cellCount; i++) cells.push({value: undefined});
    const slots = new Array<undefined>(inner.slotCount).fill(undefined);
    body(new Frame(run, slots, cells, frame.module, frame.globals, frame.activation, null, names, frame.depth));
    run.span = node.span;
    if (node.docstring !== null) names.set('__doc__', node.docstring.value);
    if (annotated.length > 0) names.set('__annotations__', Dict.of(annotated));
    return createClass(run, node.name, derived, names);
  };
  return (frame) => {
    store(frame, decorate(frame, make));
    return Completion.Normal;
  };
}
