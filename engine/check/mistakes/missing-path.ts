/** Draw the graph: as many arrows leave the value as terms are in its gradient. */
import type {MistakeKind} from './kind.ts';
import {hasTruthsShape, missingParts} from './wrong-value-facts.ts';

export const missingPath: MistakeKind = {
  code: 'missing-path',
  explains: (value) => hasTruthsShape(value) && missingParts(value) !== null,
  message: ({name, of, missing}) => (missing.length === 0 ? `${name} misses a path: ${of} reaches the output in more ways than one` : `${name} misses the path through ${missing.join(' and ')}`),
  why: 'A value that is used more than once gets a gradient from every use, and they add up. Leaving one out is the commonest mistake with normalisation and softmax.',
};
