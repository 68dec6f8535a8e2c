/**
 * The module `copy`. An array that is copied has tape entries of its own.
 */
import {NDArray} from '../../ndarray/array.ts';
import {copy as copyArray} from '../../ndarray/cast.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {asOperation, native} from '../builtins/native.ts';
import {callMethod} from '../calls.ts';
import {Dict, PySet} from '../containers.ts';
import {ExceptionInstance, Instance} from '../objects.ts';
import {callSpecial} from '../operators.ts';
import type {Run} from '../run.ts';

/** What has been copied already, so that what is shared or circular stays so. */
type Memo = Map<Value, Value>;

function array(run: Run, value: NDArray): Value {
  return asOperation(run, 'copy', [value], () => copyArray(run, value));
}

/** A new instance of the same class; `inner` copies what it holds. */
function instance(value: Instance, made: Instance, inner: (value: Value) => Value): Instance {
  for (const [name, attribute] of value.attributes) made.attributes.set(name, inner(attribute));
  if (value.native !== undefined) made.native = inner(value.native);
  return made;
}

function blankLike(value: Instance): Instance {
  return value instanceof ExceptionInstance ? new ExceptionInstance(value.cls, value.args) : new Instance(value.cls);
}

function dictLike(run: Run, value: Dict): Dict {
  const made = callMethod(run, value, 'copy', [], null);
  return made instanceof Dict ? made : Dict.of(value.entries());
}

function shallow(run: Run, value: Value): Value {
  if (value instanceof NDArray) return array(run, value);
  if (value instanceof List) return new List([...value.items]);
  if (value instanceof Dict) return dictLike(run, value);
  if (value instanceof PySet) return new PySet(value.items(), value.typeName === 'frozenset');
  if (!(value instanceof Instance)) return value;
  const native = value.native;
  return callSpecial(run, value, '__copy__')
    ?? instance(value, blankLike(value), (inner) => inner === native ? shallow(run, inner) : inner);
}

function deep(run: Run, value: Value, memo: Memo): Value {
  if (value === null || typeof value !== 'object') return value;
  const known = memo.get(value);
  if (known !== undefined) return known;
  run.step();
  const inner = (item: Value): Value => deep(run, item, memo);
  if (value instanceof NDArray) return remember(memo, value, array(run, value));
  if (value instanceof Tuple) return remember(memo, value, new Tuple(value.items.map(inner)));
  if (value instanceof List) {
    const made = new List([]);
    memo.set(value, made);
    for (const item of value.items) made.items.push(inner(item));
    return made;
  }
  if (value instanceof Dict) {
    const made = dictLike(run, value);
    memo.set(value, made);
    for (const [key, item] of value.entries()) made.set(key, inner(item));
    return made;
  }
  if (value instanceof PySet) return new PySet(value.items().map(inner), value.typeName === 'frozenset');
  if (!(value instanceof Instance)) return value;
  const own = callSpecial(run, value, '__deepcopy__', new Dict());
  if (own !== undefined) return remember(memo, value, own);
  const made = blankLike(value);
  memo.set(value, made);
  return instance(value, made, inner);
}

function remember(memo: Memo, value: Value, made: Value): Value {
  memo.set(value, made);
  return made;
}

export const copying: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['copy', native('copy', 'x', (run, [value]) => shallow(run, value))],
  ['deepcopy', native('deepcopy', 'x, memo=None', (run, [value]) => deep(run, value, new Map()))],
]);
