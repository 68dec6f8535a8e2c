/** Calls of the user's functions as groups: one for each place of a call, within the group of its caller. */
import type {Activation} from '../interpreter/events.ts';
import type {GraphGroup} from './graph.ts';

export class Groups {
  private readonly known = new Map<string, GraphGroup>();

  /** The group of what an activation does; null for the outermost. Calls from the same place, as in a loop, share one. */
  of(activation: Activation): string | null {
    const {caller, callSpan, definition} = activation;
    if (caller === null || callSpan === null || definition === null) return null;
    const parent = this.of(caller);
    const label = definition.name;
    const key = `${parent ?? ''}>${label}@${callSpan.start}`;
    const found = this.known.get(key);
    if (found !== undefined) return found.id;
    // The place of the call moves with edits; what counts is which of the calls of that name it is.
    const before = [...this.known.values()].filter((group) => group.parent === parent && group.label === label).length;
    const id = `${parent ?? ''}>${label}${before === 0 ? '' : ` ${before + 1}`}`;
    this.known.set(key, {id, label, parent, span: callSpan});
    return id;
  }

  all(): readonly GraphGroup[] {
    return [...this.known.values()];
  }
}
