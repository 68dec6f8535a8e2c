/**
 * The `__init__` that `@dataclass` writes: a parameter for each annotated field of the class, kept under its name, and then what
 * `__post_init__` does. For who reads a text and does not run it; fields of base classes are not seen.
 */
import type {AnnAssign, Call, ClassDef, Expr, FunctionDef, Parameter, Stmt} from './ast.ts';

/** Null for a class that is no dataclass, that writes its own, or that asks for none. */
export function generatedInit(owner: ClassDef): FunctionDef | null {
  let made = known.get(owner);
  if (made === undefined) known.set(owner, made = generate(owner));
  return made;
}

/** `ClassVar` of `typing.ClassVar[int]`, quoted or not. */
export function annotationKind(annotation: Expr): string {
  if (annotation.kind === 'String') return /^\s*(?:\w+\.)*(\w+)/.exec(annotation.value)?.[1] ?? '';
  return lastName(annotation.kind === 'Subscript' ? annotation.object : annotation);
}

const known = new WeakMap<ClassDef, FunctionDef | null>();

interface Field {
  readonly statement: AnnAssign;
  readonly name: string;
  readonly target: Extract<Expr, {kind: 'Name'}>;
  readonly given: boolean;
  readonly preset: Expr | null;
  /** A value that is only handed to `__post_init__`. */
  readonly passing: boolean;
  readonly byKeyword: boolean;
}

function generate(owner: ClassDef): FunctionDef | null {
  const decorator = owner.decorators.find((one) => lastName(one.kind === 'Call' ? one.callee : one) === 'dataclass');
  if (decorator === undefined || isOff(decorator, 'init') || owner.body.some((statement) => statement.kind === 'FunctionDef' && statement.name === '__init__')) return null;
  const fields = fieldsOf(owner, decorator.kind === 'Call' && isOn(decorator, 'kw_only'));
  const after = owner.body.find((statement): statement is FunctionDef => statement.kind === 'FunctionDef' && statement.name === '__post_init__');
  const self = after?.params.at(0)?.name ?? 'self';
  return {
    kind: 'FunctionDef', span: owner.span, name: '__init__', nameSpan: owner.nameSpan, returns: null, decorators: [], docstring: null, generator: false, async: false,
    params: [parameter(owner, self, owner.nameSpan), ...fields.filter(({given}) => given).map(({statement, name, target, preset, byKeyword}): Parameter => ({
      ...parameter(owner, name, target.span), span: statement.span, annotation: statement.annotation, default: preset, passing: byKeyword ? 'keyword' : 'any',
    }))],
    body: [...fields.flatMap((field) => kept(field, self)), ...after?.body ?? []],
  };
}

function parameter(owner: ClassDef, name: string, nameSpan: Parameter['nameSpan']): Parameter {
  return {span: owner.nameSpan, name, nameSpan, star: '', annotation: null, default: null, passing: 'any'};
}

function fieldsOf(owner: ClassDef, allByKeyword: boolean): readonly Field[] {
  const fields: Field[] = [];
  let byKeyword = allByKeyword;
  for (const statement of owner.body) {
    if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') continue;
    const {target, annotation, value} = statement;
    const kind = annotationKind(annotation);
    if (kind === 'ClassVar') continue;
    if (kind === 'KW_ONLY') {
      byKeyword = true;
      continue;
    }
    const call = value?.kind === 'Call' && lastName(value.callee) === 'field' ? value : null;
    fields.push({
      statement, name: target.id, target, passing: kind === 'InitVar', given: call === null || !isOff(call, 'init'),
      preset: call === null ? value : presetOf(call), byKeyword: byKeyword || (call !== null && isOn(call, 'kw_only')),
    });
  }
  return fields;
}

/** `field(default=0.1)`, `field(default_factory=list)`. */
function presetOf(call: Call): Expr | null {
  const factory = keyword(call, 'default_factory');
  return factory === null ? keyword(call, 'default') : {kind: 'Call', span: factory.span, callee: factory, args: []};
}

/** `self.name = name`, or the default of a field that is no parameter. */
function kept({statement, name, target, given, preset, passing}: Field, self: string): readonly Stmt[] {
  const value = given ? target : preset;
  if (value === null || passing) return [];
  const {span} = target;
  return [{kind: 'Assign', span: statement.span, targets: [{kind: 'Attribute', span, object: {kind: 'Name', span, id: self}, name, nameSpan: span}], value}];
}

/** `dataclass` of `dataclasses.dataclass`. */
function lastName(named: Expr): string {
  return named.kind === 'Name' ? named.id : named.kind === 'Attribute' ? named.name : '';
}

function keyword(call: Call, name: string): Expr | null {
  return call.args.find((argument) => argument.name === name)?.value ?? null;
}

function isOff(call: Expr, name: string): boolean {
  return call.kind === 'Call' && constant(call, name) === false;
}

function isOn(call: Call, name: string): boolean {
  return constant(call, name) === true;
}

function constant(call: Call, name: string): unknown {
  const value = keyword(call, name);
  return value?.kind === 'Constant' ? value.value : null;
}
