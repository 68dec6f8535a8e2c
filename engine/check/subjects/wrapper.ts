/**
 * Objects that stand around an array: the `Value` of a small engine, the `Tensor` of a course's library. Finds their class,
 * puts made numbers into them and takes results out again. Knows nothing of pairs.
 */
import {NDArray, elementIds, elements, fromData} from '../../ndarray/array.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {List} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction} from '../../interpreter/interpreter.ts';
import {BoundMethod, Class, Func, Instance, ModuleValue} from '../../interpreter/objects.ts';
import type {Run} from '../../interpreter/run.ts';
import type {FunctionDef} from '../../python/ast.ts';

/** Where such classes keep their numbers, likeliest first. */
const DATA_NAMES = ['data', 'cached_data', 'value', 'val', 'array', 'arr', '_data', 'v', 'x', 'num'];

const TENSOR_NAMES = ['Tensor', 'Variable', 'Value', 'Node', 'NDTensor', 'Var'];

/** The class of tensors that a module has or imports, or null. */
export function tensorClassOf(module: ModuleValue): Class | null {
  const inModule = ({attributes}: ModuleValue): Class | undefined => {
    for (const name of TENSOR_NAMES) {
      const value = attributes.get(name);
      if (value instanceof Class && !value.builtin) return value;
    }
    return undefined;
  };
  const own = inModule(module);
  if (own !== undefined) return own;
  for (const value of module.attributes.values()) {
    const found = value instanceof ModuleValue && value.path !== null ? inModule(value) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

/** The object of `cls` around `data`, asking for gradients where its constructor has a flag for that. */
export function wrapped(run: Run, cls: Class, data: Value): Value {
  const init = cls.lookup('__init__');
  const flag = init instanceof Func && init.code.definition.kind === 'FunctionDef' ? init.code.definition.params.find(({name}) => /^(?:requires?_?_?grad|req_grad|is_parameter)$/.test(name))?.name : undefined;
  return callFunction(run, cls, [data], flag === undefined ? null : new Map([[flag, true]]));
}

/** The numbers inside a wrapper, through as many of them as there are; any other value as it is. */
export function unwrapped(value: Value, dataName: string | null = null): Value {
  for (let depth = 0; value instanceof Instance && depth < 3; depth++) {
    const {attributes} = value;
    const name = [...(dataName === null ? [] : [dataName]), ...DATA_NAMES].find((candidate) => attributes.has(candidate));
    if (name === undefined) return value;
    value = attributes.get(name)!;
  }
  return value;
}

/** The closure that an operation hung on what it made: in an attribute, or in a list or tuple there. */
export function hungOn(object: Instance, definition: FunctionDef): Value | undefined {
  // An edited text shares the spans of what it has not changed.
  const isSame = ({code}: Func): boolean => code.definition.kind === 'FunctionDef' && code.definition.nameSpan === definition.nameSpan;
  const isIt = (value: Value): boolean => (value instanceof Func && isSame(value)) || (value instanceof BoundMethod && value.callee instanceof Func && isSame(value.callee));
  for (const value of object.attributes.values()) {
    if (isIt(value)) return value;
    const inner = value instanceof Instance ? [...value.attributes.values()] : itemsOf(value);
    for (const item of inner) {
      if (isIt(item)) return item;
      const deeper = itemsOf(item).find(isIt);
      if (deeper !== undefined) return deeper;
    }
  }
  return undefined;
}

function itemsOf(value: Value): readonly Value[] {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items) ? (value.items as readonly Value[]) : [];
}

/** The same numbers as nested lists. */
export function asLists(value: Value): Value {
  if (!(value instanceof NDArray)) return value;
  const data = elements(value);
  const ids = elementIds(value);
  let at = 0;
  const level = (axis: number): Value => {
    if (axis === value.shape.length) {
      const scalar = new Scalar(data[at], ids[at], 'float64', true);
      at++;
      return scalar;
    }
    return new List(Array.from({length: value.shape[axis]}, () => level(axis + 1)));
  };
  return level(0);
}

/** Something of the same make as `value`, with this number everywhere. */
export function filledLike(value: Value, number: number): Value {
  if (value instanceof NDArray) return fromData(new Float64Array(value.size).fill(number), value.shape, 'float64');
  if (value instanceof List) return new List(value.items.map((item) => filledLike(item, number)));
  if (value instanceof Scalar) return new Scalar(number, 0, 'float64', value.weak);
  return typeof value === 'number' ? new Scalar(number, 0, 'float64', true) : value;
}
