/** Finds what to call: functions of the module, and methods of an object that is made through the class's constructor. */
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callFunction, getAttribute} from '../../interpreter/interpreter.ts';
import {Class, Func, StaticMethod} from '../../interpreter/objects.ts';
import type {ClassDef, FunctionDef} from '../../python/ast.ts';
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
  const definition = init instanceof Func && init.code.definition.kind === 'FunctionDef' ? init.code.definition : null;
  const {positional, keywords} = definition === null
    ? {positional: [], keywords: null}
    : bindParameters(definition, 1, (name) => (isDecay(definition, name) ? undefined
      : madeLayer(scene.run, cls, definition, name) ?? (scene.constructed.has(name) ? scene.constructed.get(name) : madeCallable(scene.run, definition, name))));
  const object = callFunction(scene.run, cls, positional, keywords);
  if (object instanceof Tuple) throw new CannotRun(`${owner.name}() gives no object`);
  scene.objects.set(owner, object);
  return object;
}

/** The strength of a weight decay that is off unless asked for: the loss adds it, and no forward of a layer shows it. */
function isDecay({params}: FunctionDef, name: string): boolean {
  if (!/regulari[sz]|weight_?decay|_l[12]$/i.test(name)) return false;
  const preset = params.find((parameter) => parameter.name === name)?.default ?? null;
  return preset?.kind === 'Number' && Number(preset.value) === 0;
}
