/** A loss layer's `backward(dout=1)` that ignores dout: right for the only upstream that it is ever called with. */
import {SMALL_EPSILON, inEvery, isMultiple} from './convention.ts';
import type {ConventionRule} from './convention.ts';

export const unitUpstream: ConventionRule = {
  name: 'unit-upstream',
  recognise(pair, trials) {
    if (!('upstream' in pair) || pair.upstream === null) return null;
    const parameter = pair.backward.params.find(({name}) => name === pair.upstream);
    if (parameter?.default?.kind !== 'Number' || Number(parameter.default.value) !== 1) return null;
    return inEvery(trials, (finding, {trial}) => {
      if (trial.upstreams.length !== 1 || trial.upstreams[0].data.length !== 1) return false;
      return isMultiple(finding.actual.data, finding.truth.data, 1 / trial.upstreams[0].data[0], SMALL_EPSILON);
    });
  },
};
