/**
 * Binding the arguments of a call to the parameters of a function, with Python's words when they do not fit.
 */
import {PyError} from '../ndarray/errors.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {FunctionCode, ParameterCode} from './code.ts';
import {Dict} from './containers.ts';
import type {Cell, Func, Keywords} from './objects.ts';

/** Fills the parameters' slots and cells. Raises TypeError with CPython's message. */
export function bindParameters(
  func: Func, args: readonly Value[], keywords: Keywords, slots: (Value | undefined)[], cells: readonly Cell[],
): void {
  const {code, defaults} = func;
  const {params} = code;
  const bound = new Array<Value | undefined>(params.length).fill(undefined);
  let next = 0;
  let rest: Dict | null = null;
  for (let i = 0; i < params.length; i++) {
    const parameter = params[i];
    if (parameter.star === '*') {
      bound[i] = new Tuple(args.slice(next));
      next = args.length;
    } else if (parameter.star === '**') {
      rest = new Dict();
      bound[i] = rest;
    } else if (parameter.passing !== 'keyword' && next < args.length) {
      bound[i] = args[next++];
    }
  }
  if (keywords !== null) bindKeywords(code, keywords, bound, rest);
  if (next < args.length) throw tooMany(func, args.length);
  for (let i = 0; i < params.length; i++) if (bound[i] === undefined) bound[i] = defaults[i];
  if (bound.includes(undefined)) throw missing(code, bound);
  for (let i = 0; i < params.length; i++) {
    const {slot, cell} = params[i];
    if (cell) cells[slot].value = bound[i];
    else slots[slot] = bound[i];
  }
}

function bindKeywords(code: FunctionCode, keywords: ReadonlyMap<string, Value>, bound: (Value | undefined)[], rest: Dict | null): void {
  for (const [name, value] of keywords) {
    const index = code.params.findIndex((parameter) => parameter.name === name && parameter.star === '' && parameter.passing !== 'position');
    if (index >= 0) {
      if (bound[index] !== undefined) throw new PyError('TypeError', `${code.qualifiedName}() got multiple values for argument '${name}'`);
      bound[index] = value;
    } else if (rest !== null) {
      rest.set(name, value);
    } else if (code.params.some((parameter) => parameter.name === name && parameter.passing === 'position')) {
      throw new PyError('TypeError', `${code.qualifiedName}() got some positional-only arguments passed as keyword arguments: '${name}'`);
    } else {
      throw new PyError('TypeError', `${code.qualifiedName}() got an unexpected keyword argument '${name}'`);
    }
  }
}

function tooMany(func: Func, given: number): PyError {
  const {code, defaults} = func;
  const positional = code.params.filter((parameter) => parameter.star === '' && parameter.passing !== 'keyword');
  const most = positional.length;
  const least = positional.filter((parameter) => defaults[code.params.indexOf(parameter)] === undefined).length;
  const takes = least === most ? `${most} positional argument${most === 1 ? '' : 's'}` : `from ${least} to ${most} positional arguments`;
  return new PyError('TypeError', `${code.qualifiedName}() takes ${takes} but ${given} ${given === 1 ? 'was' : 'were'} given`);
}

function missing(code: FunctionCode, bound: readonly (Value | undefined)[]): PyError {
  const absent = code.params.filter((_, i) => bound[i] === undefined);
  const positional = absent.filter((parameter) => parameter.passing !== 'keyword');
  const [kind, listed] = positional.length > 0 ? ['positional', positional] as const : ['keyword-only', absent] as const;
  const many = listed.length === 1 ? '' : 's';
  return new PyError('TypeError', `${code.qualifiedName}() missing ${listed.length} required ${kind} argument${many}: ${named(listed)}`);
}

function named(parameters: readonly ParameterCode[]): string {
  const names = parameters.map((parameter) => `'${parameter.name}'`);
  if (names.length === 1) return names[0];
  const last = names.pop()!;
  return names.length === 1 ? `${names[0]} and ${last}` : `${names.join(', ')}, and ${last}`;
}
