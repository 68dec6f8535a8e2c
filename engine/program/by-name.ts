/**
 * Remembers what was read from a name: the same few hundred names of a file are asked about at every keystroke. Knows no meaning of names.
 */

/** More and longer names than a project has are not remembered, so that no text makes memory grow. */
const MOST_NAMES = 20_000;
const LONGEST_NAME = 200;

/** The same function, which reads every name once. */
export function byName<T>(read: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let result = known.get(name);
    if (result === undefined) {
      result = read(name);
      if (known.size >= MOST_NAMES) known.clear();
      if (name.length <= LONGEST_NAME) known.set(name, result);
    }
    return result;
  };
}
