/** Generic traversal of the tree, in text order as far as the order of evaluation does not matter. Knows nothing of meaning. */
import type {Argument, Expr, FString, FStringField, Parameter, Stmt} from './ast.ts';

export type AnyNode = Stmt | Expr;

/** The statements and expressions right below a node. */
export function children(node: AnyNode): AnyNode[] {
  const into: AnyNode[] = [];
  collect(node, into);
  return into;
}

/** Visits a node and all below it, parents first; a visit that returns false leaves out what is below its node. */
export function walk(root: AnyNode, visit: (node: AnyNode) => unknown): void {
  const stack: AnyNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (visit(node) === false) continue;
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) stack.push(below[i]);
  }
}

function collect(node: AnyNode, into: AnyNode[]): void {
  switch (node.kind) {
    case 'ExprStmt': case 'Return': case 'Star': case 'Yield': case 'Await':
      if (node.value !== null) into.push(node.value);
      break;
    case 'Assign':
      into.push(...node.targets, node.value);
      break;
    case 'AugAssign': case 'NamedExpr':
      into.push(node.target, node.value);
      break;
    case 'AnnAssign':
      into.push(node.target, node.annotation, ...present(node.value));
      break;
    case 'If': case 'While':
      into.push(node.test, ...node.body, ...node.otherwise);
      break;
    case 'For':
      into.push(node.target, node.iterable, ...node.body, ...node.otherwise);
      break;
    case 'FunctionDef':
      into.push(...node.decorators);
      collectParams(node.params, into);
      into.push(...present(node.returns), ...node.body);
      break;
    case 'ClassDef':
      into.push(...node.decorators, ...node.bases.map(({value}) => value), ...node.body);
      break;
    case 'Raise':
      into.push(...present(node.exception), ...present(node.cause));
      break;
    case 'Try':
      into.push(...node.body);
      for (const {type, body} of node.handlers) into.push(...present(type), ...body);
      into.push(...node.otherwise, ...node.finally);
      break;
    case 'With':
      for (const {context, target} of node.items) into.push(context, ...present(target));
      into.push(...node.body);
      break;
    case 'Delete':
      into.push(...node.targets);
      break;
    case 'Assert':
      into.push(node.test, ...present(node.message));
      break;
    case 'Import': case 'ImportFrom': case 'Global': case 'Nonlocal': case 'Pass': case 'Break': case 'Continue': case 'Invalid':
      break;
    default:
      collectExpression(node, into);
  }
}

function collectExpression(node: Exclude<Expr, {kind: 'Star' | 'Yield' | 'Await' | 'NamedExpr'}>, into: AnyNode[]): void {
  switch (node.kind) {
    case 'FString':
      collectParts(node.parts, into);
      break;
    case 'Tuple': case 'List': case 'Set':
      into.push(...node.items);
      break;
    case 'Dict':
      for (const {key, value} of node.entries) into.push(...present(key), value);
      break;
    case 'Unary':
      into.push(node.operand);
      break;
    case 'Binary':
      into.push(node.left, node.right);
      break;
    case 'BoolOp':
      into.push(...node.values);
      break;
    case 'Compare':
      into.push(node.left, ...node.comparators);
      break;
    case 'Call':
      into.push(node.callee, ...node.args.map(({value}: Argument) => value));
      break;
    case 'Attribute':
      into.push(node.object);
      break;
    case 'Subscript':
      into.push(node.object, node.index);
      break;
    case 'Slice':
      into.push(...present(node.start), ...present(node.stop), ...present(node.step));
      break;
    case 'Lambda':
      collectParams(node.params, into);
      into.push(node.body);
      break;
    case 'Conditional':
      into.push(node.then, node.test, node.otherwise);
      break;
    case 'Comprehension':
      into.push(...present(node.key), node.element);
      for (const {target, iterable, conditions} of node.clauses) into.push(target, iterable, ...conditions);
      break;
    case 'Name': case 'Number': case 'String': case 'Constant': case 'InvalidExpr':
      break;
  }
}

function collectParams(params: readonly Parameter[], into: AnyNode[]): void {
  for (const param of params) into.push(...present(param.annotation), ...present(param.default));
}

function collectParts(parts: FString['parts'], into: AnyNode[]): void {
  for (const part of parts) {
    if (typeof part === 'string') continue;
    const field: FStringField = part;
    into.push(field.value);
    if (field.format !== null) collectParts(field.format, into);
  }
}

function present(node: Expr | null): Expr[] {
  return node === null ? [] : [node];
}
