/** Compare shapes before values. */
import type {MistakeKind} from './kind.ts';
import {wrongShape as shapesDiffer} from '../reasons.ts';

export const wrongShape: MistakeKind = {
  code: 'wrong-shape',
  explains: ({truth, actual}) => truth.shape.join() !== actual.shape.join(),
  message: ({name, actual, of, expected}) => shapesDiffer(name, actual, of, expected),
  why: 'A gradient has exactly the shape of what it is the gradient of, or an update with it broadcasts into something else.',
};
