/** Which expressions of the text are the operands of an operation, in the order in which events give them. Knows syntax only. */
import type {Expr, Module, Stmt} from '../python/ast.ts';
import {walk} from '../python/walk.ts';

/** Names under which modules are imported: their functions have no object of their own. */
const modules = /^(np|numpy|math|scipy|special|signal|jnp|cp)$/;

/** Null when there is none in the text, or when arguments are starred. */
export function operandsIn(code: Expr | Stmt | null): readonly Expr[] | null {
  switch (code?.kind) {
    case 'Binary': return [code.left, code.right];
    case 'Unary': return [code.operand];
    case 'Compare': return code.comparators.length === 1 ? [code.left, code.comparators[0]] : null;
    case 'Subscript': return [code.object, code.index];
    case 'Assign': {
      const [target] = code.targets;
      return target.kind === 'Subscript' ? [target.object, target.index, code.value] : null;
    }
    case 'AugAssign': {
      const {target, value} = code;
      return target.kind === 'Subscript' ? [target.object, target.index, value] : [target, value];
    }
    case 'Call': {
      const {callee, args} = code;
      if (args.some(({star}) => star !== '')) return null;
      const ordered = [...args.filter(({name}) => name === null), ...args.filter(({name}) => name !== null)].map(({value}) => value);
      return callee.kind === 'Attribute' && !isModule(callee.object) ? [callee.object, ...ordered] : ordered;
    }
    default: return null;
  }
}

function isModule(expr: Expr): boolean {
  if (expr.kind === 'Attribute') return isModule(expr.object);
  return expr.kind === 'Name' && modules.test(expr.id);
}

/** What stands where in a module: of statements only those that write into something. */
export function codeIndex(module: Module): ReadonlyMap<string, Expr | Stmt> {
  const found = new Map<string, Expr | Stmt>();
  for (const statement of module.body) {
    walk(statement, (node) => {
      if (node.kind === 'Assign') {
        for (const target of node.targets) if (target.kind === 'Subscript') found.set(placeOf(target.span.start, target.span.end), {...node, targets: [target]});
        return;
      }
      const place = placeOf(node.span.start, node.span.end);
      if (found.get(place)?.kind !== 'Assign') found.set(place, node);
    });
  }
  return found;
}

export function placeOf(start: number, end: number): string {
  return `${start} ${end}`;
}
