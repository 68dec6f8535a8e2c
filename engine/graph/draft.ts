/**
 * A run on its way to a graph: its record, what the user's backward claims, and the steps sorted into nodes. Types only.
 */
import type {Event, OperationEvent} from '../interpreter/events.ts';
import type {Span} from '../python/span.ts';
import type {Sweep} from '../tape/sweep.ts';
import type {Tape} from '../tape/tape.ts';
import type {GraphGroup, UserGradient} from './graph.ts';
import type {Numbers, Owners} from './owners.ts';

/** What the user's backward computes for a forward value: by its name, or by the operation that made it. */
export interface Claim {
  readonly of: string;
  readonly operation: number | null;
  readonly name: string;
  readonly span: Span;
  readonly quantity: Numbers;
  readonly status: UserGradient['status'];
}

/** The record of one run. */
export interface RunRecord {
  readonly path: string;
  readonly tape: Tape;
  readonly sweep: Sweep;
  readonly events: readonly Event[];
  readonly leaves: readonly {readonly of: string; readonly quantity: Numbers; readonly isList: boolean}[];
  readonly outputs: readonly Numbers[];
  readonly claims: readonly Claim[];
}

/** A node that is being made: the steps that it stands for. */
export interface Draft {
  readonly id: string;
  readonly steps: number[];
  readonly names: readonly string[];
  readonly group: string | null;
  readonly event: OperationEvent | null;
  readonly numbers: Numbers;
}

/** A run, sorted into what will be the nodes of its graph. */
export interface Drafts {
  readonly record: RunRecord;
  readonly owners: Owners;
  readonly drafts: readonly Draft[];
  /** The draft of each step, -1 for none. */
  readonly draftOf: Int32Array;
  readonly groups: readonly GraphGroup[];
}
