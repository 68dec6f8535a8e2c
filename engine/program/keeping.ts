/**
 * Where a class keeps what its backward reads: behind a switch of the forward (`if save_cache: self.cache['Z'] = Z`), or in a
 * `__call__` around it. Nothing is run.
 */
import type {Expr, FunctionDef, If, Stmt} from '../python/ast.ts';
import {flatten} from './definitions.ts';
import {scopeOf, selfAttribute} from './scopes.ts';
import {targetsOf} from './targets.ts';

/**
 * The parameters of `forward` without whose truth it does not write an attribute that `backward` reads, each with whether that is
 * all that it decides: then without it there is no backward, and nothing else is different.
 */
export function keepingSwitches(forward: FunctionDef, backward: FunctionDef): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  const self = forward.params.at(0)?.name;
  if (self === undefined || forward === backward) return found;
  const {selfReads} = scopeOf(backward);
  for (const statement of flatten(forward.body)) {
    if (statement.kind !== 'If') continue;
    const elsewhere = selfWritesBut(forward.body, statement, self);
    const isKept = [...selfWritesOf(statement.body, self)].some((name) => selfReads.has(name) && !elsewhere.has(name));
    for (const name of isKept ? trueOnlyWith(statement.test) : []) {
      if (forward.params.some((parameter) => parameter.name === name)) found.set(name, (found.get(name) ?? true) && onlyKeeps(statement, self));
    }
  }
  return found;
}

/** Whether `call` runs the forward and writes an attribute that the backward reads and the forward does not write. */
export function keepsForBackward(call: FunctionDef, forward: FunctionDef, backward: FunctionDef): boolean {
  if (call === forward || !scopeOf(call).calls.has(`self.${forward.name}`)) return false;
  const own = scopeOf(forward).selfWrites;
  const {selfReads} = scopeOf(backward);
  return [...scopeOf(call).selfWrites].some(name => !own.has(name) && selfReads.has(name));
}

/** The names that a test needs to be true: `keep`, `keep is True`, `keep and not self.frozen`. */
function trueOnlyWith(test: Expr): readonly string[] {
  if (test.kind === 'Name') return [test.id];
  if (test.kind === 'BoolOp') return test.operator === 'and' ? test.values.flatMap(trueOnlyWith) : [];
  if (test.kind !== 'Compare' || test.operators.length !== 1 || !/^(?:is|==)$/.test(test.operators[0])) return [];
  const [value] = test.comparators;
  return value.kind === 'Constant' && value.value === true ? trueOnlyWith(test.left) : [];
}

function onlyKeeps({body, otherwise}: If, self: string): boolean {
  return otherwise.length === 0 && body.every((statement) => targetsOf(statement).length > 0 && targetsOf(statement).every(([target]) => selfAttribute(target, self) !== null));
}

/** The attributes that a body writes outside what one `if` of it does when it is true. */
function selfWritesBut(body: readonly Stmt[], only: If, self: string): ReadonlySet<string> {
  const inside = new Set<Stmt>(flatten(only.body));
  return new Set(flatten(body).filter((statement) => !inside.has(statement)).flatMap(targetsOf).flatMap(([target]) => selfAttribute(target, self) ?? []));
}

function selfWritesOf(statements: readonly Stmt[], self: string): ReadonlySet<string> {
  return new Set(flatten(statements).flatMap(targetsOf).flatMap(([target]) => selfAttribute(target, self) ?? []));
}
