/**
 * Binds Python arguments to a row's signature: positional, keyword, default, `*rest`. Raises the TypeErrors that Python raises.
 */
import {PyError} from '../ndarray/errors.ts';
import {float} from '../ndarray/scalar.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {Row} from './row.ts';

interface Parameter {
  readonly name: string;
  readonly kind: 'positional-only' | 'either' | 'keyword-only' | 'rest';
  /** Undefined when the argument is required. */
  readonly preset: Value | undefined;
}

interface Signature {
  readonly parameters: readonly Parameter[];
  /** How many may be given by position; Infinity with `*rest`. */
  readonly most: number;
  /** How many have to be given, if by position. */
  readonly least: number;
}

const signatures = new WeakMap<Row, Signature>();

/** The arguments of a call in the order of the row's signature, defaults filled in; `*rest` is a Tuple. */
export function bindArguments(row: Row, positional: readonly Value[], keywords: ReadonlyMap<string, Value> | null): Value[] {
  let signature = signatures.get(row);
  if (signature === undefined) {
    signature = parseSignature(row.signature);
    signatures.set(row, signature);
  }
  const {parameters} = signature;
  const bound = new Array<Value>(parameters.length);
  let next = 0;
  let used = 0;
  for (let i = 0; i < parameters.length; i++) {
    const {name, kind, preset} = parameters[i];
    if (kind === 'rest') {
      bound[i] = new Tuple(positional.slice(next));
      next = positional.length;
      continue;
    }
    const byName = keywords !== null && kind !== 'positional-only' ? keywords.get(name) : undefined;
    if (kind !== 'keyword-only' && next < positional.length) {
      bound[i] = positional[next++];
      if (byName !== undefined) throw new PyError('TypeError', `${title(row)}() got multiple values for argument '${name}'`);
    } else if (byName !== undefined) {
      bound[i] = byName;
      used++;
    } else if (preset !== undefined) bound[i] = preset;
    else throw missing(row, signature, positional.length, keywords);
  }
  if (next < positional.length) throw countError(row, signature, positional.length);
  if (keywords !== null && used < keywords.size) {
    for (const name of keywords.keys()) {
      if (!parameters.some((each) => each.name === name && (each.kind === 'either' || each.kind === 'keyword-only'))) {
        throw new PyError('TypeError', `${title(row)}() got an unexpected keyword argument '${name}'`);
      }
    }
  }
  return bound;
}

/** The name that error messages use: `sum` for `np.sum`. */
function title(row: Row): string {
  return row.names[0].slice(row.names[0].lastIndexOf('.') + 1);
}

function missing(row: Row, signature: Signature, given: number, keywords: ReadonlyMap<string, Value> | null): PyError {
  if (signature.parameters.some((each) => each.kind === 'positional-only')) return countError(row, signature, given);
  const names = signature.parameters.slice(given)
    .filter((each) => each.preset === undefined && each.kind === 'either' && keywords?.has(each.name) !== true)
    .map((each) => `'${each.name}'`);
  const list = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}${names.length > 2 ? ',' : ''} and ${names[names.length - 1]}`;
  return new PyError('TypeError', `${title(row)}() missing ${names.length} required positional argument${names.length === 1 ? '' : 's'}: ${list}`);
}

function countError(row: Row, {least, most}: Signature, given: number): PyError {
  const expected = least === most ? `${most} positional argument${most === 1 ? '' : 's'}` : `from ${least} to ${most} positional arguments`;
  return new PyError('TypeError', `${title(row)}() takes ${expected} but ${given} ${given === 1 ? 'was' : 'were'} given`);
}

function parseSignature(text: string): Signature {
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const part of splitParameters(text)) {
    if (part === '/') {
      for (let i = 0; i < parameters.length; i++) parameters[i] = {...parameters[i], kind: 'positional-only'};
    } else if (part === '*') keywordOnly = true;
    else if (part.startsWith('*')) {
      parameters.push({name: part.slice(1), kind: 'rest', preset: undefined});
      keywordOnly = true;
    } else {
      const equals = part.indexOf('=');
      const name = (equals < 0 ? part : part.slice(0, equals)).trim();
      const preset = equals < 0 ? undefined : parseDefault(part.slice(equals + 1).trim());
      parameters.push({name, kind: keywordOnly ? 'keyword-only' : 'either', preset});
    }
  }
  const byPosition = parameters.filter((each) => each.kind === 'either' || each.kind === 'positional-only');
  return {
    parameters,
    least: byPosition.filter((each) => each.preset === undefined).length,
    most: parameters.some((each) => each.kind === 'rest') ? Infinity : byPosition.length,
  };
}

/** Splits at commas outside of brackets. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    if (char === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += char;
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

/** A default as Python writes it: None, True, 3, 1e-05, 'C', (0, 1). */
function parseDefault(text: string): Value {
  switch (text) {
    case 'None': return null;
    case 'True': return true;
    case 'False': return false;
    case 'np.nan': return float(NaN);
    case 'np.inf': return float(Infinity);
    default: break;
  }
  if (text.startsWith(`'`)) return text.slice(1, -1);
  if (text.startsWith('(')) return new Tuple(splitParameters(text.slice(1, -1)).map(parseDefault));
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`a signature has the default ${text}`);
  return /^[-+]?\d+$/.test(text) ? value : float(value);
}
