/**
 * `import` statements: NumPy, modules of ours, files of the workspace, and what nobody knows.
 */
import type {ImportFrom} from '../python/ast.ts';
import type {Value} from '../ndarray/values.ts';
import {findAttribute} from './attributes.ts';
import {builtinScope} from './builtin-scope.ts';
import {pandas} from './builtins/tables.ts';
import type {Frame} from './code.ts';
import {hasNewNames, loadModule} from './loading.ts';
import {courseModule} from './modules/course.ts';
import {nativeModule} from './modules/table.ts';
import {torchModule} from './modules/torch.ts';
import {isPrefix, numpyModule, submodule} from './numpy-module.ts';
import {starNames} from './numpy-names.ts';
import {Builtin, ModuleValue, Unsupported} from './objects.ts';
import type {Run} from './run.ts';
import {types} from './types.ts';

/** Libraries whose calls leave their arguments alone: plots, progress bars, files, types. */
const harmless: ReadonlySet<string> = new Set(
  ('matplotlib seaborn tqdm time os sys PIL imageio IPython logging warnings typing pickle json gzip struct urllib argparse ' +
    'datetime pathlib glob shutil platform unittest pytest abc dataclasses pandas plotly graphviz sklearn tensorflow torchvision ' +
    'keras h5py cv2 skimage six future nltk mnist').split(' '),
);

/** What `import name` finds; an unknown module is an unsupported value. `top` gives the first part of a dotted name. */
export function importModule(frame: Frame, name: string, top: boolean): Value {
  const {run} = frame;
  const parts = name.split('.');
  const found = find(frame, name, 0);
  if (!top || parts.length === 1) return found;
  const root = find(frame, parts[0], 0);
  const package_ = root instanceof Unsupported && found instanceof ModuleValue ? namespace(run, parts[0]) : root;
  let holder: Value = package_;
  for (let i = 1; i < parts.length && holder instanceof ModuleValue; i++) {
    const path = parts.slice(0, i + 1).join('.');
    const inner: Value = i === parts.length - 1 ? found : (holder.attributes.get(parts[i]) ?? namespace(run, path));
    if (!(inner instanceof Unsupported)) holder.attributes.set(parts[i], inner);
    holder = inner;
  }
  return package_;
}

/** A package without a file of its own. */
function namespace(run: Run, name: string): ModuleValue {
  const known = run.nativeModules.get(name);
  if (known instanceof ModuleValue) return known;
  const module = new ModuleValue(name, new Map());
  run.nativeModules.set(name, module);
  return module;
}

/** What `from module import name` finds. */
export function importFrom(frame: Frame, node: ImportFrom, name: string): Value {
  const {run} = frame;
  const level = node.level;
  if (level > 0 && node.module === '') {
    // A submodule, or what the package's own file has: `from . import Layer`.
    const submodule = workspace(frame, name, level) ?? compiled(run, name);
    if (submodule != null || run.options.source.resolve('', level, frame.module.path ?? '') === null) return submodule ?? find(frame, name, level);
  }
  if (node.module === 'tqdm' || node.module.startsWith('tqdm.')) return tqdm.get(name) ?? run.unsupported(`tqdm.${name}`, run.span, true);
  const module = find(frame, node.module, level);
  const value = module instanceof ModuleValue ? known(run, module, name) : undefined;
  if (value !== undefined) return value;
  const inner = node.module === '' ? null : workspace(frame, `${node.module}.${name}`, level);
  if (inner !== null) return inner;
  if (module instanceof ModuleValue && module.isLoading) {
    const bound = node.names.find((one) => one.name === name)?.as ?? name;
    const names = frame.names ?? frame.globals;
    waitFor(run, module, () => {
      const late = known(run, module, name);
      if (late !== undefined && names.get(bound) instanceof Unsupported) names.set(bound, late);
    });
  }
  if (module instanceof Unsupported) return new Unsupported(`${module.construct}.${name}`, module.span, module.harmless);
  return run.unsupported(node.module === '' ? name : `${node.module}.${name}`);
}

/** An attribute that is there, without telling anybody if it is not. */
function known(run: Run, module: ModuleValue, name: string): Value | undefined {
  const own = module.attributes.get(name) ?? module.lookup?.(name);
  return own === undefined && module.path !== null ? findAttribute(run, module, name) : own;
}

/** `from module import *`: binds all public names; after an unknown module every unknown name may come from it. */
export function importStar(frame: Frame, node: ImportFrom): void {
  const module = find(frame, node.module, node.level);
  if (module instanceof Unsupported) {
    frame.module.unknownNames ??= module;
    return;
  }
  if (!(module instanceof ModuleValue)) return;
  const {run, module: importer} = frame;
  const names = frame.names ?? frame.globals;
  const take = (replace: boolean): void => {
    for (const name of publicNames(run, module)) {
      const value = known(run, module, name);
      if (value !== undefined && (replace || !names.has(name))) names.set(name, value);
    }
  };
  take(true);
  const takeAgain = (): void => {
    take(false);
    hasNewNames(run, importer);
  };
  if (module.isLoading || run.awaiting.has(module)) waitFor(run, module, takeAgain);
  if (module.unknownNames !== null) frame.module.unknownNames ??= module.unknownNames;
}

/** Does `take` once a module of the workspace has the names that it has not yet. */
function waitFor(run: Run, module: ModuleValue, take: () => void): void {
  run.awaiting.set(module, [...run.awaiting.get(module) ?? [], take]);
}

function publicNames(run: Run, module: ModuleValue): readonly string[] {
  if (module.name === 'numpy') return starNames;
  const all = module.attributes.get('__all__');
  if (all !== undefined && !(all instanceof Unsupported)) return run.iterate(all).filter((name) => typeof name === 'string');
  return [...module.attributes.keys()].filter((name) => !name.startsWith('_'));
}

function find(frame: Frame, name: string, level: number): Value {
  const {run} = frame;
  if (level > 0) return workspace(frame, name, level) ?? compiled(run, name) ?? courseModule(run, name, frame.module.tree) ?? run.unsupported(name === '' ? '.' : name);
  const loaded = run.nativeModules.get(name);
  if (loaded !== undefined) return loaded;
  const own = native(run, name);
  if (own !== undefined) {
    run.nativeModules.set(name, own);
    return own;
  }
  const found = workspace(frame, name, 0);
  if (found !== null) return found;
  const beside = ownPackage(frame, name) ?? courseModule(run, name, frame.module.tree);
  if (beside !== undefined) return beside;
  return run.unsupported(name, run.span, harmless.has(name.split('.')[0]));
}

/** The package that the importing file lies in, without an `__init__.py`: its modules are found when they are asked for. */
function ownPackage(frame: Frame, name: string): ModuleValue | null {
  const folders = (frame.module.path ?? '').split(/[\\/]/).slice(0, -1);
  if (name.includes('.') || !folders.includes(name)) return null;
  const module = new ModuleValue(name, new Map(), (attribute) => workspace(frame, `${name}.${attribute}`, 0) ?? undefined);
  frame.run.nativeModules.set(name, module);
  return module;
}

function workspace(frame: Frame, name: string, level: number): ModuleValue | null {
  const {run} = frame;
  const resolved = run.options.source.resolve(name, level, frame.module.path ?? '');
  if (resolved === null) return null;
  const module = loadModule(run, resolved.path, resolved.module, name);
  bindInPackage(run, resolved.path, module);
  return module;
}

/** A module that is imported is an attribute of the package that it lies in. */
function bindInPackage(run: Run, path: string, module: ModuleValue): void {
  const parts = path.replace(/[\\/]__init__\.py$/, '').split(/[\\/]/);
  const own = parts.pop()!.replace(/\.py$/, '');
  const slash = path.includes('/') ? '/' : '\\';
  const around = run.modules.get([...parts, '__init__.py'].join(slash));
  if (around !== undefined && around !== module && !around.attributes.has(own)) around.attributes.set(own, module);
}

/** A module of a package whose source is not Python, as CS231n's `from .im2col_cython import col2im_6d_cython`. */
function compiled(run: Run, name: string): Value | undefined {
  return name.endsWith('_cython') ? nativeModule(run, name) : undefined;
}

/** Modules that are not files of the workspace. */
function native(run: Run, name: string): Value | undefined {
  if (name === 'numpy' || name === 'autograd.numpy') return numpyModule();
  if (name === 'cupy') return cupyModule(run);
  if (name.startsWith('numpy.')) {
    const prefix = `np.${name.slice('numpy.'.length)}`;
    return isPrefix(prefix) ? submodule(prefix, name) : undefined;
  }
  if (isPrefix(name)) return submodule(name, name);
  switch (name) {
    case 'common.config': return new ModuleValue(name, new Map([['GPU', false]]));
    case '__future__': return new ModuleValue(name, new Map(), () => null);
    case 'builtins': case 'past.builtins': case 'six.moves': case 'future.builtins':
      return new ModuleValue(name, new Map(builtinScope));
    case 'tqdm': case 'tqdm.notebook': case 'tqdm.auto': return new ModuleValue('tqdm', new Map(tqdm));
    case 'pandas': return run.options.madeArrays ? pandas(run) : undefined;
    default: return torchModule(run, name) ?? nativeModule(run, name);
  }
}

/** CuPy is NumPy on another device: what manages the device does nothing here, and what moves arrays gives them back. */
function cupyModule(run: Run): ModuleValue {
  const numpy = numpyModule();
  return new ModuleValue('cupy', new Map<string, Value>([
    ['cuda', run.unsupported('cupy.cuda', run.span, true)],
    ['asnumpy', new Builtin('asnumpy', (_run, [array]) => array)],
    ['get_array_module', new Builtin('get_array_module', () => numpy)],
  ]), numpy.lookup, null, null, numpy.mayHave);
}

/** Progress bars give what they are given. */
const tqdm: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['tqdm', 'tqdm_notebook'].map((name) => [name, new Builtin(name, (_run, [iterable]) => iterable)] as const),
  ['trange', types.range],
]);
