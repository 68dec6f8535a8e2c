/** All conventions that can be recognised by comparing numbers; the ones that need another run are in judge.ts. */
import type {ConventionRule} from './convention.ts';
import {clipped} from './clipped.ts';
import {decayAdded} from './decay-added.ts';
import {descentSign} from './descent-sign.ts';
import {meanFolded} from './mean-folded.ts';
import {meanLoss} from './mean-loss.ts';
import {mergedSoftmax} from './merged-softmax.ts';
import {mergedWithLoss} from './merged-with-loss.ts';
import {numeratorLayout} from './numerator-layout.ts';
import {unitUpstream} from './unit-upstream.ts';

export const conventions: readonly ConventionRule[] = [meanFolded, meanLoss, numeratorLayout, unitUpstream, descentSign, decayAdded, clipped, mergedWithLoss, mergedSoftmax];
