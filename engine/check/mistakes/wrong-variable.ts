/** Say in words what each factor is the gradient or the value of. */
import type {MistakeKind} from './kind.ts';

export const wrongVariable: MistakeKind = {
  code: 'wrong-variable',
  message: ({name}) => `${name} is made from the wrong variable`,
  why: 'Each factor of a gradient is a particular value of the forward or a particular gradient: before or after the activation, of this layer or of the next.',
};
