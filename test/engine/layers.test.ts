/** The tidy test: dependencies point one way, files open with what they do, and stay readable at one sitting. */
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';

/** What each folder may import besides itself. Type-only imports count too, unless listed under `types`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'engine/python': [],
  'engine/tape': [],
  'engine/dims': [],
  'engine/ndarray': ['engine/tape', 'engine/dims'],
  'engine/numpy': ['engine/tape', 'engine/dims', 'engine/ndarray'],
  'engine/interpreter': ['engine/python', 'engine/tape', 'engine/dims', 'engine/ndarray', 'engine/numpy'],
  'engine/program': ['engine/python'],
  'engine/inputs': ['engine/python', 'engine/dims', 'engine/tape', 'engine/ndarray', 'engine/numpy', 'engine/interpreter', 'engine/program'],
  'engine/check': ['engine/python', 'engine/dims', 'engine/tape', 'engine/ndarray', 'engine/numpy', 'engine/interpreter', 'engine/program', 'engine/inputs'],
  'engine/shapes': ['engine/python', 'engine/dims', 'engine/program', 'engine/inputs'],
  'engine/graph': ['engine/python', 'engine/tape', 'engine/ndarray', 'engine/interpreter'],
  'engine/explain': ['engine/python', 'engine/tape', 'engine/ndarray', 'engine/numpy', 'engine/interpreter', 'engine/graph'],
  'engine': ['engine/explain', 'engine/python', 'engine/dims', 'engine/tape', 'engine/ndarray', 'engine/numpy', 'engine/interpreter', 'engine/program', 'engine/inputs', 'engine/shapes', 'engine/check', 'engine/graph'],
};

/** In the extension and the webview: the engine is seen through its entrance, and otherwise by type only. */
const entrance = 'engine/project.ts';

const mostLines = 400;

const root = resolve(import.meta.dirname, '../..');

interface Source {
  readonly path: string;
  readonly text: string;
}

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({path: relative(root, path), text: readFileSync(path, 'utf8')}));
}

function layerOf(path: string): string {
  const parts = path.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : parts[0];
}

function importsOf({path, text}: Source): {readonly target: string; readonly typeOnly: boolean}[] {
  const found = [];
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"\n;]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm)) {
    found.push({target: relative(root, resolve(root, dirname(path), match[2])), typeOnly: (match.at(1) ?? '') !== ''});
  }
  return found;
}

describe('the shape of the code', () => {
  const engine = sources('engine');

  it('finds the sources it is about', () => {
    assert.ok(engine.length > 60, `only ${engine.length} engine files`);
  });

  it('imports one way between the folders of the engine', () => {
    const wrong = engine.flatMap((source) => importsOf(source)
      .filter(({target}) => layerOf(target) !== layerOf(source.path) && !(allowed[layerOf(source.path)] ?? []).includes(layerOf(target)))
      .map(({target}) => `${source.path} -> ${target}`));
    assert.deepEqual(wrong, []);
  });

  it('lets nothing but the entrance of the engine out, types aside', () => {
    const outside = ['extension', 'webview'].flatMap(sources);
    const wrong = outside.flatMap((source) => importsOf(source)
      .filter(({target, typeOnly}) => target.startsWith('engine/') && target !== entrance && !typeOnly)
      .map(({target}) => `${source.path} -> ${target}`));
    assert.deepEqual(wrong, []);
  });

  it('opens every file with what it does', () => {
    const wrong = ['engine', 'extension', 'webview'].flatMap(sources).filter(({text}) => !text.startsWith('/**')).map(({path}) => path);
    assert.deepEqual(wrong, []);
  });

  it('keeps every file readable at one sitting', () => {
    const wrong = ['engine', 'extension', 'webview'].flatMap(sources)
      .map(({path, text}) => ({path, lines: text.split('\n').length}))
      .filter(({lines}) => lines > mostLines);
    assert.deepEqual(wrong, []);
  });

  it('uses no network, files, processes or evaluation in the engine', () => {
    const wrong = engine.filter(({text}) => /(?<!def )\beval\(|new Function\(|from 'node:|\bfetch\(|\bprocess\.|\brequire\(/.test(text)).map(({path}) => path);
    assert.deepEqual(wrong, []);
  });
});
