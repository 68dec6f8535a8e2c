/** The tab about second derivatives: a Hessian times a direction, from the tape and by differences, and how graphs grow with each derivative. */
import type {CurvatureAnswer} from '../engine/graph/study.ts';
import {whole} from './amounts.ts';
import {chooser, html} from './controls.ts';
import {mathematics, nameTex} from './mathematics.ts';
import {numberText, shapeText} from './numbers.ts';
import {inputOf, questionOf} from './questions.ts';
import {keyOf} from './state.ts';
import {waiting} from './tab.ts';
import type {Dispatch, StudyTab} from './tab.ts';

export function createCurvatureTab(dispatch: Dispatch): StudyTab {
  const input = chooser('By', (id) => { dispatch({type: 'look-at', chosen: {input: id, element: -1}}); });
  const body = html('div', {'class': 'study-body'});
  return {
    panel: html('div', {id: 'curvature', role: 'tabpanel', 'aria-labelledby': 'tab-curvature', tabindex: '0', 'class': 'study'}, html('div', {'class': 'choices'}, input.element), body),
    show(state) {
      const inputs = state.picture?.nodes.filter(({kind}) => kind === 'input') ?? [];
      const label = inputOf(state);
      input.show(inputs.map((node) => [node.id, `${node.label} ${shapeText(node.shape)}`.trim()]), inputs.find((node) => node.label === label)?.id ?? '');
      const question = questionOf(state, 'curvature');
      const key = question === null ? '' : keyOf(question);
      const answer = state.answers.get(key)?.answer;
      const message = waiting(state, question, key);
      if (message !== null || answer?.about !== 'curvature') body.replaceChildren(html('p', {'class': 'quiet'}, message ?? ''));
      else body.replaceChildren(...contents(answer));
    },
  };
}

function contents({of, elements, direction, product, differences, error, problem, operations}: CurvatureAnswer): HTMLElement[] {
  const isStraight = product.every((value) => value === 0) && (error === 0 || differences === null);
  const numbers = direction.map((along, i) => html('tr', {},
    html('th', {scope: 'row'}, String(i)), html('td', {}, numberText(along)), html('td', {}, precise(product[i])), html('td', {}, differences === null ? '' : precise(differences[i]))));
  return [
    html('h2', {}, 'The Hessian times a direction'),
    html('p', {}, `The Hessian by ${of} has ${whole(elements)} by ${whole(elements)} entries. Nobody forms it either: its product with a direction v is the derivative of the gradient along v, one pass over the graph of the gradient.`),
    html('p', {}, mathematics(`H v = \\left.\\frac{d}{dt}\\, \\nabla L(${nameTex(of)} + t\\, v)\\right|_{t = 0}`, true)),
    html('table', {'class': 'numbers'},
      html('thead', {}, html('tr', {}, ...['', 'v', 'H v, from the graph', 'by differences of the gradient'].map((title) => html('th', {scope: 'col'}, title)))),
      html('tbody', {}, ...numbers)),
    ...(elements > direction.length ? [html('p', {'class': 'quiet'}, `The first ${direction.length} of ${whole(elements)} elements.`)] : []),
    html('p', {'class': problem !== '' || error === null || error > 1e-4 ? 'bad' : 'good'}, checked(error, problem)),
    ...(isStraight ? [html('p', {}, `The loss is a straight line in ${of} here: there is no curvature.`)] : []),
    html('h2', {}, 'How the graph grows'),
    html('p', {}, 'Numbers that are computed one by one, for a single run of the code on these inputs:'),
    html('div', {'class': 'bars'}, ...bars([['the value', operations.forward], ['with its gradient', operations.gradient], ['with the Hessian times a direction', operations.product]])),
    html('p', {'class': 'quiet'}, 'Each derivative is a few times as much work as what it is taken of, however many inputs there are.'),
  ];
}

function checked(error: number | null, problem: string): string {
  if (problem !== '') return problem;
  if (error === null) return 'The gradient could not be taken close by, so this is not checked.';
  if (error > 1e-4) return `The two differ by ${error.toExponential(1)} of the largest: one of the operations bends in a way that its record does not keep, or the step crosses a kink.`;
  return `Both agree: the largest difference is ${error.toExponential(1).replace('-', '−')} of the largest number.`;
}

function precise(value: number): string {
  return Math.abs(value) !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? value.toExponential(3).replaceAll('-', '−') : value.toFixed(6).replace('-', '−');
}

function bars(entries: readonly (readonly [string, number])[]): HTMLElement[] {
  const most = Math.max(...entries.map(([, count]) => count), 1);
  const first = Math.max(1, entries[0][1]);
  return entries.flatMap(([name, count]) => {
    const meter = html('meter', {min: '0', max: String(most), value: String(count), 'aria-label': name});
    return [html('span', {}, name), meter, html('span', {}, `${whole(count)}${count === first ? '' : `, ${(count / first).toFixed(1)} ×`}`)];
  });
}
