/** Sum over every axis along which the forward broadcast. */
import {shapesFirst} from './kind.ts';
import type {MistakeKind} from './kind.ts';

export const missingBatchSum: MistakeKind = {
  code: 'missing-batch-sum',
  explains: ({truth, actual}) => actual.shape.length > truth.shape.length && actual.data.length > truth.data.length && truth.data.length > 0 && actual.data.length % truth.data.length === 0
    && (actual.shape.slice(actual.shape.length - truth.shape.length).join() === truth.shape.join() || actual.shape.slice(0, truth.shape.length).join() === truth.shape.join()),
  message: (facts) => `${shapesFirst(facts)}${facts.of} was broadcast, so its gradient collects the contributions of every row that it was copied to`,
  why: 'Broadcasting copies a value; the pullback of a copy is a sum. What was stretched over the batch is summed over the batch.',
};
