/**
 * All kinds of mistakes. The order of the first ones is the order in which a wrong value is asked: what is told by its shape comes
 * before what is told by its numbers, and the last explains everything.
 */
import {unstable} from './unstable.ts';
import {missingTranspose} from './missing-transpose.ts';
import {missingBatchSum} from './missing-batch-sum.ts';
import {wrongAxis} from './wrong-axis.ts';
import {wrongShape} from './wrong-shape.ts';
import {missingUpstream} from './missing-upstream.ts';
import {wrongSign} from './wrong-sign.ts';
import {wrongScale} from './wrong-scale.ts';
import {missingPath} from './missing-path.ts';
import {wrongRegularizationFactor} from './wrong-regularization-factor.ts';
import {missingRegularization} from './missing-regularization.ts';
import {missingMask} from './missing-mask.ts';
import {wrongMask} from './wrong-mask.ts';
import {missingLocalDerivative} from './missing-local-derivative.ts';
import {missingFactor} from './missing-factor.ts';
import {lostDuplicates} from './lost-duplicates.ts';
import {missingAccumulation} from './missing-accumulation.ts';
import {wrongValue} from './wrong-value.ts';
import {swappedOperands} from './swapped-operands.ts';
import {inputMutated} from './input-mutated.ts';
import {staleCache} from './stale-cache.ts';
import {wrongOperation} from './wrong-operation.ts';
import {wrongVariable} from './wrong-variable.ts';
import {wrongIndex} from './wrong-index.ts';
import {offByOne} from './off-by-one.ts';
import {integerTruncation} from './integer-truncation.ts';
import {integerDivision} from './integer-division.ts';
import {swappedReturns} from './swapped-returns.ts';
import {missingGradient} from './missing-gradient.ts';
import {notImplemented} from './not-implemented.ts';
import {tie} from './tie.ts';
import {raises} from './raises.ts';
import {other} from './other.ts';
import type {MistakeKind} from './kind.ts';
import type {DiagnosisCode} from '../report.ts';

export const mistakes: readonly MistakeKind[] = [
  unstable,
  missingTranspose,
  missingBatchSum,
  wrongAxis,
  wrongShape,
  missingUpstream,
  wrongSign,
  wrongScale,
  missingPath,
  wrongRegularizationFactor,
  missingRegularization,
  missingMask,
  wrongMask,
  missingLocalDerivative,
  missingFactor,
  lostDuplicates,
  missingAccumulation,
  wrongValue,
  swappedOperands,
  inputMutated,
  staleCache,
  wrongOperation,
  wrongVariable,
  wrongIndex,
  offByOne,
  integerTruncation,
  integerDivision,
  swappedReturns,
  missingGradient,
  notImplemented,
  tie,
  raises,
  other,
];

const byCode = new Map<DiagnosisCode, MistakeKind>(mistakes.map((kind) => [kind.code, kind]));

export function kindOf(code: DiagnosisCode): MistakeKind {
  return byCode.get(code) ?? other;
}
