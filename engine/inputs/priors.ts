/**
 * What a parameter's name suggests when nothing else is known: how many axes, which role, what value.
 * Names are only ever the last resort.
 */
import type {Domain, InputKind, Literal, Role} from './spec.ts';

export interface Prior {
  readonly kind: InputKind;
  readonly role: Role;
  /** Ranks in the order in which they are likely. */
  readonly ranks: readonly number[];
  readonly domain?: Domain;
  /** Values to try, the first one first. */
  readonly values?: readonly Literal[];
}

interface Rule {
  readonly pattern: RegExp;
  readonly prior: Prior;
}

const number = (values: readonly number[]): Prior => ({kind: 'float', role: 'hyperparameter', ranks: [0], values: values.map((value) => ({float: value}))});
const count = (values: readonly number[]): Prior => ({kind: 'int', role: 'config', ranks: [0], values});
const size: Prior = {kind: 'int', role: 'config', ranks: [0]};
const flag = (values: readonly boolean[]): Prior => ({kind: 'bool', role: 'config', ranks: [0], values});
const text = (values: readonly string[]): Prior => ({kind: 'string', role: 'config', ranks: [0], values});
const input = (...ranks: number[]): Prior => ({kind: 'array', role: 'differentiable', ranks});
const target = (...ranks: number[]): Prior => ({kind: 'array', role: 'label', ranks});

/** Integers that set something up: a value is chosen, not a dimension. */
const rules: readonly Rule[] = [
  {pattern: /^strides?$/, prior: count([1, 2])},
  {pattern: /^(?:pad|padding|pads|pad_size|pad_h|pad_w|p_h|p_w|zero_padding)$/, prior: count([1, 0])},
  {pattern: /^stride_?(?:h|w|x|y|height|width)$/, prior: count([1, 2])},
  {pattern: /^(?:pool_?(?:size|height|width|h|w)|pool|pooling_size|window_size|window|pool_?stride|upsampling_factor|downsampling_factor|scale_factor)$/, prior: count([2, 3])},
  {pattern: /^(?:kernel_?(?:size|height|width|h|w)?|filter_?(?:size|height|width|h|w)|k|ksize|field_(?:height|width)|HH|WW|FH|FW|f)$/, prior: count([3, 2])},
  {pattern: /^(?:filter|kernel|pool|window|field)_?(?:shape|dims?)$/, prior: count([3, 2])},
  {pattern: /^(?:num_?heads?|n_?heads?|heads|h_num)$/, prior: count([2])},
  {pattern: /^(?:G|groups|num_groups)$/, prior: count([2])},
  {pattern: /^(?:seed|random_state|rng_seed|random_seed)$/, prior: count([0])},
  {pattern: /^(?:axis|dim)$/, prior: count([-1, 1, 0])},
  {pattern: /^(?:iter(?:ation)?s?|num_iter\w*|epochs?|n_epochs|step|num_steps|max_iter)$/, prior: count([2])},
  // Through more steps than any sequence here has, so that a truncated backward is exact.
  {pattern: /^(?:\w*_)?(?:truncat\w*|bptt(?:_\w+)?)$/, prior: count([50])},
  {pattern: /^(?:eps|epsilon)$/, prior: number([1e-5])},
  {pattern: /^(?:momentum|beta_?1|beta_?2|decay(?:_rate)?|rho|mu)$/, prior: number([0.9])},
  {pattern: /^(?:lr|learning_?rate|step_size|eta)$/, prior: number([0.01])},
  {pattern: /^(?:reg|lamb?da?|lambd|reg_strength|weight_decay(?:_lambda)?|l2(?:_lambda|_reg)?|l1|regularization(?:_strength)?|lambda_|regu\w*|l2_reg_lambda|reg_lambda|weight_regularizer_l[12]|bias_regularizer_l[12])$/, prior: number([0.1, 0])},
  {pattern: /^(?:p|p_dropout|drop(?:out)?(?:_?(?:rate|ratio|prob|p))?|drop_?prob|keep_?prob|keep|ratio|probability|prob|rate|dropout_keep_ratio)$/, prior: number([0.6])},
  {pattern: /^(?:alpha|negative_slope|slope|leak(?:age)?)$/, prior: number([0.1])},
  {pattern: /^(?:\w*scalar\w*|const(?:ant)?(?:_value)?|factor|coef\w*|multiplier)$/, prior: number([0.7])},
  {pattern: /^(?:delta|margin)$/, prior: number([1])},
  {pattern: /^(?:weight_scale|weight_init_std|std|scale|init_scale|sigma|weight_std|stddev)$/, prior: number([0.5])},
  {pattern: /^(?:temperature|tau|temp)$/, prior: number([0.7])},
  {pattern: /^(?:mode)$/, prior: text(['train', 'test'])},
  {pattern: /^(?:activation\w*|act(?:_?fn)?|nonlinearity|hidden_activation|activation_function)$/, prior: text(['relu', 'sigmoid', 'tanh'])},
  {pattern: /^(?:use_\w+|is_\w+|with_\w+|train_?(?:flg|flag|ing|mode)|train|training|verbose|debug|print_\w+|bias_flag|cache_\w+|eval|test|evaluation|return_\w+|requires_grad|stateful|inplace|derivative|deriv|prime|keep_?dims?)$/, prior: flag([true, false])},
  {pattern: /^(?:dtype)$/, prior: {kind: 'none', role: 'config', ranks: [0], values: [null]}},
  {pattern: /^(?:optimizer|loss_?(?:fn|func|function)?|initializer|init|weight_init\w*|bias_init\w*|name|normalization)$/, prior: {kind: 'none', role: 'config', ranks: [0], values: [null]}},
  {pattern: /^(?:ctx|context)$/, prior: {kind: 'object', role: 'config', ranks: [0]}},
  {pattern: /^(?:conv_?params?|pool_?params?|bn_?params?|ln_?params?|gn_?params?|dropout_?params?|hparam\w*|h_?params?|config|cfg|hyper_?params?|hyper_?parameters|options|kwargs|[a-z]{2,12}\d?_params?\d?)$/, prior: {kind: 'dict', role: 'config', ranks: [0]}},
  {pattern: /^(?:params?|parameters|weights_dict|grads|gradients|model|network)$/, prior: {kind: 'dict', role: 'differentiable', ranks: [0]}},
  {pattern: /^(?:caches?|memory|ctx_cache)$/, prior: {kind: 'object', role: 'cache', ranks: [0]}},
  {pattern: /^(?:layers?_?(?:dims?|sizes)?|hidden_(?:dims|sizes|layers|size_list)|layer_dims|layer_sizes|dims|sizes|architecture|hidden_size_list|layers_dims|network_shape)$/, prior: {kind: 'list', role: 'config', ranks: [0]}},
  {pattern: /^(?:in|out|n_?in|n_?out|d_?in|d_?out|dim_?(?:in|out)|(?:n_?|num_?|input_?|output_?|hidden_?|in_?|out_?|vocab_?|embed(?:ding)?_?|word_?vec_?|feature_?|batch_?|seq_?|emb_?|wordvec_?|num_of_)(?:size|dims?|features?|units?|nodes?|channels?|neurons?|classes|filters?|inputs?|outputs?|hidden|layer|samples|length|num|shape|len|nodes|number|depth|width|height|kernels?)|num_(?:filters|classes|features|kernels|units|inputs|outputs|hidden)|neurons?|units|fan_?(?:in|out)|vocab_?size|n_[a-z]|N|D|M|H|V|C|T|m|n|batch|hidden|channels|d_model|d_k|d_ff|num_channels|max_len|nb_\w+|n_\w+)$/, prior: size},
  {pattern: /^(?:dout|d_?out(?:put)?|grad\w*|dL?d?[A-Z]\w*|dy|dz|upstream\w*|delta\w*|dvalues|d_values|next_d\w|dh\w*|dnext_\w+|gy|accum_grad|output_gradient|error|d[A-Z]\w*|loss_gradient)$/, prior: {kind: 'array', role: 'upstream', ranks: [2, 4, 1, 3]}},
  {pattern: /^(?:Y|y|t|T|target|targets|targs?|label|labels|y_?(?:true|batch|hot|onehot|one_hot|target|label|gt)|Y_?(?:true|batch|hot|hat_true)|ys?_true|gt|ground_truth|true|teacher|ts|d|desired\w*|expected\w*|real|truth|actual|ytrue|y_t|y_actual|correct)$/, prior: target(2, 1, 0)},
  {pattern: /^(?:mask)$/, prior: {kind: 'array', role: 'config', ranks: [2, 1], domain: 'mask'}},
  {pattern: /^(?:idx|indices|index|captions|word_ids|ids|tokens|words|contexts|indexes)$/, prior: {kind: 'array', role: 'index', ranks: [1, 2]}},
  {pattern: /^(?:running_mean)$/, prior: {kind: 'array', role: 'config', ranks: [1]}},
  {pattern: /^(?:running_var)$/, prior: {kind: 'array', role: 'config', ranks: [1], domain: 'positive'}},
  {pattern: /^(?:AL|y_?(?:hat|pred|predict|prediction|predicted|out)|Y_?(?:hat|pred)|probs?|predictions?|predicted|preds?|p_hat|yhat|pred_y|output_?probs)$/, prior: input(2, 1)},
  {pattern: /^(?:Wb|W[xhfiocgu]\w?|W_?\w*|w\d*|w_\w+|weights?\d*|weight_matrix|kernel_weights|theta\d*|Theta\d*|U|V|Wx|Wh|U_?\w?|K|filters?|kernels?|wo?)$/, prior: input(2, 4, 1, 3)},
  {pattern: /^(?:b\d*|b_\w+|b[a-z]|bias(?:es)?\d*|B\d*|bi)$/, prior: input(1, 2, 0)},
  {pattern: /^(?:gamma|beta|shift|scale)$/, prior: input(1, 2, 4)},
  {pattern: /^(?:mean|var|std|mu|sigma2)$/, prior: input(1, 2)},
  {pattern: /^(?:x_?t|xt|h_?prev|prev_h|hprev|h_?0|h0|c_?0|c0|prev_c|c_?prev|a_?prev|a_?0|s_prev|h_t|hidden_prev|h_prev_t|h_?init|state)$/, prior: input(2, 1)},
  {pattern: /^(?:img|image|images|imgs|im|input_data|feature_map|inputs?_?image)$/, prior: input(4, 3, 2)},
  {pattern: /^(?:xs|hs|seq|sequence|features?_seq)$/, prior: input(3, 2)},
];

/** Whether a name suggests anything at all. */
export function isRemarkable(name: string): boolean {
  const bare = name.replace(/^self\./, '').replace(/^_+|_+$/g, '');
  return rules.some(({pattern}) => pattern.test(bare));
}

/** What a name suggests; an unremarkable name suggests an array of two axes. */
export function priorOf(name: string): Prior {
  const bare = name.replace(/^self\./, '').replace(/^_+|_+$/g, '');
  return rules.find(({pattern}) => pattern.test(bare))?.prior ?? input(2, 1, 4, 3);
}

/** Whether a name is one of an integer that sets something up or is a size, so that arithmetic on it is on sizes. */
export function isWholeName(name: string): boolean {
  return name !== '' && priorOf(name).kind === 'int';
}
