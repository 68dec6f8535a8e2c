/** What Python lets stand on the left of an assignment. */
import type {Expr} from './ast.ts';

export function isTarget(value: Expr): boolean {
  switch (value.kind) {
    case 'Name': case 'Attribute': case 'Subscript':
      return true;
    case 'Tuple': case 'List':
      return value.items.every((item) => isTarget(item.kind === 'Star' ? item.value : item));
    case 'Star':
      return isTarget(value.value);
    default:
      return false;
  }
}
