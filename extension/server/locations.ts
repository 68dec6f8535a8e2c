/**
 * Names for texts: the editor's URIs and the engine's paths. A path keeps the scheme and the authority as its first two
 * parts, so that files of a virtual file system are found by their neighbours like any other.
 */

/** `file:///home/a%20b/x.py` is `/file//home/a b/x.py`. Different documents have different paths, also two versions of one file. */
export function pathOf(uri: string): string {
  const match = /^([a-zA-Z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(.*)$/s.exec(uri);
  if (match === null) return uri;
  // Drives are spelled in both ways.
  const file = decode(match[3]).replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  return `/${match[1]}/${match.at(2) ?? ''}${file}${encodeURIComponent(match[4])}`;
}

/** The URI of a path that the engine made up from another one's; null when it made up too much. */
export function uriOf(path: string): string | null {
  const match = /^\/([^/]+)\/([^/]*)(\/.+)$/.exec(path);
  if (match === null) return null;
  const encoded = match[3].split('/').map((part) => encodeURIComponent(part)).join('/');
  return `${match[1]}://${match[2]}${encoded}`;
}

/** Names of modules that a text imports, without their packages: enough to know who may be concerned by a change. */
export function importedModules(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+([^#\n]+)|import[ \t]+([^#\n]+))/gm)) {
    const modules = match.at(1) === undefined ? match[3] : `${match[1]},${match[2]}`;
    for (const name of modules.split(',')) {
      const last = /([\w]+)\s*(?:as\s+\w+\s*)?\)?\s*$/.exec(name.replace(/\s+as\s+\w+/, ''));
      if (last !== null) names.add(last[1]);
    }
  }
  return names;
}

/** The name under which a file is imported: `layers` for `/a/layers.py`, the folder's for an `__init__.py`. */
export function moduleName(path: string): string {
  const parts = path.replace(/\.py$/, '').split('/');
  const last = parts.pop() ?? '';
  return last === '__init__' ? parts.pop() ?? '' : last;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
