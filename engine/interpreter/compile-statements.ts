/**
 * Statements as closures. Loops are in compile-loops.ts, classes and definitions in compile-definitions.ts,
 * exceptions in compile-exceptions.ts, targets in compile-targets.ts.
 */
import type {Assign, Delete, Expr, If, Import, ImportFrom, Return, Stmt} from '../python/ast.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import type {Value} from '../ndarray/values.ts';
import {deleteAttribute} from './attributes.ts';
import {Completion} from './code.ts';
import type {Frame, StmtCode} from './code.ts';
import {compileBlock} from './compile-blocks.ts';
import {compileClass, compileDefinition} from './compile-definitions.ts';
import {compileAssert, compileRaise, compileTry} from './compile-exceptions.ts';
import {compileExpr} from './compile-expressions.ts';
import {truthOf} from './compile-operators.ts';
import {compileFor, compileWhile} from './compile-loops.ts';
import {compileAugmented, compileTarget, storeName} from './compile-targets.ts';
import {compileWith} from './compile-with.ts';
import {importFrom, importModule, importStar} from './imports.ts';
import {Unsupported} from './objects.ts';
import {compilePoison} from './poison.ts';
import type {Poison} from './poison.ts';
import type {Scope} from './scopes.ts';
import {deleteItem} from './subscripts.ts';

const nothing: StmtCode = () => Completion.Normal;

/** A statement as a closure over frames. */
export function compileStmt(scope: Scope, node: Stmt): StmtCode {
  switch (node.kind) {
    case 'ExprStmt': {
      const value = compileExpr(scope, node.value);
      return (frame) => {
        value(frame);
        return Completion.Normal;
      };
    }
    case 'Assign': return compileAssign(scope, node);
    case 'AugAssign': return compileAugmented(scope, node);
    case 'AnnAssign': {
      if (node.value === null) return nothing;
      const value = compileExpr(scope, node.value);
      const store = compileTarget(scope, node.target, node);
      return (frame) => {
        store(frame, value(frame));
        return Completion.Normal;
      };
    }
    case 'Return': return compileReturn(scope, node);
    case 'If': return compileIf(scope, node);
    case 'For': return compileFor(scope, node);
    case 'While': return compileWhile(scope, node);
    case 'FunctionDef': return compileDefinition(scope, node);
    case 'ClassDef': return compileClass(scope, node);
    case 'Import': return compileImport(scope, node);
    case 'ImportFrom': return compileImportFrom(scope, node);
    case 'Global': case 'Nonlocal': case 'Pass': return nothing;
    case 'Break': return () => Completion.Break;
    case 'Continue': return () => Completion.Continue;
    case 'Raise': return compileRaise(scope, node);
    case 'Try': return compileTry(scope, node);
    case 'With': return compileWith(scope, node);
    case 'Delete': return compileDelete(scope, node);
    case 'Assert': return compileAssert(scope, node);
    case 'Invalid': return (frame) => {
      frame.run.unsupported('a statement that cannot be read', node.span);
      return Completion.Normal;
    };
  }
}

function compileAssign(scope: Scope, node: Assign): StmtCode {
  const value = compileExpr(scope, node.value);
  const stores = node.targets.map((target) => compileTarget(scope, target, node));
  if (stores.length === 1) {
    const [store] = stores;
    return (frame) => {
      store(frame, value(frame));
      return Completion.Normal;
    };
  }
  return (frame) => {
    const given = value(frame);
    for (const store of stores) store(frame, given);
    return Completion.Normal;
  };
}

function compileReturn(scope: Scope, node: Return): StmtCode {
  const {span} = node;
  const value = node.value === null ? null : compileExpr(scope, node.value);
  return (frame) => {
    frame.result = value === null ? null : value(frame);
    frame.returned = span;
    return Completion.Return;
  };
}

function compileIf(scope: Scope, node: If): StmtCode {
  const test = compileExpr(scope, node.test);
  const body = compileBlock(scope, node.body);
  const otherwise = node.otherwise.length === 0 ? nothing : compileBlock(scope, node.otherwise);
  const {span} = node.test;
  const {loops} = scope;
  let poison: Poison | null = null;
  return (frame) => {
    const value = test(frame);
    if (typeof value === 'boolean') return value ? body(frame) : otherwise(frame);
    frame.run.span = span;
    const outcome = truthOf(frame.run, value);
    if (typeof outcome === 'boolean') return outcome ? body(frame) : otherwise(frame);
    poison ??= compilePoison(scope, [node], loops);
    return poison(frame, outcome);
  };
}

function compileImport(scope: Scope, node: Import): StmtCode {
  const {span} = node;
  const strict = scope.strictImports;
  const names = node.names.map(({module, as}) => ({module, as, store: storeName(scope, as ?? module.split('.')[0])}));
  return (frame) => {
    frame.run.span = span;
    for (const {module, as, store} of names) store(frame, found(importModule(frame, module, as === null), module, strict));
    return Completion.Normal;
  };
}

function compileImportFrom(scope: Scope, node: ImportFrom): StmtCode {
  const {span} = node;
  const strict = scope.strictImports;
  const names = node.names.filter(({name}) => name !== '*').map(({name, as}) => ({name, store: storeName(scope, as ?? name)}));
  const star = names.length < node.names.length;
  return (frame) => {
    frame.run.span = span;
    if (star) importStar(frame, node);
    for (const {name, store} of names) store(frame, found(importFrom(frame, node, name), node.module, strict));
    return Completion.Normal;
  };
}

/** What an import found. Raises ModuleNotFoundError where the text is prepared for it. */
function found(value: Value, module: string, strict: boolean): Value {
  if (strict && value instanceof Unsupported) throw new PyError('ModuleNotFoundError', `No module named '${module}'`);
  return value;
}

function compileDelete(scope: Scope, node: Delete): StmtCode {
  const deletes = node.targets.map((target) => compileDeleteTarget(scope, target));
  return (frame) => {
    for (const each of deletes) each(frame);
    return Completion.Normal;
  };
}

function compileDeleteTarget(scope: Scope, target: Expr): (frame: Frame) => void {
  switch (target.kind) {
    case 'Name': {
      const place = scope.place(target.id);
      const load = compileExpr(scope, target);
      return (frame) => {
        load(frame);
        if (place.kind === 'slot') frame.slots[place.index] = undefined;
        else if (place.kind === 'cell') frame.cells[place.index].value = undefined;
        else (frame.names ?? frame.globals).delete(target.id);
      };
    }
    case 'Attribute': {
      const object = compileExpr(scope, target.object);
      return (frame) => {
        const holder = object(frame);
        frame.run.span = target.span;
        deleteAttribute(holder, target.name);
      };
    }
    case 'Subscript': {
      const object = compileExpr(scope, target.object);
      const index = compileExpr(scope, target.index);
      return (frame) => {
        const container = object(frame);
        const key = index(frame);
        frame.run.span = target.span;
        deleteItem(frame.run, container, key);
      };
    }
    case 'Tuple': case 'List': {
      const parts = target.items.map((item) => compileDeleteTarget(scope, item));
      return (frame) => { for (const part of parts) part(frame); };
    }
    default: return () => { throw new UnsupportedError('this target of del'); };
  }
}
