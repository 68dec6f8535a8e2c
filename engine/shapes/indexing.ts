/** What stands behind `x[...]`: whole numbers take an axis away, slices keep it, index arrays and masks put theirs in its place. */
import {broadcast} from './broadcast.ts';
import {compute, numberOf, quotient, sameDim} from './dimension.ts';
import type {Dim} from './dimension.ts';
import {array, int, join, unknown, wholeOf} from './values.ts';
import type {Abstract} from './values.ts';

export function subscript(object: Abstract, index: Abstract): Abstract {
  switch (object.kind) {
    case 'array': return object.shape === null ? array(null, object.type) : indexed(object.shape, index.kind === 'sequence' && index.items !== null ? index.items : [index], object.type);
    case 'sequence': return item(object, index);
    case 'dict': return (index.kind === 'string' && index.value !== null ? object.entries.get(index.value) : undefined) ?? unknown;
    default: return unknown;
  }
}

function item(of: Extract<Abstract, {kind: 'sequence'}>, index: Abstract): Abstract {
  const {items} = of;
  if (index.kind === 'slice') {
    const [start, stop] = [index.start, index.stop].map((bound) => (bound === null ? undefined : numberOf(wholeOf(bound))));
    if (items === null || start === null || stop === null || index.step !== null) return {kind: 'sequence', items: null, element: of.element};
    const part = items.slice(start, stop);
    return {kind: 'sequence', items: part, element: part.length === 0 ? unknown : part.reduce(join)};
  }
  const place = index.kind === 'int' ? numberOf(index.value) : null;
  if (items === null) return of.element;
  return place === null ? of.element : items.at(place) ?? unknown;
}

function indexed(shape: readonly Dim[], indices: readonly Abstract[], type: Extract<Abstract, {kind: 'array'}>['type']): Abstract {
  const takes = (one: Abstract): number => (one.kind === 'none' || one.kind === 'ellipsis' ? 0 : one.kind === 'array' && one.type === 'bool' ? one.shape?.length ?? 1 : 1);
  const used = indices.reduce((sum, one) => sum + takes(one), 0);
  const out: Dim[] = [];
  let axis = 0;
  /** Index arrays with the axes that stood before them. */
  const picks: {readonly shape: readonly Dim[] | null; readonly at: number}[] = [];
  const pick = (own: readonly Dim[] | null): void => {
    picks.push({shape: own, at: out.length});
  };
  for (const one of indices) {
    switch (one.kind) {
      case 'none': out.push(1); break;
      case 'ellipsis':
        for (let rest = shape.length - used; rest > 0; rest--) out.push(shape[axis++]);
        break;
      case 'slice': out.push(sliced(shape.at(axis++) ?? null, one)); break;
      case 'int': axis++; break;
      case 'array':
        if (one.shape === null) return array(null, type);
        if (one.shape.length === 0) axis++;
        else if (one.type === 'bool') {
          axis += one.shape.length;
          pick([null]);
        } else if (one.type === 'unknown' && one.shape.length > 1) return array(null, type);
        else {
          axis++;
          pick(one.type === 'int' ? one.shape : [null]);
        }
        break;
      case 'range': axis++; pick([one.count]); break;
      case 'sequence': {
        axis++;
        if (one.items?.every(({kind}) => kind === 'int') !== true) return array(null, type);
        pick([one.items.length]);
        break;
      }
      default: return array(null, type);
    }
    if (axis > shape.length) return unknown;
  }
  out.push(...shape.slice(axis));
  if (picks.length === 0) return array(out, type);
  const picked = picks.map((one) => one.shape).reduce(broadcast);
  if (picked === null) return array(null, type);
  const [{at}] = picks;
  // Index arrays with something between them put their axes first.
  out.splice(picks.every((one) => one.at === at) ? at : 0, 0, ...picked);
  return array(out, type);
}

/** The size of a slice, where it cannot be cut short by the end of the axis. */
function sliced(dim: Dim, {start, stop, step}: Extract<Abstract, {kind: 'slice'}>): Dim {
  const isWhole = (bound: Abstract | null): boolean => bound === null || bound.kind === 'none';
  const stride = isWhole(step) ? 1 : numberOf(wholeOf(step!));
  if (isWhole(start) && isWhole(stop)) return stride === 1 || stride === -1 ? dim : null;
  if (stride !== 1) return null;
  const from = isWhole(start) ? 0 : wholeOf(start!);
  const to = isWhole(stop) ? dim : wholeOf(stop!);
  const [fromNumber, toNumber, size] = [numberOf(from), numberOf(to), numberOf(dim)];
  if (fromNumber !== null && fromNumber < 0) return isWhole(stop) && size !== null ? Math.min(-fromNumber, size) : null;
  if (isWhole(stop)) return fits(from, dim) ? compute('-', dim, from) : null;
  if (toNumber !== null && toNumber < 0) return fromNumber === null ? null : compute('-', compute('+', dim, toNumber), from);
  return fits(to, dim) ? compute('-', to, from) : null;
}

/** Whether a bound is certainly no further than the end: a part of a multiple, or a small number against a letter-free size. */
function fits(bound: Dim, dim: Dim): boolean {
  if (bound === null || dim === null) return false;
  if (bound === 0 || sameDim(bound, dim)) return true;
  const [a, b] = [numberOf(bound), numberOf(dim)];
  if (a !== null && b !== null) return a <= b;
  if (a === 1) return true;
  const rest = quotient(compute('-', dim, bound), bound) ?? quotient(compute('-', dim, bound), commonLetter(bound));
  const left = numberOf(rest);
  return left !== null && left >= 0;
}

/** `H` of `2*H`. */
function commonLetter(dim: Dim): Dim {
  return typeof dim === 'object' && dim !== null && dim.operator === '*' && typeof dim.left === 'number' ? dim.right : dim;
}

/** What a loop over a value binds in each round. */
export function elementOf(value: Abstract): Abstract {
  switch (value.kind) {
    case 'range': return int(null);
    case 'sequence': return value.items?.length === 0 ? unknown : value.element;
    case 'array': return value.shape === null || value.shape.length === 0 ? unknown : array(value.shape.slice(1), value.type);
    case 'dict': return {kind: 'string', value: null};
    default: return unknown;
  }
}
