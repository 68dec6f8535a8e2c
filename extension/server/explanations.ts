/** What operations do to gradients and what problem codes mean, as Markdown for hovers and the code's own page. */
import type {SymbolicShape} from '../../engine/check/report.ts';

export function explainOperation(operation: string, operands: readonly SymbolicShape[], result: SymbolicShape): string {
  return operation === '' ? `${operands.length} ${result.length}` : '';
}

export function explainCode(code: string): string | null {
  return `# ${code}`;
}
