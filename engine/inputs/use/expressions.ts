/**
 * Reads expressions: what value each has as far as is known, and what it says of the values in it.
 */
import type {Binary, ClassDef, Compare, Expr, FunctionDef} from '../../python/ast.ts';
import {generatedInit} from '../../python/generated-init.ts';
import {literalOf} from '../literal.ts';
import {isWholeName} from '../priors.ts';
import {call} from './calling.ts';
import {Dimension, Shape, arithmetic} from './dimension.ts';
import type {Whole} from './dimension.ts';
import {subscript} from './indexing.ts';
import {product, reversed} from './numpy.ts';
import type {Reading, Scope} from './reading.ts';
import {lookUp, newScope} from './reading.ts';
import {Thing, array, bool, float, isNumber, none, unknown, whole} from './values.ts';
import type {Abstract} from './values.ts';
import {asArray, broadcast, inArithmetic, shapeFrom, shapeOf, wholeOf} from './world.ts';
import {bindTarget, elementOf} from './binding.ts';

export function evaluate(reading: Reading, expression: Expr, scope: Scope): Abstract {
  const value = (one: Expr): Abstract => evaluate(reading, one, scope);
  switch (expression.kind) {
    case 'Name': return nameOf(reading, expression.id, scope);
    case 'Number': return expression.type === 'int' && typeof expression.value === 'number' ? whole(expression.value) : float;
    case 'String': return {kind: 'string', value: expression.value, prefix: expression.value};
    case 'FString': {
      const [first] = expression.parts as readonly (string | {readonly value: Expr} | undefined)[];
      const fields = expression.parts.flatMap((part) => typeof part === 'string' ? [] : [value(part.value)]);
      return {kind: 'string', value: null, prefix: typeof first === 'string' ? first : '', late: fields.some((field) => isLate(reading, field)), parts: thingsIn(fields)};
    }
    case 'Constant': return expression.value === 'Ellipsis' ? {kind: 'ellipsis'} : expression.value === null ? none : bool;
    case 'Tuple': case 'List': return {kind: 'sequence', items: expression.items.map(value), tuple: expression.kind === 'Tuple', open: expression.items.some((item) => item.kind === 'Star')};
    case 'Dict': return {kind: 'dict', entries: new Map(expression.entries.map(({key, value: one}, i) => [key?.kind === 'String' ? key.value : `#${i}`, value(one)]))};
    case 'Unary': return unary(expression.operator, value(expression.operand));
    case 'Binary': return binary(reading, expression, scope);
    case 'BoolOp': return expression.values.map((one) => tested(value(one)))[0];
    case 'Compare': return compare(reading, expression, scope);
    case 'Call': return call(reading, expression, scope);
    case 'Attribute': return attribute(reading, value(expression.object), expression.name);
    case 'Subscript': return subscript(reading.world, value(expression.object), value(expression.index));
    case 'Slice': return {
      kind: 'slice', start: expression.start && value(expression.start), stop: expression.stop && value(expression.stop),
      step: expression.step && value(expression.step),
    };
    case 'Star': return value(expression.value);
    case 'Conditional': {
      tested(value(expression.test));
      const then = value(expression.then);
      const otherwise = value(expression.otherwise);
      return then.kind === 'none' || (isNumber(then) && otherwise.kind === 'thing') ? otherwise : then;
    }
    case 'Comprehension': {
      const inner = newScope(scope, scope.definition);
      for (const clause of expression.clauses) {
        bindTarget(reading, clause.target, elementOf(reading, evaluate(reading, clause.iterable, inner)), inner);
        for (const condition of clause.conditions) tested(evaluate(reading, condition, inner));
      }
      if (expression.key !== null) evaluate(reading, expression.key, inner);
      return {kind: 'sequence', items: [evaluate(reading, expression.element, inner)], tuple: false, open: true};
    }
    case 'Lambda': return {kind: 'lambda', expression, scope};
    case 'NamedExpr': {
      const one = value(expression.value);
      scope.names.set(expression.target.id, one);
      return one;
    }
    default: return unknown();
  }
}

function nameOf(reading: Reading, id: string, scope: Scope): Abstract {
  const found = lookUp(scope, id) ?? lookUp(reading.globals, id);
  if (found !== undefined) return found;
  if (id === 'np' || id === 'numpy' || id === 'math' || id === 'cp') return {kind: 'module', path: id};
  return {kind: 'method', of: none, name: id};
}

function unary(operator: string, operand: Abstract): Abstract {
  if (operator === 'not') return tested(operand);
  if (operand.kind === 'int') return operator === '-' ? whole(arithmetic('-', 0, operand.value)) : operand;
  inArithmetic(operand);
  const shape = shapeOf(operand);
  return operand.kind === 'thing' && shape !== null ? new Thing(shape, operator === '~' ? 'mask' : '') : operand;
}

/** Notes that a value was used as a condition. */
export function tested(value: Abstract): Abstract {
  if (value.kind === 'thing' && value.name !== 'mask') value.evidence.tested++;
  return bool;
}

/** The values of unknown kind that a text is put together of. */
export function thingsIn(fields: readonly (Abstract | undefined)[]): readonly Thing[] {
  return fields.flatMap((field) => (field?.kind === 'thing' ? [field] : field?.kind === 'string' ? field.parts ?? [] : []));
}

function binary(reading: Reading, expression: Binary, scope: Scope): Abstract {
  const left = evaluate(reading, expression.left, scope);
  const right = evaluate(reading, expression.right, scope);
  const {operator} = expression;
  if (operator === '@') return product(left, right, false);
  if (left.kind === 'string') {
    const late = right.kind === 'string' ? right.late === true : isLate(reading, right);
    return {kind: 'string', value: null, prefix: operator === '%' ? left.prefix.split('%')[0] : left.prefix, late, parts: thingsIn([left, right])};
  }
  if (left.kind === 'sequence' || right.kind === 'sequence') return sequences(left, right, operator);
  const [a, b] = wholes(left, right);
  if (a !== null && b !== null) {
    if (operator === '+' || operator === '-' || operator === '*') return whole(arithmetic(operator, a, b));
    if (operator === '//' || (operator === '/' && typeof a !== 'number')) {
      reading.world.divisible.push({value: a, by: b});
      return whole(arithmetic('//', a, b));
    }
    if (operator === '%') {
      reading.world.divisible.push({value: a, by: b});
      return whole(0);
    }
    return typeof a === 'number' && typeof b === 'number' && operator === '**' ? whole(a ** b) : float;
  }
  if (isNumber(left) && isNumber(right)) return float;
  inArithmetic(left);
  inArithmetic(right);
  // Only what is positive has a power of any number.
  if (operator === '**' && right.kind === 'thing' && left.kind === 'thing') for (const thing of left.lineage()) thing.evidence.rooted++;
  const [x, y] = [shapeOf(left), shapeOf(right)];
  if (x === null || y === null) return unknown();
  const masks = (operator === '&' || operator === '|' || operator === '^');
  const result = masks ? new Thing(broadcast(x, y), 'mask')
    : operator === '-' && isNumber(left) && right.kind === 'thing' ? new Thing(y, '', right, true)
    : (operator === '+' || operator === '-') && isNumber(right) && left.kind === 'thing' ? new Thing(x, '', left, left.complement)
    : new Thing(broadcast(x, y));
  if (result.source !== null) result.evidence.arithmetic++;
  if (operator === '+' && left.kind === 'thing' && right.kind === 'thing') {
    if (left.weightsFirst) right.evidence.column++;
    else if (right.weightsFirst) left.evidence.column++;
    result.weightsFirst = left.weightsFirst || right.weightsFirst;
  }
  return result;
}

/** Whether a number in a key is no loop variable: the key of the last layer, not of each in turn. */
export function isLate(reading: Reading, value: Abstract): boolean {
  return value.kind === 'int' && !usesLoop(reading, value.value);
}

function usesLoop(reading: Reading, value: Whole): boolean {
  if (typeof value === 'number') return false;
  if (value instanceof Dimension) return reading.world.loops.has(value);
  return usesLoop(reading, value.left) || usesLoop(reading, value.right);
}

/** Both as whole numbers, when both are. A thing counts when its name or its use says so. */
function wholes(left: Abstract, right: Abstract): [ReturnType<typeof wholeOf>, ReturnType<typeof wholeOf>] {
  const wholeLike = (value: Abstract): boolean => value.kind === 'int'
    || (value.kind === 'thing' && value.evidence.array === 0 && value.shape.rank === null && (value.evidence.integer > 0 || isWholeName(value.name)));
  if (!wholeLike(left) || !wholeLike(right)) return [null, null];
  return [wholeOf(left, true), wholeOf(right, true)];
}

function sequences(left: Abstract, right: Abstract, operator: string): Abstract {
  const items = (value: Abstract): {readonly items: readonly Abstract[]; readonly open: boolean} => {
    if (value.kind === 'sequence') return value;
    if (value.kind === 'shape' && value.of.axes !== null) return {items: value.of.axes.map((axis) => whole(axis)), open: false};
    return {items: [], open: true};
  };
  if (operator === '+') {
    const [a, b] = [items(left), items(right)];
    return {kind: 'sequence', items: [...a.items, ...b.items], tuple: true, open: a.open || b.open};
  }
  if (operator === '*' && left.kind === 'sequence') return {...left, open: true};
  const thing = left.kind === 'thing' ? left : right.kind === 'thing' ? right : null;
  if (thing === null) return unknown();
  inArithmetic(thing);
  return array(thing.shape);
}

function compare(reading: Reading, expression: Compare, scope: Scope): Abstract {
  const [operator] = expression.operators;
  const left = evaluate(reading, expression.left, scope);
  const right = evaluate(reading, expression.comparators[0], scope);
  for (const other of expression.comparators.slice(1)) evaluate(reading, other, scope);
  if (operator === 'is' || operator === 'is not') {
    if (left.kind === 'thing' && right.kind === 'none') left.evidence.optional = true;
    return bool;
  }
  if (left.kind === 'thing') {
    const literal = literalOf(expression.comparators[0]);
    if (operator === 'in' || operator === 'not in') {
      if (literal !== undefined && literal !== null && typeof literal === 'object') {
        if ('list' in literal) left.evidence.choices.push(...literal.list);
        else if ('tuple' in literal) left.evidence.choices.push(...literal.tuple);
      }
      return bool;
    }
    if (typeof literal === 'string' || literal === null) {
      if (literal === null) left.evidence.optional = true;
      else left.evidence.choices.push(literal);
      return bool;
    }
    if (operator === '==' || operator === '!=') {
      if (right.kind === 'int' || (right.kind === 'thing' && right.name === 'arange')) {
        for (const thing of left.lineage()) thing.evidence.counted++;
      }
    }
  } else if (right.kind === 'thing' && left.kind === 'int' && (operator === '==' || operator === '!=')) {
    for (const thing of right.lineage()) thing.evidence.counted++;
  }
  if (right.kind === 'thing' && left.kind === 'string' && operator === 'in') right.evidence.keyed++;
  if (left.kind === 'ndim' || right.kind === 'ndim') {
    const [ndim, other] = left.kind === 'ndim' ? [left, right] : [right, left];
    if (ndim.kind === 'ndim' && other.kind === 'int' && typeof other.value === 'number' && operator === '==') ndim.thing.evidence.ranks.add(other.value);
    return bool;
  }
  const [x, y] = [shapeOf(left), shapeOf(right)];
  if (x === null || y === null || left.kind === 'shape' || (x.rank === 0 && y.rank === 0)) return bool;
  return new Thing(broadcast(x, y), 'mask');
}

/** `assert x.shape == (N, D)` and `assert C == w.shape[1]`: made equal. */
export function asserted(reading: Reading, test: Expr, scope: Scope): void {
  if (test.kind === 'BoolOp' && test.operator === 'and') {
    for (const one of test.values) asserted(reading, one, scope);
    return;
  }
  if (test.kind === 'Compare' && test.operators[0] === '==') {
    const left = evaluate(reading, test.left, scope);
    const right = evaluate(reading, test.comparators[0], scope);
    const [shape, other] = left.kind === 'shape' ? [left.of, right] : right.kind === 'shape' ? [right.of, left] : [null, left];
    if (shape !== null) {
      const wanted = shapeFrom(other);
      if (wanted?.axes && shape.settle(wanted.axes.length)) {
        for (const [i, axis] of wanted.axes.entries()) {
          if (axis.size === null) shape.axis(i)?.equate(axis);
          else shape.axis(i)?.fix(axis.size);
        }
      }
    } else if (left.kind === 'int' && right.kind === 'int' && typeof left.value === 'object' && typeof right.value === 'object' && 'equate' in left.value && 'equate' in right.value) {
      left.value.equate(right.value);
    } else if (left.kind === 'ndim' && right.kind === 'int' && typeof right.value === 'number') left.of.settle(right.value);
  }
  tested(evaluate(reading, test, scope));
}

export function attribute(reading: Reading, object: Abstract, name: string): Abstract {
  if (object.kind === 'module') return {kind: 'module', path: `${object.path}.${name}`};
  if (object.kind === 'object') {
    const own = object.attributes.get(name);
    if (own !== undefined) return own;
    const method = methodOf(reading, object.definition, name);
    if (method !== null) return {kind: 'function', definition: method, self: object};
    const fresh = new Thing(new Shape(), name);
    object.attributes.set(name, fresh);
    return fresh;
  }
  const thing = object.kind === 'thing' ? object : null;
  const kept = thing?.kept?.get(name);
  if (kept !== undefined) return kept;
  switch (name) {
    case 'shape': case 'ndim': case 'size': {
      const one = asArray(object);
      if (one === null) break;
      return name === 'size' ? whole(unknown().whole) : {kind: name, of: one.shape, thing: one};
    }
    case 'T': return thing === null ? unknown() : reversed(thing);
    case 'dtype': return unknown();
    // The numbers in a tensor of a library of one's own.
    case 'data': case 'cached_data':
      if (thing !== null) return thing;
      break;
    default: break;
  }
  if (thing !== null && thing.entries.has(`.${name}`)) return thing.entry(`.${name}`);
  return {kind: 'method', of: object, name};
}

/** A method of a class or of its bases in the same file. */
export function methodOf(reading: Reading, definition: ClassDef, name: string, depth = 0): FunctionDef | null {
  for (const statement of definition.body) {
    if (statement.kind === 'FunctionDef' && statement.name === name) return statement;
  }
  const made = name === '__init__' ? generatedInit(definition) : null;
  if (made !== null) return made;
  if (depth > 3) return null;
  for (const base of definition.bases) {
    const value = base.value.kind === 'Name' ? lookUp(reading.globals, base.value.id) : undefined;
    const found = value?.kind === 'class' ? methodOf(reading, value.definition, name, depth + 1) : null;
    if (found !== null) return found;
  }
  return null;
}
