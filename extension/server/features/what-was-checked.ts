/** A readable account of what was tried for one document: inputs, sizes, seeds, settings, and what came out. Markdown. */
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientReport} from '../../../engine/check/report.ts';
import {marks, gradientSentence, shapeText, shapeWithSize} from '../wording.ts';
import {mistakeOf} from '../ladder.ts';
import type {Ladder} from '../ladder.ts';
import type {View} from '../view.ts';

export function whatWasChecked(view: View, ladder: Ladder): string | null {
  const {known} = view;
  if (known === null) return null;
  const name = view.program.uri.split('/').at(-1) ?? view.program.uri;
  const {pairs} = known.analysis;
  const intro = pairs.length === 0
    ? 'No forward function with its backward was found, so nothing was checked.'
    : 'Each pair was run by an interpreter on small inputs that were made for it. Gradients were taken exactly, and confirmed by running the forward again along random directions.';
  return [`# What was checked in ${decodeURIComponent(name)}`, intro, ...pairs.map((pair) => account(pair, (gradient) => gradientSentence(gradient, ladder.shown(view.program.uri, mistakeOf(pair, gradient)))))].join('\n\n') + '\n';
}

function account(pair: PairAnalysis, said: (gradient: GradientReport) => string): string {
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
      .map((gradient) => `| \`${gradient.name}\` | \`${gradient.of}\` | ${shapeText(gradient.shape)} | ${marks[gradient.verdict]} ${gradient.verdict} | ${said(gradient)} |`)
      .join('\n'));
  }
  for (const exception of report.exceptions ?? []) sections.push(`Beside the verdict: ${exception.message}`);
  return sections.join('\n\n');
}
