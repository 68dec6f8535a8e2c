/**
 * What a method of RandomState and Generator is: an ordinary row whose first argument is the generator.
 * The methods that are plain distributions are made from one table here, since both generations have them.
 */
import type {Value} from '../../ndarray/values.ts';
import type {NumpyContext, Row} from '../row.ts';
import type {Source} from './bits.ts';
import * as continuous from './continuous.ts';
import type {Draw} from './continuous.ts';
import * as discrete from './discrete.ts';
import {sampleFrom} from './draw.ts';
import type {Parameter, Rule} from './draw.ts';

/** One method of a generator of type `Self`. */
export interface RandomMethod<Self> {
  readonly name: string;
  /** Parameters with defaults as Python writes them, without `self`. */
  readonly signature: string;
  /** Arguments in the order of the signature, defaults filled in. */
  readonly call: (context: NumpyContext, self: Self, args: readonly Value[]) => Value;
}

/** The method of this name as a row that takes the method's own arguments, or undefined. `made` keeps the rows of `self`. */
export function boundRow<Self>(methods: readonly RandomMethod<Self>[], self: Self, made: Map<string, Row>, name: string): Row | undefined {
  const known = made.get(name);
  if (known !== undefined) return known;
  const found = methods.find((each) => each.name === name);
  if (found === undefined) return undefined;
  const row: Row = {names: [name], signature: found.signature, call: (context, args) => found.call(context, self, args)};
  made.set(name, row);
  return row;
}

interface Distribution {
  readonly name: string;
  readonly parameters: readonly (Parameter & {readonly default: string | null})[];
  readonly draw: Draw;
  readonly dtype: 'float64' | 'int64';
}

function parameter(name: string, rule: Rule = 'any', byDefault: string | null = null): Distribution['parameters'][number] {
  return {name, rule, default: byDefault};
}

function floats(name: string, draw: Draw, ...parameters: Distribution['parameters']): Distribution {
  return {name, parameters, draw, dtype: 'float64'};
}

function integers(name: string, draw: Draw, ...parameters: Distribution['parameters']): Distribution {
  return {name, parameters, draw, dtype: 'int64'};
}

const distributions: readonly Distribution[] = [
  floats('uniform', continuous.uniform, parameter('low', 'any', '0.0'), parameter('high', 'any', '1.0')),
  floats('normal', continuous.normal, parameter('loc', 'any', '0.0'), parameter('scale', 'at least 0', '1.0')),
  floats('exponential', continuous.exponential, parameter('scale', 'at least 0', '1.0')),
  floats('lognormal', continuous.lognormal, parameter('mean', 'any', '0.0'), parameter('sigma', 'at least 0', '1.0')),
  floats('laplace', continuous.laplace, parameter('loc', 'any', '0.0'), parameter('scale', 'at least 0', '1.0')),
  floats('gumbel', continuous.gumbel, parameter('loc', 'any', '0.0'), parameter('scale', 'at least 0', '1.0')),
  floats('logistic', continuous.logistic, parameter('loc', 'any', '0.0'), parameter('scale', 'at least 0', '1.0')),
  floats('gamma', continuous.gamma, parameter('shape', 'at least 0'), parameter('scale', 'at least 0', '1.0')),
  floats('standard_gamma', continuous.standardGamma, parameter('shape', 'at least 0')),
  floats('beta', continuous.beta, parameter('a', 'above 0'), parameter('b', 'above 0')),
  floats('chisquare', continuous.chiSquare, parameter('df', 'above 0')),
  floats('f', continuous.fisher, parameter('dfnum', 'above 0'), parameter('dfden', 'above 0')),
  floats('standard_t', continuous.studentT, parameter('df', 'above 0')),
  floats('standard_cauchy', continuous.cauchy),
  floats('pareto', continuous.pareto, parameter('a', 'above 0')),
  floats('weibull', continuous.weibull, parameter('a', 'at least 0')),
  floats('power', continuous.power, parameter('a', 'above 0')),
  floats('rayleigh', continuous.rayleigh, parameter('scale', 'at least 0', '1.0')),
  floats('triangular', continuous.triangular, parameter('left'), parameter('mode'), parameter('right')),
  integers('binomial', discrete.binomial, parameter('n', 'at least 0'), parameter('p', 'in [0, 1]')),
  integers('poisson', discrete.poisson, parameter('lam', 'a mean', '1.0')),
  integers('geometric', discrete.geometric, parameter('p', 'in (0, 1]')),
  integers('negative_binomial', discrete.negativeBinomial, parameter('n', 'above 0'), parameter('p', 'in (0, 1]')),
];

/** The distributions that both generations offer, as methods. */
export const distributionMethods: readonly RandomMethod<{readonly source: Source}>[] =
  distributions.map(({name, parameters, draw, dtype}) => ({
    name,
    signature: [...parameters.map((p) => p.default === null ? p.name : `${p.name}=${p.default}`), 'size=None'].join(', '),
    call: (context, {source}, args) =>
      sampleFrom(context, source, draw, dtype, parameters, args.slice(0, -1), args[args.length - 1]),
  }));
