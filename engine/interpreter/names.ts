/**
 * Which names each function, lambda, class and comprehension binds, takes from outside and shares with functions
 * inside it. Python's scoping rules as facts on the tree; where a name is kept is decided in scopes.ts.
 */
import {children} from '../python/walk.ts';
import type {ClassDef, Comprehension, Expr, FunctionDef, Lambda, Stmt} from '../python/ast.ts';

export type Definition = FunctionDef | Lambda | ClassDef | Comprehension;

export interface Names {
  /** Bound here: parameters, assignments, imports, definitions, loop targets. */
  readonly bound: ReadonlySet<string>;
  /** Taken from outside, by it or by anything inside it. */
  readonly free: ReadonlySet<string>;
  /** Those of `free` that functions inside it use. */
  readonly freeInside: ReadonlySet<string>;
  /** Bound here and used by functions inside. */
  readonly captured: ReadonlySet<string>;
  /** Names that `:=` in a comprehension binds in the surrounding function. */
  readonly exported: ReadonlySet<string>;
}

const remembered = new WeakMap<Definition, Names>();

/** The names of a definition's body. Remembered on the tree. */
export function namesOf(definition: Definition): Names {
  let names = remembered.get(definition);
  if (names === undefined) {
    names = collect(definition);
    remembered.set(definition, names);
  }
  return names;
}

function collect(definition: Definition): Names {
  const reader = new Reader(definition.kind === 'Comprehension');
  switch (definition.kind) {
    case 'FunctionDef':
      for (const parameter of definition.params) reader.bound.add(parameter.name);
      reader.block(definition.body);
      break;
    case 'Lambda':
      for (const parameter of definition.params) reader.bound.add(parameter.name);
      reader.read(definition.body);
      break;
    case 'ClassDef':
      reader.block(definition.body);
      break;
    case 'Comprehension':
      for (const clause of definition.clauses) {
        reader.bind(clause.target);
        reader.read(clause.iterable);
        clause.conditions.forEach((condition) => { reader.read(condition); });
      }
      if (definition.key !== null) reader.read(definition.key);
      reader.read(definition.element);
      break;
  }
  return reader.close(definition.kind === 'ClassDef');
}

/** Reads one body; inner definitions are asked for their own names. */
class Reader {
  readonly bound = new Set<string>();
  private readonly reads = new Set<string>();
  private readonly inside = new Set<string>();
  private readonly globals = new Set<string>();
  private readonly nonlocals = new Set<string>();
  private readonly exported = new Set<string>();

  constructor(private readonly comprehension: boolean) {}

  close(isClass: boolean): Names {
    for (const name of this.globals) this.bound.delete(name);
    for (const name of this.nonlocals) this.bound.delete(name);
    const visible = isClass ? new Set<string>() : this.bound;
    const outside = (name: string): boolean => !visible.has(name) && !this.globals.has(name);
    const freeInside = new Set([...this.inside].filter(outside));
    const free = new Set([...[...this.reads].filter(outside), ...freeInside, ...this.nonlocals]);
    const captured = new Set([...this.inside].filter((name) => visible.has(name)));
    return {bound: this.bound, free, freeInside: isClass ? free : freeInside, captured, exported: this.exported};
  }

  block(statements: readonly Stmt[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Stmt): void {
    switch (statement.kind) {
      case 'FunctionDef': case 'ClassDef':
        this.bound.add(statement.name);
        statement.decorators.forEach((decorator) => { this.read(decorator); });
        if (statement.kind === 'FunctionDef') this.defaults(statement);
        else statement.bases.forEach((base) => { this.read(base.value); });
        this.define(statement);
        return;
      case 'Assign':
        this.read(statement.value);
        statement.targets.forEach((target) => { this.bind(target); });
        return;
      case 'AugAssign':
        this.read(statement.target);
        this.read(statement.value);
        this.bind(statement.target);
        return;
      case 'AnnAssign':
        if (statement.value !== null) this.read(statement.value);
        this.bind(statement.target);
        return;
      case 'For':
        this.read(statement.iterable);
        this.bind(statement.target);
        this.block(statement.body);
        this.block(statement.otherwise);
        return;
      case 'With':
        for (const item of statement.items) {
          this.read(item.context);
          if (item.target !== null) this.bind(item.target);
        }
        this.block(statement.body);
        return;
      case 'Try':
        this.block(statement.body);
        for (const handler of statement.handlers) {
          if (handler.type !== null) this.read(handler.type);
          if (handler.name !== null) this.bound.add(handler.name);
          this.block(handler.body);
        }
        this.block(statement.otherwise);
        this.block(statement.finally);
        return;
      case 'Import':
        for (const name of statement.names) this.bound.add(name.as ?? name.module.split('.')[0]);
        return;
      case 'ImportFrom':
        for (const name of statement.names) if (name.name !== '*') this.bound.add(name.as ?? name.name);
        return;
      case 'Global':
        for (const name of statement.names) this.globals.add(name);
        return;
      case 'Nonlocal':
        for (const name of statement.names) this.nonlocals.add(name);
        return;
      case 'Delete':
        statement.targets.forEach((target) => { this.bind(target); });
        return;
      case 'If': case 'While':
        this.read(statement.test);
        this.block(statement.body);
        this.block(statement.otherwise);
        return;
      default:
        this.parts(statement);
    }
  }

  /** The default values of parameters, which belong to the surrounding scope. */
  private defaults(definition: FunctionDef | Lambda): void {
    for (const parameter of definition.params) if (parameter.default !== null) this.read(parameter.default);
  }

  private define(definition: FunctionDef | Lambda | ClassDef): void {
    for (const name of namesOf(definition).free) this.inside.add(name);
  }

  read(expression: Expr): void {
    switch (expression.kind) {
      case 'Name':
        this.reads.add(expression.id);
        return;
      case 'Lambda':
        this.defaults(expression);
        this.define(expression);
        return;
      case 'Comprehension': {
        const inner = namesOf(expression);
        for (const name of inner.free) this.reads.add(name);
        for (const name of inner.freeInside) this.inside.add(name);
        for (const name of inner.exported) this.bindWalrus(name);
        return;
      }
      case 'NamedExpr':
        this.read(expression.value);
        this.bindWalrus(expression.target.id);
        return;
      default:
        this.parts(expression);
    }
  }

  private bindWalrus(name: string): void {
    if (!this.comprehension) this.bound.add(name);
    else {
      this.exported.add(name);
      this.reads.add(name);
    }
  }

  bind(target: Expr): void {
    switch (target.kind) {
      case 'Name':
        this.bound.add(target.id);
        return;
      case 'Tuple': case 'List':
        target.items.forEach((item) => { this.bind(item); });
        return;
      case 'Star':
        this.bind(target.value);
        return;
      default:
        this.read(target);
    }
  }

  /** Every expression right below a node of another kind. */
  private parts(node: Stmt | Expr): void {
    for (const part of children(node)) this.read(part as Expr);
  }
}
