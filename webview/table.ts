/** The table of gradients: sortable, each row a way to its line. */
import {html} from './controls.ts';
import type {GradientRow} from './protocol.ts';
import {sortedRows} from './state.ts';
import type {Column, PanelState} from './state.ts';

const columns: readonly (readonly [Column, string])[] = [['name', 'Gradient'], ['of', 'Of'], ['shape', 'Shape'], ['verdict', 'Verdict'], ['error', 'Largest error'], ['line', 'Line']];

export interface TableActions {
  readonly sort: (column: Column) => void;
  readonly open: (row: GradientRow) => void;
  /** Asks for the next hint on a mistake. */
  readonly hint: (mistake: string) => void;
}

export function drawTable(place: HTMLElement, state: PanelState, actions: TableActions): void {
  const rows = sortedRows(state);
  if (rows.length === 0) {
    place.replaceChildren(html('p', {'class': 'quiet'}, 'No gradients yet.'));
    return;
  }
  const {column: sorted, descending} = state.sort;
  const head = columns.map(([column, title]) => {
    const arrow = column === sorted ? (descending ? ' ▾' : ' ▴') : '';
    const control = html('button', {type: 'button'}, `${title}${arrow}`);
    control.addEventListener('click', () => { actions.sort(column); });
    return html('th', {scope: 'col', 'aria-sort': column === sorted ? (descending ? 'descending' : 'ascending') : 'none'}, control);
  });
  const body = rows.flatMap((row) => {
    const {name, of, shape, verdict, error, message, site} = row;
    const link = html('button', {type: 'button', title: message === '' ? 'Go to the line' : message}, name);
    link.addEventListener('click', () => { actions.open(row); });
    const largest = error === null ? '' : error === 0 ? '0' : error.toExponential(1);
    const cells = [`∂L/∂${of}`, shape, verdict, largest, site === null ? '' : String(site.range.start.line + 1)];
    return [html('tr', {'class': verdict}, html('th', {scope: 'row'}, link), ...cells.map((cell) => html('td', {}, cell))), ...toldRow(row, actions)];
  });
  place.replaceChildren(html('table', {}, html('thead', {}, html('tr', {}, ...head)), html('tbody', {}, ...body)));
}

/** Below a wrong gradient: what has been told of it, and the next step. */
function toldRow({verdict, message, hint}: GradientRow, actions: TableActions): readonly HTMLElement[] {
  if (verdict !== 'disagrees' || message === '') return [];
  const cell = html('td', {colspan: String(columns.length)}, message);
  if (hint !== null) {
    const control = html('button', {type: 'button', 'class': 'hint'}, hint.question);
    control.addEventListener('click', () => { actions.hint(hint.mistake); });
    cell.append(' ', control);
  }
  return [html('tr', {'class': 'told'}, cell)];
}
