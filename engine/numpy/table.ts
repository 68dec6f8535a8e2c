/**
 * All rows of the NumPy surface, by name. Imports the tables; nothing registers itself.
 */
import {conversion} from './conversion.ts';
import {creation} from './creation.ts';
import {elementwise} from './elementwise.ts';
import {indexing} from './indexing.ts';
import {joining} from './joining.ts';
import {linalg} from './linalg.ts';
import {padding} from './padding.ts';
import {products} from './products.ts';
import {queries} from './queries.ts';
import {reductions} from './reductions.ts';
import {randomRows} from './random/rows.ts';
import type {Row} from './row.ts';
import {signalRows} from './scipy/signal.ts';
import {specialRows} from './scipy/special.ts';
import {selection} from './selection.ts';
import {series} from './series.ts';
import {shaping} from './shaping.ts';
import {sorting} from './sorting.ts';

/** Every row, table by table. */
export const rows: readonly Row[] = [
  ...elementwise, ...selection, ...reductions, ...creation, ...shaping, ...indexing, ...joining, ...products, ...padding, ...sorting,
  ...series, ...linalg, ...queries, ...conversion, ...randomRows, ...specialRows, ...signalRows,
];

const byName = new Map<string, Row>(rows.flatMap((row) => row.names.map((name): [string, Row] => [name, row])));

/** The row of a spelling such as `np.sum` or `ndarray.sum`. */
export function lookup(name: string): Row | undefined {
  return byName.get(name);
}
