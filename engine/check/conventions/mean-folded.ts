/**
 * deeplearning.ai: the cost is a mean over m examples, and 1/m is folded into dW and db while dA_prev is not scaled.
 * Right only as a part of the whole model; claimed only when every parameter of the layer follows it, and no data gradient does:
 * the backward gives one that is not scaled, or none at all.
 */
import type {Finding} from '../verdicts.ts';
import {inEvery, isMultiple} from './convention.ts';
import type {ConventionRule, Judged} from './convention.ts';

export const meanFolded: ConventionRule = {
  name: 'mean-folded',
  recognise(_pair, trials) {
    const unscaled = trials.every(({findings}) => findings.some((finding) => finding.kind === 'agrees'));
    if (!unscaled && !trials.every(({findings}) => findings.length > 1 && findings.every(isParameter))) return null;
    const followers = inEvery(trials, (finding, judged) => {
      const m = batchSizes(judged);
      return finding.comparison.difference === 'value' && m.some((size) => isMultiple(finding.actual.data, finding.truth.data, 1 / size));
    });
    if (followers === null) return null;
    const parameters = trials[0].findings.filter((finding) => isParameter(finding)).map((finding) => finding.gradient.name);
    return parameters.every((name) => followers.has(name)) ? followers : null;
  },
};

/** Candidates for m: the first and last axis of the data whose gradient agrees, or of the inputs where the backward gives none of data. */
function batchSizes({findings, attempt}: Judged): number[] {
  const sizes = new Set<number>();
  const known = findings.flatMap((finding) => (finding.kind === 'agrees' ? [finding.truth.shape] : []));
  for (const shape of findings.every(isParameter) ? attempt.made.map((fact) => fact.shape) : known) {
    if (shape.length < 2) continue;
    sizes.add(shape[0]);
    sizes.add(shape.at(-1)!);
  }
  sizes.delete(1);
  return [...sizes];
}

/** Weights and biases by the names that people give them. */
function isParameter(finding: Finding): boolean {
  return /^(self\.)?(params\[')?([wWbBvVuU]|gamma|beta|weights?|bias(es)?)(\d*|_.*|[a-z]{0,2}\d*)('\])?$/.test(finding.gradient.of.replace(/\['(?:val(?:ues?)?|data|param(?:eter)?|array)'\]$/, ''));
}
