/**
 * The modules `torch`, `torch.autograd`, `torch.nn`, `torch.nn.functional` and `torch.nn.grad`: tensors are arrays, and the names are those of
 * torch-text.ts. A run that imports torch gives its arrays the methods of tensors. What is not there is unknown.
 */
import type {Value} from '../../ndarray/values.ts';
import {parse} from '../../python/parse.ts';
import type {Module} from '../../python/ast.ts';
import {loadModule} from '../loading.ts';
import {BoundMethod, Func, ModuleValue} from '../objects.ts';
import type {Run} from '../run.ts';
import {autogradText, convolutionGradText, functionalText, tensorText, torchText} from './torch-text.ts';

const trees = new Map<string, Module>();

/** The names that one of the texts defines in this run. */
function names(run: Run, name: string, text: string): ReadonlyMap<string, Value> {
  let tree = trees.get(name);
  if (tree === undefined) {
    tree = parse(text).module;
    trees.set(name, tree);
  }
  return loadModule(run, `<${name}>`, tree, name).attributes;
}

/** The torch module of this name, or undefined; importing one makes tensors of the run's arrays. */
export function torchModule(run: Run, name: string): ModuleValue | undefined {
  if (name !== 'torch' && !name.startsWith('torch.')) return undefined;
  const functions = names(run, 'torch', torchText);
  const autograd = names(run, 'torch.autograd', autogradText);
  const functional = names(run, 'torch.nn.functional', functionalText);
  run.tensorAttribute ??= tensorAttributes(functions, names(run, 'torch.Tensor', tensorText));
  const module = (own: string, ...tables: readonly ReadonlyMap<string, Value>[]): ModuleValue =>
    new ModuleValue(own, new Map(tables.flatMap((table) => [...table])));
  const autogradModule = module('torch.autograd', autograd);
  autogradModule.attributes.set('function', autogradModule).set('variable', autogradModule);
  const functionalModule = module('torch.nn.functional', functions, functional);
  if (name === 'torch.nn.functional') return functionalModule;
  const gradModule = module('torch.nn.grad', names(run, 'torch.nn.grad', convolutionGradText));
  const nn = module('torch.nn', autograd);
  nn.attributes.set('functional', functionalModule).set('grad', gradModule).set('modules', nn).set('parameter', nn).set('module', nn);
  switch (name) {
    case 'torch': {
      const torch = module(name, functions);
      torch.attributes.set('autograd', autogradModule).set('nn', nn).set('Size', functions.get('_shape') ?? null);
      return torch;
    }
    case 'torch.autograd': case 'torch.autograd.function': case 'torch.autograd.variable': case 'torch.autograd.gradcheck': return autogradModule;
    case 'torch.nn': case 'torch.nn.modules': case 'torch.nn.modules.module': case 'torch.nn.parameter': return nn;
    case 'torch.nn.grad': return gradModule;
    default: return undefined;
  }
}

/** Functions of the module that are no methods of a tensor. */
const notMethods = new Set(['tensor', 'as_tensor', 'from_numpy', 'zeros', 'ones', 'empty', 'randn', 'rand', 'full', 'eye', 'arange', 'where', 'cat', 'stack', 'einsum']);

/** What tensors have beside or instead of what arrays have. */
function tensorAttributes(functions: ReadonlyMap<string, Value>, methods: ReadonlyMap<string, Value>): NonNullable<Run['tensorAttribute']> {
  return (object, name, kept) => {
    if (kept !== undefined) return kept;
    switch (name) {
      case 'data': return object;
      case 'requires_grad': return true;
      case 'is_cuda': return false;
      case 'device': return 'cpu';
      case 'grad': case 'grad_fn': return null;
      case 'shape': case 'dtype': case 'T': case 'ndim': return undefined;
      case 'is_leaf': return true;
      default: break;
    }
    const method = methods.get(name) ?? (notMethods.has(name) ? undefined : functions.get(name));
    if (!(method instanceof Func)) return undefined;
    return new BoundMethod(object, method);
  };
}
