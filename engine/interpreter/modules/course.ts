/** Modules that a course hands out, by name; a file of the workspace of that name comes first. */
import {parse} from '../../python/parse.ts';
import type {Module} from '../../python/ast.ts';
import {loadModule} from '../loading.ts';
import {ModuleValue} from '../objects.ts';
import type {Run} from '../run.ts';
import {bookFunctions, cachedActivations, plainActivations} from './course-text.ts';

const texts: readonly (readonly [names: RegExp, text: string])[] = [
  [/^(?:\w+\.)*(?:planar_utils|reg_utils|gc_utils|opt_utils\w*|init_utils|snn_utils)$/, plainActivations],
  [/^(?:\w+\.)*dnn_utils(?:_v\d)?$/, cachedActivations],
  [/^common\.functions$/, bookFunctions],
];

const trees = new Map<string, Module>();

/** The module of this name, or undefined. What it lacks is unknown, not an error. */
export function courseModule(run: Run, name: string): ModuleValue | undefined {
  const text = texts.find(([names]) => names.test(name))?.[1];
  if (text === undefined) return undefined;
  const tree = trees.get(text) ?? parse(text).module;
  trees.set(text, tree);
  const loaded = loadModule(run, `<${name}>`, tree, name);
  const module = new ModuleValue(name, new Map(loaded.attributes));
  run.nativeModules.set(name, module);
  return module;
}
