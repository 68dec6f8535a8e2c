/** Reads the inputs of one definition of a snippet, and writes them short: `x (N, D) [docstring]`. */
import {print} from '../../../engine/dims/expression.ts';
import {collectSpecs} from '../../../engine/inputs/merge.ts';
import type {AxisSpec, FunctionInputs, InputSpec} from '../../../engine/inputs/spec.ts';
import type {ClassDef, FunctionDef, Module, Stmt} from '../../../engine/python/ast.ts';
import {parse} from '../../../engine/python/parse.ts';

/** `affine_forward`, or `Affine.forward`; `backward` is another definition of the same kind. */
export function inputsOf(text: string, name: string, backward: string | null = null): FunctionInputs {
  const {module} = parse(text);
  const {definition, owner} = find(module, name);
  return collectSpecs(definition, owner, module, text, backward === null ? null : find(module, backward).definition);
}

export function find(module: Module, name: string): {readonly definition: FunctionDef; readonly owner: ClassDef | null} {
  const [first, second] = name.split('.') as [string, string | undefined];
  const named = (body: readonly Stmt[], kind: 'FunctionDef' | 'ClassDef', one: string): Stmt =>
    body.find((statement) => statement.kind === kind && (statement as FunctionDef).name === one)!;
  if (second === undefined) return {definition: named(module.body, 'FunctionDef', first) as FunctionDef, owner: null};
  const owner = named(module.body, 'ClassDef', first) as ClassDef;
  return {definition: named(owner.body, 'FunctionDef', second) as FunctionDef, owner};
}

export function short(spec: InputSpec): string {
  const words = [spec.name];
  if (spec.kind === 'array') words.push(spec.shape === null ? '?' : `(${spec.shape.map(axisText).join(', ')})`);
  else words.push(spec.kind ?? 'unknown');
  if (spec.dimension !== undefined) words.push(`size ${axisText(spec.dimension)}`);
  if (spec.role !== 'differentiable' && spec.kind === 'array') words.push(spec.role);
  if (spec.domain !== 'any') words.push(spec.domain);
  if (spec.below !== undefined) words.push(`below ${axisText(spec.below)}`);
  return words.join(' ');
}

export function axisText(axis: AxisSpec): string {
  if ('letter' in axis) return axis.letter;
  if ('size' in axis) return String(axis.size);
  if ('expression' in axis) return print(axis.expression);
  return 'rest' in axis ? '...' : '?';
}

/** All inputs, those of the constructor first. */
export function shorts(inputs: FunctionInputs): readonly string[] {
  return [...inputs.construct.map((spec) => `init ${short(spec)}`), ...inputs.specs.map(short)];
}
