/** What operations do to gradients and what problem codes mean, as Markdown for hovers and the code's own page. */
import {explainOperation} from '../../engine/project.ts';
import type {SymbolicShape} from '../../engine/check/report.ts';
import {shapeText} from './wording.ts';

/** Empty when no gradient passes through. `g` is the gradient of the operation's result. */
export function operationText(operation: string, operands: readonly SymbolicShape[], result: SymbolicShape): string {
  const explanation = explainOperation(operation, operands, result);
  if (explanation === null) return '';
  const {pattern, why, pitfalls, pullbacks} = explanation;
  const table = pullbacks.map(({operand, text, shape}) => `d${operand} = ${text}  # ${shapeText(shape)}`).join('\n');
  return [
    `**${pattern}.** ${why}`,
    ...(table === '' ? [] : [`With \`g\` the gradient of the result, ${shapeText(result)}:\n\n\`\`\`python\n${table}\n\`\`\``]),
    ...pitfalls.map((pitfall) => `_Often wrong:_ ${pitfall}`),
  ].join('\n\n');
}

/** Null for a code that does not exist. */
export function codeText(code: string): string | null {
  return code === '' ? null : `# ${code}\n`;
}
