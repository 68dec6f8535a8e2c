/** Which gradient somebody wants explained, and the engine's explanation with places in documents instead of offsets. */
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientExplanation} from '../../../engine/explain/gradient.ts';
import type {ExplainGradientParams, ExplainedGradient, HintStep} from '../../protocol.ts';
import {isWrong} from '../ladder.ts';
import type {Programs} from '../programs.ts';
import type {View} from '../view.ts';
import {pairAt} from './file-state.ts';
import {nameAt, valueOf} from './hover.ts';

export interface Meant {
  readonly pair: PairAnalysis;
  /** The value of the forward whose gradient it is. */
  readonly of: string;
}

/** The gradient or the forward value at a place, else the first wrong gradient of the pair there, else its first. */
export function gradientMeant(view: View, params: ExplainGradientParams, programs: Programs): Meant | null {
  if ('of' in params) {
    const pair = view.known?.analysis.pairs.find(({report}) => report.name === params.pair);
    return pair === undefined ? null : {pair, of: params.of};
  }
  const offset = programs.offset(view.program, params.uri, params.position);
  const pair = pairAt(view, offset);
  if (pair === null) return null;
  const {gradients} = pair.report;
  const name = nameAt(view.program.text, offset)?.text ?? '';
  const named = gradients.find((gradient) => gradient.name === name) ?? gradients.find((gradient) => gradient.of === name);
  if (named !== undefined) return {pair, of: named.of};
  const value = valueOf(view, name, offset)?.value;
  if (value !== undefined) return {pair, of: value.gradient?.of ?? value.name};
  const first = gradients.find(isWrong) ?? gradients.at(0);
  return first === undefined ? null : {pair, of: first.of};
}

export function explainedIn(view: View, {report}: PairAnalysis, explanation: GradientExplanation, programs: Programs, last: HintStep): ExplainedGradient {
  const {program} = view;
  const own = report.gradients.find((gradient) => gradient.of === explanation.of);
  // What a formula of this page says is what a fix would.
  const isOpen = last === 'fix' || report.verdict === 'agrees';
  return {
    ...explanation, uri: program.uri, pair: report.name, verdict: own?.verdict ?? null, isOpen,
    forward: explanation.forward.map(({span, path, ...step}) => ({
      ...step, site: span === null || path !== program.path ? null : programs.site(program, view.now(span.start), view.now(span.end, true)),
    })),
    ...(isOpen ? {} : {backward: [], code: null}),
  };
}
