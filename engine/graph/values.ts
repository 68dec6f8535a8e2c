/** All numbers of one value and of its gradients, laid out in rows; large ones in blocks. */
import type {Drafts} from './draft.ts';
import type {Grid, ValuesAnswer} from './study.ts';

/** So many rows, and columns, are sent at most. */
const most = 64;

/** Null when there is no such node. `formulas` are those of its operation. */
export function valuesOf({record, owners, drafts}: Drafts, node: string, formulas: ValuesAnswer['formulas']): ValuesAnswer | null {
  const at = drafts.findIndex(({id}) => id === node);
  if (at < 0) return null;
  const {numbers, names, event} = drafts[at];
  const {shape, data, ids} = numbers;
  const truth = Array.from(ids, (id) => record.sweep.bar[id]);
  const step = owners.steps[drafts[at].steps[0]];
  const own = step.kind === 'input' ? [step.of] : names;
  const claim = record.claims.find(({of, operation, quantity}) => (
    quantity.data.length === data.length && (operation === null ? own.includes(of) : event !== null && operation === event.number)));
  const user = claim === undefined ? null : Array.from(claim.quantity.data);
  return {
    about: 'values', node, formulas,
    value: gridOf(Array.from(data), shape), gradient: gridOf(truth, shape),
    user: user === null ? null : gridOf(user, claim!.quantity.shape),
    off: user === null ? null : user.reduce((largest, given, i) => Math.max(largest, Math.abs(given - truth[i])), 0),
  };
}

/** The last axis across, all others down. */
export function gridOf(numbers: readonly number[], shape: readonly number[]): Grid {
  const columns = Math.max(1, shape.at(-1) ?? 1);
  const rows = Math.max(1, Math.ceil(numbers.length / columns));
  const block = [Math.ceil(rows / most), Math.ceil(columns / most)] as const;
  if (block[0] === 1 && block[1] === 1) return {rows, columns, numbers, block};
  const down = Math.ceil(rows / block[0]);
  const across = Math.ceil(columns / block[1]);
  const largest = new Array<number>(down * across).fill(0);
  numbers.forEach((number, i) => {
    const at = Math.floor(Math.floor(i / columns) / block[0]) * across + Math.floor((i % columns) / block[1]);
    if (Math.abs(number) > Math.abs(largest[at])) largest[at] = number;
  });
  return {rows: down, columns: across, numbers: largest, block};
}
