/**
 * Binds values to targets: names, tuples (`N, D = x.shape` names dimensions), attributes and subscripts.
 */
import type {Expr} from '../../python/ast.ts';
import {Dimension, Shape, nameRank} from './dimension.ts';
import {subscript} from './indexing.ts';
import type {Reading, Scope} from './reading.ts';
import {lookUp} from './reading.ts';
import {Thing, array, unknown, whole} from './values.ts';
import type {Abstract} from './values.ts';

export function bindTarget(reading: Reading, target: Expr, value: Abstract, scope: Scope): void {
  switch (target.kind) {
    case 'Name':
      if (value.kind === 'int' && value.value instanceof Dimension && value.below === undefined) value.value.name(target.id, nameRank.unpack);
      scope.names.set(target.id, value);
      return;
    case 'Star': bindTarget(reading, target.value, unknown(), scope); return;
    case 'Tuple': case 'List': bindItems(reading, target.items, value, scope); return;
    case 'Attribute': {
      const object = reading.evaluate(target.object, scope);
      if (object.kind === 'object') {
        const before = object.attributes.get(target.name);
        if (value.kind !== 'none' || before === undefined) object.attributes.set(target.name, value);
      } else if (object.kind === 'thing') {
        object.evidence.object++;
        (object.kept ??= new Map()).set(target.name, value);
      }
      return;
    }
    case 'Subscript': {
      const object = reading.evaluate(target.object, scope);
      const index = reading.evaluate(target.index, scope);
      if (object.kind === 'dict' && index.kind === 'string') object.entries.set(index.value ?? `${index.prefix}${index.late === true ? 2 : 1}`, value);
      else if (object.kind === 'object' || object.kind === 'sequence') return;
      else subscript(reading.world, object, index);
      return;
    }
    default:
  }
}

function bindItems(reading: Reading, targets: readonly Expr[], value: Abstract, scope: Scope): void {
  const star = targets.findIndex((target) => target.kind === 'Star');
  if (value.kind === 'shape') {
    if (star < 0) {
      if (!value.of.settle(targets.length)) {
        reading.world.contradictions.push({shape: value.of, rank: targets.length});
        for (const target of targets) bindTarget(reading, target, whole(new Dimension()), scope);
        return;
      }
    } else value.of.need(targets.length - 1);
    for (const [i, target] of targets.entries()) {
      const axis = star >= 0 && i >= star ? null : value.of.axis(i);
      if (axis === null || target.kind !== 'Name') { bindTarget(reading, target, whole(new Dimension()), scope); continue; }
      const before = lookUp(scope, target.id);
      if (target.id !== '_' && before?.kind === 'int' && before.value instanceof Dimension && before.below === undefined && !/^(?:h|w|H|W)(?:_|$)/.test(target.id)) {
        axis.equate(before.value);
      }
      if (target.id === '_') scope.names.set('_', whole(axis));
      else bindTarget(reading, target, whole(axis), scope);
    }
    return;
  }
  if (value.kind === 'sequence' && !value.open && star < 0) {
    for (const [i, target] of targets.entries()) bindTarget(reading, target, value.items.at(i) ?? unknown(), scope);
    return;
  }
  if (value.kind === 'thing') {
    value.evidence.unpacked = Math.max(value.evidence.unpacked, targets.length);
    for (const [i, target] of targets.entries()) bindTarget(reading, target, value.entry(i), scope);
    return;
  }
  for (const [i, target] of targets.entries()) {
    bindTarget(reading, target, value.kind === 'sequence' ? value.items.at(i) ?? value.items.at(-1) ?? unknown() : value.kind === 'slice' ? whole(new Dimension()) : unknown(), scope);
  }
}

/** What a loop over a value binds in each round. */
export function elementOf(reading: Reading, value: Abstract): Abstract {
  switch (value.kind) {
    case 'range': {
      const dimension = new Dimension();
      reading.world.loops.add(dimension);
      return {kind: 'int', value: dimension, below: value.count};
    }
    case 'sequence': return value.items.at(0) ?? unknown();
    case 'thing': {
      value.evidence.iterated++;
      const {axes} = value.shape;
      if (axes !== null) {
        const item = array(new Shape(axes.slice(1)), value);
        item.evidence.array = 0;
        return item;
      }
      return value.entries.get('[]') ?? made(value);
    }
    case 'dict': return {kind: 'string', value: null, prefix: ''};
    default: return unknown();
  }
}

function made(thing: Thing): Thing {
  const item = new Thing(new Shape(), '', thing);
  thing.entries.set('[]', item);
  return item;
}
