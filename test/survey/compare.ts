/**
 * What a reader labelled against what was found: which labelled pairs were found, which found pairs nobody labelled. Pure:
 * labels and reports in, matches and sums out; knows nothing of files, threads or printing.
 */
import type {PairReport, Verdict} from '../../engine/check/report.ts';

/** One half of a labelled pair: `affine_forward`, `Net.loss`, `Value.__add__._backward`; no name for a place in a script. */
export interface LabelledPlace {
  readonly name: string | null;
  /** Line of the `def`, from 1. */
  readonly line: number;
}

export interface LabelledPair {
  readonly forward: LabelledPlace;
  readonly backward: LabelledPlace;
  /** The gradients as the backward names them, where the reader could easily say. */
  readonly gives?: readonly string[];
  /** People may differ about it: neither missed when it is not found nor wrong when it is. */
  readonly optional?: boolean;
}

/** One file of the list, as a line of labels.jsonl. */
export interface LabelledFile {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
  readonly family: string;
  readonly pairs: readonly LabelledPair[];
}

export type FoundPair = Pick<PairReport, 'name' | 'pattern' | 'forward' | 'backward' | 'verdict' | 'reason'>;

export interface Match {
  readonly label: LabelledPair;
  /** What was found for it, or null. */
  readonly found: FoundPair | null;
  /** The backward is the labelled one and the forward is another. */
  readonly otherForward: boolean;
}

export interface Comparison {
  readonly matches: readonly Match[];
  /** Pairs that were found and are no label's. */
  readonly unlabelled: readonly FoundPair[];
}

/** How far from the labelled line a script's first gradient may be reported. */
const SCRIPT_SLACK = 15;

const DECIDED: ReadonlySet<Verdict> = new Set<Verdict>(['agrees', 'disagrees']);

/**
 * Gives each label at most one found pair and each found pair at most one label: first by backward and forward, then by
 * backward alone, scripts last by the nearest line.
 */
export function compare(labels: readonly LabelledPair[], found: readonly FoundPair[]): Comparison {
  const matched = new Map<LabelledPair, FoundPair>();
  const taken = new Set<FoundPair>();
  const give = (fits: (label: LabelledPair, pair: FoundPair) => boolean): void => {
    for (const label of labels) {
      if (matched.has(label)) continue;
      const pair = found.filter((one) => !taken.has(one) && fits(label, one))
        .sort((a, b) => Math.abs(a.backward.line - label.backward.line) - Math.abs(b.backward.line - label.backward.line)).at(0);
      if (pair === undefined) continue;
      matched.set(label, pair);
      taken.add(pair);
    }
  };
  give((label, pair) => isAt(pair.backward, label.backward) && isAt(pair.forward, label.forward));
  give((label, pair) => isAt(pair.backward, label.backward));
  give((label, pair) => label.backward.name === null && pair.pattern === 'script' && Math.abs(pair.backward.line - label.backward.line) <= SCRIPT_SLACK);
  return {
    matches: labels.map((label) => {
      const pair = matched.get(label) ?? null;
      return {label, found: pair, otherForward: pair !== null && label.forward.name !== null && !isAt(pair.forward, label.forward)};
    }),
    unlabelled: found.filter((pair) => !taken.has(pair)),
  };
}

/** Whether a reported definition is the labelled one: the same line, and the same last part of the name where both have one. */
function isAt(place: {readonly name: string; readonly line: number}, label: LabelledPlace): boolean {
  return label.name !== null && place.line === label.line && (place.name === '' || lastPart(place.name) === lastPart(label.name));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

export interface Tally {
  files: number;
  /** Labelled pairs that are not optional, those of them that were found, and those that ended in agrees or disagrees. */
  labelled: number;
  found: number;
  decided: number;
  /** Found pairs that are no label's. */
  unlabelled: number;
}

/** Sums of some files. */
export function tally(comparisons: readonly Comparison[]): Tally {
  const sum: Tally = {files: comparisons.length, labelled: 0, found: 0, decided: 0, unlabelled: 0};
  for (const {matches, unlabelled} of comparisons) {
    for (const {label, found} of matches) {
      if (label.optional === true) continue;
      sum.labelled++;
      if (found === null) continue;
      sum.found++;
      if (DECIDED.has(found.verdict)) sum.decided++;
    }
    sum.unlabelled += unlabelled.length;
  }
  return sum;
}

/** The labelled pairs without agrees or disagrees, optional ones left out, by their reason with numbers left out, most frequent first. */
export function undecided(comparisons: readonly Comparison[]): readonly {readonly reason: string; readonly count: number}[] {
  const counts = new Map<string, number>();
  for (const {label, found} of comparisons.flatMap(({matches}) => matches)) {
    if (label.optional === true || found === null || DECIDED.has(found.verdict)) continue;
    const reason = `${found.verdict}: ${found.reason.replace(/ A comment such as .*$/, '').replace(/\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, '#')}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({reason, count})).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
