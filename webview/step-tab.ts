/** The tab about step sizes: how wrong a central difference is for each, with the side where it is cut short and the side of rounding. */
import type {StepAnswer} from '../engine/graph/study.ts';
import {chooser, html, numberField} from './controls.ts';
import {mathematics} from './mathematics.ts';
import {numberText, shapeText} from './numbers.ts';
import {inputOf, questionOf} from './questions.ts';
import {keyOf} from './state.ts';
import {element, text} from './svg.ts';
import {errorsOf} from './step-errors.ts';
import type {StepError} from './step-errors.ts';
import {waiting} from './tab.ts';
import type {Dispatch, StudyTab} from './tab.ts';

export function createStepTab(dispatch: Dispatch): StudyTab {
  const input = chooser('Input', (id) => { dispatch({type: 'look-at', chosen: {input: id, element: -1}}); });
  const place = numberField('Element', 'Which element of the input, counted from 0 row by row', 0, (at) => { dispatch({type: 'look-at', chosen: {element: at}}); });
  const body = html('div', {'class': 'study-body'});
  return {
    panel: html('div', {id: 'step', role: 'tabpanel', 'aria-labelledby': 'tab-step', tabindex: '0', 'class': 'study'}, html('div', {'class': 'choices'}, input.element, place.element), body),
    show(state) {
      const inputs = state.picture?.nodes.filter(({kind}) => kind === 'input') ?? [];
      const label = inputOf(state);
      input.show(inputs.map((node) => [node.id, `${node.label} ${shapeText(node.shape)}`.trim()]), inputs.find((node) => node.label === label)?.id ?? '');
      const question = questionOf(state, 'step');
      const key = question === null ? '' : keyOf(question);
      const answer = state.answers.get(key)?.answer;
      const message = waiting(state, question, key);
      if (message !== null || answer?.about !== 'step') body.replaceChildren(html('p', {'class': 'quiet'}, message ?? ''));
      else {
        place.show(answer.element);
        body.replaceChildren(...contents(answer));
      }
    },
  };
}

function contents(answer: StepAnswer): HTMLElement[] {
  const errors = errorsOf(answer);
  const best = errors.reduce((least, point) => (point.error < least.error ? point : least), errors[0]);
  const kinks = errors.filter(({kink}) => kink).length;
  return [
    html('p', {}, `At ${numberText(answer.value)} the exact derivative is `, html('code', {'class': 'gradient'}, answer.exact.toPrecision(10)), `. The central difference `, mathematics('\\frac{L(x + h) - L(x - h)}{2h}'), ` comes closest with h = ${powerText(best.h)}: it is off by ${powerText(best.error)} of it.`),
    plot(errors, best),
    html('p', {}, html('strong', {}, 'To the right the step is too large: '), 'what the difference leaves out grows with ', mathematics('h^2'), ' (truncation). ', html('strong', {}, 'To the left it is too small: '), 'the two losses agree in almost all digits, and their rounding, divided by ', mathematics('h'), ', takes over.'),
    ...(kinks === 0 ? [] : [html('p', {'class': 'bad'}, `${kinks === 1 ? 'One step crosses a kink' : `${kinks} steps cross a kink`} (drawn hollow): on the other side the code decides otherwise, and the difference says nothing of the derivative here.`)]),
  ];
}

function powerText(value: number): string {
  return value.toExponential(1).replace('e-', 'e−').replace('e+', 'e');
}

const size = {width: 640, height: 320, left: 64, right: 16, top: 28, bottom: 44};

function plot(errors: readonly StepError[], best: StepError): HTMLElement {
  const hs = errors.map(({h}) => Math.log10(h));
  const [leastH, mostH] = [Math.floor(Math.min(...hs)), Math.ceil(Math.max(...hs))];
  const logs = errors.map(({error}) => Math.log10(error));
  const [leastE, mostE] = [Math.floor(Math.min(...logs)), Math.max(Math.ceil(Math.max(...logs)), Math.floor(Math.min(...logs)) + 1)];
  const x = (h: number): number => size.left + (Math.log10(h) - leastH) / (mostH - leastH) * (size.width - size.left - size.right);
  const y = (error: number): number => size.top + (mostE - Math.log10(error)) / (mostE - leastE) * (size.height - size.top - size.bottom);
  const svg = element('svg', {'class': 'plot', viewBox: `0 0 ${size.width} ${size.height}`, role: 'img', 'aria-label': `Error against step size: least, ${powerText(best.error)}, at h = ${powerText(best.h)}`});
  for (let decade = leastH; decade <= mostH; decade += 2) {
    svg.append(element('line', {x1: x(10 ** decade), x2: x(10 ** decade), y1: size.top, y2: size.height - size.bottom, 'class': 'grid'}), text(`1e${decade}`.replace('-', '−'), x(10 ** decade), size.height - size.bottom + 16, 'tick', 'middle'));
  }
  for (let decade = leastE; decade <= mostE; decade += Math.max(1, Math.ceil((mostE - leastE) / 8))) {
    svg.append(element('line', {x1: size.left, x2: size.width - size.right, y1: y(10 ** decade), y2: y(10 ** decade), 'class': 'grid'}), text(`1e${decade}`.replace('-', '−'), size.left - 8, y(10 ** decade) + 4, 'tick', 'end'));
  }
  const smooth = errors.filter(({kink}) => !kink);
  svg.append(
    element('path', {'class': 'curve', d: smooth.map(({h, error}, i) => `${i === 0 ? 'M' : 'L'}${x(h)} ${y(error)}`).join(' ')}),
    ...errors.map(({h, error, kink}) => element('circle', {cx: x(h), cy: y(error), r: h === best.h ? 5.5 : 3.5, 'class': `dot${kink ? ' kink' : ''}${h === best.h ? ' best' : ''}`}, element('title', {}, `h = ${powerText(h)}: off by ${powerText(error)}`))),
    text('step h', size.left + (size.width - size.left - size.right) / 2, size.height - 6, 'axis', 'middle'),
    text('relative error', 8, 14, 'axis'),
    text('← rounding', Math.max(size.left + 8, x(best.h) - 16), size.top + 14, 'side', 'end'),
    text('truncation →', Math.min(size.width - size.right - 100, x(best.h) + 16), size.top + 14, 'side'),
  );
  return html('figure', {'class': 'plot-figure'}, svg);
}
