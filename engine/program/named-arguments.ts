/**
 * What an operation's `*inputs` holds: `compute(self, *inputs)` reads as if its parameters were the names that the body gives to
 * `inputs[0]`, `inputs[1].value()` or `a, b = inputs`. Textual; everybody who makes arguments asks here.
 */
import type {Expr, FunctionDef, Parameter, Stmt} from '../python/ast.ts';
import {expressionsIn, flatten} from './definitions.ts';

export interface NamedArguments {
  /** The definition with a parameter for each argument, without the statements that only name them. */
  readonly definition: FunctionDef;
  /** Whether the body takes the numbers out of its arguments (`inputs[0].value()`), so that they are objects. */
  readonly objects: boolean;
}

const known = new WeakMap<FunctionDef, NamedArguments | null>();

/** Null for a definition whose parameters have names, or whose star parameter is not taken apart. */
export function namedArguments(definition: FunctionDef): NamedArguments | null {
  let named = known.get(definition);
  if (named === undefined) known.set(definition, named = read(definition));
  return named;
}

function read(definition: FunctionDef): NamedArguments | null {
  const star = definition.params.find((parameter) => parameter.star === '*');
  if (star === undefined || definition.params.some((parameter, i) => parameter !== star && (i > 0 || parameter.star !== ''))) return null;
  const names = new Map<number, string>();
  const naming = new Set<Stmt>();
  let objects = false;
  let count = 0;
  const place = (expr: Expr): number | null => {
    if (expr.kind !== 'Subscript' || expr.object.kind !== 'Name' || expr.object.id !== star.name || expr.index.kind !== 'Number') return null;
    return Number(expr.index.value);
  };
  for (const part of definition.body.flatMap(expressionsIn)) {
    const at = place(part);
    if (at !== null && at >= 0) count = Math.max(count, at + 1);
    if (part.kind === 'Attribute' && place(part.object) !== null && DATA.test(part.name)) objects = true;
  }
  for (const statement of flatten(definition.body)) {
    if (statement.kind !== 'Assign' || statement.targets.length !== 1) continue;
    const [target] = statement.targets;
    const {value} = statement;
    const at = place(dataOf(value));
    if (target.kind === 'Name' && at !== null && !names.has(at)) {
      names.set(at, target.id);
      naming.add(statement);
    } else if (target.kind === 'Tuple' && value.kind === 'Name' && value.id === star.name && target.items.every(({kind}) => kind === 'Name')) {
      target.items.forEach((item, i) => { if (item.kind === 'Name') names.set(i, item.id); });
      count = Math.max(count, target.items.length);
      naming.add(statement);
    }
  }
  if (count === 0 || count > MOST || new Set(names.values()).size < names.size) return null;
  const made = Array.from({length: count}, (_, i): Parameter => {
    const name = names.get(i) ?? `${star.name}_${i}`;
    return {...star, name, star: ''};
  });
  const params = definition.params.flatMap((parameter) => (parameter === star ? made : [parameter]));
  return {definition: {...definition, params, body: definition.body.filter((statement) => !naming.has(statement))}, objects};
}

/** More arguments than this are a list, and no operands. */
const MOST = 4;

/** How the numbers in a tensor are asked for. */
const DATA = /^(?:value|data|numpy|cached_data|realize_cached_data|val|array)$/;

/** `x` of `x.value()` and `x.data`; any other expression as it is. */
function dataOf(expr: Expr): Expr {
  const inner = expr.kind === 'Call' && expr.args.length === 0 ? expr.callee : expr;
  return inner.kind === 'Attribute' && DATA.test(inner.name) ? inner.object : expr;
}
