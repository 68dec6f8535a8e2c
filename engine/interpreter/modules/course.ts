/** Modules that a course hands out, by name; a file of the workspace of that name comes first. */
import {parse} from '../../python/parse.ts';
import type {Module} from '../../python/ast.ts';
import {loadModule} from '../loading.ts';
import {ModuleValue} from '../objects.ts';
import type {Run} from '../run.ts';
import {bookArrays, bookFunctions, cachedActivations, graphLibrary, plainActivations, plainWithBackward, wordVectorFunctions} from './course-text.ts';

const texts: readonly (readonly [names: RegExp, text: string])[] = [
  [/^(?:\w+\.)*(?:planar_utils|reg_utils|gc_utils|opt_utils\w*|init_utils|snn_utils)$/, plainActivations],
  [/^(?:\w+\.)*dnn_utils(?:_v\d)?$/, cachedActivations],
  [/^common\.functions$/, bookFunctions],
  [/^common\.np$/, bookArrays],
];

/** Names that tell by themselves which library a file belongs to, by what its own files are called. */
const libraries: readonly (readonly [names: RegExp, taken: string, text: string])[] = [
  [/^(?:\w+\.)*autograd$/, 'TensorOp', graphLibrary],
  [/^(?:\w+\.)*utils$/, 'normalizeRows', wordVectorFunctions],
];

const trees = new Map<string, Module>();

/**
 * The module of this name as the file of tree `importer` uses it, or undefined. What it lacks is unknown, not an error.
 */
export function courseModule(run: Run, name: string, importer: Module | null): ModuleValue | undefined {
  const found = texts.find(([names]) => names.test(name))?.[1];
  const library = libraries.find(([names, taken]) => names.test(name) && importer !== null && takes(importer, taken))?.[2];
  const text = library ?? (found === cachedActivations && importer !== null && keepsWhole(importer) ? plainWithBackward : found);
  if (text === undefined) return undefined;
  const tree = trees.get(text) ?? parse(text).module;
  trees.set(text, tree);
  const loaded = loadModule(run, `<${name}>`, tree, name);
  const module = new ModuleValue(name, new Map(loaded.attributes));
  run.nativeModules.set(name, module);
  return module;
}

/** Whether a file keeps what an activation gives under one name: `A = relu(Z)`, where others write `A, cache = relu(Z)`. */
function keepsWhole(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(keepsWhole);
  const {kind, targets, value} = node as {readonly kind?: string; readonly targets?: readonly {readonly kind: string}[]; readonly value?: unknown};
  if (kind === 'Assign' && targets?.[0]?.kind === 'Name' && callsActivation(value)) return true;
  return Object.values(node).some(keepsWhole);
}

function callsActivation(value: unknown): boolean {
  const {kind, callee} = (value ?? {}) as {readonly kind?: string; readonly callee?: {readonly kind: string; readonly id?: string}};
  return kind === 'Call' && callee?.kind === 'Name' && /^(?:sigmoid|relu|softmax)$/.test(callee.id ?? '');
}

/** Whether a file imports something of this name. */
function takes({body}: Module, name: string): boolean {
  return body.some((statement) => statement.kind === 'ImportFrom' && statement.names.some((one) => one.name === name));
}
