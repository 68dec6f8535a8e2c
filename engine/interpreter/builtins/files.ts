/**
 * `open` without a disk: what is read is a made text of a few distinct letters, the same in every run, and what is written is
 * dropped. The run remembers for which files a made text stood in. Bytes are unknown.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {List} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {DONE, PyIterator} from '../containers.ts';
import {Builtin, Class, Instance} from '../objects.ts';
import type {Run} from '../run.ts';
import {types} from '../types.ts';
import {native} from './native.ts';

/**
 * What is read of every file: lines of words over so few characters that a vocabulary of them is small, thirteen, which is
 * no likely size of anything else; and so long that windows of a training loop fit in.
 */
export const MADE_TEXT = 'a cab had a fee\nface a bad hag\nhe bade a deaf chef\nlil hid a badge\nlid kid hiked\n'.repeat(3);

/** An open file. */
function file(run: Run, name: Value, mode: string): Instance {
  let rest = MADE_TEXT;
  const take = (count: number): string => {
    if (/[wax]/.test(mode)) throw new PyError('ValueError', 'not readable');
    if (mode.includes('b')) throw new UnsupportedError('reading bytes of a file');
    run.standIns.set(typeof name === 'string' ? name : 'a file', 'text');
    const text = rest.slice(0, count);
    rest = rest.slice(count);
    return text;
  };
  const line = (): string => take(rest.indexOf('\n') + 1);
  const silent = (...names: readonly string[]): [string, Value][] => names.map((one) => [one, new Builtin(one, () => null)]);
  const methods: [string, Value][] = [
    ['read', native('read', 'size=-1, /', (_run, [size]) => take(typeof size === 'number' && size >= 0 ? size : rest.length))],
    ['readline', native('readline', 'size=-1, /', line)],
    ['readlines', native('readlines', 'hint=-1, /', () => new List(take(rest.length).split(/(?<=\n)/)))],
    ['seek', native('seek', 'offset, whence=0, /', () => {
      rest = MADE_TEXT;
      return 0;
    })],
    ['__iter__', new Builtin('__iter__', () => new PyIterator('file', () => (rest === '' ? DONE : line())))],
    ['__enter__', new Builtin('__enter__', () => opened)],
    ['name', name],
    ...silent('__exit__', 'write', 'writelines', 'flush', 'close'),
  ];
  const cls = new Class('TextIOWrapper', [types.object], new Map(methods), types.object.mro);
  cls.unknownBase = run.unsupported('an attribute of a file', run.span, true);
  const opened = new Instance(cls);
  return opened;
}

/** `open(file, mode)`, also that of `io` and `codecs`. */
export const open = native('open', "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None", (run, [name, mode]) => file(run, name, typeof mode === 'string' ? mode : 'r'));
