/**
 * `npm run fuzz [count] [seed]`: random mutations of the examples, each analysed to its end. Counts what was found; ends with
 * exit code 1 if anything was thrown, or if a run used more than its budget. Prints every text that did.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {Budget} from '../../engine/ndarray/context.ts';
import {createProject} from '../../engine/project.ts';
import {mutate, seeded} from '../support/mutate.ts';

const count = Number(process.argv[2] ?? 10_000);
const firstSeed = Number(process.argv[3] ?? 1);
const folder = new URL('../../examples/', import.meta.url);
const texts = readdirSync(folder).filter((name) => name.endsWith('.py')).sort().map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** A run may use this many steps, and one unit a few runs: what is far beyond hangs. */
const MOST_STEPS_IN_A_UNIT = 60_000_000;
let steps = 0;
const spend = Object.getOwnPropertyDescriptor(Budget.prototype, 'spend')!.value as (this: Budget, count: number) => void;
Object.defineProperty(Budget.prototype, 'spend', {value(this: Budget, charged: number) {
  steps += charged;
  spend.call(this, charged);
}});

const verdicts = new Map<string, number>();
let crashes = 0;
let overspent = 0;
let units = 0;
let slowest = 0;
let mostSteps = 0;
const began = performance.now();

for (let i = 0; i < count; i++) {
  const random = seeded(firstSeed + i);
  const text = mutate(texts[i % texts.length], texts, random);
  const start = performance.now();
  try {
    const project = createProject({readFile: () => null, now: () => performance.now()});
    project.update('fuzz.py', text);
    const generator = project.analyze('fuzz.py');
    steps = 0;
    let step = generator.next();
    for (; !step.done; step = generator.next()) {
      units++;
      mostSteps = Math.max(mostSteps, steps);
      if (steps > MOST_STEPS_IN_A_UNIT) {
        overspent++;
        process.stdout.write(`mutation ${firstSeed + i}: a unit of ${step.value.pair} took ${steps} steps\n${text}\n`);
      }
      steps = 0;
    }
    for (const {verdict} of step.value.report.pairs) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  } catch (error) {
    crashes++;
    process.stdout.write(`mutation ${firstSeed + i} throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${text}\n`);
  }
  const took = performance.now() - start;
  if (took > slowest) {
    slowest = took;
    if (took > 1000) process.stdout.write(`mutation ${firstSeed + i} took ${Math.round(took)} ms\n`);
  }
  if ((i + 1) % 1000 === 0) process.stdout.write(`${i + 1} mutations, ${Math.round((performance.now() - began) / 1000)} s\n`);
}

const found = [...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(', ');
process.stdout.write(`${count} mutations, ${units} units: ${crashes} crashes, ${overspent} over budget; slowest ${Math.round(slowest)} ms, largest unit ${mostSteps} steps; verdicts: ${found}\n`);
process.exitCode = crashes + overspent > 0 ? 1 : 0;
