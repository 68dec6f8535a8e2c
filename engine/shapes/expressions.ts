/** What is known of the value of an expression. Follows calls of functions and methods of the same module. */
import type {Binary, Call, Expr} from '../python/ast.ts';
import {broadcast, transposed} from './broadcast.ts';
import {compute, productOf} from './dimension.ts';
import type {DimOperator} from './dimension.ts';
import {callMethod, callNumpy, mapped, product, typeOf} from './functions.ts';
import type {Arguments} from './functions.ts';
import {elementOf, subscript} from './indexing.ts';
import {invoke} from './invoke.ts';
import {forget, lookUp, methodOf} from './reading.ts';
import type {Reading} from './reading.ts';
import {array, called, int, isNumber, join, listOf, none, number, sequence, shapeOf, unknown, wholeOf} from './values.ts';
import type {Abstract} from './values.ts';

export function evaluate(reading: Reading, expr: Expr): Abstract {
  const value = (one: Expr): Abstract => evaluate(reading, one);
  switch (expr.kind) {
    case 'Name': return lookUp(reading, expr.id) ?? unknown;
    case 'Number': return expr.type === 'int' && typeof expr.value === 'number' ? int(expr.value) : number;
    case 'String': return {kind: 'string', value: expr.value};
    case 'FString': return {kind: 'string', value: null};
    case 'Constant':
      if (expr.value === null) return none;
      return expr.value === 'Ellipsis' ? {kind: 'ellipsis'} : {kind: 'number', whole: expr.value ? 1 : 0};
    case 'Tuple': case 'List': return expr.items.some(({kind}) => kind === 'Star') ? listOf(unknown) : sequence(expr.items.map(value));
    case 'Dict': return {kind: 'dict', entries: new Map(expr.entries.flatMap(({key, value: item}) => (key?.kind === 'String' ? [[key.value, value(item)] as const] : [])))};
    case 'Unary': return unary(expr.operator, value(expr.operand));
    case 'Binary': return binary(reading, expr);
    case 'BoolOp': return expr.values.map(value).reduce(join);
    case 'Compare': {
      if (expr.operators.some((operator) => /in|is/.test(operator))) return number;
      const sides = [expr.left, ...expr.comparators].map(value);
      return sides.every(isNumber) ? number : mapped(sides, 'bool');
    }
    case 'Call': return call(reading, expr);
    case 'Attribute': return attribute(reading, expr.object, expr.name);
    case 'Subscript': return item(value(expr.object), value(expr.index), expr);
    case 'Slice': return {
      kind: 'slice', start: expr.start === null ? null : value(expr.start), stop: expr.stop === null ? null : value(expr.stop), step: expr.step === null ? null : value(expr.step),
    };
    case 'Conditional': return join(value(expr.then), value(expr.otherwise));
    case 'Comprehension': return comprehension(reading, expr);
    case 'NamedExpr': {
      const bound = value(expr.value);
      reading.names?.set(expr.target.id, bound);
      return bound;
    }
    default: return unknown;
  }
}

/** An entry of an unknown dictionary goes by its key where a whole number is needed: `conv_param['stride']`. */
function item(object: Abstract, index: Abstract, {index: key}: {readonly index: Expr}): Abstract {
  const found = subscript(object, index);
  return found.kind === 'unknown' && object.kind === 'unknown' && key.kind === 'String' && /^[A-Za-z_]\w*$/.test(key.value) ? called(key.value) : found;
}

function unary(operator: string, operand: Abstract): Abstract {
  if (operator === 'not') return number;
  if (operand.kind === 'int') return operator === '-' ? int(compute('-', 0, operand.value)) : operator === '+' ? operand : int(null);
  const shape = shapeOf(operand);
  if (shape === undefined) return unknown;
  return operand.kind === 'number' ? number : array(shape, operator === '~' ? typeOf(operand) : typeOf(operand) === 'bool' ? 'int' : typeOf(operand));
}

function binary(reading: Reading, {operator, left, right}: Binary): Abstract {
  return operate(operator, evaluate(reading, left), evaluate(reading, right));
}

const wholeOperators: ReadonlySet<string> = new Set(['+', '-', '*', '//', '/']);

export function operate(operator: Binary['operator'], a: Abstract, b: Abstract): Abstract {
  if (operator === '@') return product(a, b, false);
  if (a.kind === 'string') return {kind: 'string', value: operator === '+' && b.kind === 'string' && a.value !== null && b.value !== null ? a.value + b.value : null};
  if (a.kind === 'sequence' && (operator === '+' || operator === '*')) return ofSequences(operator, a, b);
  if (b.kind === 'sequence' && operator === '*' && a.kind === 'int') return ofSequences(operator, b, a);
  const whole = (value: Abstract): boolean => value.kind === 'int' || (value.kind === 'unknown' && value.whole !== null);
  if (whole(a) && whole(b)) {
    const value = wholeOperators.has(operator) ? compute((operator === '/' ? '//' : operator) as DimOperator, wholeOf(a), wholeOf(b)) : null;
    if (a.kind === 'unknown' || b.kind === 'unknown') return {kind: 'unknown', whole: operator === '/' ? null : value};
    return operator === '/' ? {kind: 'number', whole: value} : int(value);
  }
  if (isNumber(a) && isNumber(b)) return a.kind === 'array' || b.kind === 'array' ? array([]) : number;
  const [x, y] = [shapeOf(a), shapeOf(b)];
  if (x === undefined || y === undefined) return unknown;
  const bits = operator === '&' || operator === '|' || operator === '^';
  const types = [typeOf(a), typeOf(b)];
  return array(broadcast(x, y), bits ? (types.every((type) => type === 'bool') ? 'bool' : 'int') : operator !== '/' && types.every((type) => type === 'int') ? 'int' : types.includes('unknown') ? 'unknown' : 'float');
}

function ofSequences(operator: string, a: Extract<Abstract, {kind: 'sequence'}>, b: Abstract): Abstract {
  if (operator === '*') return b.kind === 'int' && typeof b.value === 'number' && a.items?.length === 1 && b.value < 8 ? sequence(Array.from({length: b.value}, () => a.items![0])) : b.kind === 'array' ? unknown : listOf(a.element);
  if (b.kind !== 'sequence') return unknown;
  return a.items !== null && b.items !== null ? sequence([...a.items, ...b.items]) : listOf(a.items?.length === 0 ? b.element : b.items?.length === 0 ? a.element : join(a.element, b.element));
}

function attribute(reading: Reading, of: Expr, name: string): Abstract {
  const own = of.kind === 'Name' ? reading.names?.get(`${of.id}.${name}`) : undefined;
  if (own !== undefined) return own;
  const object = evaluate(reading, of);
  switch (object.kind) {
    case 'module': return {kind: 'module', path: object.path === '' ? name : `${object.path}.${name}`};
    case 'object': {
      const known = object.attributes.get(name);
      if (known !== undefined) return known;
      const method = methodOf(reading.library.globals, object.definition, name);
      return method === null ? called(name) : {kind: 'function', definition: method, self: object};
    }
    default: break;
  }
  const shape = shapeOf(object);
  switch (name) {
    case 'shape': return shape == null ? listOf(int(null)) : sequence(shape.map(int));
    case 'ndim': return int(shape == null ? null : shape.length);
    case 'size': return int(shape == null ? null : productOf(shape));
    case 'T': return shape === undefined ? unknown : array(transposed(shape, null), typeOf(object));
    case 'dtype': return unknown;
    default: return {kind: 'method', of: object, name};
  }
}

function call(reading: Reading, expr: Call): Abstract {
  const callee = expr.callee.kind === 'Name' && lookUp(reading, expr.callee.id) === undefined ? null : evaluate(reading, expr.callee);
  const args: Arguments = {
    positional: expr.args.flatMap((argument) => (argument.name === null && argument.star === '' ? [evaluate(reading, argument.value)] : [])),
    named: new Map(expr.args.flatMap((argument) => (argument.name === null ? [] : [[argument.name, evaluate(reading, argument.value)] as const]))),
    open: expr.args.some(({star}) => star !== ''),
  };
  if (callee === null) return builtin(expr.callee.kind === 'Name' ? expr.callee.id : '', args);
  for (const argument of args.positional) if (argument.kind === 'object') forget(reading, nameOf(reading, argument));
  switch (callee.kind) {
    case 'module': return callNumpy(callee.path, args);
    case 'function':
      if (callee.self !== null) forget(reading, nameOf(reading, callee.self));
      return invoke(reading, callee.definition, args, callee.self);
    case 'method': {
      if (callee.name === 'append' && callee.of.kind === 'sequence') extend(reading, expr.callee, args.positional.at(0) ?? unknown);
      if (callee.of.kind === 'dict' || (callee.of.kind === 'unknown' && callee.name !== 'reshape')) return entry(callee.of, callee.name, expr, args);
      return callMethod(callee.of, callee.name, args);
    }
    default: return unknown;
  }
}

/** `d.get(key, default)` and views of dictionaries. */
function entry(of: Abstract, name: string, {args}: Call, {positional}: Arguments): Abstract {
  const key = args.at(0)?.value;
  if ((name !== 'get' && name !== 'setdefault') || key?.kind !== 'String') return unknown;
  const preset = positional.at(1);
  if (preset?.kind === 'number' || (preset?.kind === 'array' && of.kind === 'unknown')) return preset;
  if (of.kind === 'dict') return of.entries.get(key.value) ?? unknown;
  return preset?.kind === 'int' ? int(key.value) : /^[A-Za-z_]\w*$/.test(key.value) ? called(key.value) : unknown;
}

function nameOf({names}: Reading, object: Abstract): string {
  for (const [name, value] of names ?? []) if (value === object) return name;
  return '';
}

/** `xs.append(x)`: a list of one more. */
function extend(reading: Reading, callee: Expr, added: Abstract): void {
  if (callee.kind !== 'Attribute') return;
  const list = evaluate(reading, callee.object);
  if (list.kind !== 'sequence') return;
  const longer = listOf(list.items?.length === 0 ? added : join(list.element, added));
  if (callee.object.kind === 'Name') reading.names?.set(callee.object.id, longer);
  else if (callee.object.kind === 'Attribute' && callee.object.object.kind === 'Name') {
    const holder = evaluate(reading, callee.object.object);
    if (holder.kind === 'object') holder.attributes.set(callee.object.name, longer);
    reading.names?.delete(`${callee.object.object.id}.${callee.object.name}`);
  }
}

function builtin(name: string, {positional}: Arguments): Abstract {
  const first = positional.at(0) ?? unknown;
  switch (name) {
    case 'range': case 'xrange': return {kind: 'range', count: positional.length === 1 ? wholeOf(first) : null};
    case 'len': {
      if (first.kind === 'sequence') return int(first.items?.length ?? null);
      const shape = shapeOf(first);
      return int(shape == null ? null : shape.at(0) ?? null);
    }
    case 'int': return int(first.kind === 'int' ? first.value : first.kind === 'number' ? first.whole : null);
    case 'float': return number;
    case 'abs': case 'max': case 'min': case 'sum': case 'round':
      if (name === 'abs' && first.kind === 'array') return first;
      return positional.length > 0 && positional.every((one) => one.kind === 'int') && (name !== 'sum') ? int(null) : positional.length > 0 && positional.every(isNumber) ? number : unknown;
    case 'enumerate': return listOf(sequence([int(null), elementOf(first)]));
    case 'zip': return listOf(sequence(positional.map(elementOf)));
    case 'reversed': case 'list': case 'tuple': case 'sorted':
      if (first.kind === 'sequence') return name === 'list' || name === 'tuple' ? first : listOf(first.element);
      return listOf(elementOf(first));
    case 'str': return {kind: 'string', value: null};
    case 'dict': return positional.length === 0 ? {kind: 'dict', entries: new Map()} : unknown;
    case 'isinstance': case 'hasattr': case 'callable': case 'bool': return number;
    default: return unknown;
  }
}

function comprehension(reading: Reading, expr: Extract<Expr, {kind: 'Comprehension'}>): Abstract {
  if (reading.names === null || (expr.type !== 'list' && expr.type !== 'generator')) return unknown;
  const before = reading.names;
  reading.names = new Map(before);
  for (const {target, iterable} of expr.clauses) {
    const element = elementOf(evaluate(reading, iterable));
    if (target.kind === 'Name') reading.names.set(target.id, element);
    else if (target.kind === 'Tuple') {
      target.items.forEach((one, place) => {
        if (one.kind === 'Name') reading.names!.set(one.id, element.kind === 'sequence' ? element.items?.at(place) ?? element.element : unknown);
      });
    }
  }
  const element = evaluate(reading, expr.element);
  reading.names = before;
  return listOf(element);
}
