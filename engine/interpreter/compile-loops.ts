/**
 * `for` and `while` as closures. Loops over `range` make no range; loops over lists see what is appended meanwhile.
 */
import type {Expr, For, While} from '../python/ast.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {call} from './calls.ts';
import {Completion} from './code.ts';
import type {ExprCode, Frame, StmtCode, StoreCode} from './code.ts';
import {compileBlock} from './compile-blocks.ts';
import {compileExpr} from './compile-expressions.ts';
import {truthOf} from './compile-operators.ts';
import {compileTarget} from './compile-targets.ts';
import {DONE, Range} from './containers.ts';
import {iterator} from './iteration.ts';
import {compilePoison} from './poison.ts';
import type {Scope} from './scopes.ts';
import {types} from './types.ts';

/** The bounds of a `range(...)` call in the text, or null when it is something else. */
interface RangeCode {
  readonly callee: ExprCode;
  readonly bounds: readonly ExprCode[];
}

function rangeCall(scope: Scope, iterable: Expr): RangeCode | null {
  if (iterable.kind !== 'Call' || iterable.callee.kind !== 'Name') return null;
  if (iterable.callee.id !== 'range' && iterable.callee.id !== 'xrange') return null;
  const {args} = iterable;
  if (args.length === 0 || args.length > 3 || args.some((argument) => argument.name !== null || argument.star !== '')) return null;
  return {callee: compileExpr(scope, iterable.callee), bounds: args.map((argument) => compileExpr(scope, argument.value))};
}

/** A loop over no more numbers than this walks through the elements of something small: it trains nothing. */
const SHORT_LOOP = 50;

/** How many iterations a loop at a module's top level may run. */
function limitOf(frame: Frame, loops: number): number {
  return frame.func === null && frame.names === null && loops === 0 ? (frame.run.options.topLevelIterations ?? Infinity) : Infinity;
}

export function compileFor(scope: Scope, node: For): StmtCode {
  const loops = scope.loops;
  const range = rangeCall(scope, node.iterable);
  const iterable = range === null ? compileExpr(scope, node.iterable) : null;
  scope.loops++;
  const store = compileTarget(scope, node.target, node);
  const body = compileBlock(scope, node.body);
  scope.loops--;
  const otherwise = node.otherwise.length === 0 ? null : compileBlock(scope, node.otherwise);
  let poison: ReturnType<typeof compilePoison> | null = null;
  const {span} = node.iterable;
  return (frame) => {
    let completion: Completion;
    let value: Value = null;
    if (range !== null) {
      const callee = range.callee(frame);
      const args = range.bounds.map((bound) => bound(frame));
      const bounds = callee === types.range ? boundsOf(args) : null;
      if (bounds === null) {
        frame.run.span = span;
        value = call(frame.run, callee, args, null);
      } else {
        completion = countThrough(frame, bounds, loops, store, body);
        return completion === Completion.Normal && otherwise !== null ? otherwise(frame) : outside(completion);
      }
    } else {
      value = iterable!(frame);
    }
    frame.run.span = span;
    const by = frame.run.poisonBy(value);
    if (by !== null) {
      poison ??= compilePoison(scope, [node], loops);
      return poison(frame, by);
    }
    completion = walkThrough(frame, value, loops, store, body);
    return completion === Completion.Normal && otherwise !== null ? otherwise(frame) : outside(completion);
  };
}

/** What a loop's completion is to the statements around it. */
function outside(completion: Completion): Completion {
  return completion === Completion.Return ? completion : Completion.Normal;
}

/** Start, stop and step of a range whose arguments are small ints, else null. */
function boundsOf(args: readonly Value[]): [number, number, number] | null {
  const [first, second, third] = args;
  if (typeof first !== 'number') return null;
  if (args.length === 1) return [0, first, 1];
  if (typeof second !== 'number') return null;
  if (args.length === 2) return [first, second, 1];
  return typeof third === 'number' && third !== 0 ? [first, second, third] : null;
}

function countThrough(
  frame: Frame, [start, stop, step]: readonly [number, number, number], loops: number, store: StoreCode, body: StmtCode,
): Completion {
  const {run, iterations} = frame;
  const limit = (stop - start) / step <= SHORT_LOOP ? Infinity : limitOf(frame, loops);
  for (let i = start, iteration = 0; (step > 0 ? i < stop : i > stop) && iteration < limit; i += step, iteration++) {
    run.step();
    iterations[loops] = iteration;
    store(frame, i);
    const completion = body(frame);
    if (completion === Completion.Break || completion === Completion.Return) return completion;
  }
  return Completion.Normal;
}

function walkThrough(frame: Frame, value: Value, loops: number, store: StoreCode, body: StmtCode): Completion {
  const {run, iterations} = frame;
  const limit = value instanceof Range && value.length > SHORT_LOOP ? limitOf(frame, loops) : Infinity;
  if (value instanceof List || value instanceof Tuple) {
    for (let i = 0; i < value.items.length; i++) {
      run.step();
      iterations[loops] = i;
      store(frame, value.items[i]);
      const completion = body(frame);
      if (completion === Completion.Break || completion === Completion.Return) return completion;
    }
    return Completion.Normal;
  }
  const {next} = iterator(run, value);
  for (let iteration = 0; iteration < limit; iteration++) {
    const item = next();
    if (item === DONE) break;
    run.step();
    iterations[loops] = iteration;
    store(frame, item);
    const completion = body(frame);
    if (completion === Completion.Break || completion === Completion.Return) return completion;
  }
  return Completion.Normal;
}

export function compileWhile(scope: Scope, node: While): StmtCode {
  const loops = scope.loops;
  const test = compileExpr(scope, node.test);
  scope.loops++;
  const body = compileBlock(scope, node.body);
  scope.loops--;
  const otherwise = node.otherwise.length === 0 ? null : compileBlock(scope, node.otherwise);
  let poison: ReturnType<typeof compilePoison> | null = null;
  const {span} = node.test;
  return (frame) => {
    const {run, iterations} = frame;
    const limit = limitOf(frame, loops);
    for (let iteration = 0; iteration < limit; iteration++) {
      run.step();
      const value = test(frame);
      run.span = span;
      const outcome = truthOf(run, value);
      if (outcome === false) return otherwise === null ? Completion.Normal : otherwise(frame);
      if (outcome !== true) {
        poison ??= compilePoison(scope, [node], loops);
        return poison(frame, outcome);
      }
      iterations[loops] = iteration;
      const completion = body(frame);
      if (completion === Completion.Break || completion === Completion.Return) return outside(completion);
    }
    return Completion.Normal;
  };
}
