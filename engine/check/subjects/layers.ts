/**
 * Layers for constructors that ask for one: `Residual(sublayer)`, a wrapper around any layer. The made one is smooth, has no
 * weights, takes one array or a list of them, and its backward is right. Knows how such classes use what they are given.
 */
import type {Value} from '../../ndarray/values.ts';
import {callFunction, loadModule} from '../../interpreter/interpreter.ts';
import {Func} from '../../interpreter/objects.ts';
import type {Class} from '../../interpreter/objects.ts';
import type {Run} from '../../interpreter/run.ts';
import type {Expr, FunctionDef, Module} from '../../python/ast.ts';
import {parse} from '../../python/parse.ts';
import {walk} from '../../python/walk.ts';

/** The made layer, which real Python runs too where it is the judge. */
export const layerText = `
import numpy as np
class Layer:
    trainable = True
    def __init__(self):
        self.params, self.grads, self.X = [], [], []
        self.parameters, self.gradients, self.hyperparameters, self.derived_variables = {}, {}, {}, {}
    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)
    def forward(self, x, *args, **kwargs):
        self.x = x
        if isinstance(x, (list, tuple)):
            return sum([np.tanh(0.5 * (i + 1) * one) for i, one in enumerate(x)])
        return np.tanh(x)
    def backward(self, d, *args, **kwargs):
        if isinstance(self.x, (list, tuple)):
            return [d * 0.5 * (i + 1) * (1 - np.tanh(0.5 * (i + 1) * one) ** 2) for i, one in enumerate(self.x)]
        return d * (1 - np.tanh(self.x) ** 2)
`;

let tree: Module | null = null;

/** A layer for the parameter `name` of a class's constructor, where the class calls the backward of what it is given; else undefined. */
export function madeLayer(run: Run, cls: Class, {params}: FunctionDef, name: string): Value | undefined {
  if (params.find((parameter) => parameter.name === name)?.default !== null || !isLayer(cls, name)) return undefined;
  tree ??= parse(layerText).module;
  return callFunction(run, loadModule(run, '<layer>', tree).attributes.get('Layer') as Class, []);
}

/** Whether the class keeps the parameter as an attribute, and calls that attribute or its forward, and its backward. */
function isLayer(cls: Class, name: string): boolean {
  const uses: Uses[] = [];
  for (const {attributes, builtin} of cls.mro) {
    if (builtin) continue;
    for (const method of attributes.values()) {
      if (method instanceof Func && method.code.definition.kind === 'FunctionDef') uses.push(usesOf(method.code.definition));
    }
  }
  return uses.some(({kept}) => kept.some(({value, attribute}) =>
    value === name && uses.some(({run}) => run.has(attribute)) && uses.some(({back}) => back.has(attribute))));
}

/** What one method does with attributes of self. */
interface Uses {
  /** Where it is `__init__`: the names that it assigns to attributes. */
  readonly kept: readonly {readonly value: string; readonly attribute: string}[];
  /** The attributes that it calls, or the forward of which. */
  readonly run: ReadonlySet<string>;
  /** Those of which it calls the backward. */
  readonly back: ReadonlySet<string>;
}

/** The classes of a file are made anew in each of thousands of runs; the text of their methods stays. */
const known = new WeakMap<FunctionDef, Uses>();

function usesOf(definition: FunctionDef): Uses {
  let uses = known.get(definition);
  if (uses === undefined) known.set(definition, uses = findUses(definition));
  return uses;
}

function findUses({name, body}: FunctionDef): Uses {
  const kept: {value: string; attribute: string}[] = [];
  const run = new Set<string>();
  const back = new Set<string>();
  const note = (into: Set<string>, expression: Expr): void => {
    const attribute = attributeOfSelf(expression);
    if (attribute !== null) into.add(attribute);
  };
  for (const statement of body) {
    walk(statement, (node) => {
      if (name === '__init__' && node.kind === 'Assign' && node.value.kind === 'Name') {
        for (const target of node.targets) {
          const attribute = attributeOfSelf(target);
          if (attribute !== null) kept.push({value: node.value.id, attribute});
        }
      }
      if (node.kind !== 'Call' || node.callee.kind !== 'Attribute') return;
      const {callee} = node;
      if (callee.name === 'backward') note(back, callee.object);
      else if (callee.name === 'forward') note(run, callee.object);
      else note(run, callee);
    });
  }
  return {kept, run, back};
}

function attributeOfSelf(expression: Expr): string | null {
  return expression.kind === 'Attribute' && expression.object.kind === 'Name' && expression.object.id === 'self' ? expression.name : null;
}
