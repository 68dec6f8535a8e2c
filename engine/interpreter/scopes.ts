/**
 * Where each name is kept while code is compiled: a slot of the frame, a cell shared with inner functions, the names of a
 * class body, or the module's globals. Exists at compile time only.
 */
import type {Module} from '../python/ast.ts';
import type {Definition} from './names.ts';
import {namesOf} from './names.ts';

/** Where a name is kept. A class body's names fall back to a cell of an outer function or to globals. */
export type Place =
  | {readonly kind: 'slot'; readonly index: number}
  | {readonly kind: 'cell'; readonly index: number; readonly free: boolean}
  | {readonly kind: 'global'}
  | {readonly kind: 'class'; readonly cell: number | null};

const globalPlace: Place = {kind: 'global'};

export class Scope {
  private readonly places = new Map<string, Place>();
  /** Names of comprehensions that are being compiled, innermost last. */
  private readonly overlays: ReadonlyMap<string, Place>[] = [];
  slotCount = 0;
  /** Cells of its own; cells of outer functions come before them. */
  cellCount = 0;
  /** Where the cells that it takes from outside are among the cells of the frame around it. */
  readonly free: number[] = [];
  /** Whether an import that finds nothing raises, because the text has another way to get its names. */
  strictImports = false;
  /** Loops around the statement that is being compiled. */
  loops = 0;

  constructor(
    readonly kind: 'module' | 'class' | 'function',
    readonly module: Module,
    /** Dotted name of what is defined: `Layer.forward`. */
    readonly path: string,
    definition: Definition | null,
    parent: Scope | null,
  ) {
    if (definition === null || parent === null) return;
    const names = namesOf(definition);
    for (const name of names.free) {
      const outer = parent.cellOf(name);
      if (outer === null) continue;
      this.places.set(name, {kind: 'cell', index: this.free.length, free: true});
      this.free.push(outer);
    }
    for (const name of names.bound) this.declare(name, names.captured.has(name));
  }

  private declare(name: string, captured: boolean): void {
    if (this.kind === 'class') {
      const outer = this.places.get(name);
      this.places.set(name, {kind: 'class', cell: outer?.kind === 'cell' ? outer.index : null});
    } else {
      this.places.set(name, this.newPlace(captured));
    }
  }

  private newPlace(captured: boolean): Place {
    if (captured) return {kind: 'cell', index: this.free.length + this.cellCount++, free: false};
    return {kind: 'slot', index: this.slotCount++};
  }

  /** Where a name is kept, seen from the code that is being compiled. */
  place(name: string): Place {
    for (let i = this.overlays.length - 1; i >= 0; i--) {
      const place = this.overlays[i].get(name);
      if (place !== undefined) return place;
    }
    return this.places.get(name) ?? globalPlace;
  }

  /** The cell in which an inner function finds a name, or null when it is a global. A class's own names are not seen. */
  private cellOf(name: string): number | null {
    const place = this.place(name);
    if (place.kind === 'cell') return place.index;
    return place.kind === 'class' ? place.cell : null;
  }

  /** Whether definitions here can take nothing but globals from around them. */
  get isOpen(): boolean {
    return this.kind === 'module' && this.overlays.length === 0;
  }

  /** Compiles inside a comprehension, whose names are places of their own; gives the cells among them. */
  within<T>(definition: Definition, compile: () => T): {readonly result: T; readonly cells: readonly number[]} {
    const {bound, captured} = namesOf(definition);
    const overlay = new Map<string, Place>();
    for (const name of bound) overlay.set(name, this.newPlace(captured.has(name)));
    this.overlays.push(overlay);
    try {
      const cells = [...overlay.values()].filter((place) => place.kind === 'cell').map((place) => place.index);
      return {result: compile(), cells};
    } finally {
      this.overlays.pop();
    }
  }
}
