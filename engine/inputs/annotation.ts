/**
 * Reads type annotations: jaxtyping (`Float[np.ndarray, "N D"]`), nptyping (`NDArray[Shape["N, D"], Float]`), plain
 * `np.ndarray`, `float`, `int`, `str`, `bool`, `list`, `dict`. Works on the annotation's text.
 */
import type {Parameter} from '../python/ast.ts';
import {parseAxes} from './shape-text.ts';
import type {Fact, InputKind} from './spec.ts';

/** A fact for each parameter whose annotation says something. */
export function annotationFacts(params: readonly Parameter[], text: string): readonly Fact[] {
  return params.flatMap((param) => {
    if (param.annotation === null) return [];
    const {span} = param.annotation;
    const told = readAnnotation(text.slice(span.start, span.end));
    return told === null ? [] : [{...told, name: param.name, origin: 'annotation' as const, span}];
  });
}

const kinds: readonly (readonly [RegExp, InputKind])[] = [
  [/^(?:float|np\.float\w*|Number|numbers\.Number|Real)$/, 'float'], [/^(?:int|np\.int\w*)$/, 'int'], [/^bool$/, 'bool'],
  [/^(?:str|Literal\[.*)$/, 'string'], [/^(?:dict|Dict|Mapping|MutableMapping)\b/, 'dict'],
  [/^(?:list|List|Sequence|Iterable)\b/, 'list'], [/^(?:tuple|Tuple)\b/, 'tuple'], [/^(?:Callable|Type)\b/, 'callable'],
];

/** What one annotation says, or null when it is nothing that this engine knows. */
export function readAnnotation(annotation: string): Omit<Fact, 'name' | 'origin' | 'span'> | null {
  const text = unwrap(annotation.trim().replace(/^(['"])(.*)\1$/s, '$2').trim());
  const jax = /^(?:\w+\.)?(Float|Int|UInt|Integer|Bool|Num|Real|Inexact|Shaped|Float\d+|Int\d+)\[\s*[\w.]+\s*,\s*['"]([^'"]*)['"]\s*\]$/.exec(text);
  if (jax !== null) {
    const shape = parseAxes(jax[2].trim().split(/\s+/).filter((word) => word !== '').map((word) => word.replace(/^[#_]+(?=\w)/, '').replace(/^(\w+)=\d+$/, '$1')).join(','));
    return shape === null ? null : {...byElement(jax[1]), shape};
  }
  const np = /^(?:\w+\.)?NDArray\[\s*Shape\[\s*['"]([^'"]*)['"]\s*\]\s*,?\s*(\w*)/.exec(text);
  if (np !== null) {
    const shape = parseAxes(np[1]);
    return shape === null ? null : {...byElement(np[2]), shape};
  }
  const annotated = /^Annotated\[[^,]+,\s*(?:['"]([^'"]*)['"]|\((.*)\))\s*\]$/.exec(text);
  if (annotated !== null) {
    const shape = parseAxes(((annotated[1] as string | undefined) ?? annotated[2]).replace(/['"()]/g, ''));
    return shape === null ? null : {kind: 'array', shape};
  }
  for (const [pattern, kind] of kinds) if (pattern.test(text)) return {kind};
  if (/^(?:\w+\.)*(?:ndarray|NDArray|ArrayLike|Array|array|Tensor)\b/.test(text)) {
    return {...byElement(/\[(?:\w+\.)*(u?int\w*|bool\w*)\]/.exec(text)?.[1] ?? ''), kind: 'array'};
  }
  return null;
}

function unwrap(text: string): string {
  const optional = /^(?:\w+\.)?Optional\[(.*)\]$/s.exec(text);
  if (optional !== null) return unwrap(optional[1].trim());
  return text.replace(/\s*\|\s*None$/, '').replace(/^None\s*\|\s*/, '');
}

function byElement(word: string): Pick<Fact, 'kind' | 'role' | 'domain'> {
  if (/^u?int/i.test(word)) return {kind: 'array', role: 'index'};
  if (/^bool/i.test(word)) return {kind: 'array', role: 'config', domain: 'mask'};
  return {kind: 'array'};
}
