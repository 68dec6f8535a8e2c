/** Finds what to call: functions of the module, and methods of an object that is made through the class's constructor. */
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute} from '../../interpreter/interpreter.ts';
import {Class, Func, Instance, ModuleValue, StaticMethod} from '../../interpreter/objects.ts';
import type {ClassDef, FunctionDef} from '../../python/ast.ts';
import {generatedInit} from '../../python/generated-init.ts';
import {bindParameters} from './bind.ts';
import {madeCallable} from './callables.ts';
import {madeLayer} from './layers.ts';
import {CannotRun} from './subject.ts';
import type {Scene} from './subject.ts';

export interface Callable {
  readonly callee: Value;
  /** Leading parameters of the definition that are bound already: 1 for a method. */
  readonly bound: number;
  /** The object that it is a method of, or null. */
  readonly self: Value;
}

export function callableOf(scene: Scene, definition: FunctionDef, owner: ClassDef | null): Callable {
  if (owner === null) {
    const callee = scene.module.attributes.get(definition.name);
    if (callee === undefined) throw new CannotRun(`${definition.name} is not defined at the module's top level`);
    return {callee, bound: 0, self: null};
  }
  const cls = classOf(scene, owner);
  const stored = cls.lookup(definition.name);
  if (stored instanceof StaticMethod) return {callee: stored.callee, bound: 0, self: null};
  const self = objectOf(scene, owner);
  return {callee: getAttribute(scene.run, self, definition.name), bound: 1, self};
}

export function classOf(scene: Scene, owner: ClassDef): Class {
  const cls = scene.module.attributes.get(owner.name);
  if (!(cls instanceof Class)) throw new CannotRun(`the class ${owner.name} could not be made`);
  return cls;
}

/** The object of this run, made on first use. */
export function objectOf(scene: Scene, owner: ClassDef): Value {
  const known = scene.objects.get(owner);
  if (known !== undefined) return known;
  const cls = classOf(scene, owner);
  const init = cls.lookup('__init__');
  const definition = init instanceof Func && init.code.definition.kind === 'FunctionDef' ? init.code.definition : generatedInit(owner);
  const {positional, keywords} = definition === null
    ? {positional: [], keywords: null}
    : bindParameters(definition, 1, (name) => (isDecay(definition, name) ? undefined
      : madeLayer(scene.run, cls, definition, name) ?? (init instanceof Func ? annotatedObject(scene, init, name) : undefined) ?? (scene.constructed.has(name) ? scene.constructed.get(name) : madeCallable(scene.run, definition, name))));
  const object = callFunction(scene.run, cls, positional, keywords);
  if (object instanceof Tuple) throw new CannotRun(`${owner.name}() gives no object`);
  if (object instanceof Instance) beginTraining(object);
  scene.objects.set(owner, object);
  return object;
}

/** A backward goes with the forward of training, whatever an object is until its network is trained. */
function beginTraining({attributes}: Instance): void {
  for (const [name, value] of attributes) if (value === false && /^_{0,2}(?:is_?)?train(?:ing)?(?:_?mode)?$/i.test(name)) attributes.set(name, true);
}

/**
 * An object for a parameter that is annotated with a class of the user's (`activation: Activation`), of a class below it that takes
 * nothing; undefined where there is none, or where the parameter has a default that is no module.
 */
function annotatedObject({run}: Scene, {code, defaults, module}: Func, name: string): Value | undefined {
  const at = code.definition.params.findIndex((parameter) => parameter.name === name);
  const annotation = code.definition.params[at].annotation;
  const cls = annotation?.kind === 'Name' ? module.attributes.get(annotation.id) : undefined;
  if (!(cls instanceof Class) || cls.builtin || !(defaults[at] === undefined || defaults[at] instanceof ModuleValue)) return undefined;
  const below = [...run.modules.values()].flatMap(({attributes}) => [...attributes.values()])
    .filter((value): value is Class => value instanceof Class && value !== cls && value.isSubclass(cls) && takesNothing(value));
  const curved = below.find((one) => /tanh|sigmoid/i.test(one.name)) ?? below.at(0);
  return curved === undefined ? undefined : callFunction(run, curved, []);
}

function takesNothing(cls: Class): boolean {
  const init = cls.lookup('__init__');
  return !(init instanceof Func) || init.code.definition.params.slice(1).every(({star, default: preset}) => star !== '' || preset !== null);
}

/** The strength of a weight decay that is off unless asked for: the loss adds it, and no forward of a layer shows it. */
function isDecay({params}: FunctionDef, name: string): boolean {
  if (!/regulari[sz]|weight_?decay|_l[12]$/i.test(name)) return false;
  const preset = params.find((parameter) => parameter.name === name)?.default ?? null;
  return preset?.kind === 'Number' && Number(preset.value) === 0;
}
