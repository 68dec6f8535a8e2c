/** Finds a method of a class, in its body or in the bases that stand in the same file, the `__init__` of a dataclass too. */
import {generatedInit} from '../python/generated-init.ts';
import type {ClassDef, FunctionDef, Module} from '../python/ast.ts';

export function methodOf(owner: ClassDef, module: Module, name: string, depth = 0): FunctionDef | null {
  for (const statement of owner.body) if (statement.kind === 'FunctionDef' && statement.name === name) return statement;
  const made = name === '__init__' ? generatedInit(owner) : null;
  if (made !== null) return made;
  if (depth > 3) return null;
  for (const {value} of owner.bases) {
    const base = value.kind === 'Name' ? module.body.find((statement): statement is ClassDef => statement.kind === 'ClassDef' && statement.name === value.id) : undefined;
    const found = base === undefined ? null : methodOf(base, module, name, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
