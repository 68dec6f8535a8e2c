/** The tab about one Jacobian: its full size, its pattern as the tape has it, why nobody forms it, and the pullback instead. */
import type {JacobianAnswer} from '../engine/graph/study.ts';
import {bytesText, productOf, productText, sizesOf, whole, worthOf} from './amounts.ts';
import {chooser, html} from './controls.ts';
import {mathematics, nameTex} from './mathematics.ts';
import {numberText, shapeText, titleOf} from './numbers.ts';
import type {PanelNode} from './protocol.ts';
import {pairOf, questionOf} from './questions.ts';
import {keyOf} from './state.ts';
import type {PanelState} from './state.ts';
import {element} from './svg.ts';
import {sizeFields, waiting} from './tab.ts';
import type {Dispatch, StudyTab} from './tab.ts';

const structures: Readonly<Record<JacobianAnswer['structure'], string>> = {
  diagonal: 'Only the diagonal is there: each element of the result comes from the one element in its place, so that a product element by element does all that the matrix would.',
  blocks: 'It is made of blocks: each part of the result, such as a row of a batch, comes from its own part alone, and everything between the blocks is zero.',
  dense: 'Every element of the result comes from every element of the other value: no entry is zero by its place.',
  sparse: 'Most places are empty: nothing leads from the one element to the other.',
  none: 'Nothing leads from the one value to the other: all of it is zero.',
};

export function createJacobianTab(dispatch: Dispatch): StudyTab {
  const to = chooser('Derivative of', (id) => { dispatch({type: 'look-at', chosen: {to: id, from: null}}); });
  const from = chooser('by', (id) => { dispatch({type: 'look-at', chosen: {from: id}}); });
  const sizes = sizeFields(dispatch);
  const body = html('div', {'class': 'study-body'});
  const panel = html('div', {id: 'jacobian', role: 'tabpanel', 'aria-labelledby': 'tab-jacobian', tabindex: '0', 'class': 'study'},
    html('div', {'class': 'choices'}, to.element, from.element), sizes.element, body);
  return {
    panel,
    show(state) {
      const {picture} = state;
      const pair = pairOf(state);
      if (picture !== null && pair !== null) {
        to.show(picture.nodes.filter(({kind}) => kind === 'operation').map((node) => [node.id, optionText(node)]), pair[1].id);
        from.show(picture.nodes.filter(({id}) => id !== pair[1].id).map((node) => [node.id, optionText(node)]), pair[0].id);
      }
      sizes.show(state);
      const question = questionOf(state, 'jacobian');
      const key = question === null ? '' : keyOf(question);
      const answer = state.answers.get(key)?.answer;
      const message = waiting(state, question, key);
      if (message !== null || pair === null || answer?.about !== 'jacobian') body.replaceChildren(html('p', {'class': 'quiet'}, message ?? ''));
      else body.replaceChildren(...contents(state, pair, answer));
    },
  };
}

function optionText(node: PanelNode): string {
  return `${titleOf(node)} ${shapeText(node.shape)}`.trim();
}

function contents(state: PanelState, [from, to]: readonly [PanelNode, PanelNode], answer: JacobianAnswer): HTMLElement[] {
  const sizes = sizesOf(state.picture!, state.sizes);
  const [down, across] = [productOf(to.shape), productOf(from.shape)];
  const [rows, columns] = [worthOf(down, sizes), worthOf(across, sizes)];
  const {bytes} = state;
  const isSingle = answer.rows === 1 && answer.columns === 1;
  return [
    html('div', {'class': 'columns'},
      html('div', {},
        html('h2', {}, mathematics(`\\frac{\\partial\\, ${nameTex(titleOf(to))}}{\\partial\\, ${nameTex(titleOf(from))}}`), ' in full'),
        html('p', {}, 'Its size is ', strong(`${productText(down)} by ${productText(across)}`), `; in the run here ${whole(answer.rows)} by ${whole(answer.columns)}. Something flows through ${answer.connected === 1 ? 'one of its entries' : `${whole(answer.connected)} of its entries`}.`),
        html('p', {}, 'With the sizes above it would be ', strong(`${whole(rows)} by ${whole(columns)}`), `: ${whole(rows * columns)} numbers, ${bytesText(rows * columns * bytes)}.`),
        html('p', {}, structures[answer.structure]),
        html('h3', {}, 'Why nobody forms it'),
        html('p', {}, `The backward pass never needs the matrix, only what the upstream gradient becomes when it is multiplied by it: ${whole(rows)} numbers go in, ${whole(columns)} come out, ${bytesText((rows + columns) * bytes)} in all.`),
        html('p', {}, 'An operation on each element of a vector of 4096 numbers has a Jacobian of ', strong('4096 by 4096'), ', with numbers on the diagonal alone. On a minibatch of 100 such vectors it is ', strong('409,600 by 409,600'), `: ${whole(409_600 ** 2)} numbers, ${bytesText(409_600 ** 2 * bytes)}, of which 409,600 are not zero.`),
        html('h3', {}, 'The pullback instead'),
        html('p', {}, mathematics(`\\frac{\\partial L}{\\partial\\, ${nameTex(titleOf(from))}} = \\left(\\frac{\\partial\\, ${nameTex(titleOf(to))}}{\\partial\\, ${nameTex(titleOf(from))}}\\right)^{\\!\\top} \\frac{\\partial L}{\\partial\\, ${nameTex(titleOf(to))}}`, true)),
        html('p', {'class': 'quiet'}, 'Select the node in the graph to see this product written with the operation\'s own arithmetic.')),
      ...(answer.structure === 'none' || isSingle ? [] : [figure(answer)])),
    ...(isSingle ? [html('p', {}, 'Both are single numbers, so the Jacobian is one: ', html('code', {}, numberText(answer.entries[0] ?? 0)))] : []),
  ];
}

function strong(content: string): HTMLElement {
  return html('strong', {}, content);
}

/** The pattern: a square for each entry, dark where it is large, nothing where nothing connects. */
function figure({rows, columns, shownRows, shownColumns, entries}: JacobianAnswer): HTMLElement {
  const side = Math.max(4, Math.min(14, Math.floor(420 / Math.max(shownRows, shownColumns))));
  const most = entries.reduce<number>((largest, entry) => Math.max(largest, Math.abs(entry ?? 0)), 1e-12);
  const svg = element('svg', {'class': 'pattern', width: shownColumns * side + 1, height: shownRows * side + 1, role: 'img', 'aria-label': `Pattern of ${shownRows} rows and ${shownColumns} columns`},
    element('rect', {x: 0.5, y: 0.5, width: shownColumns * side, height: shownRows * side, 'class': 'field'}));
  entries.forEach((entry, i) => {
    if (entry === null) return;
    const [row, column] = [Math.floor(i / shownColumns), i % shownColumns];
    svg.append(element('rect', {
      x: column * side + 1, y: row * side + 1, width: side - 1, height: side - 1,
      'class': entry < 0 ? 'below' : 'above', 'fill-opacity': 0.2 + 0.8 * Math.abs(entry) / most,
    }, element('title', {}, `row ${row}, column ${column}: ${numberText(entry)}`)));
  });
  const isPart = shownRows < rows || shownColumns < columns;
  return html('figure', {}, svg, html('figcaption', {}, `${isPart ? `The first ${shownRows} rows and ${shownColumns} columns of ${whole(rows)} by ${whole(columns)}. ` : ''}Rows: the result. Columns: what it is derived by. Red is above zero, blue below; where it is blank nothing flows.`));
}
