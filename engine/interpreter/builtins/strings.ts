/**
 * The methods of `str`.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {List, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {listOf} from '../iteration.ts';
import type {NativeMethod} from '../objects.ts';
import type {Run} from '../run.ts';
import {formatMapping, formatTemplate} from '../text/template.ts';
import {truth} from '../truth.ts';
import {toIndex} from './conversion.ts';
import {boundMethod, wrongType} from './native.ts';

const WHITESPACE = ' \t\n\r\v\f';

/** A string argument; `what` names it in the TypeError, or is empty. */
function text(value: Value, what: string): string {
  if (typeof value === 'string') return value;
  throw wrongType(value, `${what === '' ? '' : `${what} `}must be str, not ${typeName(value)}`);
}

function strip(self: string, characters: Value, left: boolean, right: boolean): string {
  const set = characters === null ? WHITESPACE : text(characters, 'strip arg');
  let start = 0;
  let end = self.length;
  while (left && start < end && set.includes(self[start])) start++;
  while (right && end > start && set.includes(self[end - 1])) end--;
  return self.slice(start, end);
}

function splitWords(self: string, most: number, fromRight: boolean): string[] {
  const words = self.split(/[ \t\n\r\v\f]+/u).filter((word) => word !== '');
  if (most < 0 || words.length <= most) return words;
  if (!fromRight) {
    const start = placesOf(self, /[^ \t\n\r\v\f]+/gu)[most];
    return [...words.slice(0, most), self.slice(start)];
  }
  const kept = words.slice(words.length - most);
  const first = placesOf(self, /[^ \t\n\r\v\f]+/gu)[words.length - most];
  return [strip(self.slice(0, first), null, false, true), ...kept];
}

function placesOf(self: string, pattern: RegExp): number[] {
  return Array.from(self.matchAll(pattern), (match) => match.index);
}

function splitAt(self: string, separator: string, most: number, fromRight: boolean): string[] {
  if (separator === '') throw new PyError('ValueError', 'empty separator');
  const parts = self.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - most).join(separator), ...parts.slice(parts.length - most)]
    : [...parts.slice(0, most), parts.slice(most).join(separator)];
}

function split(run: Run, self: string, separator: Value, most: Value, fromRight: boolean): List {
  const limit = toIndex(run, most);
  if (separator === null) return new List(splitWords(self, limit, fromRight));
  return new List(splitAt(self, text(separator, 'sep'), limit, fromRight));
}

function replace(self: string, old: string, by: string, most: number): string {
  if (most < 0) return self.replaceAll(old, () => by);
  let result = '';
  let at = 0;
  for (let count = 0; count < most; count++) {
    const found = self.indexOf(old, at);
    if (found < 0) break;
    result += self.slice(at, found) + by;
    at = found + old.length;
    if (old === '') {
      if (at >= self.length) break;
      result += self[at++];
    }
  }
  return result + self.slice(at);
}

/** `self[start:end]` by Python's rules, and where it begins. */
function window(run: Run, self: string, start: Value, end: Value): {readonly part: string; readonly from: number} {
  const clip = (value: Value, byDefault: number): number => {
    if (value === null) return byDefault;
    const place = toIndex(run, value);
    return Math.min(self.length, Math.max(0, place < 0 ? place + self.length : place));
  };
  const from = clip(start, 0);
  return {part: self.slice(from, clip(end, self.length)), from};
}

function finder(name: string, last: boolean, raises: boolean): readonly [string, NativeMethod] {
  return boundMethod(name, 'sub, start=None, end=None, /', (run, self: string, [sub, start, end]) => {
    const {part, from} = window(run, self, start, end);
    const sought = text(sub, '');
    const at = last ? part.lastIndexOf(sought) : part.indexOf(sought);
    if (at >= 0) return from + at;
    if (raises) throw new PyError('ValueError', 'substring not found');
    return -1;
  });
}

function affix(name: string, matches: (part: string, affix: string) => boolean): readonly [string, NativeMethod] {
  return boundMethod(name, 'affix, start=None, end=None, /', (run, self: string, [wanted, start, end]) => {
    const {part} = window(run, self, start, end);
    const affixes = wanted instanceof Tuple ? wanted.items : [wanted];
    return affixes.some((each) => {
      if (typeof each !== 'string') {
        throw new PyError('TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(wanted)}`);
      }
      return matches(part, each);
    });
  });
}

function padder(name: string, pad: (self: string, width: number, fill: string) => string): readonly [string, NativeMethod] {
  return boundMethod(name, "width, fillchar=' ', /", (run, self: string, [width, fill]) => {
    const filler = text(fill, 'The fill character');
    if (Array.from(filler).length !== 1) throw new PyError('TypeError', 'The fill character must be exactly one character long');
    return pad(self, widthOf(run, width), filler);
  });
}

/** A width that is paid for: so many characters may be made. */
function widthOf(run: Run, width: Value): number {
  const count = toIndex(run, width);
  run.budget.spend(Math.max(0, count));
  return count;
}

function center(self: string, width: number, fill: string): string {
  const missing = Math.max(0, width - self.length);
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + self + fill.repeat(missing - left);
}

function test(name: string, pattern: RegExp): readonly [string, NativeMethod] {
  return boundMethod(name, '', (_run, self: string) => pattern.test(self));
}

function changed(name: string, change: (self: string) => string): readonly [string, NativeMethod] {
  return boundMethod(name, '', (_run, self: string) => change(self));
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function partition(name: string, last: boolean): readonly [string, NativeMethod] {
  return boundMethod(name, 'sep, /', (_run, self: string, [sep]) => {
    const separator = text(sep, 'separator');
    if (separator === '') throw new PyError('ValueError', 'empty separator');
    const at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at < 0) return new Tuple(last ? ['', '', self] : [self, '', '']);
    return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
  });
}

function join(run: Run, self: string, items: Value): string {
  return listOf(run, items).map((item, i) => {
    if (typeof item === 'string') return item;
    throw wrongType(item, `sequence item ${i}: expected str instance, ${typeName(item)} found`);
  }).join(self);
}

const lines = (self: string, keep: boolean): string[] =>
  (self.match(/[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+$/gu) ?? []).map((line) => keep ? line : line.replace(/[\r\n]+$/u, ''));

/** By name. `self` is a string. */
export const stringMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  ['format', (run, self, args, keywords) => formatTemplate(run, self as string, args, keywords)],
  boundMethod('format_map', 'mapping, /', (run, self: string, [mapping]) => formatMapping(run, self, mapping)),
  boundMethod('join', 'iterable, /', (run, self: string, [items]) => join(run, self, items)),
  boundMethod('split', 'sep=None, maxsplit=-1', (run, self: string, [sep, most]) => split(run, self, sep, most, false)),
  boundMethod('rsplit', 'sep=None, maxsplit=-1', (run, self: string, [sep, most]) => split(run, self, sep, most, true)),
  boundMethod('splitlines', 'keepends=False', (run, self: string, [keep]) => new List(lines(self, truth(run, keep)))),
  boundMethod('strip', 'chars=None, /', (_run, self: string, [chars]) => strip(self, chars, true, true)),
  boundMethod('lstrip', 'chars=None, /', (_run, self: string, [chars]) => strip(self, chars, true, false)),
  boundMethod('rstrip', 'chars=None, /', (_run, self: string, [chars]) => strip(self, chars, false, true)),
  boundMethod('replace', 'old, new, count=-1, /', (run, self: string, [old, by, most]) =>
    replace(self, text(old, 'replace() argument 1'), text(by, 'replace() argument 2'), toIndex(run, most))),
  boundMethod('count', 'sub, start=None, end=None, /', (run, self: string, [sub, start, end]) => {
    const {part} = window(run, self, start, end);
    const sought = text(sub, '');
    return sought === '' ? part.length + 1 : part.split(sought).length - 1;
  }),
  finder('find', false, false), finder('rfind', true, false), finder('index', false, true), finder('rindex', true, true),
  affix('startswith', (part, prefix) => part.startsWith(prefix)),
  affix('endswith', (part, suffix) => part.endsWith(suffix)),
  boundMethod('removeprefix', 'prefix, /', (_run, self: string, [prefix]) =>
    self.startsWith(text(prefix, 'prefix')) ? self.slice(text(prefix, 'prefix').length) : self),
  boundMethod('removesuffix', 'suffix, /', (_run, self: string, [suffix]) =>
    suffix !== '' && self.endsWith(text(suffix, 'suffix')) ? self.slice(0, -text(suffix, 'suffix').length) : self),
  padder('ljust', (self, width, fill) => self + fill.repeat(Math.max(0, width - self.length))),
  padder('rjust', (self, width, fill) => fill.repeat(Math.max(0, width - self.length)) + self),
  padder('center', center),
  boundMethod('zfill', 'width, /', (run, self: string, [width]) => {
    const sign = /^[+-]?/u.exec(self)![0];
    return sign + self.slice(sign.length).padStart(widthOf(run, width) - sign.length, '0');
  }),
  partition('partition', false), partition('rpartition', true),
  changed('upper', (self) => self.toUpperCase()),
  changed('lower', (self) => self.toLowerCase()),
  changed('casefold', (self) => self.toLowerCase()),
  changed('capitalize', capitalized),
  changed('title', (self) => self.replace(/\p{L}+/gu, capitalized)),
  changed('swapcase', (self) => self.replace(/\p{L}/gu, (letter) => letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())),
  boundMethod('expandtabs', 'tabsize=8', (run, self: string, [size]) => self.replaceAll('\t', ' '.repeat(Math.max(0, widthOf(run, size))))),
  test('isdigit', /^\p{Nd}+$/u), test('isdecimal', /^\p{Nd}+$/u), test('isnumeric', /^\p{N}+$/u),
  test('isalpha', /^\p{L}+$/u), test('isalnum', /^[\p{L}\p{N}]+$/u), test('isspace', /^\s+$/u),
  test('istitle', /^(?=.*\p{L})(?:\P{L}*\p{Lu}\p{Ll}*)+\P{L}*$/su),
  test('isidentifier', /^[\p{L}_][\p{L}\p{N}_]*$/u),
  test('isupper', /^(?=.*\p{Lu})\P{Ll}*$/su), test('islower', /^(?=.*\p{Ll})\P{Lu}*$/su),
  ['encode', () => {
    throw new UnsupportedError('bytes');
  }],
]);
