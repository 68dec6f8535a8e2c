/** The name under which a text imports NumPy. */
import type {Module} from '../../python/ast.ts';

export function aliasOfNumpy({body}: Module): string {
  for (const statement of body) {
    if (statement.kind !== 'Import') continue;
    const found = statement.names.find(({module}) => module === 'numpy');
    if (found !== undefined) return found.as ?? 'numpy';
  }
  return 'np';
}
