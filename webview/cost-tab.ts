/** The tab about memory and cost: what training keeps and prediction does not, and what derivatives cost in each way to take them. */
import type {CostAnswer} from '../engine/graph/study.ts';
import {bytesText, productText, sizesOf, sumText, whole, worthOf} from './amounts.ts';
import type {Sizes} from './amounts.ts';
import {chooser, html} from './controls.ts';
import {memoryOf, mostAlive, multiplicationsOf} from './cost.ts';
import type {KeptValue} from './cost.ts';
import {shapeText} from './numbers.ts';
import {keyOf} from './state.ts';
import type {PanelState} from './state.ts';
import {sizeFields, waiting} from './tab.ts';
import type {Dispatch, StudyTab} from './tab.ts';

export function createCostTab(dispatch: Dispatch): StudyTab {
  const sizes = sizeFields(dispatch);
  const bytes = chooser('Numbers', (value) => { dispatch({type: 'bytes', bytes: Number(value)}); });
  const body = html('div', {'class': 'study-body'});
  return {
    panel: html('div', {id: 'cost', role: 'tabpanel', 'aria-labelledby': 'tab-cost', tabindex: '0', 'class': 'study'},
      html('div', {'class': 'choices'}, bytes.element), sizes.element, body),
    show(state) {
      sizes.show(state);
      bytes.show([['8', 'float64, 8 bytes'], ['4', 'float32, 4 bytes'], ['2', 'float16, 2 bytes']], String(state.bytes));
      const key = keyOf({about: 'cost'});
      const answer = state.answers.get(key)?.answer;
      const message = waiting(state, {about: 'cost'}, key);
      if (message !== null || answer?.about !== 'cost') body.replaceChildren(html('p', {'class': 'quiet'}, message ?? ''));
      else body.replaceChildren(...contents(state, answer));
    },
  };
}

function contents(state: PanelState, answer: CostAnswer): HTMLElement[] {
  const picture = state.picture!;
  const sizes = sizesOf(picture, state.sizes);
  const {inputs, kept} = memoryOf(picture);
  const alive = mostAlive(picture, sizes);
  const count = (values: readonly KeptValue[]): number => values.reduce((all, {numbers}) => all + worthOf(numbers, sizes), 0);
  const {forward, backward, inputs: leaves, counts} = multiplicationsOf(picture, answer, sizes);
  const times = (number: number): string => (counts.forward === 0 ? '' : `${(number / counts.forward).toLocaleString('en-US', {maximumSignificantDigits: 3})} ×`);
  return [
    html('h2', {}, 'Memory'),
    html('p', {}, 'Training keeps these values from the forward pass until the backward pass needs them; prediction lets go of each as soon as it has been used.'),
    keptTable(kept, sizes, state.bytes),
    html('dl', {'class': 'totals'},
      ...total('Training keeps', sumText(kept.map(({numbers}) => numbers)), bytesText(count(kept) * state.bytes)),
      ...total('Prediction needs at one time at most', '', bytesText(alive * state.bytes)),
      ...total('Both have inputs and parameters', sumText(inputs.map(({numbers}) => numbers)), bytesText(count(inputs) * state.bytes))),
    html('h2', {}, 'Multiplications'),
    html('table', {},
      html('thead', {}, html('tr', {}, ...['', 'In letters', 'With these sizes', 'Of a forward pass'].map((title) => html('th', {scope: 'col'}, title)))),
      html('tbody', {},
        row('One forward pass', sumText(forward), counts.forward, times(counts.forward)),
        row('All derivatives, reverse mode (backpropagation)', `${sumText(forward)} + ${sumText(backward)}`, counts.reverse, times(counts.reverse)),
        row('All derivatives, forward mode', `${sumText(forward)} + (${sumText(leaves)}) · (${sumText(backward)})`, counts.forwardMode, times(counts.forwardMode)),
        row('All derivatives, numerical differences', `2 · (${sumText(leaves)}) · (${sumText(forward)})`, counts.differences, times(counts.differences)))),
    html('p', {'class': 'quiet'}, 'Counted on the record of a run: multiplications and divisions of numbers, a function such as exp as one. Forward mode takes a pass for each input number, numerical differences take two; reverse mode takes one pass for all of them.'),
  ];
}

function keptTable(kept: readonly KeptValue[], sizes: Sizes, bytes: number): HTMLElement {
  if (kept.length === 0) return html('p', {}, 'Nothing but the inputs: every derivative here is a constant or an input.');
  return html('table', {},
    html('thead', {}, html('tr', {}, ...['Value', 'Shape', 'Numbers', 'Memory'].map((title) => html('th', {scope: 'col'}, title)))),
    html('tbody', {}, ...kept.map(({name, shape, numbers}) => html('tr', {}, html('th', {scope: 'row'}, html('code', {}, name)), html('td', {}, shapeText(shape)), html('td', {}, productText(numbers)), html('td', {}, bytesText(worthOf(numbers, sizes) * bytes))))));
}

function total(name: string, letters: string, content: string): HTMLElement[] {
  return [html('dt', {}, name), html('dd', {}, html('strong', {}, content), ...(letters === '' ? [] : [html('span', {'class': 'quiet'}, ` ${letters} numbers`)]))];
}

function row(name: string, letters: string, count: number, ratio: string): HTMLElement {
  return html('tr', {}, html('th', {scope: 'row'}, name), html('td', {'class': 'letters'}, letters), html('td', {}, whole(count)), html('td', {}, ratio));
}
