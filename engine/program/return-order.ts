/**
 * In which order a backward has to return its gradients: its calls in the file say it by the names that they unpack into, its
 * docstring by the list of what it returns. Without either the order is the author's own. Reads text only.
 */
import type {Expr, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {walk} from '../python/walk.ts';
import type {GradientName} from './pair.ts';

/** The gradients with what each place in the returned tuple has to be of, where the text says so. */
export function inStatedOrder(gradients: readonly GradientName[], backward: FunctionDef, module: Module): readonly GradientName[] {
  const places = gradients.filter(({position, name}) => position !== null && name !== null).sort((a, b) => a.position! - b.position!);
  const names = places.map(({name}) => name!);
  if (places.length < 2 || new Set(names).size < names.length || places.some(({of, by}) => of === null || by !== 'name')) return gradients;
  const called = unpackings(backward.name, module);
  if (called.some((order) => order.join() === names.join())) return gradients;
  const order = called.find((other) => isPermutation(other, names)) ?? documentedOrder(backward.docstring?.value ?? '', names);
  if (order === null || order.join() === names.join()) return gradients;
  const meant = new Map(places.map((gradient, i) => [gradient, places[names.indexOf(order[i])].of]));
  return gradients.map((gradient) => (meant.has(gradient) ? {...gradient, of: meant.get(gradient)!} : gradient));
}

/** The names that each call's result is unpacked into. */
function unpackings(called: string, module: Module): readonly (readonly string[])[] {
  return module.body.flatMap((statement) => unpackingsIn(statement).filter((one) => one.called === called).map(({names}) => names));
}

/** A call whose result is unpacked into plain names. */
interface Unpacking {
  readonly called: string;
  readonly names: readonly string[];
}

const remembered = new WeakMap<Stmt, readonly Unpacking[]>();

function unpackingsIn(statement: Stmt): readonly Unpacking[] {
  const known = remembered.get(statement);
  if (known !== undefined) return known;
  const found: Unpacking[] = [];
  walk(statement, (node) => {
    if (node.kind !== 'Assign' || node.value.kind !== 'Call') return;
    const target = node.targets.at(-1)!;
    if (target.kind !== 'Tuple') return;
    const names = target.items.flatMap((item) => (item.kind === 'Name' ? [item.id] : []));
    if (names.length === target.items.length) found.push({called: calledName(node.value.callee), names});
  });
  remembered.set(statement, found);
  return found;
}

function calledName(callee: Expr): string {
  return callee.kind === 'Name' ? callee.id : callee.kind === 'Attribute' ? callee.name : '';
}

function isPermutation(order: readonly string[], names: readonly string[]): boolean {
  return order.length === names.length && names.every((name) => order.includes(name));
}

const returnsHeader = /^\s*(?::?returns?\b|outputs?\b|@returns?\b|yields?\b)(?:\s+(?:a|the)\b)?(?:\s+tuple\b)?(?:\s+of\b)?\s*:?/i;
const otherHeader = /^\s*(?:inputs?|args|arguments|parameters?|params|notes?|examples?|raises)\b[^:]*:\s*$/i;

/** The order in which the returns section of a docstring lists the names; null unless it lists each of them once. */
function documentedOrder(docstring: string, names: readonly string[]): readonly string[] | null {
  const lines = docstring.split('\n');
  const start = lines.findIndex((line) => returnsHeader.test(line));
  if (start < 0) return null;
  const order: string[] = [];
  for (const [i, line] of lines.slice(start).entries()) {
    if (i > 0 && otherHeader.test(line)) break;
    const listed = namesListed(i === 0 ? line.replace(returnsHeader, '') : line);
    if (listed.length > 0 && listed.every((name) => names.includes(name))) order.push(...listed);
  }
  return isPermutation(order, names) ? order : null;
}

/** `dx, dw` of `- dx, dw: gradients`; of a sentence nothing. */
function namesListed(line: string): readonly string[] {
  const listed = /^\s*(?:[-*•]\s*|\d+[.)]\s*)?[('"`]*((?:\w+[)'"`]*\s*(?:,|\band\b)\s*[('"`]*)*\w+)[)'"`]*\s*(?:[:=–—(.]|--|-\s|$)/.exec(line);
  return listed === null ? [] : listed[1].split(/[^\w]+|\band\b/).filter((word) => word !== '' && word !== 'and');
}
