/**
 * Runs a script: statements at module level that compute values, then their gradients. Values that come from nowhere else
 * (numbers, lists, random arrays) become leaves when they are assigned, by an intervention; every forward value that a
 * gradient is of is noted as it was when the forward was done.
 */
import type {Value} from '../../ndarray/values.ts';
import type {AssignEvent} from '../../interpreter/events.ts';
import type {Stmt} from '../../python/ast.ts';
import type {ScriptPair} from '../../program/pair.ts';
import type {Place} from '../leaves.ts';
import {quantityOf} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import type {FoundGradient} from './subject.ts';

/** What a run of a script has shown so far. */
export interface ScriptWatch {
  /** To be asked before each assignment of the run. */
  readonly replace: (event: AssignEvent) => Value;
  /** Forward values by name as last assigned by the forward. */
  readonly forward: ReadonlyMap<string, Value>;
  /** The same as numbers with their tape nodes, taken at the assignment. */
  readonly quantities: ReadonlyMap<string, Quantity>;
  /** Gradients by name as last assigned by the backward. */
  readonly backward: ReadonlyMap<string, Value>;
}

/** Watches one run. `place` makes leaves; `onOutput` is called when the output has been computed. */
export function watchScript(pair: ScriptPair, place: Place, onBackward: () => void): ScriptWatch {
  const wanted = new Set(pair.gradients.map((gradient) => gradient.of).filter((of) => of !== null));
  const forward = new Map<string, Value>();
  const quantities = new Map<string, Quantity>();
  const backward = new Map<string, Value>();
  const inForward = statementSpans(pair.forward);
  const inBackward = statementSpans(pair.backward);
  let backwardBegun = false;
  return {
    forward, quantities, backward,
    replace(event) {
      const {target, statement, value} = event;
      if (inBackward(statement)) {
        if (!backwardBegun) onBackward();
        backwardBegun = true;
        if (event.how === 'name') backward.set(target, value);
        return value;
      }
      if (!inForward(statement) || event.how !== 'name' || event.activation.definition !== null) return value;
      const quantity = quantityOf(value);
      const isConstant = quantity?.ids.every((id) => id === 0) === true;
      const taken = isConstant && wanted.has(target) && !event.augmented && !forward.has(target) ? place(target, value) : value;
      forward.set(target, taken);
      const numbers = quantityOf(taken);
      if (numbers !== null) quantities.set(target, numbers);
      return taken;
    },
  };
}

function statementSpans(statements: readonly Stmt[]): (statement: Stmt) => boolean {
  return (statement) => statements.some(({span}) => span.start <= statement.span.start && statement.span.end <= span.end);
}

/** The gradients that the script computed, in the order of its text. */
export function scriptGradients(pair: ScriptPair, watch: ScriptWatch): FoundGradient[] {
  return pair.gradients.map((source) => ({
    source, name: source.name ?? '', of: source.of ?? '',
    value: source.name === null ? undefined : watch.backward.get(source.name),
  }));
}
