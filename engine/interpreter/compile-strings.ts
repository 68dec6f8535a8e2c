/**
 * F-strings as closures. How a value becomes text is in text/.
 */
import type {FString, FStringField} from '../python/ast.ts';
import type {ExprCode, Frame} from './code.ts';
import {compileExpr} from './compile-expressions.ts';
import type {Unsupported} from './objects.ts';
import type {Scope} from './scopes.ts';
import {formatValue} from './text/format.ts';
import {repr, str} from './text/repr.ts';

type Part = (frame: Frame) => string | Unsupported;

/** An f-string; what is unknown in a field makes the whole text unknown. */
export function compileFString(scope: Scope, node: FString): ExprCode {
  return compileParts(scope, node.parts);
}

function compileParts(scope: Scope, parts: readonly (string | FStringField)[]): Part {
  const codes = parts.map((part): Part => (typeof part === 'string' ? () => part : compileField(scope, part)));
  return (frame) => {
    let text = '';
    for (const code of codes) {
      const piece = code(frame);
      if (typeof piece !== 'string') return piece;
      text += piece;
    }
    return text;
  };
}

function compileField(scope: Scope, field: FStringField): Part {
  const value = compileExpr(scope, field.value);
  const format = field.format === null ? null : compileParts(scope, field.format);
  const {conversion, debug} = field;
  const {span} = field.value;
  const shown = conversion ?? (debug !== null && format === null ? 'r' : null);
  const prefix = debug === null ? '' : debug.endsWith('=') ? debug : `${debug}=`;
  return (frame) => {
    const {run} = frame;
    const given = value(frame);
    const by = run.poisonBy(given);
    if (by !== null) return by;
    run.span = span;
    const spec = format === null ? '' : format(frame);
    if (typeof spec !== 'string') return spec;
    if (shown === 's') return prefix + formatValue(run, str(run, given), spec);
    if (shown !== null) return prefix + formatValue(run, repr(run, given), spec);
    return prefix + formatValue(run, given, spec);
  };
}
