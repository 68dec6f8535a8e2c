/**
 * What an index says of the array and of the index: ranks, sizes, labels that pick columns, keys of dictionaries.
 */
import {Dimension, Shape, arithmetic, dimensionOf, multipleOf} from './dimension.ts';
import type {Whole} from './dimension.ts';
import type {Abstract, Thing} from './values.ts';
import {array, unknown, whole} from './values.ts';
import type {World} from './world.ts';
import {broadcast, wholeOf} from './world.ts';

/** The value of `object[index]`. A tuple index is a sequence. */
export function subscript(world: World, object: Abstract, index: Abstract): Abstract {
  if (index.kind === 'string') for (const {evidence} of index.parts ?? []) evidence.numbered++;
  switch (object.kind) {
    case 'shape': return shapeItem(object.of, index);
    case 'sequence': {
      if (index.kind === 'int' && typeof index.value === 'number') return object.items.at(index.value) ?? unknown();
      if (index.kind === 'slice') return {...object, items: object.items.slice(...bounds(index)), open: object.open};
      return object.items[0] ?? unknown();
    }
    case 'dict': {
      if (index.kind !== 'string') return unknown();
      const key = index.value ?? `${index.prefix}${index.late === true ? 2 : 1}`;
      let found = object.entries.get(key);
      if (found === undefined) object.entries.set(key, found = unknown());
      return found;
    }
    case 'thing': return thingItem(world, object, index);
    default: return unknown();
  }
}

function bounds(slice: Abstract & {kind: 'slice'}): [number?, number?] {
  const at = (value: Abstract | null): number | undefined => value?.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;
  return [at(slice.start), at(slice.stop)];
}

function shapeItem(of: Shape, index: Abstract): Abstract {
  if (index.kind === 'int' && typeof index.value === 'number') {
    const axis = of.axis(index.value);
    return axis === null ? unknown() : whole(axis);
  }
  if (index.kind === 'slice' && of.axes !== null) {
    return {kind: 'sequence', tuple: true, open: false, items: of.axes.slice(...bounds(index)).map((axis) => whole(axis))};
  }
  const from = index.kind === 'slice' ? bounds(index)[0] : undefined;
  if (index.kind === 'slice' && from !== undefined && from < 0 && index.stop === null) {
    return {kind: 'sequence', tuple: true, open: false, items: Array.from({length: -from}, (_, i) => whole(of.axis(from + i)!))};
  }
  if (index.kind === 'slice') of.need(Math.max(2, Math.abs(bounds(index)[0] ?? 0) + 1));
  return index.kind === 'slice' ? {kind: 'sequence', tuple: true, open: true, items: []} : unknown();
}

function thingItem(world: World, thing: Thing, index: Abstract): Abstract {
  if (index.kind === 'string') {
    thing.evidence.keyed++;
    if (index.value === null) {
      thing.evidence.prefixes.add(index.prefix);
      return thing.entry(`${index.prefix}${index.late === true ? 2 : 1}`);
    }
    return thing.entry(index.value);
  }
  const items = index.kind === 'sequence' && index.tuple ? index.items : [index];
  const isArray = items.length > 1 || index.kind === 'slice' || index.kind === 'ellipsis' || index.kind === 'none'
    || thing.evidence.array > 0 || thing.shape.rank !== null;
  if (!isArray && index.kind === 'int' && typeof index.value === 'number') return thing.entry(index.value);
  if (!isArray && index.kind === 'int') return element(thing, index);
  return arrayItem(world, thing, items);
}

/** `y[i]` of something that may be an array or a list. */
function element(thing: Thing, index: Abstract & {kind: 'int'}): Thing {
  const axis = thing.shape.axis(0);
  if (axis !== null && index.below instanceof Dimension) axis.equate(index.below);
  const item = thing.entry('[]');
  return linked(item, thing);
}

function linked(item: Thing, source: Thing): Thing {
  const shape = source.shape.axes !== null ? new Shape(source.shape.axes.slice(1)) : item.shape;
  const out = array(shape, source);
  out.evidence.array = 0;
  out.element = true;
  return out;
}

function arrayItem(world: World, thing: Thing, items: readonly Abstract[]): Abstract {
  if (items.length > 1 || items.some((item) => item.kind === 'slice')) thing.evidence.array++;
  const counted = items.filter((item) => item.kind !== 'none' && item.kind !== 'ellipsis');
  const used = counted.reduce((sum, item) => sum + (isMask(item) ? Math.max(1, item.shape.rank ?? 1) : 1), 0);
  thing.shape.need(used);
  if (thing.shape.rank !== null && used > thing.shape.rank) world.contradictions.push({shape: thing.shape, rank: used});
  const ellipsis = items.findIndex((item) => item.kind === 'ellipsis');
  const known = thing.shape.axes;
  const result: Dimension[] = [];
  let fancy: Shape | null = null;
  let fancyAt = 0;
  const hasRange = items.some((item) => item.kind === 'range' || (item.kind === 'thing' && item.name === 'arange'));
  let axis = 0;
  for (const [i, item] of items.entries()) {
    if (item.kind === 'none') { result.push(new Dimension().fix(1)); continue; }
    if (item.kind === 'ellipsis') {
      const until = known === null ? axis : known.length - (used - axis);
      if (known !== null) result.push(...known.slice(axis, until));
      axis = ellipsis === i && known === null ? -(used - axis) : until;
      continue;
    }
    const dimension = thing.shape.axis(axis);
    if (isMask(item)) {
      if (item.shape.axes !== null && known !== null) item.shape.equate(new Shape(known.slice(axis, axis + item.shape.axes.length)));
      else if (item.shape.rank === null && items.length === 1) item.shape.equate(thing.shape);
      axis += Math.max(1, item.shape.rank ?? 1);
      result.push(new Dimension());
      continue;
    }
    axis++;
    if (item.kind === 'slice') { result.push(sliced(world, dimension, item)); continue; }
    if (item.kind === 'int' || item.kind === 'float') {
      if (item.kind === 'int' && item.below instanceof Dimension && dimension !== null) dimension.equate(item.below);
      continue;
    }
    if (fancy === null) fancyAt = result.length;
    fancy = indexedBy(item, dimension, hasRange, fancy);
  }
  if (fancy !== null) {
    if (fancy.axes === null) return array(new Shape(), thing);
    result.splice(fancyAt, 0, ...fancy.axes);
  }
  if (known === null) {
    const open = items.some((item) => item.kind === 'none' || item.kind === 'ellipsis') || fancy !== null;
    const out = array(new Shape(), thing);
    if (!open) out.shape.need(Math.max(0, thing.shape.least - (used - result.length)));
    out.dropped = result.length > 0 ? used - result.length : 0;
    return out;
  }
  if (ellipsis < 0) result.push(...known.slice(axis));
  const out = array(new Shape(result), thing);
  return out;
}

function isMask(item: Abstract): item is Thing {
  return item.kind === 'thing' && item.name === 'mask';
}

/** Notes that `item` is an index of `dimension`; gives the shape of all indices so far together. */
function indexedBy(item: Abstract, dimension: Dimension | null, hasRange: boolean, before: Shape | null): Shape {
  if (item.kind === 'thing') {
    const picks = hasRange && item.name !== 'arange';
    if (item.element && item.shape.rank === null) {
      item.shape.settle(0);
      item.source?.shape.settle(1);
    }
    if (picks && item.shape.rank === null && item.shape.least <= 1) item.shape.settle(1);
    if (item.name !== 'arange') {
      for (const thing of item.lineage()) {
        if (dimension !== null) thing.evidence.index.push(dimension);
        if (picks) thing.evidence.picks++;
      }
    } else if (dimension !== null) item.shape.axis(0)?.equate(dimension);
    return before === null ? item.shape : broadcast(before, item.shape);
  }
  if (item.kind === 'range') {
    const count = dimensionOf(item.count);
    dimension?.equate(count);
    return before === null ? new Shape([count]) : broadcast(before, new Shape([count]));
  }
  return before ?? new Shape();
}

function sliced(world: World, dimension: Dimension | null, slice: Abstract & {kind: 'slice'}): Dimension {
  const bound = (value: Abstract | null): Whole | null => value === null || value.kind === 'none' ? null : wholeOf(value, true);
  const start = bound(slice.start);
  const stop = bound(slice.stop);
  if (slice.step !== null && slice.step.kind !== 'none') {
    wholeOf(slice.step, true);
    return slice.start === null && slice.stop === null && slice.step.kind === 'int' && slice.step.value === -1 ? dimension ?? new Dimension() : new Dimension();
  }
  if (slice.start === null && slice.stop === null) return dimension ?? new Dimension();
  if (dimension !== null && slice.stop === null && start !== null) {
    const multiple = multipleOf(start);
    if (multiple !== null && multiple.count > 1) {
      world.reach.push({dimension, than: arithmetic('*', multiple.count + 1, multiple.of)});
      return dimensionOf(multiple.of);
    }
  }
  if (stop === null || (typeof stop === 'number' && stop < 0)) return new Dimension();
  if (dimension !== null && typeof stop !== 'number') world.reach.push({dimension, than: stop});
  return dimensionOf(start === null ? stop : arithmetic('-', stop, start));
}
