/**
 * Names: what a function, class, lambda or statement binds, reads and takes from outside, which attributes of `self`
 * it touches and whom it calls by name. Python's own scoping rules (class bodies hide nothing from nested functions'
 * globals, comprehensions have a scope). Knows nothing of gradients.
 */
import type {ClassDef, Expr, FunctionDef, Lambda, Parameter, Stmt} from '../python/ast.ts';
import {children} from '../python/walk.ts';

export interface Scope {
  /** Names bound here: parameters, assignments, imports, nested definitions, loop targets. */
  readonly binds: ReadonlySet<string>;
  /** Names read here, nested scopes not included. */
  readonly reads: ReadonlySet<string>;
  /** Names that this and its nested scopes take from outside (module level or built in). */
  readonly free: ReadonlySet<string>;
  /** Names declared `global`. */
  readonly globals: ReadonlySet<string>;
  /** `W` for each `self.W` that is read (`self` is the first parameter of a method), nested scopes included. */
  readonly selfReads: ReadonlySet<string>;
  /** `W` for each `self.W = `, `self.W += `, `self.W[...] = `, nested scopes included. */
  readonly selfWrites: ReadonlySet<string>;
  /** Callees as dotted names: `np.sum`, `self.act`, `relu_forward`; nested scopes included. */
  readonly calls: ReadonlySet<string>;
}

type Scoped = FunctionDef | ClassDef | Lambda;

const remembered = new WeakMap<Scoped, Scope>();

/** The scope of a definition's body. Remembered on the tree. */
export function scopeOf(definition: Scoped): Scope {
  const known = remembered.get(definition);
  if (known !== undefined) return known;
  const first = definition.kind === 'FunctionDef' ? definition.params[0]?.name ?? null : null;
  const sink = new Sink(first);
  if (definition.kind === 'Lambda') {
    for (const parameter of definition.params) sink.binds.add(parameter.name);
    readExpr(definition.body, sink);
  } else {
    if (definition.kind === 'FunctionDef') for (const parameter of definition.params) sink.binds.add(parameter.name);
    for (const statement of definition.body) readStmt(statement, sink);
  }
  const scope = sink.close(definition.kind === 'ClassDef');
  remembered.set(definition, scope);
  return scope;
}

/** The scope of loose statements or of one expression, as if they were a module of their own. */
export function scopeOfStatements(statements: readonly Stmt[]): Scope {
  const sink = new Sink(null);
  for (const statement of statements) readStmt(statement, sink);
  return sink.close();
}

/** Names that one expression reads, lambdas and comprehensions resolved. */
export function namesOf(expression: Expr): ReadonlySet<string> {
  const sink = new Sink(null);
  readExpr(expression, sink);
  return sink.close().free;
}

/** `np.linalg.norm` for a chain of attributes on a name, else null. */
export function dottedName(expression: Expr): string | null {
  if (expression.kind === 'Name') return expression.id;
  if (expression.kind !== 'Attribute') return null;
  const object = dottedName(expression.object);
  return object === null ? null : `${object}.${expression.name}`;
}

/** The name at the bottom of a chain of attributes and subscripts: `x` of `x.a[0].b`; null for anything else. */
export function rootName(expression: Expr): string | null {
  let at = expression;
  while (at.kind === 'Attribute' || at.kind === 'Subscript') at = at.object;
  return at.kind === 'Name' ? at.id : null;
}

/** What is gathered while one scope is read; closed once. */
class Sink {
  readonly binds = new Set<string>();
  readonly reads = new Set<string>();
  readonly inner = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly selfReads = new Set<string>();
  readonly selfWrites = new Set<string>();
  readonly calls = new Set<string>();

  constructor(readonly self: string | null) {}

  /** The names of a class body are not visible in its methods. */
  close(classBody = false): Scope {
    const free = new Set<string>(this.globals);
    for (const name of this.nonlocals) free.add(name);
    for (const name of this.reads) if (!this.bindsHere(name)) free.add(name);
    for (const name of this.inner) if (classBody || !this.bindsHere(name)) free.add(name);
    const {binds, reads, globals, selfReads, selfWrites, calls} = this;
    return {binds, reads, free, globals, selfReads, selfWrites, calls};
  }

  /** Takes over what a nested scope asks of its surroundings. */
  nest(scope: Scope, sharesSelf: boolean): void {
    for (const name of scope.free) this.inner.add(name);
    for (const name of scope.calls) this.calls.add(name);
    if (!sharesSelf) return;
    for (const name of scope.selfReads) this.selfReads.add(name);
    for (const name of scope.selfWrites) this.selfWrites.add(name);
  }

  private bindsHere(name: string): boolean {
    return this.binds.has(name) && !this.globals.has(name) && !this.nonlocals.has(name);
  }
}

function readParameters(parameters: readonly Parameter[], sink: Sink): void {
  for (const parameter of parameters) {
    if (parameter.default !== null) readExpr(parameter.default, sink);
    if (parameter.annotation !== null) readExpr(parameter.annotation, sink);
  }
}

function readStmt(statement: Stmt, sink: Sink): void {
  switch (statement.kind) {
    case 'FunctionDef': {
      sink.binds.add(statement.name);
      for (const decorator of statement.decorators) readExpr(decorator, sink);
      readParameters(statement.params, sink);
      if (statement.returns !== null) readExpr(statement.returns, sink);
      const nested = new Sink(sink.self);
      for (const parameter of statement.params) nested.binds.add(parameter.name);
      for (const inner of statement.body) readStmt(inner, nested);
      sink.nest(nested.close(), sink.self === null || !nested.binds.has(sink.self));
      return;
    }
    case 'ClassDef': {
      sink.binds.add(statement.name);
      for (const decorator of statement.decorators) readExpr(decorator, sink);
      for (const base of statement.bases) readExpr(base.value, sink);
      sink.nest(scopeOf(statement), false);
      return;
    }
    case 'Assign':
      readExpr(statement.value, sink);
      for (const target of statement.targets) bindTarget(target, sink);
      return;
    case 'AugAssign':
      readExpr(statement.value, sink);
      readExpr(statement.target, sink);
      bindTarget(statement.target, sink);
      return;
    case 'AnnAssign':
      readExpr(statement.annotation, sink);
      if (statement.value !== null) readExpr(statement.value, sink);
      bindTarget(statement.target, sink);
      return;
    case 'For':
      readExpr(statement.iterable, sink);
      bindTarget(statement.target, sink);
      readBlock(statement.body, sink);
      readBlock(statement.otherwise, sink);
      return;
    case 'With':
      for (const item of statement.items) {
        readExpr(item.context, sink);
        if (item.target !== null) bindTarget(item.target, sink);
      }
      readBlock(statement.body, sink);
      return;
    case 'Try':
      readBlock(statement.body, sink);
      for (const handler of statement.handlers) {
        if (handler.type !== null) readExpr(handler.type, sink);
        if (handler.name !== null) sink.binds.add(handler.name);
        readBlock(handler.body, sink);
      }
      readBlock(statement.otherwise, sink);
      readBlock(statement.finally, sink);
      return;
    case 'Import':
      for (const name of statement.names) sink.binds.add(name.as ?? name.module.split('.')[0]);
      return;
    case 'ImportFrom':
      for (const name of statement.names) if (name.name !== '*') sink.binds.add(name.as ?? name.name);
      return;
    case 'Global':
      for (const name of statement.names) sink.globals.add(name);
      return;
    case 'Nonlocal':
      for (const name of statement.names) sink.nonlocals.add(name);
      return;
    case 'Delete':
      for (const target of statement.targets) bindTarget(target, sink);
      return;
    default:
      for (const child of children(statement)) {
        if (isStatement(child)) readStmt(child, sink);
        else readExpr(child, sink);
      }
  }
}

function readBlock(statements: readonly Stmt[], sink: Sink): void {
  for (const statement of statements) readStmt(statement, sink);
}

function readExpr(expression: Expr, sink: Sink): void {
  switch (expression.kind) {
    case 'Name':
      sink.reads.add(expression.id);
      return;
    case 'Lambda':
      readParameters(expression.params, sink);
      sink.nest(scopeOf(expression), false);
      readSelf(expression.body, sink);
      return;
    case 'Comprehension': {
      const nested = new Sink(sink.self);
      for (const clause of expression.clauses) {
        readExpr(clause.iterable, nested);
        bindTarget(clause.target, nested);
        for (const condition of clause.conditions) readExpr(condition, nested);
      }
      if (expression.key !== null) readExpr(expression.key, nested);
      readExpr(expression.element, nested);
      sink.nest(nested.close(), true);
      return;
    }
    case 'NamedExpr':
      readExpr(expression.value, sink);
      sink.binds.add(expression.target.id);
      return;
    case 'Call': {
      const callee = dottedName(expression.callee);
      if (callee !== null) sink.calls.add(callee);
      break;
    }
    case 'Attribute':
      if (expression.object.kind === 'Name' && expression.object.id === sink.self) sink.selfReads.add(expression.name);
      break;
    default:
  }
  for (const child of children(expression)) if (!isStatement(child)) readExpr(child, sink);
}

/** The attributes of `self` inside a lambda, whose names are resolved on their own. */
function readSelf(expression: Expr, sink: Sink): void {
  if (expression.kind === 'Attribute' && expression.object.kind === 'Name' && expression.object.id === sink.self) {
    sink.selfReads.add(expression.name);
  }
  for (const child of children(expression)) if (!isStatement(child)) readSelf(child, sink);
}

function bindTarget(target: Expr, sink: Sink): void {
  switch (target.kind) {
    case 'Name':
      sink.binds.add(target.id);
      return;
    case 'Tuple':
    case 'List':
      for (const item of target.items) bindTarget(item, sink);
      return;
    case 'Star':
      bindTarget(target.value, sink);
      return;
    case 'Attribute':
    case 'Subscript': {
      const written = selfAttribute(target, sink.self);
      if (written !== null) sink.selfWrites.add(written);
      if (target.kind === 'Subscript') readExpr(target.index, sink);
      readExpr(target.object, sink);
      return;
    }
    default:
      readExpr(target, sink);
  }
}

/** `W` for `self.W`, `self.W[...]`, `self.W.grad`; null when the chain does not start at `self`. */
export function selfAttribute(expression: Expr, self: string | null): string | null {
  let at = expression;
  while (at.kind === 'Attribute' || at.kind === 'Subscript') {
    if (at.kind === 'Attribute' && at.object.kind === 'Name' && at.object.id === self) return at.name;
    at = at.object;
  }
  return null;
}

const STATEMENTS: ReadonlySet<string> = new Set<Stmt['kind']>([
  'ExprStmt', 'Assign', 'AugAssign', 'AnnAssign', 'Return', 'If', 'For', 'While', 'FunctionDef', 'ClassDef', 'Import',
  'ImportFrom', 'Global', 'Nonlocal', 'Pass', 'Break', 'Continue', 'Raise', 'Try', 'With', 'Delete', 'Assert', 'Invalid',
]);

/** Whether a node is a statement. */
export function isStatement(node: Stmt | Expr): node is Stmt {
  return STATEMENTS.has(node.kind);
}
