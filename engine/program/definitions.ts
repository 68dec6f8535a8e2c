/**
 * The functions and classes of a module: where they stand, who owns them, which methods a class has (its bases in
 * the same file included), and what a function returns. Knows nothing of gradients.
 */
import type {ClassDef, Expr, FunctionDef, Module, Return, Stmt} from '../python/ast.ts';
import {children} from '../python/walk.ts';
import {dottedName, isStatement} from './scopes.ts';

export interface Definitions {
  /** Functions of the top level (also inside `if`, `try`, `with`, loops there); the last one of a name. */
  readonly functions: ReadonlyMap<string, FunctionDef>;
  /** All classes, nested ones too, the last one of a name. */
  readonly classes: ReadonlyMap<string, ClassDef>;
  /** Functions inside functions, with the function that holds them. */
  readonly nested: readonly {readonly definition: FunctionDef; readonly within: FunctionDef; readonly owner: ClassDef | null}[];
  /** Methods of a class by name, own ones before those of its bases in this module. */
  methods(owner: ClassDef): ReadonlyMap<string, FunctionDef>;
  /** Whether another class of the module names this one as a base. */
  hasSubclass(owner: ClassDef): boolean;
}

export function definitionsOf(module: Module): Definitions {
  const functions = new Map<string, FunctionDef>();
  const classes = new Map<string, ClassDef>();
  const nested: {definition: FunctionDef; within: FunctionDef; owner: ClassDef | null}[] = [];
  const methods = new Map<ClassDef, ReadonlyMap<string, FunctionDef>>();

  const visit = (statements: readonly Stmt[], within: FunctionDef | null, owner: ClassDef | null): void => {
    for (const statement of statements) {
      if (statement.kind === 'FunctionDef') {
        if (within !== null) nested.push({definition: statement, within, owner});
        else if (owner === null) functions.set(statement.name, statement);
        visit(statement.body, statement, owner);
      } else if (statement.kind === 'ClassDef') {
        classes.set(statement.name, statement);
        visit(statement.body, null, statement);
      } else {
        visit(innerStatements(statement), within, owner);
      }
    }
  };
  visit(module.body, null, null);

  const methodsOf = (owner: ClassDef, seen: ReadonlySet<ClassDef>): ReadonlyMap<string, FunctionDef> => {
    const known = methods.get(owner);
    if (known !== undefined) return known;
    const all = new Map(ownMethods(owner));
    for (const base of owner.bases) {
      const parent = base.value.kind === 'Name' ? classes.get(base.value.id) : undefined;
      if (parent === undefined || seen.has(parent)) continue;
      for (const [name, method] of methodsOf(parent, new Set([...seen, parent]))) if (!all.has(name)) all.set(name, method);
    }
    methods.set(owner, all);
    return all;
  };

  const bases = new Set<string>();
  for (const owner of classes.values()) {
    for (const base of owner.bases) {
      const name = dottedName(base.value);
      if (name !== null) bases.add(name);
    }
  }
  return {
    functions, classes, nested,
    methods: owner => methodsOf(owner, new Set([owner])),
    hasSubclass: owner => bases.has(owner.name),
  };
}

/** The methods that a class defines itself; the last one of a name. */
export function ownMethods(owner: ClassDef): ReadonlyMap<string, FunctionDef> {
  const methods = new Map<string, FunctionDef>();
  const visit = (statements: readonly Stmt[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'FunctionDef') methods.set(statement.name, statement);
      else if (statement.kind !== 'ClassDef') visit(innerStatements(statement));
    }
  };
  visit(owner.body);
  return methods;
}

/** Whether a function is decorated as a static method. */
export function isStatic(definition: FunctionDef): boolean {
  return definition.decorators.some(decorator => decorator.kind === 'Name' && decorator.id === 'staticmethod');
}

/** The statements directly inside a compound statement, all branches; none for definitions and simple statements. */
export function innerStatements(statement: Stmt): readonly Stmt[] {
  switch (statement.kind) {
    case 'If':
    case 'For':
    case 'While':
      return [...statement.body, ...statement.otherwise];
    case 'With':
      return statement.body;
    case 'Try':
      return [...statement.body, ...statement.handlers.flatMap(handler => handler.body), ...statement.otherwise, ...statement.finally];
    default:
      return [];
  }
}

/** Every statement of a body in text order, inside compound statements too, but not inside nested definitions. */
export function flatten(statements: readonly Stmt[]): readonly Stmt[] {
  const known = flattened.get(statements);
  if (known !== undefined) return known;
  const all: Stmt[] = [];
  const visit = (block: readonly Stmt[]): void => {
    for (const statement of block) {
      all.push(statement);
      visit(innerStatements(statement));
    }
  };
  visit(statements);
  flattened.set(statements, all);
  return all;
}

const flattened = new WeakMap<readonly Stmt[], readonly Stmt[]>();

/** The returns of a function itself, in text order, bare ones left out. */
export function returnsOf(definition: FunctionDef): readonly (Return & {readonly value: Expr})[] {
  return flatten(definition.body).filter((statement): statement is Return & {readonly value: Expr} =>
    statement.kind === 'Return' && statement.value !== null);
}

/** Every expression inside a statement or expression, itself first, nested definitions included. */
export function expressionsIn(node: Stmt | Expr): readonly Expr[] {
  const all: Expr[] = [];
  const visit = (at: Stmt | Expr): void => {
    if (!isStatement(at)) all.push(at);
    for (const child of children(at)) visit(child);
  };
  visit(node);
  return all;
}
