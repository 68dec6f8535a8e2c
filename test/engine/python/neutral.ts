/** Our trees in the form in which CPython's are recorded: lists of [kind, fields..., [start, end]]. */
import type {Argument, Expr, FStringField, Parameter, Stmt} from '../../../engine/python/ast.ts';

export type Neutral = null | boolean | number | string | Neutral[];

/** `placed` says whether spans are written; inside f-strings CPython has none to compare. */
export function neutralStatement(stmt: Stmt): Neutral[] {
  return [...statementFields(stmt), [stmt.span.start, stmt.span.end]];
}

export function neutralExpression(expr: Expr | null, placed = true): Neutral {
  if (expr === null) return null;
  const fields = expressionFields(expr, placed);
  return placed ? [...fields, [expr.span.start, expr.span.end]] : fields;
}

function expressionFields(expr: Expr, placed: boolean): Neutral[] {
  const one = (child: Expr | null): Neutral => neutralExpression(child, placed);
  const all = (children: readonly Expr[]): Neutral[] => children.map(one);
  switch (expr.kind) {
    case 'Name': return ['Name', expr.id];
    case 'Constant': return ['Constant', expr.value];
    case 'Number': return ['Number', expr.type, String(expr.value)];
    case 'String': return ['String', expr.value, expr.bytes];
    case 'FString': return ['FString', neutralParts(expr.parts)];
    case 'Tuple': case 'List': case 'Set': return [expr.kind, all(expr.items)];
    case 'Dict': return ['Dict', expr.entries.map(({key, value}) => [one(key), one(value)])];
    case 'Unary': return ['Unary', expr.operator, one(expr.operand)];
    case 'Binary': return ['Binary', expr.operator, one(expr.left), one(expr.right)];
    case 'BoolOp': return ['BoolOp', expr.operator, all(expr.values)];
    case 'Compare': return ['Compare', one(expr.left), [...expr.operators], all(expr.comparators)];
    case 'Call': return ['Call', one(expr.callee), neutralArguments(expr.args, placed)];
    case 'Attribute': return ['Attribute', one(expr.object), expr.name];
    case 'Subscript': return ['Subscript', one(expr.object), one(expr.index)];
    case 'Slice': return ['Slice', one(expr.start), one(expr.stop), one(expr.step)];
    case 'Star': return ['Star', one(expr.value)];
    case 'Lambda': return ['Lambda', neutralParameters(expr.params, placed), one(expr.body)];
    case 'Conditional': return ['Conditional', one(expr.test), one(expr.then), one(expr.otherwise)];
    case 'Comprehension': {
      const clauses = expr.clauses.map(({target, iterable, conditions}) => [one(target), one(iterable), all(conditions)]);
      return ['Comprehension', expr.type, one(expr.key), one(expr.element), clauses];
    }
    case 'Yield': return ['Yield', one(expr.value), expr.from];
    case 'Await': return ['Await', one(expr.value)];
    case 'NamedExpr': return ['NamedExpr', one(expr.target), one(expr.value)];
    case 'InvalidExpr': return ['InvalidExpr'];
  }
}

/** CPython writes the text of `{x=}` into the text before the field. */
function neutralParts(parts: readonly (string | FStringField)[]): Neutral[] {
  const into: Neutral[] = [];
  const push = (text: string): void => {
    const last = into.at(-1);
    if (typeof last === 'string') into[into.length - 1] = last + text;
    else into.push(text);
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      push(part);
      continue;
    }
    if (part.debug !== null) push(`${part.debug}=`);
    into.push([neutralExpression(part.value, false), part.conversion, part.format === null ? null : neutralParts(part.format)]);
  }
  return into;
}

function neutralArguments(args: readonly Argument[], placed: boolean): Neutral[] {
  return args.map(({star, name, value}) => [star, name, neutralExpression(value, placed)]);
}

function neutralParameters(params: readonly Parameter[], placed: boolean): Neutral[] {
  return params.map((param) => [
    param.name, param.star, neutralExpression(param.annotation, placed), neutralExpression(param.default, placed), param.passing,
  ]);
}

function statementFields(stmt: Stmt): Neutral[] {
  const one = (child: Expr | null): Neutral => neutralExpression(child);
  const all = (children: readonly Expr[]): Neutral[] => children.map(one);
  const body = (stmts: readonly Stmt[]): Neutral[] => stmts.map(neutralStatement);
  switch (stmt.kind) {
    case 'ExprStmt': return ['ExprStmt', one(stmt.value)];
    case 'Assign': return ['Assign', all(stmt.targets), one(stmt.value)];
    case 'AugAssign': return ['AugAssign', one(stmt.target), stmt.operator, one(stmt.value)];
    case 'AnnAssign': return ['AnnAssign', one(stmt.target), one(stmt.annotation), one(stmt.value)];
    case 'Return': return ['Return', one(stmt.value)];
    case 'If': case 'While': return [stmt.kind, one(stmt.test), body(stmt.body), body(stmt.otherwise)];
    case 'For': return ['For', one(stmt.target), one(stmt.iterable), body(stmt.body), body(stmt.otherwise)];
    case 'FunctionDef':
      return [
        'FunctionDef', stmt.name, neutralParameters(stmt.params, true), one(stmt.returns), all(stmt.decorators),
        body(stmt.body), stmt.docstring?.value ?? null, stmt.generator, stmt.async,
      ];
    case 'ClassDef':
      return ['ClassDef', stmt.name, neutralArguments(stmt.bases, true), all(stmt.decorators), body(stmt.body), stmt.docstring?.value ?? null];
    case 'Import': return ['Import', stmt.names.map(({module, as}) => [module, as])];
    case 'ImportFrom': return ['ImportFrom', stmt.level, stmt.module, stmt.names.map(({name, as}) => [name, as])];
    case 'Global': case 'Nonlocal': return [stmt.kind, [...stmt.names]];
    case 'Pass': case 'Break': case 'Continue': return [stmt.kind];
    case 'Raise': return ['Raise', one(stmt.exception), one(stmt.cause)];
    case 'Try': {
      const handlers = stmt.handlers.map(({type, name, body: block, span}) => [one(type), name, body(block), [span.start, span.end]]);
      return ['Try', body(stmt.body), handlers, body(stmt.otherwise), body(stmt.finally)];
    }
    case 'With': return ['With', stmt.items.map(({context, target}) => [one(context), one(target)]), body(stmt.body)];
    case 'Delete': return ['Delete', all(stmt.targets)];
    case 'Assert': return ['Assert', one(stmt.test), one(stmt.message)];
    case 'Invalid': return ['Invalid'];
  }
}
