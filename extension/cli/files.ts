/**
 * From paths on the command line to texts: folders are walked, and what is no readable Python text gets one clear line.
 * Knows nothing of checking.
 */
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';

/** A file to check, or why it cannot be. */
export type Source = {readonly path: string; readonly text: string} | {readonly path: string; readonly complaint: string};

/** Larger files are not student code, and nothing is won by trying. */
const LARGEST_BYTES = 12_000_000;
const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', '.git', '.venv', 'venv', '.ipynb_checkpoints', '.tox', 'site-packages']);

/** All files that the paths name, folders walked in alphabetical order, each file once. */
export function findFiles(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    if (isFolder(path)) walk(path, found);
    else found.add(path);
  }
  return [...found];
}

/** Paths that name a folder without any Python file. */
export function emptyFolders(paths: readonly string[]): string[] {
  return paths.filter((path) => isFolder(path) && findFiles([path]).length === 0);
}

export function readSource(path: string): Source {
  let bytes: Uint8Array;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return {path, complaint: 'is not a file'};
    if (stat.size > LARGEST_BYTES) return {path, complaint: `is too large (${Math.round(stat.size / 1e6)} MB); at most 12 MB are read`};
    bytes = readFileSync(path);
  } catch (error) {
    return {path, complaint: readingComplaint(error)};
  }
  if (bytes.length === 0) return {path, complaint: 'is empty'};
  if (bytes.includes(0)) return {path, complaint: 'is a binary file, not Python text'};
  let text: string;
  try {
    text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    text = new TextDecoder('latin1').decode(bytes);
  }
  if (text.trim() === '') return {path, complaint: 'is empty'};
  if (!path.endsWith('.py') && !looksLikePython(text)) return {path, complaint: 'is not Python: its name does not end in .py and it holds no Python statements'};
  return {path, text};
}

function readingComplaint(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

function looksLikePython(text: string): boolean {
  return /^\s*(def|class|import|from)\s+\w+/m.test(text) || /^\w+\s*=\s*\S/m.test(text);
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
}

function walk(folder: string, into: Set<string>): void {
  const entries = readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name)) walk(path, into);
    } else if (entry.isFile() && entry.name.endsWith('.py')) into.add(path);
  }
}
