/** The shapes of the factors decide where the transpose stands: write them under the product and see which axes meet. */
import {shapesFirst} from './kind.ts';
import type {MistakeKind} from './kind.ts';
import {equal, transposedData} from './wrong-value-facts.ts';

export const missingTranspose: MistakeKind = {
  code: 'missing-transpose',
  explains: ({truth, actual}) => {
    if (truth.shape.length !== 2 || actual.shape.length !== 2) return false;
    const [rows, columns] = truth.shape;
    return actual.shape[0] === columns && actual.shape[1] === rows && (rows !== columns || equal(transposedData(actual), truth.data));
  },
  message: (facts) => `${shapesFirst(facts)}a matrix product here has a transpose missing or in the wrong place`,
  why: "Each entry of a weight's gradient pairs one input with one output and sums over the batch: the axes that are summed have to meet in the middle of the product.",
};
