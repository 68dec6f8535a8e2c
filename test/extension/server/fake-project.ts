/**
 * A stand-in for the engine whose answers follow from the text by rules that a test can state: pairs are `X_forward` with
 * `X_backward`; every assignment has the shape (N, number of letters of its name); in a backward, `dX` is ∂L/∂X, and
 * wrong when its line says WRONG, and wrong because of such a line when its own says SPOILED. A line with an unclosed parenthesis can't be read.
 */
import type {FileAnalysis, JudgedPair, ValueInfo} from '../../../engine/check/analysis.ts';
import type {GradientReport, ProblemReport} from '../../../engine/check/report.ts';
import type {AnalyzeOptions, Host, Project} from '../../../engine/project.ts';

/** What a test may do to a running analysis. */
export interface FakeControl {
  /** Called before each pair. */
  beforePair?: (name: string) => void;
  /** Every pair takes so many units. */
  units?: number;
  /** How often an analysis was begun. */
  begun: number;
  /** The offset given with the last one. */
  first?: number | undefined;
}

/** Each analysis judges anew. */
let judgements = 0;

export function fakeProject(control: FakeControl): (host: Host) => Project {
  return (host) => {
    const texts = new Map<string, string>();
    return {
      update(path, text) {
        if (text === null) texts.delete(path);
        else texts.set(path, text);
      },
      graphOf: () => null,
      studyOf: () => null,
      explainGradientOf: () => null,
      proofOf: (_path, pair) => ({script: `# proof of ${pair}`, problem: ''}),
      * analyze(path, options: AnalyzeOptions = {}) {
        control.begun++;
        control.first = options.first;
        const text = texts.get(path) ?? host.readFile(path) ?? '';
        for (const match of text.matchAll(/^from (\w+) import/gm)) {
          const other = `${path.slice(0, path.lastIndexOf('/'))}/${match[1]}.py`;
          if (!texts.has(other)) host.readFile(other);
        }
        const all = fakeAnalysis(path, text);
        const whole = (count: number): FileAnalysis => ({
          report: {...all.report, pairs: all.report.pairs.slice(0, count)},
          pairs: all.pairs.slice(0, count), inferred: [],
        });
        for (const [index, pair] of all.pairs.entries()) {
          if (options.shouldStop?.() === true) return whole(index);
          control.beforePair?.(pair.report.name);
          for (let unit = 0; unit < (control.units ?? 1); unit++) {
            yield {pair: pair.report.name, setting: '', ran: true, partial: () => whole(index)};
          }
        }
        return all;
      },
    };
  };
}

export function fakeAnalysis(path: string, text: string): FileAnalysis {
  const lines = text.split(/(?<=\n)/);
  const definitions = new Map<string, {readonly line: number; readonly start: number; readonly values: ValueInfo[]}>();
  const problems: ProblemReport[] = [];
  let offset = 0;
  let current: ValueInfo[] = [];
  for (const [index, content] of lines.entries()) {
    const code = content.replace(/#.*/, '');
    const definition = /^def (\w+)/.exec(content);
    const assignment = /^(\s+)(\w+) = (.*?)\s*(#.*)?$/m.exec(content);
    if (definition !== null) {
      current = [];
      definitions.set(definition[1], {line: index + 1, start: offset + 4, values: current});
    }
    if (code.split('(').length !== code.split(')').length) {
      problems.push({code: 'syntax', severity: 'information', line: index + 1, column: 1, message: 'this line cannot be read'});
    } else if (assignment !== null) {
      const name = assignment[2];
      const start = offset + assignment[1].length;
      const wrong = content.includes('WRONG');
      current.push({
        name, span: {start, end: start + name.length}, statement: {start, end: start + `${name} = ${assignment[3]}`.length},
        shape: ['N', name.length], size: [3, name.length], dtype: 'float64',
        preview: {first: [1, 2, 3], count: 3 * name.length, min: 1, max: 3, mean: 2, nans: 0},
        gradient: /^d\w/.test(name) ? {of: name.slice(1), status: content.includes('SPOILED') ? 'spoiled' : wrong ? 'disagrees' : 'agrees', error: wrong ? 0.5 : 0, note: wrong ? 'Half of it is missing.' : 'Equal to it.'} : null,
      });
    }
    offset += content.length;
  }
  const pairs: JudgedPair[] = [];
  for (const [name, forward] of definitions) {
    const backward = definitions.get(name.replace('_forward', '_backward'));
    if (!name.endsWith('_forward') || backward === undefined) continue;
    const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
    const gradients = backward.values.filter((value) => value.gradient !== null).map((value): GradientReport => {
      const line = lineOf(value.span.start);
      const {status} = value.gradient!;
      const wrong = status === 'disagrees';
      const cause = lines.findIndex((content) => content.includes('WRONG')) + 1;
      return {
        of: value.gradient!.of, name: value.name, line, shape: value.shape, size: value.size, expectedSize: value.size,
        verdict: status === 'agrees' ? 'agrees' : 'disagrees', ...(status === 'spoiled' ? {causedBy: cause} : {}), maxRelativeError: value.gradient!.error, kinks: 0,
        ...(wrong ? {
          diagnosis: {code: 'wrong-scale', line, message: `${value.name} is half of what it should be`},
          witness: {index: [0, 1], expected: 1.5, actual: 3},
        } : {}),
      };
    });
    const wrong = gradients.some((gradient) => gradient.verdict === 'disagrees');
    pairs.push({
      report: {
        name: name.replace('_forward', ''), pattern: 'function-pair',
        forward: {name, line: forward.line}, backward: {name: name.replace('_forward', '_backward'), line: backward.line},
        verdict: wrong ? 'disagrees' : 'agrees', reason: wrong ? 'a gradient differs' : 'every gradient agrees', inputs: [], gradients,
      },
      forwardSpan: {start: forward.start, end: forward.start + name.length},
      backwardSpan: {start: backward.start, end: backward.start + name.length + 1},
      inputs: [{name: 'x', shape: ['N', 'D'], size: [3, 5], role: 'differentiable', origin: 'docstring', span: null}],
      values: [...forward.values, ...backward.values],
      operations: [],
      tried: ['seed 0'],
      judgement: ++judgements, anchors: [],
    });
  }
  return {
    report: {path, pairs: pairs.map((pair) => pair.report), hints: [], inferred: [], problems, timeMs: {parse: 0, analyze: 0}},
    pairs, inferred: [],
  };
}
