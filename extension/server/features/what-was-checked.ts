/** A readable account of what was tried for one document: inputs, sizes, seeds, settings, and what came out. Markdown. */
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import {marks, gradientSentence, shapeText, shapeWithSize} from '../wording.ts';
import type {View} from '../view.ts';

export function whatWasChecked(view: View): string | null {
  const {known} = view;
  if (known === null) return null;
  const name = view.program.uri.split('/').at(-1) ?? view.program.uri;
  const {pairs} = known.analysis;
  const intro = pairs.length === 0
    ? 'No forward function with its backward was found, so nothing was checked.'
    : 'Each pair was run by an interpreter on small inputs that were made for it. Gradients were taken exactly, and confirmed by running the forward again along random directions.';
  return [`# What was checked in ${decodeURIComponent(name)}`, intro, ...pairs.map(account)].join('\n\n') + '\n';
}

function account(pair: PairAnalysis): string {
  const {report} = pair;
  const halves = report.forward.line === report.backward.line
    ? `\`${report.forward.name}\` (line ${report.forward.line})`
    : `\`${report.forward.name}\` (line ${report.forward.line}) with \`${report.backward.name}\` (line ${report.backward.line})`;
  const sections = [`## ${marks[report.verdict]} ${report.name}`, `${halves}: **${report.verdict}**. ${report.reason}`];
  if (pair.inputs.length > 0) {
    sections.push('| input | shape | role | known from |\n| --- | --- | --- | --- |\n'
      + pair.inputs.map((input) => `| \`${input.name}\` | ${shapeWithSize(input.shape, input.size)} | ${input.role} | ${input.origin} |`).join('\n'));
  }
  if (pair.tried.length > 0) sections.push(`Tried: ${pair.tried.map((setting) => `\`${setting}\``).join(', ')}.`);
  if (report.gradients.length > 0) {
    sections.push('| gradient | of | shape | verdict | |\n| --- | --- | --- | --- | --- |\n' + report.gradients
      .map((gradient) => `| \`${gradient.name}\` | \`${gradient.of}\` | ${shapeText(gradient.shape)} | ${marks[gradient.verdict]} ${gradient.verdict} | ${gradientSentence(gradient)} |`)
      .join('\n'));
  }
  for (const exception of report.exceptions ?? []) sections.push(`Beside the verdict: ${exception.message}`);
  return sections.join('\n\n');
}
