/**
 * The state of reading one function: names with what is known of them, the object that it is a method of, and what has been
 * assigned where. Branches are read on copies that are joined again.
 */
import type {ClassDef, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {generatedInit} from '../python/generated-init.ts';
import type {Span} from '../python/span.ts';
import {join} from './values.ts';
import type {Abstract} from './values.ts';

/** One assignment with what is known of its value. */
export interface Noted {
  readonly span: Span;
  readonly statement: Stmt;
  /** Null for one that goes by its text. */
  readonly name: string | null;
  readonly value: Abstract;
}

/** What a whole module shares. */
export interface Library {
  readonly module: Module;
  /** Functions, classes, NumPy under its names, and constants of the top level. */
  readonly globals: ReadonlyMap<string, Abstract>;
  /** Statements that may still be read, so that reading is short whatever the code. */
  budget: number;
  /** What calls that were followed gave to each function, by parameter. */
  readonly given: Map<FunctionDef, ReadonlyMap<string, Abstract>[]>;
  /** Functions whose callers have been read. */
  readonly asked: Set<FunctionDef>;
}

export interface Reading {
  readonly library: Library;
  /** Names of this activation, and `self.x` for attributes that it has set. Null when this place cannot be reached. */
  names: Map<string, Abstract> | null;
  readonly returned: Abstract[];
  /** Where assignments are noted, by the start of the target; null in functions that are only followed. */
  readonly notes: Map<number, Noted> | null;
  /** Functions that are being read, this one last. */
  readonly callers: readonly FunctionDef[];
  loops: number;
}

export function lookUp({names, library}: Reading, name: string): Abstract | undefined {
  return names?.get(name) ?? library.globals.get(name);
}

/** The method of a class or of its bases in the same module. */
export function methodOf(globals: Library['globals'], owner: ClassDef, name: string, depth = 0): FunctionDef | null {
  for (const statement of owner.body) if (statement.kind === 'FunctionDef' && statement.name === name) return statement;
  const made = name === '__init__' ? generatedInit(owner) : null;
  if (made !== null) return made;
  if (depth > 4) return null;
  for (const {value} of owner.bases) {
    const base = value.kind === 'Name' ? globals.get(value.id) : undefined;
    const found = base?.kind === 'class' ? methodOf(globals, base.definition, name, depth + 1) : null;
    if (found !== null) return found;
  }
  return null;
}

/** The names after one of two branches; a name that one of them lacks is what the other has. */
export function joinNames(a: Map<string, Abstract> | null, b: Map<string, Abstract> | null): Map<string, Abstract> | null {
  if (a === null || b === null) return a ?? b;
  const joined = new Map<string, Abstract>();
  for (const [name, value] of a) {
    const other = b.get(name);
    // Attributes that only one branch has set may still be what they were before.
    if (other === undefined && name.includes('.')) continue;
    joined.set(name, other === undefined ? value : join(value, other));
  }
  for (const [name, value] of b) if (!a.has(name) && !name.includes('.')) joined.set(name, value);
  return joined;
}

/** Notes an assignment, if assignments are noted here. */
export function note({notes}: Reading, span: Span, statement: Stmt, name: string | null, value: Abstract): void {
  notes?.set(span.start, {span, statement, name, value});
}

/** Forgets what was set of an object that somebody else may change. */
export function forget({names}: Reading, root: string): void {
  for (const name of names?.keys() ?? []) if (name.startsWith(`${root}.`)) names!.delete(name);
}
