/** A pullback is linear in the upstream gradient: doubled upstream, doubled result. */
import type {MistakeKind} from './kind.ts';

export const missingUpstream: MistakeKind = {
  code: 'missing-upstream',
  explains: ({readsUpstream}) => !readsUpstream,
  message: ({name, upstream}) => `${name} does not depend on ${upstream ?? 'the upstream gradient'}: it is only the local derivative`,
  why: 'The chain rule multiplies the local derivative by the gradient that comes from above; a backward that ignores it is right only for an upstream of ones.',
};
