/** The results of a survey as JUnit XML and as SARIF 2.1.0, for CI services. Pure: results in, text out. */
import type {PairReport} from '../../engine/check/report.ts';
import type {Surveyed} from './survey-threads.ts';

/** One test suite for each file, one test case for each pair: wrong pairs fail, pairs without a verdict are skipped. */
export function junitText(results: readonly Surveyed[]): string {
  const suites = results.map((one) => {
    const cases = one.kind === 'report' ? one.report.pairs.map((pair) => junitCase(one.path, pair)) : [problemCase(one.path, one.why, one.kind)];
    const pairs = one.kind === 'report' ? one.report.pairs : [];
    const failures = pairs.filter(({verdict}) => verdict === 'disagrees').length;
    const skipped = pairs.filter(({verdict}) => verdict !== 'agrees' && verdict !== 'disagrees').length + (one.kind === 'unreadable' ? 1 : 0);
    return `  <testsuite name="${xml(one.path)}" tests="${cases.length}" failures="${failures}" errors="${one.kind === 'failed' ? 1 : 0}" skipped="${skipped}" time="${(one.ms / 1000).toFixed(3)}">\n${cases.join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="backprop-tutor">\n${suites.join('')}</testsuites>\n`;
}

function junitCase(path: string, pair: PairReport): string {
  const head = `    <testcase classname="${xml(path)}" name="${xml(pair.name)}" file="${xml(path)}" line="${pair.backward.line}"`;
  if (pair.verdict === 'agrees') return `${head}/>\n`;
  if (pair.verdict === 'disagrees') return `${head}>\n      <failure message="${xml(pair.reason)}">${xml(placeOf(path, pair))}</failure>\n    </testcase>\n`;
  return `${head}>\n      <skipped message="${xml(`${pair.verdict}: ${pair.reason}`)}"/>\n    </testcase>\n`;
}

function problemCase(path: string, why: string, kind: 'unreadable' | 'failed'): string {
  const element = kind === 'failed' ? 'error' : 'skipped';
  return `    <testcase classname="${xml(path)}" name="file">\n      <${element} message="${xml(why)}"/>\n    </testcase>\n`;
}

function placeOf(path: string, pair: PairReport): string {
  return `${path}:${pair.firstWrong?.line ?? pair.backward.line}: ${pair.reason}`;
}

function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/\n/g, '&#10;');
}

/** One result for each wrong gradient's culprit, at its line. */
export function sarifText(results: readonly Surveyed[], version: string): string {
  const found = results.flatMap((one) => (one.kind === 'report' ? one.report.pairs.filter(({verdict}) => verdict === 'disagrees').flatMap((pair) => sarifResults(one.path, pair)) : []));
  const rules = [...new Set(found.map(({ruleId}) => ruleId))].sort().map((id) => ({id, shortDescription: {text: id.replace(/-/g, ' ')}}));
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
    runs: [{tool: {driver: {name: 'backprop-tutor', version, rules}}, results: found}],
  };
  return `${JSON.stringify(sarif, null, 1)}\n`;
}

interface SarifResult {
  readonly ruleId: string;
  readonly level: 'error';
  readonly message: {readonly text: string};
  readonly locations: readonly unknown[];
}

function sarifResults(path: string, pair: PairReport): SarifResult[] {
  const at = (ruleId: string, text: string, line: number): SarifResult => ({
    ruleId, level: 'error', message: {text: `${pair.name}: ${text}`},
    locations: [{physicalLocation: {artifactLocation: {uri: uriOf(path)}, region: {startLine: line}}}],
  });
  const diagnosed = pair.gradients.flatMap(({diagnosis}) => (diagnosis === undefined ? [] : [at(diagnosis.code, diagnosis.message, diagnosis.line)]));
  return diagnosed.length > 0 ? diagnosed : [at('raises', pair.reason, pair.firstWrong?.line ?? pair.backward.line)];
}

function uriOf(path: string): string {
  return path.replace(/\\/g, '/').replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
}
