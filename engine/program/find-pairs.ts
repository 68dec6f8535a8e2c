/**
 * All gradient pairs of a file: the finders of pairs/ in a fixed order, joined so that no backward is claimed twice.
 * Purely static and total: any tree gives a list.
 */
import type {ClassDef, FunctionDef, Module} from '../python/ast.ts';
import type {FindContext, Finder} from './context.ts';
import {definitionsOf} from './definitions.ts';
import {kindOf, matchOf} from './matching.ts';
import type {Match} from './matching.ts';
import type {Pair} from './pair.ts';
import {findClassPairs} from './pairs/class.ts';
import {derivativePair, findDerivativePairs} from './pairs/derivative-pair.ts';
import {findEnginePairs} from './pairs/engine.ts';
import {findFunctionPairs, functionPair} from './pairs/function-pair.ts';
import {findLossPairs} from './pairs/loss-with-gradients.ts';
import {findScriptPairs} from './pairs/script.ts';
import {findStepPairs, stepPair} from './pairs/step-functions.ts';
import {findTorchPairs} from './pairs/torch.ts';
import {pairPragmas} from './pragma.ts';
import type {PairPragmas} from './pragma.ts';

const FINDERS: readonly Finder[] = [
  findTorchPairs, findEnginePairs, findLossPairs, findClassPairs, findFunctionPairs, findStepPairs, findDerivativePairs, findScriptPairs,
];

/** The pairs of a file in text order; names are unique within the file. */
export function findPairs(path: string, text: string, module: Module): readonly Pair[] {
  const pragmas = pairPragmas(module, text);
  if (pragmas.ignoresFile) return [];
  const context: FindContext = {path, text, module, definitions: definitionsOf(module), ignored: definition => pragmas.ignored.has(definition)};
  const claimed = new Set<FunctionDef>();
  const pairs: Pair[] = [];
  const claim = (pair: Pair): void => {
    if (pair.pattern !== 'script') {
      if (claimed.has(pair.backward)) return;
      claimed.add(pair.backward);
    }
    pairs.push(pair);
  };
  statedPairs(context, pragmas).forEach(claim);
  for (const find of FINDERS) find(context).forEach(claim);
  pairs.sort((a, b) => a.spans[0].start - b.spans[0].start || backwardStart(a) - backwardStart(b));
  return withUniqueNames(pairs);
}

/** Where a pair's backward begins in the text. */
function backwardStart(pair: Pair): number {
  return pair.pattern === 'script' ? pair.backward[0]?.span.start ?? 0 : pair.backward.span.start;
}

function statedPairs(context: FindContext, pragmas: PairPragmas): readonly Pair[] {
  return pragmas.stated.flatMap(({forward, backward}): readonly Pair[] => {
    const there = lookUp(context, forward);
    const back = lookUp(context, backward);
    if (there === null || back === null) return [];
    const match = withUpstream(matchOf(context, there.definition, back.definition, back.owner, {bare: false, stated: true}));
    switch (kindOf(context, match)) {
      case 'step':
        return [stepPair(context, match)];
      case 'derivative':
        return [derivativePair(context, match, match.forward.name)];
      default:
        return [functionPair(context, match)];
    }
  });
}

/** What is stated to be a backward takes its upstream gradient first, under whatever name. */
function withUpstream(match: Match): Match {
  const first = match.parameters.find(parameter => parameter.role !== 'self');
  if (first?.role !== 'unknown' || match.parameters.some(parameter => parameter.role === 'upstream')) return match;
  return {...match, parameters: match.parameters.map(parameter => parameter === first ? {...parameter, role: 'upstream'} : parameter)};
}

function lookUp(context: FindContext, name: string): {readonly definition: FunctionDef; readonly owner: ClassDef | null} | null {
  const {functions, classes} = context.definitions;
  const [first, second] = name.includes('.') ? name.split('.') : [null, name];
  const definition = functions.get(name);
  if (definition !== undefined) return {definition, owner: null};
  for (const owner of classes.values()) {
    if (first !== null && owner.name !== first) continue;
    const method = context.definitions.methods(owner).get(second);
    if (method !== undefined) return {definition: method, owner};
  }
  return null;
}

/** A second pair of one name is numbered: `script`, `script_2`. */
function withUniqueNames(pairs: readonly Pair[]): readonly Pair[] {
  const seen = new Map<string, number>();
  return pairs.map(pair => {
    const count = (seen.get(pair.name) ?? 0) + 1;
    seen.set(pair.name, count);
    return count === 1 ? pair : {...pair, name: `${pair.name}_${count}`};
  });
}
