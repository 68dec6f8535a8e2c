/**
 * The rows of `np.random`: the functions of the global RandomState, and the constructors of generators.
 */
import {PyError} from '../../ndarray/errors.ts';
import type {Row} from '../row.ts';
import {defaultRng} from './generator.ts';
import {RandomState, globalState, legacyMethods} from './randomstate.ts';

const constructors: readonly Row[] = [
  {
    names: ['np.random.RandomState', 'np.random.mtrand.RandomState'],
    signature: 'seed=None',
    call: (context, [seed]) => RandomState.seeded(context, seed),
  },
  {
    names: ['np.random.default_rng'],
    signature: 'seed=None',
    call: (context, [seed]) => defaultRng(context, seed),
  },
  {
    names: ['np.random.Generator'],
    signature: 'bit_generator',
    call: (context, [bits]) => {
      if (bits === null) throw new PyError('TypeError', 'a Generator needs a bit generator');
      return defaultRng(context, bits);
    },
  },
  {
    names: ['np.random.PCG64'],
    signature: 'seed=None',
    call: (context, [seed]) => defaultRng(context, seed),
  },
];

/** Every function of `np.random`. */
export const randomRows: readonly Row[] = [
  ...legacyMethods.map(({name, signature, call}): Row => ({
    names: [`np.random.${name}`],
    signature,
    call: (context, args) => call(context, globalState(context), args),
  })),
  ...constructors,
];
