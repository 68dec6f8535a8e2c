/**
 * Functions for constructors that ask for them: an activation together with its derivative, as `Activation(tanh, tanh_prime)`.
 * Knows names only.
 */
import type {Value} from '../../ndarray/values.ts';
import {loadModule} from '../../interpreter/interpreter.ts';
import {parse} from '../../python/parse.ts';
import type {FunctionDef, Module} from '../../python/ast.ts';
import type {Run} from '../../interpreter/run.ts';

const text = `
import numpy as np
def activation(x): return np.tanh(x)
def derivative(x): return 1 - np.tanh(x) ** 2
def sigmoid(x): return 1 / (1 + np.exp(-x))
`;

let tree: Module | null = null;

const ACTIVATION = /^_?(?:activation|act|func|function|f|fn|nonlinearity|activation_?f(?:u?n(?:c(?:tion)?)?)?)$/i;
const DERIVATIVE = /^_?(?:d_?|deriv(?:ative)?_?|grad(?:ient)?_?)?(?:activation|act|func|function|f|fn)?(?:_?f(?:u?n(?:c(?:tion)?)?)?)?_?(?:prime|deriv(?:ative)?|grad(?:ient)?|der|d)?$/i;

/** A function for the parameter `name` of `definition`, where the parameters beside it tell what it is; else undefined. */
export function madeCallable(run: Run, {params}: FunctionDef, name: string): Value | undefined {
  const names = params.map((parameter) => parameter.name);
  const activation = names.find((one) => ACTIVATION.test(one));
  const derivative = names.find((one) => one !== activation && !ACTIVATION.test(one) && DERIVATIVE.test(one) && one !== 'self');
  if (activation === undefined || derivative === undefined || (name !== activation && name !== derivative)) return undefined;
  return own(run, name === activation ? 'activation' : 'derivative');
}

/** The sigmoid, as a function that Python calls. */
export function sigmoid(run: Run): Value {
  return own(run, 'sigmoid')!;
}

function own(run: Run, name: string): Value | undefined {
  tree ??= parse(text).module;
  return loadModule(run, '<activation>', tree).attributes.get(name);
}
