/**
 * `affine_forward(x, w, b) -> out, cache` with `affine_backward(dout, cache) -> dx, dw, db`, in all its spellings, as
 * functions of a module or methods of a class. `relu` with `relu_backward(dA, Z)` too.
 */
import type {FindContext, Finder} from '../context.ts';
import {directionOf} from '../directions.ts';
import type {Match} from '../matching.ts';
import {classifiedMatches, isBare} from '../matching.ts';
import type {FunctionPair} from '../pair.ts';
import {cacheOf, upstreamOf} from '../roles.ts';

export const findFunctionPairs: Finder = context =>
  classifiedMatches(context).filter(match => match.kind === 'function').map(match => functionPair(context, match));

export function functionPair(context: FindContext, match: Match): FunctionPair {
  const {forward, backward, owner, parameters, results, gradients} = match;
  return {
    pattern: 'function-pair', name: pairName(match), path: context.path, module: context.module,
    spans: [forward.span, backward.span], gradients, forward, backward, owner,
    upstream: upstreamOf(parameters), cache: cacheOf(parameters), parameters, results,
  };
}

/** `affine`, `conv_naive`, `Layer.affine`; the forward's own name where the direction is all there is. */
export function pairName(match: Match): string {
  const {forward, backward, owner} = match;
  const directed = directionOf(backward.name);
  if (owner !== null && match.bare && (directed === null || isBare(directed))) return owner.name;
  const layer = directed === null || match.bare ? forward.name : withoutDirection(backward.name) || forward.name;
  return owner === null ? layer : `${owner.name}.${layer}`;
}

/** `conv_naive` of `conv_backward_naive`. */
export function withoutDirection(name: string): string {
  const parts = name.split('_');
  const at = parts.findIndex(part => /^(?:backwards?|bwd|back|bprop|backprop|vjp|backpropagation)$/i.test(part));
  if (at >= 0) return parts.filter((_, i) => i !== at).join('_').replace(/^_+|_+$/g, '');
  return name.replace(/_?(?:[Bb]ackwards?|Bwd|BackProp|Backprop|Back)(?=[A-Z_]|$)/, '').replace(/^_+/, '');
}
