/**
 * The grammar of names: which value a gradient's name speaks of (`dW1` of `W1`, `grad_x` of `x`, `dL_dout` of `out`),
 * and which half of a pair a function's name announces (`conv_backward_naive`). Names only; no trees.
 */
import {byName} from './by-name.ts';

/**
 * The forward name that a gradient's name speaks of, among the known ones, or null; earlier names win ties. Loosely:
 * also in another case, with its words in another order, in the plural, `w` for `weight`.
 */
export function speaksOf(gradient: string, known: readonly string[], loose = true): string | null {
  for (const stem of gradientStems(gradient)) {
    if (known.includes(stem)) return stem;
    const found = loose ? match(stem, known) : null;
    if (found !== null) return found;
  }
  return null;
}

/** `grad`, `gradients`, `dparams`: a name that says gradient but not of what. */
export function isGenericGradient(name: string): boolean {
  return /^(_|self\.)*(d|g|gr|grad|grads|gradient|gradients|grad_all|all_grads|dgrad|delta|deltas|nabla|jac|jacobian|derivative|derivatives|deriv|gradients?_dict|grads?_dict|dparams?|d_params?|param_grads|grad_params)$/i
    .test(name);
}

/** Whether a name says by itself that it is a gradient: `grad_x`, `x_grad`, `dL_dW`, `d_out`, `nabla_w`. */
export function announcesGradient(name: string): boolean {
  return /grad|nabla|^d_[a-z]|^d[A-Z]|^d[a-z]{0,4}_?d_?[A-Z_]\w*$|^d(?:[LJEfl]|loss)_?d\w+|delta|deriv/.test(name)
    && !/^(?:is|has|use|n|num|requires?|check)_?grad|numeric|grad_?check|approx/i.test(name);
}

/** What may stand, by its name, for the gradient that flows in from above. */
export function isUpstreamName(name: string): boolean {
  return isStrongUpstream(name) || isWeakUpstream(name);
}

const ORDINARY = /^(?:d|data\w*|dims?\w*|depth\w*|dict\w*|device|debug|dt|dist\w*|duration|direction|delay|dtype|domain|date\w*|day\w*|default\w*|drop\w*|desc\w*|digits?|decay\w*|degrees?|doc\w*|done|dir\w*|discount\w*|density|diag\w*|dense|diff\w*|divisor)$/i;

/** `dout`, `dA`, `grad_output`, `dLdZ`, `gy`, `accum_grad`, `d_values`: hardly anything else is called so. */
export function isStrongUpstream(name: string): boolean {
  if (ORDINARY.test(name) || /^(?:retain|return|compute|needs?|requires|use|is|has|update|clip|check|with|no|zero|num)_/.test(name)) return false;
  return /^_?d_?(?:[A-Z]\w*|out\w*|o|y\w*|h\w{0,6}|x\w{0,2}|z\w{0,2}|a\w{0,2}|c|s\w{0,1}|next\w*|prev\w*|scores?|values?|loss\w*|l|v|logits?|inputs?|in|up\w*|pred\w*|activation\w*|result|signal|res|probs?|hidden\w*|embed\w*|n|p|q|f|k|u|w|b|e|r|t|g|m)$/.test(name)
    || /^d_\w+$/.test(name)
    || /(?:^|_)(?:grads?|gradients?)(?:$|_|[A-Z0-9])|[a-z](?:Grad|Gradient)s?(?:$|[A-Z])|^(?:grads?|gradients?)\w*$|^\w*(?:grads?|gradients?)$/i.test(name) && !/numeric/i.test(name)
    || /^d[LJEfC]_?d_?\w+$|^d(?:loss|cost|err)_?d?_?\w*$|^d\w+_d\w+$/.test(name)
    || /^g(?:y|o|out|_out|z|h|x|s|ys|a|v|_y|_output)$/.test(name)
    || /^(?:accum_grad|up|upstream\w*|next_d\w+|top_diff|pre_grad|cotangents?|adjoint|output_delta|del_?out\w*|divergence|derivative\w*|partial\w*|jacobian\w*|sensitivity|backprop\w+|chain\w*)$/i.test(name);
}

function isWeakUpstream(name: string): boolean {
  return /^(?:d|g|delta\w*|\w*_delta|err\w*|\w*_err(?:or)?|next\w*|diff|residuals?|e|dz?|eta|bottom|from_above)$/.test(name);
}

/** Names that a cache goes by. */
export function isCacheName(name: string): boolean {
  return /cache|^_?(?:mem|memory|saved\w*|stash\w*|stored|ctx|context|tape|residuals?|intermediates?|state|states|history|bag|tmp|vars|aux|store|forward_vars|record|activations?_cache|meta|info|params_saved)$/i.test(name)
    && !/^use_cache$/i.test(name);
}

/** Targets that a cost compares with: `Y`, `y_true`, `labels`. */
export function isLabelName(name: string): boolean {
  return /^_?(?:y|Y|t|T|ys|Ys|labels?|targets?|y_?true|Y_?true|y_?batch|Y_?batch|y_?train|truth|ground_?truth|gt|y_?onehot|y_?one_?hot|Y_?oh|one_?hot\w*|expected\w*|y_?hot|actual\w*|answers?|y_?b|desired\w*|y_?label\w*|train_?y|batch_?y|t_?batch|y_?real|y_?actual|y_?target|batch_?labels?|true_?\w*|train_?labels?|target_\w+|y_?mb|output_?labels?|Y_enc|y_enc)$/.test(name);
}

/** Scalars that only tune: learning rates, strengths, probabilities. */
export function isHyperparameterName(name: string): boolean {
  return /^_?(?:lr|eta|alpha|learning_?rate|rate|lambd\w*|lamb|lamda|lam|reg\w*|l1|l2|eps\w*|epsilon|keep_?prob\w*|p|drop\w*|momentum|step_?size|batch_?size|m|n|epochs?|decay\w*|weight_?decay|activation\w*|act|mode|train\w*|is_?train\w*|verbose|debug|stride\w*|pad\w*|axis|clip\w*|beta1|beta2|retain\w*|optimizer|optim|update\w*|normali[sz]ation|norm_type|iteration|index|layer|l|i|t|num_\w+|n_\w+|hparameters|hyper\w*)$/i.test(name);
}

/** Dictionaries of settings: `conv_param`, `bn_params`, `config`. */
export function isConfigurationName(name: string): boolean {
  return /_params?$|^(?:config|cfg|hparams?|options|opts|settings|kwargs)$/i.test(name);
}

/** Names of a scalar that is minimised. */
export function isLossName(name: string): boolean {
  return /^_?(?:\w+_)?(?:loss|cost|nll|err|error|objective|obj|energy|mse|likelihood|logloss|xent|crossentropy|cross_entropy)(?:_\w+)?$|^_?(?:J|L|E|C|l|j|Loss|Cost|J_\w+|L_\w+|\w+Loss|loss\w*|cost\w*|ce|mse|bce)$/.test(name)
    && !/history|list|array|losses|costs|errors|grad|^log_/i.test(name);
}

/** What a gradient's name may be of, the most literal reading first; empty when it is no gradient's name. */
export function gradientStems(gradient: string): readonly string[] {
  const name = gradient.replace(/^_+/, '');
  const stems: string[] = [];
  const add = (stem: string | undefined): void => {
    if (stem === undefined) return;
    const bare = stem.replace(/^_+|_+$/g, '');
    if (bare !== '' && !stems.includes(bare)) stems.push(bare);
  };
  add(/^[dD](?=[A-Za-z_])_?(\w+)$/.exec(name)?.[1]);
  add(/^d_?[A-Za-z]\w*?_d_?(\w+)$/.exec(name)?.[1]);
  add(/^d_?(?:[a-zA-Z]|loss|Loss|cost|out|err|error|perc|num|den)_?d_?(\w+)$/.exec(name)?.[1]);
  add(/^(?:grads?|gradients?|gr|nabla|delta|del|deriv|derivative|partial|adj|bar|backprop|diff|g|Delta|jac|grad_wrt|grad_of|d_wrt|gradient_wrt|gradient_of)_?(\w+)$/i.exec(name)?.[1]);
  add(/^(\w+?)_?(?:grads?|gradients?|deltas?|deriv|derivative|adj|bar|diff|g|grad_sum|d)$/i.exec(name)?.[1]);
  for (const stem of [...stems]) {
    add(/^(\w+?)_(?:total|sum|acc|all|new|out|reg|t|l|tmp|final|batch|loss|mean|avg|local|full)$/.exec(stem)?.[1]);
    add(/^(?:sum|total|acc|mean|local|all)_(\w+)$/.exec(stem)?.[1]);
    add(/^wrt_(\w+)$/.exec(stem)?.[1]);
    add(/^(?:nabla|grad|gradient|delta|d)_(\w+)$/.exec(stem)?.[1]);
    add(/^(?:[LJEfC]|loss|cost)_?d?_?(\w+)$/.exec(stem)?.[1]);
  }
  return stems;
}

const FAMILIES: readonly (readonly string[])[] = [
  ['w', 'weight', 'weights', 'kernel', 'kernels', 'filter', 'filters', 'wt', 'theta'],
  ['b', 'bias', 'biases'],
  ['x', 'input', 'inputs', 'inp', 'in'],
];

/** One known name that a stem means: in another case, with its words in another order, in the plural. */
function match(stem: string, known: readonly string[]): string | null {
  const low = stem.toLowerCase();
  const byCase = known.filter(name => name.toLowerCase() === low);
  if (byCase.length > 0) return byCase[0];
  const plain = squash(stem);
  const squashed = known.find(name => squash(name) === plain);
  if (squashed !== undefined) return squashed;
  const words = sortedWords(stem);
  const reordered = known.find(name => sortedWords(name) === words);
  if (reordered !== undefined) return reordered;
  const plural = known.find(name => `${squash(name)}s` === plain || squash(name) === `${plain}s`);
  if (plural !== undefined) return plural;
  const family = FAMILIES.find(names => names.includes(low));
  if (family === undefined) return null;
  const members = known.filter(name => family.includes(name.toLowerCase()));
  return members.length === 1 ? members[0] : null;
}

/** Letters and digits only, lower case: `X_norm`, `xNorm` and `xnorm` are one. */
export const squash: (name: string) => string = byName((name) => name.replace(/[^A-Za-z0-9\u0080-\uffff]/g, '').toLowerCase());

function sortedWords(name: string): string {
  return name.split('_').filter(word => word !== '').map(word => word.toLowerCase()).sort().join('_');
}

/** The words of a snake_case or camelCase name, in lower case. */
export function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .split('_').filter(word => word !== '').map(word => word.toLowerCase());
}
