/**
 * Function definitions and lambdas as code that runs share. A body is compiled when it is first called.
 */
import type {FunctionDef, Lambda, Parameter} from '../python/ast.ts';
import type {Value} from '../ndarray/values.ts';
import {Completion} from './code.ts';
import type {CompiledBody, ExprCode, Frame, FunctionCode, GeneratorCode, ParameterCode} from './code.ts';
import {compileBlock} from './compile-blocks.ts';
import {compileExpr} from './compile-expressions.ts';
import {compileLazyBlock} from './compile-generators.ts';
import type {Cell} from './objects.ts';
import {Func} from './objects.ts';
import {Scope} from './scopes.ts';

const remembered = new WeakMap<FunctionDef | Lambda, FunctionCode>();

/** The code of a definition that stands in this scope. Remembered on the tree. */
export function compileFunction(outer: Scope, definition: FunctionDef | Lambda): FunctionCode {
  let code = remembered.get(definition);
  if (code === undefined) {
    code = makeCode(outer, definition);
    remembered.set(definition, code);
  }
  return code;
}

function makeCode(outer: Scope, definition: FunctionDef | Lambda): FunctionCode {
  const name = definition.kind === 'Lambda' ? '<lambda>' : definition.name;
  const path = outer.path === '' ? name : `${outer.path}${outer.kind === 'function' ? '.<locals>' : ''}.${name}`;
  const makeLayout = (): Layout => layoutOf(new Scope('function', outer.module, path, definition, outer), definition);
  // What stands at a module's top level has no outer variables, so that its names need not be known before it is called.
  let layout = outer.isOpen ? null : makeLayout();
  let compiled: CompiledBody | null = null;
  return {
    name, qualifiedName: path, definition, module: outer.module,
    function: definition.kind === 'FunctionDef' ? definition : null,
    free: layout === null ? [] : layout.scope.free,
    get params() { return (layout ??= makeLayout()).params; },
    get plain() { return (layout ??= makeLayout()).plain; },
    compiled: () => (compiled ??= compileBody((layout ??= makeLayout()).scope, definition)),
  };
}

/** Where a function keeps its names. */
interface Layout {
  readonly scope: Scope;
  readonly params: readonly ParameterCode[];
  readonly plain: boolean;
}

function layoutOf(scope: Scope, definition: FunctionDef | Lambda): Layout {
  const params = definition.params.map((parameter) => parameterCode(scope, parameter));
  const plain = params.every((parameter, i) =>
    !parameter.cell && parameter.slot === i && parameter.star === '' && parameter.passing !== 'keyword');
  return {scope, params, plain};
}

function parameterCode(scope: Scope, parameter: Parameter): ParameterCode {
  const place = scope.place(parameter.name);
  const {name, star, passing, nameSpan} = parameter;
  return {name, star, passing, nameSpan, slot: place.kind === 'slot' || place.kind === 'cell' ? place.index : -1, cell: place.kind === 'cell'};
}

function compileBody(scope: Scope, definition: FunctionDef | Lambda): CompiledBody {
  let body: ExprCode;
  let lazyBody: GeneratorCode | null = null;
  if (definition.kind === 'Lambda') {
    body = compileExpr(scope, definition.body);
  } else if (definition.generator) {
    lazyBody = compileLazyBlock(scope, definition.body);
    body = () => null;
  } else {
    const block = compileBlock(scope, definition.body);
    body = (frame) => (block(frame) === Completion.Return ? frame.result : null);
  }
  return {blank: new Array<undefined>(scope.slotCount).fill(undefined), cellCount: scope.cellCount, body, lazyBody};
}

/** Makes the function value: default values are computed now, outer variables are shared. */
export function compileClosure(scope: Scope, definition: FunctionDef | Lambda): (frame: Frame) => Func {
  const code = compileFunction(scope, definition);
  const defaults = definition.params.map((parameter) => (parameter.default === null ? null : compileExpr(scope, parameter.default)));
  return (frame) => {
    const closure: Cell[] = [];
    for (const index of code.free) closure.push(frame.cells[index]);
    const values = defaults.map((value): Value | undefined => (value === null ? undefined : value(frame)));
    return new Func(code, closure, values, frame.module);
  };
}

export function compileLambda(scope: Scope, node: Lambda): ExprCode {
  return compileClosure(scope, node);
}
