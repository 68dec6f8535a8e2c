/** What each kind of mistake is called in a diagnosis: in the user's own names, without giving the fix away. */
import type {DiagnosisCode, SymbolicShape} from '../report.ts';
import {shapeWords, wrongShape} from '../reasons.ts';

export interface MistakeFacts {
  /** The gradient and what it is of, as the user writes them. */
  readonly name: string;
  readonly of: string;
  /** The gradient is this many times the true one, or null. */
  readonly factor: number | null;
  readonly actual: SymbolicShape;
  readonly expected: SymbolicShape;
}

const messages: Readonly<Record<DiagnosisCode, (facts: MistakeFacts) => string>> = {
  'missing-transpose': (facts) => `${shapes(facts)}a matrix product here has a transpose missing or in the wrong place`,
  'wrong-scale': ({name, factor}) => (factor === null ? `${name} has a factor too many or too few` : `${name} is ${times(factor)} the true gradient`),
  'wrong-sign': ({name}) => `${name} has the wrong sign`,
  'missing-batch-sum': (facts) => `${shapes(facts)}a gradient has to be summed over the axes along which ${facts.of} was broadcast`,
  'wrong-axis': (facts) => `${shapes(facts)}a sum or mean here runs over the wrong axis`,
  'missing-upstream': ({name}) => `${name} does not depend on the upstream gradient: it is only the local derivative`,
  'missing-local-derivative': ({name}) => `${name} lacks the local derivative of a function that the forward applies`,
  'missing-factor': ({name}) => `${name} lacks a factor that the forward multiplies with`,
  'wrong-mask': ({name}) => `${name} is masked by the wrong condition or array`,
  'missing-mask': ({name}) => `${name} lets gradient through where the forward lets nothing through`,
  'missing-regularization': ({name}) => `${name} lacks the gradient of the regularisation term of the loss`,
  'wrong-regularization-factor': ({name}) => `the regularisation in ${name} has the wrong factor`,
  'missing-accumulation': ({name}) => `${name} is overwritten where contributions have to be added up`,
  'missing-path': ({name, of}) => `${name} misses a path: ${of} reaches the output in more ways than one`,
  'lost-duplicates': ({name}) => `repeated indices are lost in ${name}: += through an index array adds each place once`,
  'input-mutated': ({name}) => `${name} changes an array in place that is needed later`,
  'stale-cache': ({name}) => `${name} is made from a cached value that is not what the forward used`,
  'wrong-shape': ({name, actual, of, expected}) => wrongShape(name, actual, of, expected),
  'swapped-operands': (facts) => `${shapes(facts)}the operands of a product here stand in the wrong order`,
  'wrong-operation': ({name}) => `${name} uses the wrong operation`,
  'wrong-value': ({name, of}) => `${name} is not ∂L/∂${of}`,
  'wrong-variable': ({name}) => `${name} is made from the wrong variable`,
  'wrong-index': ({name}) => `${name} reads or writes at the wrong index`,
  'off-by-one': ({name}) => `${name} is off by one in an index or a number`,
  'integer-truncation': ({name}) => `${name} is an integer array: gradients written into it lose their fractions`,
  'integer-division': ({name}) => `${name} divides whole numbers and drops the fraction`,
  'swapped-returns': () => 'the gradients are right but are returned in the wrong order',
  'missing-gradient': ({of}) => `the gradient of ${of} is not returned`,
  'not-implemented': ({name}) => `${name} is not computed yet`,
  'tie': ({name}) => `${name} counts a tie twice`,
  'unstable': ({name}) => `${name} holds nan or infinity where the true gradient is finite`,
  'raises': ({name}) => `${name} could not be computed: the backward raises`,
  'other': ({name, of}) => `${name} is not ∂L/∂${of}`,
};

export function messageFor(code: DiagnosisCode, facts: MistakeFacts): string {
  return messages[code](facts);
}

/** The shapes first, where they differ. */
function shapes({name, of, actual, expected}: MistakeFacts): string {
  if (actual.join() === expected.join()) return '';
  return `${name} has the shape ${shapeWords(actual)}, but ${of} has ${shapeWords(expected)}: `;
}

function times(factor: number): string {
  if (Math.abs(factor) >= 1e-3 && Math.abs(factor) < 1e4) return `${Number(factor.toFixed(3))} times`;
  return `${factor.toPrecision(3)} times`;
}
