/** Which diagnosis codes name the mistake that an operator made. */
interface Mutation {
  readonly operator: string;
  readonly text: string;
  readonly effect: string;
}

const byOperator: Readonly<Record<string, readonly string[]>> = {
  'change-axis': ['wrong-axis'],
  'double': ['wrong-scale'],
  'drop-factor': ['missing-factor', 'missing-local-derivative', 'wrong-scale'],
  'drop-scale': ['wrong-scale', 'missing-factor', 'wrong-regularization-factor', 'wrong-value'],
  'drop-sum': ['missing-batch-sum', 'wrong-shape'],
  'drop-term': ['missing-path', 'missing-regularization', 'missing-local-derivative', 'wrong-value', 'missing-factor'],
  'drop-transpose': ['missing-transpose'],
  'drop-upstream': ['missing-upstream', 'missing-factor'],
  'flip-sign': ['wrong-sign'],
  'keepdims': ['wrong-shape', 'missing-batch-sum'],
  'mask': ['wrong-mask', 'missing-mask', 'missing-factor', 'wrong-variable'],
  'mean-for-sum': ['wrong-scale'],
  'off-by-one': ['off-by-one', 'wrong-index'],
  'other-variable': ['wrong-variable', 'wrong-index', 'wrong-mask'],
  'overwrite': ['missing-accumulation', 'lost-duplicates'],
  'power': ['missing-local-derivative', 'missing-factor', 'wrong-value', 'wrong-operation', 'wrong-scale'],
  'swap-operands': ['swapped-operands', 'missing-transpose'],
  'swap-returns': ['swapped-returns'],
  'wrong-operation': ['wrong-operation', 'missing-factor'],
};

export function acceptedCodes({operator, text}: Mutation, original: string): ReadonlySet<string> {
  const codes = new Set(byOperator[operator] ?? []);
  if (/\breg\b|\blam\b/.test(original)) for (const code of ['missing-regularization', 'wrong-regularization-factor']) codes.add(code);
  if (operator === 'drop-factor' && /\bmask\b|[<>]/.test(original)) codes.add('missing-mask');
  if (operator === 'drop-term' && /^\s*(\w+) = \1 [+-] /.test(original)) codes.add('missing-accumulation');
  if (/\bd(?:out|y|next\w*|A|hs)\b/.test(original.split('=')[1] ?? '') && !/\bd[A-Za-z]\w*/.test(text.split('=')[1] ?? '')) codes.add('missing-upstream');
  if (operator === 'other-variable' && /^\s*return\b/.test(original)) codes.add('swapped-returns');
  return codes;
}
