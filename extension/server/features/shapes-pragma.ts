/** The comment that states the input shapes of a function: the one that is there, or one made of what was found out. */
import type {InputInfo} from '../../../engine/check/analysis.ts';
import type {PragmaResult} from '../../protocol.ts';
import type {Programs} from '../programs.ts';
import {lineEnd, lineText} from '../text.ts';
import type {View} from '../view.ts';
import {shapeText} from '../wording.ts';
import {pairAt} from './file-state.ts';
import {definitionAt} from './hover.ts';

const pragma = /^(\s*)#\s*backprop:\s*(.*)$/;

/** Null outside of any function. The pragma belongs over the forward, which is what is run. */
export function shapesPragma(view: View, offset: number, programs: Programs): PragmaResult | null {
  const {text} = view.program;
  const pair = pairAt(view, offset);
  const line = definitionAt(text, pair === null ? offset : view.now(pair.forwardSpan.start));
  if (line < 0) return null;
  let top = line;
  while (top > 0 && /^\s*@/.test(lineText(text, top - 1))) top--;
  const above = top > 0 ? pragma.exec(lineText(text, top - 1)) : null;
  const start = text.lineStarts[above === null ? top : top - 1];
  return {
    text: above?.[2] ?? (pair?.inputs ?? []).map(inputText).filter((part) => part !== '').join(', '),
    indentation: /^\s*/.exec(lineText(text, top))![0],
    range: programs.site(view.program, start, above === null ? start : lineEnd(text, top - 1)).range,
    replaces: above !== null,
    functionName: /def\s+(\w+)/.exec(lineText(text, line))?.[1] ?? '',
  };
}

function inputText(input: InputInfo): string {
  const simple = /^[A-Za-z_]\w*$/.test(input.name);
  if (!simple || input.role !== 'differentiable') return '';
  return input.shape.length === 0 ? '' : `${input.name} ${shapeText(input.shape)}`;
}
