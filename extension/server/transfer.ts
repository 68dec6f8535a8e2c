/**
 * Sends analyses from the engine's thread to the server: of a pair that was sent before and has only moved with the text,
 * just where it stands now. Both sides remember the last analysis of each program. Plain data in, plain data out.
 */
import type {Anchors, FileAnalysis, JudgedPair} from '../../engine/check/analysis.ts';
import {moveBetween, relocateAnalysis} from '../../engine/project.ts';

/** A pair in full, or which of the last analysis it is and where that stands now. */
type PackedPair = JudgedPair | {readonly last: number; readonly anchors: Anchors};

export interface PackedAnalysis {
  readonly report: Omit<FileAnalysis['report'], 'pairs' | 'hints' | 'inferred'>;
  readonly pairs: readonly PackedPair[];
  readonly inferred: FileAnalysis['inferred'];
}

/** The engine's side. */
export class Sender {
  private readonly sent = new Map<string, readonly JudgedPair[]>();

  pack(programPath: string, {report, pairs, inferred}: FileAnalysis): PackedAnalysis {
    const last = this.sent.get(programPath) ?? [];
    const places = new Map(last.map(({judgement}, index) => [judgement, index]));
    this.sent.set(programPath, pairs);
    const {path, problems, timeMs} = report;
    return {
      report: {path, problems, timeMs},
      pairs: pairs.map((pair): PackedPair => {
        const index = places.get(pair.judgement);
        return index === undefined ? pair : {last: index, anchors: pair.anchors};
      }),
      inferred,
    };
  }

  /** The program was closed. */
  forget(programPath: string): void {
    this.sent.delete(programPath);
  }
}

/** The server's side. The server makes its hints of the pairs' values, so that those of the report are left out. */
export class Receiver {
  private readonly received = new Map<string, readonly JudgedPair[]>();

  unpack(programPath: string, {report, pairs, inferred}: PackedAnalysis): FileAnalysis {
    const last = this.received.get(programPath) ?? [];
    const full = pairs.map((pair): JudgedPair => ('last' in pair ? at(last[pair.last], pair.anchors) : pair));
    this.received.set(programPath, full);
    return {report: {...report, pairs: full.map((pair) => pair.report), hints: [], inferred: []}, pairs: full, inferred};
  }

  /** Only when the engine's side says that it has: what was sent before that may still refer to it. */
  forget(programPath: string): void {
    this.received.delete(programPath);
  }
}

function at(pair: JudgedPair, anchors: Anchors): JudgedPair {
  const move = moveBetween(pair.anchors, anchors);
  return move === null ? pair : {...relocateAnalysis(pair, move), judgement: pair.judgement, anchors};
}
