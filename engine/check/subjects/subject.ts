/**
 * A subject is a pair made ready to be run: start the forward on made inputs, then its backward on an upstream gradient.
 * One file per pattern. A subject knows how people write the pattern; it judges nothing.
 */
import type {Value} from '../../ndarray/values.ts';
import type {ModuleValue} from '../../interpreter/objects.ts';
import type {Run} from '../../interpreter/run.ts';
import type {ClassDef} from '../../python/ast.ts';
import type {GradientName} from '../../program/pair.ts';
import type {Place} from '../leaves.ts';
import type {Quantity} from '../quantity.ts';

/** What one run is given. Everything in it is fresh. */
export interface Scene {
  readonly run: Run;
  /** Loaded when it is first asked for. */
  readonly module: ModuleValue;
  /** The made inputs of the forward, by parameter name; a parameter without one takes its default. */
  readonly inputs: ReadonlyMap<string, Value>;
  /** The same for the constructor of the class, when there is one. */
  readonly constructed: ReadonlyMap<string, Value>;
  /** Makes a forward value a leaf; to be called on each value that a gradient may be of, before it is used. */
  readonly place: Place;
  /** Objects that have been made for this run, one for each class. */
  readonly objects: Map<ClassDef, Value>;
}

/** A forward that has run. */
export interface Execution {
  /** What the gradients are gradients of, weighted by the upstream. */
  readonly outputs: readonly Value[];
  /** False for a loss: its cotangent is 1. */
  readonly takesUpstream: boolean;
  /** What the backward is taken to start from, where it takes no upstream and no loss is computed: a number for each of an output. */
  readonly cotangents?: readonly Float64Array[];
  /** Forward values that gradients are of beside the leaves, with their tape nodes. */
  readonly intermediates: ReadonlyMap<string, Quantity>;
  /** Runs the backward. Raises what the user's code raises. */
  readonly backward: (upstreams: readonly Value[]) => readonly FoundGradient[];
}

/** One gradient that the backward gave. */
export interface FoundGradient {
  readonly source: GradientName;
  /** As the user writes it: `dx`, `grads['W1']`, or `return[0]`. */
  readonly name: string;
  /** The leaf that it is of. */
  readonly of: string;
  /** Undefined when it was not returned or set. */
  readonly value: Value | undefined;
}

/** The engine does not know how to run this pair; says why in words for the verdict. */
export class CannotRun extends Error {}

export function createScene(
  run: Run, load: () => ModuleValue, inputs: ReadonlyMap<string, Value>, constructed: ReadonlyMap<string, Value>, place: Place,
): Scene {
  let loaded: ModuleValue | null = null;
  return {
    run, inputs, constructed, place, objects: new Map(),
    get module() {
      return (loaded ??= load());
    },
  };
}

/** For executions whose gradients are of leaves only. */
export const noIntermediates: ReadonlyMap<string, Quantity> = new Map();
