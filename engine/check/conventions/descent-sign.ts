/** `y - p` with `W += ...`: every gradient is the direction of descent, the truth with its sign turned. */
import {inEvery, isMultiple} from './convention.ts';
import type {ConventionRule} from './convention.ts';
import {walk} from '../../python/walk.ts';
import type {Stmt} from '../../python/ast.ts';

export const descentSign: ConventionRule = {
  name: 'descent-sign',
  recognise(pair, trials) {
    const followers = inEvery(trials, (finding) => isMultiple(finding.actual.data, finding.truth.data, -1));
    if (followers === null || trials.some(({findings}) => findings.some((finding) => finding.kind === 'agrees'))) return null;
    const updates: Stmt[] = [];
    for (const statement of pair.module.body) {
      walk(statement, (node) => {
        if (node.kind === 'AugAssign' && node.operator === '+' && node.value.kind === 'Binary' && node.value.operator === '*') updates.push(node);
      });
    }
    return updates.length > 0 ? followers : null;
  },
};
