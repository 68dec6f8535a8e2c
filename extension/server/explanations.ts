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

/** Of the codes that are no kind of mistake in a gradient; those have pages of their own. Null for any other. */
export function codeText(code: string): string | null {
  return Object.hasOwn(codes, code) ? `# ${code}\n\n${codes[code]}\n` : null;
}

const codes: Readonly<Record<string, string>> = {
  'syntax': 'This line could not be read as Python, so it was left out. Everything around it is checked all the same.',
  'unreadable': 'The file could not be read.',
  'wrong-gradient': `What this line computes is not the gradient that its name promises: it was compared, number by number, with the exact one.

What kind of mistake it is, why it is one, and what mends it is told one step at a time: **Next Hint**, the light bulb on the line, or the lens over the function. \`backpropTutor.hints.start\` and \`backpropTutor.hints.last\` say how much is told at once, and how much at most.`,
  'wrong-for-setting': `The gradient is right with ordinary settings, and wrong with the one that the message names, such as \`pad = 0\` or overlapping pooling windows.

The verdict stands, since the text does not promise this setting. Whoever uses the layer with it gets wrong gradients without a warning.`,
  'forward-raises': `The forward function raised an error on inputs of the shapes that its own text states.

Either the shapes in its docstring are out of date, or the code is wrong. With **Set Input Shapes** you can say what the inputs are.`,
  'bad-pragma': 'A `# backprop:` comment could not be understood. It lists inputs with their shapes: `# backprop: x (N, D), y labels(C), reg 0.05`.',
  'inconclusive': `The check could not tell: the exact gradient and a second run along random directions don't agree, or the inputs lie on a kink.

That says nothing against the code.`,
  'unsupported': 'Something in the code is not known to the interpreter that runs it, so the gradients that depend on it are not judged. The message says what, and where.',
};
