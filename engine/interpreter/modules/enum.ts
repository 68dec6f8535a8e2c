/**
 * The module `enum`: classes whose names are members with a name and a value.
 */
import {PyError} from '../../ndarray/errors.ts';
import {List, PyObject, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {equals} from '../comparison.ts';
import {Dict} from '../containers.ts';
import {Builtin, Class, Instance, Property} from '../objects.ts';
import type {Run} from '../run.ts';
import {repr} from '../text/repr.ts';
import {types} from '../types.ts';

/** What `auto()` gives. */
class Auto extends PyObject {
  readonly typeName = 'auto';
}
const AUTO = new Auto();

/** Turns the names of a class body into members: `Color.RED.name`, `Color.RED.value`. */
function enumerateMembers(cls: Class, numeric: boolean): null {
  let last = 0;
  for (const [name, value] of [...cls.attributes]) {
    if (name.startsWith('_') || value instanceof Property || (value instanceof PyObject && !isPlain(value))) continue;
    const member = new Instance(cls);
    const given = value === AUTO ? last + 1 : value;
    if (typeof given === 'number') last = given;
    member.attributes.set('name', name);
    member.attributes.set('value', given);
    if (numeric) member.native = given;
    cls.attributes.set(name, member);
  }
  return null;
}

function isPlain(value: PyObject): boolean {
  return value === AUTO || value instanceof List || value instanceof Tuple || value instanceof Dict;
}

function memberOf(run: Run, cls: Class, sought: Value): Instance {
  for (const member of cls.attributes.values()) {
    if (member instanceof Instance && member.cls === cls && equals(run, member.attributes.get('value') ?? null, sought)) return member;
  }
  throw new PyError('ValueError', `${repr(run, sought)} is not a valid ${cls.name}`);
}

function enumClass(name: string, numeric: boolean): Class {
  const text = (self: Value): string => {
    const member = (self as Instance).attributes.get('name');
    return `${(self as Instance).cls.name}.${typeof member === 'string' ? member : ''}`;
  };
  const cls = new Class(`enum.${name}`, [types.object], new Map<string, Value>([
    ['__init_subclass__', new Builtin('__init_subclass__', (_run, [made]) => enumerateMembers(made as Class, numeric))],
    ['__new__', new Builtin('__new__', (run, [made, value]) => memberOf(run, made as Class, value))],
    ['__init__', new Builtin('__init__', () => null)],
    ['__str__', new Builtin('__str__', (run, [self]) => numeric ? repr(run, (self as Instance).attributes.get('value') ?? null) : text(self))],
    ['__repr__', new Builtin('__repr__', (run, [self]) => `<${text(self)}: ${repr(run, (self as Instance).attributes.get('value') ?? null)}>`)],
  ]), types.object.mro);
  return cls;
}

/** The module `enum`. */
export const enumeration: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['Enum', enumClass('Enum', false)],
  ['IntEnum', enumClass('IntEnum', true)],
  ['auto', new Builtin('auto', () => AUTO)],
  ['unique', new Builtin('unique', (_run, [cls]) => cls)],
]);
