/**
 * Searches for inputs that a function accepts: a state machine that gives candidates, best first, and learns from the
 * Python error that each one raised. Whoever runs the candidates is its caller.
 */
import type {SizeConstraint} from '../dims/sizes.ts';
import type {Candidate, TrialError} from './candidate.ts';
import {sizesFor} from './make.ts';
import type {Choice, FunctionInputs} from './spec.ts';
import type {Sizes} from '../dims/expression.ts';
import {remedies, reshaping} from './trial.ts';

export interface Search {
  /** The next candidate to run; null when there is none left. */
  readonly next: () => Candidate | null;
  /** Tells what the last candidate raised. `sizes` are those it was run with, by default those of run 0. */
  readonly failed: (error: TrialError, sizes?: Sizes) => void;
  /**
   * Tells that the gradient of an input came out in another shape than the input's, as that of a bias that was guessed too
   * long: the input may have that shape. `sizes` as above.
   */
  readonly shaped: (name: string, shape: readonly number[], sizes?: Sizes) => void;
}

const mostCandidates = 60;

interface Waiting {
  readonly choices: readonly Choice[];
  readonly ties: readonly SizeConstraint[];
  readonly cost: number;
}

export function createSearch(inputs: FunctionInputs): Search {
  const queue: Waiting[] = [{choices: [], ties: [], cost: 0}];
  for (const {choices, cost} of inputs.alternatives) queue.push({choices, ties: [], cost: 10 + cost});
  const seen = new Set<string>();
  let given = 0;
  let last: Candidate | null = null;

  const push = (one: Waiting): void => {
    const at = queue.findIndex((other) => other.cost > one.cost);
    queue.splice(at < 0 ? queue.length : at, 0, one);
  };

  return {
    next() {
      for (let one = queue.shift(); one !== undefined && given < mostCandidates; one = queue.shift()) {
        const key = JSON.stringify([one.choices, one.ties]);
        if (seen.has(key)) continue;
        seen.add(key);
        given++;
        last = {...one, inputs: one.choices.length === 0 ? inputs : inputs.reread(one.choices)};
        return last;
      }
      return last = null;
    },
    failed(error, sizes) {
      if (last === null) return;
      const {choices, ties, cost} = last;
      for (const remedy of remedies(last, error, sizes ?? sizesFor(last, 0))) {
        const changed = remedy.choices.map((choice) => merged(choices.find(({name}) => name === choice.name), choice));
        const names = new Set(changed.map(({name}) => name));
        push({
          choices: [...choices.filter(({name}) => !names.has(name)), ...changed], ties: [...ties, ...remedy.ties], cost: cost + remedy.cost,
        });
      }
    },
    shaped(name, shape, sizes) {
      if (last === null) return;
      const {choices, ties, cost} = last;
      const choice = reshaping(last, name, shape, sizes ?? sizesFor(last, 0));
      if (choice !== null) push({choices: [...choices.filter((one) => one.name !== name), choice], ties, cost: cost + 0.05});
    },
  };
}

/** A bound on labels is added to what was chosen of them before; any other choice replaces it. */
function merged(before: Choice | undefined, choice: Choice): Choice {
  const isBound = choice.below !== undefined && choice.rank === undefined && choice.axes === undefined && choice.kind === undefined && choice.role === undefined;
  return before !== undefined && isBound ? {...before, ...choice} : choice;
}
