/** What a tab beside the graph is made of: one element, which is shown again for each state. */
import type {Question} from '../engine/graph/study.ts';
import {html, numberField} from './controls.ts';
import type {NumberField} from './controls.ts';
import {lettersOf, sizesOf} from './amounts.ts';
import type {PanelState} from './state.ts';
import type {Action} from './state.ts';

export interface StudyTab {
  readonly panel: HTMLElement;
  show(state: PanelState): void;
}

export type Dispatch = (action: Action) => void;

/** The letters with a field for the size of each. */
export interface SizeFields {
  readonly element: HTMLElement;
  show(state: PanelState): void;
}

export function sizeFields(dispatch: Dispatch): SizeFields {
  const element = html('div', {'class': 'sizes', role: 'group', 'aria-label': 'Sizes to reckon with'});
  let fields = new Map<string, NumberField>();
  return {
    element,
    show({picture, sizes: typed}) {
      const letters = picture === null ? [] : lettersOf(picture);
      if (letters.join() !== [...fields.keys()].join()) {
        fields = new Map(letters.map((letter) => [letter, numberField(letter, `Size of ${letter}`, 1, (size) => { dispatch({type: 'size', letter, size}); })]));
        element.replaceChildren(...(letters.length === 0 ? [] : [html('span', {}, 'Reckon with')]), ...[...fields.values()].map((field) => field.element));
      }
      if (picture === null) return;
      const sizes = sizesOf(picture, typed);
      for (const [letter, field] of fields) field.show(sizes.get(letter)!);
    },
  };
}

/** What is said while there is no answer; null when there is one. */
export function waiting({picture, answers}: PanelState, question: Question | null, key: string): string | null {
  if (picture === null) return 'There is no graph.';
  if (question === null) return 'There is nothing here to look at.';
  const known = answers.get(key);
  if (known === undefined) return 'Working it out …';
  return known.answer === null ? 'This cannot be worked out for the code as it is now.' : null;
}
