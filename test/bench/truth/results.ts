/** What the NumPy side answers, compared with what the engine said, and the tables of it. Runs nothing. */
import type {Case} from './cases.ts';

export interface GradientResult {
  readonly name: string;
  readonly of: string;
  /** What the engine said of this gradient on this input set, before conventions. */
  readonly engine: 'agrees' | 'disagrees';
  readonly convention: string | null;
  readonly verdict?: 'agrees' | 'disagrees';
  readonly why?: string;
  readonly error?: number;
  readonly kinks?: number;
  /** Relative distance of CPython's gradient from the interpreter's; null for another shape. */
  readonly distance?: number | null;
  readonly missing?: string;
  readonly twin?: boolean;
}

export interface SetResult {
  readonly label: string;
  readonly raised: string | null;
  readonly gradients: readonly GradientResult[];
  /** Shapes of assignments by `line:column` of the target; null for what is no number or array. First set only. */
  readonly shapes?: Readonly<Record<string, readonly number[] | null>>;
  /** The same, of the last call of each function alone. */
  readonly lastShapes?: Readonly<Record<string, readonly number[] | null>>;
}

export interface CaseResult {
  readonly id: string;
  readonly sets?: readonly SetResult[];
  readonly missing?: string;
  readonly seconds?: number;
}

/** A pair after the comparison. */
export interface Compared {
  readonly one: Case;
  readonly outcome: 'equal' | 'differs' | 'not compared';
  readonly notes: readonly string[];
}

export function compareVerdicts(one: Case, result: CaseResult): Compared {
  if (result.sets === undefined) return {one, outcome: 'not compared', notes: [result.missing ?? 'no answer']};
  const notes: string[] = [];
  let compared = 0;
  const missing: string[] = [];
  for (const [i, set] of result.sets.entries()) {
    const given = one.sets[i];
    if ((given.raises ?? null) !== (set.raised ?? null)) notes.push(`${set.label}: the engine says that it raises ${given.raises ?? 'nothing'}, Python raises ${set.raised ?? 'nothing'}`);
    else if (given.raises !== null) compared++;
    for (const gradient of set.gradients) {
      // The same operand under its other name.
      if (gradient.twin === true) continue;
      if (gradient.missing !== undefined) missing.push(`${gradient.name}: ${gradient.missing}`);
      else if (gradient.verdict !== gradient.engine) notes.push(`${set.label}: ${gradient.name} of ${gradient.of}: the engine says ${gradient.engine}, Python ${gradient.verdict} (${gradient.why ?? `error ${gradient.error?.toExponential(1)}`}, ${gradient.kinks} kinks)`);
      else compared++;
      if (gradient.distance === null || (gradient.distance ?? 0) > 1e-8) notes.push(`${set.label}: ${gradient.name} itself is another number in Python (distance ${gradient.distance?.toExponential(1) ?? 'in shape'})`);
    }
  }
  if (notes.length > 0) return {one, outcome: 'differs', notes};
  return compared === 0 ? {one, outcome: 'not compared', notes: missing.slice(0, 1)} : {one, outcome: 'equal', notes: missing};
}

export interface ShapeCount {
  /** Assignments of numbers and arrays that CPython ran. */
  ran: number;
  equal: number;
  readonly different: string[];
  readonly unsaid: string[];
}

/** Adds the assignments of one pair to `count`. */
export function compareShapes(one: Case, result: CaseResult, count: ShapeCount): void {
  const real = result.sets?.at(0)?.shapes;
  if (real === undefined) return;
  const ours = new Map(one.shapes.map((shape) => [`${shape.line}:${shape.column}`, shape]));
  for (const [place, shape] of Object.entries(real)) {
    if (shape === null) continue;
    count.ran++;
    const said = ours.get(place);
    const at = `${one.path}:${place}`;
    if (said === undefined) count.unsaid.push(`${at} is (${shape.join(', ')})`);
    else if (said.size.length === shape.length && said.size.every((size, axis) => size === shape[axis])) count.equal++;
    else count.different.push(`${at} ${said.name} is (${shape.join(', ')}), the engine says (${said.size.join(', ')})`);
  }
}

/** Items counted, most frequent first. */
export function tally(items: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
