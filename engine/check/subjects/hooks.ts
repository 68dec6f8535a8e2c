/**
 * Calls layers as their users do where a class only writes hooks, `_forward` and `_backward`: through the public methods of its
 * base, which keep what the hooks read. Knows names only.
 */
import type {Value} from '../../ndarray/values.ts';
import {getAttribute} from '../../interpreter/interpreter.ts';
import {Instance} from '../../interpreter/objects.ts';
import type {ClassPair} from '../../program/pair.ts';
import {isHook} from '../../program/hooks.ts';
import {CannotRun} from './subject.ts';
import type {Scene} from './subject.ts';

const PUBLIC = {
  forward: ['forward', 'forward_pass', 'forward_propagation', 'forward_propagate', 'forward_prop', 'fprop', 'propagate', '__call__', 'call'],
  backward: ['backward', 'backward_pass', 'backward_propagation', 'backward_propagate', 'backward_prop', 'bprop', 'backprop', 'backpropagate', 'back_propagation'],
};

export interface PublicMethods {
  readonly forward: Value;
  readonly backward: Value;
}

/** The public methods in front of the hooks of `pair`; null where its methods are no hooks. */
export function publicMethods(pair: ClassPair, {run}: Scene, self: Value): PublicMethods | null {
  if (!isHook(pair) || !(self instanceof Instance)) return null;
  const method = (direction: 'forward' | 'backward'): Value => {
    const hook = pair[direction].name;
    const name = [hook.replace(/^_+/, ''), ...PUBLIC[direction]].find((one) => self.cls.lookup(one) !== undefined);
    if (name === undefined) throw new CannotRun(`no method is found that calls ${hook}: the class that ${pair.owner.name} is derived from is not there`);
    return getAttribute(run, self, name);
  };
  return {forward: method('forward'), backward: method('backward')};
}
