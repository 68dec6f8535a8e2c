/** What the page wants to know for what it shows: the question of each tab. Pure. */
import type {Question} from '../engine/graph/study.ts';
import type {PanelNode} from './protocol.ts';
import {keyOf, walkOf} from './state.ts';
import type {PanelState, Tab} from './state.ts';

/** The question behind a tab; null when it has none. */
export function questionOf(state: PanelState, tab: Tab = state.tab): Question | null {
  const {picture, chosen} = state;
  if (picture === null) return null;
  switch (tab) {
    case 'graph': {
      const node = walkOf(state).current?.id ?? state.selected;
      return node === null || !picture.nodes.some(({id}) => id === node) ? null : {about: 'values', node};
    }
    case 'gradients': return null;
    case 'jacobian': {
      const pair = pairOf(state);
      return pair === null ? null : {about: 'jacobian', from: pair[0].id, to: pair[1].id};
    }
    case 'cost': return {about: 'cost'};
    case 'step': {
      const of = inputOf(state);
      return of === null ? null : {about: 'step', of, element: chosen.element};
    }
    case 'curvature': {
      const of = inputOf(state);
      return of === null ? null : {about: 'curvature', of};
    }
  }
}

/** The question that is to be asked now: it has not been answered for this picture. */
export function openQuestion(state: PanelState): Question | null {
  const question = questionOf(state);
  return question === null || state.answers.get(keyOf(question))?.round === state.round ? null : question;
}

/** The pair of values of the Jacobian: as chosen, else the selected one and what it is first made of, else the last. */
export function pairOf({picture, chosen, selected}: PanelState): readonly [PanelNode, PanelNode] | null {
  if (picture === null) return null;
  const node = (id: string | null): PanelNode | undefined => picture.nodes.find((candidate) => candidate.id === id);
  const operations = picture.nodes.filter(({kind}) => kind === 'operation');
  const chosenNode = node(selected);
  const to = node(chosen.to) ?? (chosenNode?.kind === 'operation' ? chosenNode : undefined) ?? operations.find(({names}) => names.length > 0) ?? operations.at(0);
  if (to === undefined) return null;
  const from = node(chosen.from) ?? node(picture.edges.find((edge) => edge.to === to.id && !edge.carried)?.from ?? null);
  return from === undefined ? null : [from, to];
}

/** The input that steps and curvature are about. */
export function inputOf({picture, chosen, selected}: PanelState): string | null {
  const inputs = picture?.nodes.filter(({kind}) => kind === 'input') ?? [];
  const found = inputs.find(({id}) => id === chosen.input) ?? inputs.find(({id}) => id === selected) ?? inputs.at(0);
  return found?.label ?? null;
}
