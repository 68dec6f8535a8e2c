/**
 * Classes that are made from a list of fields: `collections.namedtuple`, `typing.NamedTuple` and `dataclasses.dataclass`.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {List, PyObject, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {native} from '../builtins/native.ts';
import {call} from '../calls.ts';
import {createClass} from '../classes.ts';
import {compare, equals} from '../comparison.ts';
import {Dict} from '../containers.ts';
import {listOf} from '../iteration.ts';
import {Builtin, Class, Instance, Property} from '../objects.ts';
import type {Keywords} from '../objects.ts';
import type {Run} from '../run.ts';
import {repr} from '../text/repr.ts';
import {truth} from '../truth.ts';
import {types} from '../types.ts';

/** What a field that is not given gets: a value, what a factory makes, or nothing. */
class Field extends PyObject {
  readonly typeName = 'Field';
  constructor(readonly preset: Value | undefined, readonly factory: Value | undefined, readonly init: boolean, readonly shown: boolean) {
    super();
  }
}

interface FieldOf {
  readonly name: string;
  readonly field: Field;
  /** An `InitVar`: it is handed to `__post_init__`, and not kept. */
  readonly passing: boolean;
}

/** A property that computes from `self` alone. */
function computed(name: string, get: (run: Run, self: Instance) => Value): [string, Property] {
  return [name, new Property(new Builtin(name, (run, [self]) => get(run, self as Instance)), null, null)];
}

/** A method that is found through `self`, as a property that gives it bound. */
function method(name: string, body: (run: Run, self: Instance, args: readonly Value[], keywords: Keywords) => Value): [string, Property] {
  return computed(name, (_run, self) => new Builtin(name, (run, args, keywords) => body(run, self, args, keywords)));
}

/** The fields' values of a call, in order. Raises TypeError in Python's words. */
function bindFields(run: Run, callee: string, fields: readonly FieldOf[], args: readonly Value[], keywords: Keywords): Value[] {
  if (args.length > fields.length) {
    const needed = fields.filter(({field: {preset, factory}}) => preset === undefined && factory === undefined).length;
    const some = needed === fields.length ? '' : `from ${needed + 1} to `;
    throw new PyError('TypeError', `${callee}() takes ${some}${fields.length + 1} positional arguments but ${args.length + 1} were given`);
  }
  for (const name of keywords?.keys() ?? []) {
    if (!fields.some((each) => each.name === name)) throw new PyError('TypeError', `${callee}() got an unexpected keyword argument '${name}'`);
  }
  const missing: string[] = [];
  const values = fields.map(({name, field}, i): Value => {
    const given = i < args.length ? args[i] : keywords?.get(name);
    if (given !== undefined) return given;
    if (field.preset !== undefined) return field.preset;
    if (field.factory !== undefined) return call(run, field.factory, [], null);
    missing.push(`'${name}'`);
    return null;
  });
  if (missing.length > 0) {
    const names = missing.length < 3 ? missing.join(' and ') : `${missing.slice(0, -1).join(', ')}, and ${missing[missing.length - 1]}`;
    throw new PyError('TypeError', `${callee}() missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${names}`);
  }
  return values;
}

function itemsOf(self: Value): readonly Value[] {
  const held = self instanceof Instance ? self.native : self;
  return held instanceof Tuple ? held.items : [];
}

function shown(run: Run, name: string, fields: readonly FieldOf[], values: readonly Value[]): string {
  return `${name}(${fields.map((each, i) => `${each.name}=${repr(run, values[i])}`).join(', ')})`;
}

/** What a class of named tuples has: its instances hold a tuple, whose items have names. */
function tupleMembers(name: string, fields: readonly FieldOf[]): Map<string, Value> {
  const make = (cls: Class, values: readonly Value[]): Instance => {
    const made = new Instance(cls);
    made.native = new Tuple(values);
    return made;
  };
  const names = fields.map((field) => field.name);
  return new Map<string, Value>([
    ['__new__', new Builtin('__new__', (inner, [cls, ...args], keywords) =>
      make(cls as Class, bindFields(inner, `${name}.__new__`, fields, args, keywords)))],
    ['__init__', new Builtin('__init__', () => null)],
    ['__repr__', new Builtin('__repr__', (inner, [self]) => shown(inner, name, fields, itemsOf(self)))],
    ['_fields', new Tuple(names)],
    ...names.map((field, i) => computed(field, (_run, self) => itemsOf(self)[i])),
    method('_asdict', (_run, self) => Dict.of(names.map((field, i) => [field, itemsOf(self)[i]]))),
    method('_replace', (_run, self, _args, keywords) =>
      make(self.cls, names.map((field, i) => keywords?.get(field) ?? itemsOf(self)[i]))),
  ]);
}

/** The class that `namedtuple(name, fields)` gives. */
function tupleClass(run: Run, name: string, fields: readonly FieldOf[]): Class {
  return createClass(run, name, [types.tuple], tupleMembers(name, fields));
}

function fieldNames(run: Run, value: Value): string[] {
  if (typeof value === 'string') return value.replaceAll(',', ' ').split(/\s+/u).filter((name) => name !== '');
  return listOf(run, value).map((item) => {
    if (typeof item === 'string') return item;
    return item instanceof Tuple && typeof item.items[0] === 'string' ? item.items[0] : '';
  });
}

/** `collections.namedtuple`. */
export const namedtuple = native('namedtuple', 'typename, field_names, *, rename=False, defaults=None, module=None', (run, [name, given, , defaults]) => {
  const names = fieldNames(run, given);
  const presets = defaults === null ? [] : listOf(run, defaults);
  const first = names.length - presets.length;
  const fields = names.map((field, i) => ({name: field, field: new Field(i < first ? undefined : presets[i - first], undefined, true, true), passing: false}));
  return tupleClass(run, typeof name === 'string' ? name : '', fields);
});

/** The annotated names of a class body with their presets. */
function ownFields(cls: Class): FieldOf[] {
  const annotations = cls.attributes.get('__annotations__');
  if (!(annotations instanceof Dict)) return [];
  return annotations.entries().flatMap(([name, kind]): FieldOf[] => {
    if (typeof name !== 'string' || kind === 'ClassVar' || kind === 'KW_ONLY') return [];
    const preset = cls.attributes.get(name);
    return [{name, field: preset instanceof Field ? preset : new Field(preset, undefined, true, true), passing: kind === 'InitVar'}];
  });
}

/** `typing.NamedTuple`: a class body's annotated names become fields; called like a function it is `namedtuple`. */
export const namedTupleClass: Class = new Class('typing.NamedTuple', [types.tuple], new Map<string, Value>([
  ['__init_subclass__', new Builtin('__init_subclass__', (_run, [made]) => {
    const cls = made as Class;
    if (!cls.attributes.has('__annotations__')) return null;
    for (const [name, value] of tupleMembers(cls.name, ownFields(cls))) {
      if (!(value instanceof Builtin) || !cls.attributes.has(name)) cls.attributes.set(name, value);
    }
    return null;
  })],
  ['__new__', new Builtin('__new__', (run, [, ...args], keywords) => call(run, namedtuple, args, keywords))],
  ['__init__', new Builtin('__init__', () => null)],
]), types.tuple.mro);

/** The fields of each dataclass that was made, the inherited ones first. */
const fieldsOf = new WeakMap<Class, readonly FieldOf[]>();

function allFields(cls: Class): FieldOf[] {
  const inherited = cls.mro.slice(1).find((base) => fieldsOf.has(base));
  const fields = new Map<string, FieldOf>();
  for (const field of [...inherited === undefined ? [] : fieldsOf.get(inherited)!, ...ownFields(cls)]) fields.set(field.name, field);
  return [...fields.values()];
}

interface Options {
  readonly init: boolean;
  readonly repr: boolean;
  readonly eq: boolean;
  readonly order: boolean;
}

function makeDataclass(cls: Value, options: Options): Value {
  if (!(cls instanceof Class)) throw new UnsupportedError('dataclass of something that is no class');
  const all = allFields(cls);
  const fields = all.filter(({passing}) => !passing);
  fieldsOf.set(cls, all);
  const {attributes} = cls;
  for (const {name, field} of all) {
    if (field.preset !== undefined) attributes.set(name, field.preset);
    else if (attributes.get(name) instanceof Field) attributes.delete(name);
  }
  const valuesOf = (self: Value): Value[] => fields.map(({name}) => (self as Instance).attributes.get(name) ?? null);
  const put = (name: string, value: Value): void => {
    if (!attributes.has(name)) attributes.set(name, value);
  };
  if (options.init) put(...method('__init__', (run, self, args, keywords) => initialise(run, self, all, args, keywords)));
  const visible = fields.filter(({field}) => field.shown);
  if (options.repr) put('__repr__', new Builtin('__repr__', (run, [self]) => shown(run, (self as Instance).cls.name, visible,
    visible.map(({name}) => (self as Instance).attributes.get(name) ?? null))));
  if (options.eq) put('__eq__', new Builtin('__eq__', (run, [self, other]) =>
    other instanceof Instance && other.cls === (self as Instance).cls && equals(run, new Tuple(valuesOf(self)), new Tuple(valuesOf(other)))));
  if (options.order) {
    for (const [name, operator] of [['__lt__', '<'], ['__le__', '<='], ['__gt__', '>'], ['__ge__', '>=']] as const) {
      put(name, new Builtin(name, (run, [self, other]) => compare(run, operator, new Tuple(valuesOf(self)), new Tuple(valuesOf(other)))));
    }
  }
  return cls;
}

function initialise(run: Run, self: Instance, fields: readonly FieldOf[], args: readonly Value[], keywords: Keywords): null {
  const given = fields.filter(({field}) => field.init);
  const values = bindFields(run, `${self.cls.name}.__init__`, given, args, keywords);
  const passed: Value[] = [];
  given.forEach(({name, passing}, i) => {
    if (passing) passed.push(values[i]);
    else self.attributes.set(name, values[i]);
  });
  for (const {name, field} of fields) {
    if (field.init) continue;
    if (field.factory !== undefined) self.attributes.set(name, call(run, field.factory, [], null));
    else if (field.preset !== undefined) self.attributes.set(name, field.preset);
  }
  const after = self.cls.lookup('__post_init__');
  if (after !== undefined) call(run, after, [self, ...passed], null);
  return null;
}

const dataclass = new Builtin('dataclass', (run, args, keywords) => {
  const flag = (name: string, byDefault: boolean): boolean => truth(run, keywords?.get(name) ?? byDefault);
  const options = {init: flag('init', true), repr: flag('repr', true), eq: flag('eq', true), order: flag('order', false)};
  if (args.length === 1) return makeDataclass(args[0], options);
  return new Builtin('dataclass', (_run, [cls]) => makeDataclass(cls, options));
});

function fieldsValue(value: Value): readonly FieldOf[] {
  const cls = value instanceof Instance ? value.cls : value;
  const fields = cls instanceof Class ? cls.mro.map((base) => fieldsOf.get(base)).find((found) => found !== undefined) : undefined;
  if (fields === undefined) throw new PyError('TypeError', 'must be called with a dataclass type or instance');
  return fields.filter(({passing}) => !passing);
}

/** `asdict` and `astuple` go into nested dataclasses, lists, tuples and dictionaries. */
function plain(value: Value, make: (names: readonly string[], values: readonly Value[]) => Value): Value {
  if (value instanceof List) return new List(value.items.map((item) => plain(item, make)));
  if (value instanceof Tuple) return new Tuple(value.items.map((item) => plain(item, make)));
  if (value instanceof Dict) return Dict.of(value.entries().map(([key, item]) => [key, plain(item, make)]));
  if (!(value instanceof Instance) || !value.cls.mro.some((base) => fieldsOf.has(base))) return value;
  const names = fieldsValue(value).map(({name}) => name);
  return make(names, names.map((name) => plain(value.attributes.get(name) ?? null, make)));
}

/** The module `dataclasses`. */
export const dataclasses: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['dataclass', dataclass],
  ['field', new Builtin('field', (run, _args, keywords) => new Field(
    keywords?.get('default'), keywords?.get('default_factory'), truth(run, keywords?.get('init') ?? true), truth(run, keywords?.get('repr') ?? true)))],
  ['asdict', native('asdict', 'obj', (_run, [value]) => plain(value, (names, values) => Dict.of(names.map((name, i) => [name, values[i]]))))],
  ['astuple', native('astuple', 'obj', (_run, [value]) => plain(value, (_names, values) => new Tuple(values)))],
  ['is_dataclass', native('is_dataclass', 'obj', (_run, [value]) => {
    const cls = value instanceof Instance ? value.cls : value;
    return cls instanceof Class && cls.mro.some((base) => fieldsOf.has(base));
  })],
  ['replace', new Builtin('replace', (run, [value], keywords) => {
    if (!(value instanceof Instance)) throw new PyError('TypeError', 'replace() should be called on dataclass instances');
    const all = fieldsValue(value).map(({name}): [string, Value] => [name, keywords?.get(name) ?? value.attributes.get(name) ?? null]);
    return call(run, value.cls, [], new Map(all));
  })],
]);
