/**
 * `'{0} {name} {x.shape[0]:>8.3f}'.format(...)`: replacement fields, attribute and item access in them, nested specs.
 */
import {PyError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import {getAttribute} from '../attributes.ts';
import type {Keywords} from '../objects.ts';
import type {Run} from '../run.ts';
import {getItem} from '../subscripts.ts';
import {convert, formatValue} from './format.ts';

/** Where the fields of one template take their values from. */
interface Source {
  readonly args: readonly Value[];
  readonly keyword: (name: string) => Value | undefined;
  /** The next automatic number; -1 once fields are numbered by hand. */
  next: number;
}

/** Raises IndexError, KeyError and ValueError in Python's words. */
export function formatTemplate(run: Run, template: string, args: readonly Value[], keywords: Keywords): string {
  return filled(run, template, {args, keyword: (name) => keywords?.get(name), next: 0}, 2);
}

/** `template.format_map(mapping)`. */
export function formatMapping(run: Run, template: string, mapping: Value): string {
  return filled(run, template, {args: [], keyword: (name) => getItem(run, mapping, name), next: 0}, 2);
}

function filled(run: Run, template: string, source: Source, depth: number): string {
  if (depth === 0) throw new PyError('ValueError', 'Max string recursion exceeded');
  let out = '';
  let at = 0;
  while (at < template.length) {
    const character = template[at];
    if (character === '{' || character === '}') {
      if (template[at + 1] === character) {
        out += character;
        at += 2;
        continue;
      }
      if (character === '}') throw new PyError('ValueError', "Single '}' encountered in format string");
      const end = closing(template, at);
      out += field(run, template.slice(at + 1, end), source, depth);
      at = end + 1;
    } else {
      out += character;
      at++;
    }
  }
  return out;
}

/** The brace that closes the one at `start`. */
function closing(template: string, start: number): number {
  let open = 0;
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') open++;
    else if (template[at] === '}' && --open === 0) return at;
  }
  throw new PyError('ValueError', start === template.length - 1 ? "Single '{' encountered in format string" : "expected '}' before end of string");
}

function field(run: Run, text: string, source: Source, depth: number): string {
  const colon = specStart(text);
  const head = colon < 0 ? text : text.slice(0, colon);
  const spec = colon < 0 ? '' : filled(run, text.slice(colon + 1), source, depth - 1);
  const mark = head.indexOf('!');
  const value = valueOf(run, mark < 0 ? head : head.slice(0, mark), source);
  return formatValue(run, convert(run, value, mark < 0 ? null : head.slice(mark + 1)), spec);
}

/** The colon before the spec, not one inside brackets; -1 for none. */
function specStart(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') depth++;
    else if (text[at] === ']') depth--;
    else if (text[at] === ':' && depth === 0) return at;
  }
  return -1;
}

const STEP = /\.([^.[]+)|\[([^\]]*)\]/gu;

function valueOf(run: Run, path: string, source: Source): Value {
  const name = /^[^.[]*/u.exec(path)?.[0] ?? '';
  let value = root(name, source);
  for (const [, attribute, key] of path.slice(name.length).matchAll(STEP) as Iterable<readonly (string | undefined)[]>) {
    if (attribute !== undefined) value = getAttribute(run, value, attribute);
    else value = getItem(run, value, key !== undefined && /^\d+$/u.test(key) ? Number(key) : key ?? '');
  }
  return value;
}

function root(name: string, source: Source): Value {
  if (name !== '' && !/^\d+$/u.test(name)) {
    const value = source.keyword(name);
    if (value === undefined) throw new PyError('KeyError', name);
    return value;
  }
  if (name === '' && source.next < 0) {
    throw new PyError('ValueError', 'cannot switch from manual field specification to automatic field numbering');
  }
  if (name !== '' && source.next > 0) {
    throw new PyError('ValueError', 'cannot switch from automatic field numbering to manual field specification');
  }
  const index = name === '' ? source.next++ : Number(name);
  if (name !== '') source.next = -1;
  if (index >= source.args.length) {
    throw new PyError('IndexError', `Replacement index ${index} out of range for positional args tuple`);
  }
  return source.args[index];
}
