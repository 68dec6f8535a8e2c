/**
 * What a definition needs of its module: the top-level statements that must be run before it can run, and a text key
 * of all of them, so that an edit elsewhere changes nothing. Textual and conservative; it runs nothing.
 */
import type {ClassDef, Expr, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {isBuiltin} from './builtins.ts';
import {flatten} from './definitions.ts';
import type {Pair} from './pair.ts';
import {rootName, scopeOfStatements} from './scopes.ts';

/** Tells the version of the workspace file that an import names; null when it is not a file of the workspace. */
export type ImportVersion = (module: string, level: number) => string | null;

/**
 * The top-level statements to run so that `roots` (definitions, methods or statements of the module, at any depth)
 * can run: what they name, transitively, with every statement that assigns or mutates a needed global. Statements
 * that call a root (training loops, tests) are left out as long as another statement binds the name. A main block is run
 * for names that only it binds, unless it calls a root.
 */
export function reachableStatements(module: Module, roots: readonly Stmt[]): ReadonlySet<Stmt> {
  const table = tableOf(module);
  const homes = new Set(roots.map(root => homeOf(module, root)).filter(home => home !== null));
  if ([...homes].some((home) => isGraphOperation(home) || isFunctionOfLibrary(home))) return new Set(module.body.filter(statement => !isMainGuard(statement)));
  const limit = scriptLimit(homes);
  const callers = callersOf(table, homes);
  const reached = new Set<Stmt>(homes);
  const asked = new Set<string>();
  // What makes tensors of the file's arrays counts though nothing names it.
  for (const statement of module.body) if (importedModules(statement).some(([name]) => name === 'torch')) reached.add(statement);
  const waiting: Stmt[] = [...reached];
  const reach = (statement: Stmt): void => {
    if (reached.has(statement)) return;
    reached.add(statement);
    waiting.push(statement);
  };
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    for (const name of table.needs.get(statement)!) {
      if (asked.has(name)) continue;
      asked.add(name);
      const binders = (table.binders.get(name) ?? []).filter(binder => binder.span.start <= limit);
      if (binders.length === 0) {
        if (!isBuiltin(name)) table.stars.forEach(reach);
        continue;
      }
      const quiet = binders.filter(binder => !callers.has(binder) && !isMainGuard(binder));
      const chosen = quiet.some(binder => bindsPlainly(binder, name)) ? quiet : binders;
      for (const binder of chosen) if (!isMainGuard(binder) || !callers.has(binder)) reach(binder);
    }
  }
  return reached;
}

/** The statements that a pair is made of. */
export function rootsOf(pair: Pair): Stmt[] {
  if (pair.pattern === 'script') return [...pair.forward, ...pair.backward];
  const owner = 'owner' in pair && pair.owner !== null ? [pair.owner] : [];
  const cost = pair.pattern === 'step-functions' && pair.cost !== null ? [pair.cost] : [];
  return [...owner, pair.forward, pair.backward, ...cost];
}

/** An operation of a graph library calls the others through the library's tensors, by names that this file may never say. */
function isGraphOperation(home: Stmt): boolean {
  const names = home.kind === 'ClassDef' ? home.body.flatMap(one => (one.kind === 'FunctionDef' ? [one.name] : [])) : [];
  return (names.includes('gradient') || names.includes('gradients')) && (names.includes('compute') || names.includes('__call__'));
}

/** The same of `class Mul(Function)` with `forward(ctx, ...)` and `backward(ctx, ...)`, where `Function` is a base of the library's own. */
function isFunctionOfLibrary(home: Stmt): boolean {
  if (home.kind !== 'ClassDef' || !home.bases.some(({value}) => value.kind === 'Name' && value.id === 'Function')) return false;
  return ['forward', 'backward'].every(name => home.body.some(one => one.kind === 'FunctionDef' && one.name === name && one.params.at(0)?.name === 'ctx'));
}

/**
 * A text that changes exactly when something that was reached changes: the statements' own text, the pragmas of the
 * file, and the versions of the workspace files that they import.
 */
export function reachKey(module: Module, text: string, reachable: ReadonlySet<Stmt>, versionOf?: ImportVersion): string {
  const reached = [...reachable].sort((a, b) => a.span.start - b.span.start);
  const parts = reached.map(statement => text.slice(statement.span.start, statement.span.end));
  for (const comment of module.comments) if (/^#\s*backprop\s*:/.test(comment.text)) parts.push(comment.text);
  if (versionOf !== undefined) {
    for (const statement of flatten(reached)) {
      for (const [name, level] of importedModules(statement)) {
        const version = versionOf(name, level);
        if (version !== null) parts.push(`${'.'.repeat(level)}${name} ${version}`);
      }
    }
  }
  return parts.join('\n\u0000');
}

/** Modules that a statement imports; `from . import layers` may name the module `layers`, too. */
export function importedModules(statement: Stmt): readonly (readonly [name: string, level: number])[] {
  if (statement.kind === 'Import') return statement.names.map(name => [name.module, 0] as const);
  if (statement.kind !== 'ImportFrom') return [];
  const {module, level} = statement;
  const inside = statement.names.filter(name => name.name !== '*')
    .map(name => [module === '' ? name.name : `${module}.${name.name}`, level] as const);
  return module === '' ? inside : [[module, level] as const, ...inside];
}

interface Table {
  /** Top-level statements that bind or mutate a name, in text order. */
  readonly binders: ReadonlyMap<string, readonly Stmt[]>;
  /** Names that each top-level statement takes from the module. */
  readonly needs: ReadonlyMap<Stmt, ReadonlySet<string>>;
  /** The same by name: the top-level statements that take it from the module. */
  readonly users: ReadonlyMap<string, readonly Stmt[]>;
  /** Statements with a star import. */
  readonly stars: readonly Stmt[];
}

const tables = new WeakMap<Module, Table>();

function tableOf(module: Module): Table {
  const known = tables.get(module);
  if (known !== undefined) return known;
  const binders = new Map<string, Stmt[]>();
  const needs = new Map<Stmt, ReadonlySet<string>>();
  const users = new Map<string, Stmt[]>();
  const stars: Stmt[] = [];
  for (const statement of module.body) {
    const share = shareOf(statement);
    for (const name of share.changes) addTo(binders, name, statement);
    for (const name of share.needs) addTo(users, name, statement);
    needs.set(statement, share.needs);
    if (share.star) stars.push(statement);
  }
  const table = {binders, needs, users, stars};
  tables.set(module, table);
  return table;
}

function addTo(lists: Map<string, Stmt[]>, name: string, statement: Stmt): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [statement]);
  else list.push(statement);
}

/** What one top-level statement brings to the table. */
interface Share {
  readonly changes: ReadonlySet<string>;
  readonly needs: ReadonlySet<string>;
  readonly star: boolean;
}

const shares = new WeakMap<Stmt, Share>();

function shareOf(statement: Stmt): Share {
  const known = shares.get(statement);
  if (known !== undefined) return known;
  const scope = scopeOfStatements([statement]);
  const changes = new Set(scope.binds);
  let star = false;
  for (const inner of flatten([statement])) {
    const mutated = mutates(inner);
    if (mutated !== null) changes.add(mutated);
    star ||= inner.kind === 'ImportFrom' && inner.names.some(name => name.name === '*');
  }
  const share = {changes, needs: new Set([...scope.free, ...scope.reads]), star};
  shares.set(statement, share);
  return share;
}

const MUTATORS: ReadonlySet<string> = new Set([
  'append', 'extend', 'insert', 'update', 'add', 'setdefault', 'pop', 'remove', 'clear', 'sort', 'reverse', 'fill', 'put',
  'resize', 'setflags',
]);

/** The name whose object a statement changes: `X[...] =`, `X.attr =`, `X.append(...)`. */
function mutates(statement: Stmt): string | null {
  if (statement.kind === 'ExprStmt' && statement.value.kind === 'Call' && statement.value.callee.kind === 'Attribute') {
    return MUTATORS.has(statement.value.callee.name) ? rootName(statement.value.callee.object) : null;
  }
  let target: Expr | undefined;
  if (statement.kind === 'Assign') target = statement.targets[0];
  else if (statement.kind === 'AugAssign' || statement.kind === 'AnnAssign') target = statement.target;
  return target === undefined || target.kind === 'Name' ? null : rootName(target);
}

/** The top-level statement that holds a node. */
function homeOf(module: Module, root: Stmt): Stmt | null {
  return module.body.find(statement => statement.span.start <= root.span.start && root.span.end <= statement.span.end) ?? null;
}

/** For a script, names bound after its last statement are of no use; definitions see the whole module. */
function scriptLimit(homes: ReadonlySet<Stmt>): number {
  let limit = 0;
  for (const home of homes) {
    if (home.kind === 'FunctionDef' || home.kind === 'ClassDef') return Infinity;
    limit = Math.max(limit, home.span.end);
  }
  return limit;
}

/** Top-level statements, other than definitions, that call a root, directly or through functions of the module. */
function callersOf(table: Table, homes: ReadonlySet<Stmt>): ReadonlySet<Stmt> {
  const names = new Set<string>();
  for (const home of homes) if (isDefinition(home)) names.add(home.name);
  const callers = new Set<Stmt>();
  for (const name of names) {
    for (const statement of table.users.get(name) ?? []) {
      if (homes.has(statement)) continue;
      if (isDefinition(statement)) names.add(statement.name);
      else callers.add(statement);
    }
  }
  return callers;
}

function isDefinition(statement: Stmt): statement is FunctionDef | ClassDef {
  return statement.kind === 'FunctionDef' || statement.kind === 'ClassDef';
}

/** `if __name__ == '__main__':` */
export function isMainGuard(statement: Stmt): boolean {
  if (statement.kind !== 'If' || statement.test.kind !== 'Compare') return false;
  return [statement.test.left, ...statement.test.comparators].some(side => side.kind === 'Name' && side.id === '__name__');
}

/** Whether a statement binds the name itself, and not only changes the object that it names. */
function bindsPlainly(statement: Stmt, name: string): boolean {
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return statement.name === name;
  return statement.kind !== 'AugAssign' && scopeOfStatements([statement]).binds.has(name);
}
