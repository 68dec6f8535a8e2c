/** Multiplication switches its inputs. */
import type {MistakeKind} from './kind.ts';
import {hasTruthsShape, lacksFactor} from './wrong-value-facts.ts';

export const missingFactor: MistakeKind = {
  code: 'missing-factor',
  explains: (value) => hasTruthsShape(value) && (lacksFactor(value, (v) => v) || lacksFactor(value, (v) => 1 / v)),
  message: ({name}) => `${name} lacks a factor that the forward multiplies with`,
  why: 'A product hands each operand the other one times the upstream: what the forward multiplied by, the gradient is multiplied by.',
};
