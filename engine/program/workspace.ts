/**
 * Which file of the workspace an import names. Paths are texts with `/` or `\` between their parts, or URIs; nothing is
 * read here.
 */

/** The paths to try for `name` imported with `level` dots from the file at `from`, best first. */
export function candidatePaths(name: string, level: number, from: string): string[] {
  const slash = from.includes('\\') && !from.includes('/') ? '\\' : '/';
  const folders = ancestors(from, slash);
  const parts = name === '' ? [] : name.split('.');
  const roots = level > 0 ? folders.slice(level - 1, level) : folders;
  return roots.flatMap((root) => {
    const base = [root, ...parts].filter((part) => part !== '').join(slash);
    const path = root === '' && from.startsWith(slash) ? `${slash}${base}` : base;
    return parts.length === 0 ? [`${path}${slash}__init__.py`] : [`${path}.py`, `${path}${slash}__init__.py`];
  });
}

/** The folder of a file and the folders above it, innermost first; '' is the working folder or the root. */
function ancestors(path: string, slash: string): string[] {
  const parts = path.split(slash).slice(0, -1);
  const folders: string[] = [];
  for (let count = parts.length; count >= 0 && folders.length < MOST_LEVELS; count--) folders.push(parts.slice(0, count).join(slash));
  return folders;
}

/** Projects are not nested deeper than this below the folder that imports are relative to. */
const MOST_LEVELS = 6;
