/**
 * Call sites in the file as a source of shapes and settings: `affine_forward(np.random.randn(4, 5), w, b)` at the top
 * level, under `if __name__ == '__main__'` and in test functions. Follows plain local variables only.
 */
import type {ClassDef, Expr, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {literalOf, numberOf} from './literal.ts';
import type {AxisSpec, Fact, Literal} from './spec.ts';

/** What one expression of a call site is known to be. */
interface Known {
  readonly shape?: readonly AxisSpec[];
  readonly literal?: Literal;
  readonly integer?: boolean;
}

/** Facts from the first call of the function (of the class, for `__init__`) whose arguments say something. */
export function callFacts(definition: FunctionDef, owner: ClassDef | null, module: Module): readonly Fact[] {
  const callee = owner === null ? definition.name : definition.name === '__init__' ? owner.name : null;
  if (callee === null) return [];
  const facts: Fact[] = [];
  for (const body of scriptBodies(module)) {
    const known = new Map<string, Known>();
    scan(body, known, (call) => {
      if (call.callee.kind !== 'Name' || call.callee.id !== callee || facts.length > 0) return;
      const params = owner === null ? definition.params : definition.params.slice(1);
      for (const [i, argument] of call.args.entries()) {
        const param = argument.name === null ? params[i] as FunctionDef['params'][number] | undefined : params.find(({name}) => name === argument.name);
        if (param === undefined || argument.star !== '') break;
        const value = valueOf(argument.value, known);
        if (value === null || (value.shape === undefined && value.literal === undefined)) continue;
        facts.push({
          name: param.name, origin: 'call', span: argument.span,
          ...(value.shape !== undefined ? {shape: value.shape.map(letterless), kind: 'array' as const, ...(value.integer === true ? {role: 'label' as const} : {})} : {literal: value.literal}),
        });
      }
    });
    if (facts.length > 0) break;
  }
  return facts;
}

/** A size at a call site tells the rank; the sizes themselves are chosen anew, but for 1, which is a choice of the user's. */
function letterless(axis: AxisSpec): AxisSpec {
  return 'size' in axis && axis.size === 1 ? axis : {unknown: true};
}

function scriptBodies(module: Module): readonly (readonly Stmt[])[] {
  const top = module.body.filter((statement) => statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef');
  const tests = module.body.flatMap((statement) => statement.kind === 'FunctionDef' && /test|main|check|demo|example/i.test(statement.name) ? [statement.body] : []);
  return [top, ...tests];
}

function scan(body: readonly Stmt[], known: Map<string, Known>, onCall: (call: Expr & {kind: 'Call'}) => void): void {
  for (const statement of body) {
    switch (statement.kind) {
      case 'Assign': {
        eachCall(statement.value, onCall);
        const [target] = statement.targets;
        if (target.kind === 'Name') {
          const value = valueOf(statement.value, known);
          if (value === null) known.delete(target.id);
          else known.set(target.id, value);
        } else if (target.kind === 'Tuple' && statement.value.kind === 'Tuple') {
          for (const [i, item] of target.items.entries()) {
            const value = item.kind === 'Name' && i < statement.value.items.length ? valueOf(statement.value.items[i], known) : null;
            if (item.kind === 'Name' && value !== null) known.set(item.id, value);
          }
        }
        break;
      }
      case 'ExprStmt': case 'Return': if (statement.value !== null) eachCall(statement.value, onCall); break;
      case 'If': case 'For': case 'While': scan(statement.body, known, onCall); scan(statement.otherwise, known, onCall); break;
      case 'With': case 'Try': scan(statement.body, known, onCall); break;
      default:
    }
  }
}

function eachCall(expression: Expr, onCall: (call: Expr & {kind: 'Call'}) => void): void {
  switch (expression.kind) {
    case 'Call':
      onCall(expression);
      for (const argument of expression.args) eachCall(argument.value, onCall);
      if (expression.callee.kind === 'Attribute') eachCall(expression.callee.object, onCall);
      break;
    case 'Tuple': case 'List': for (const item of expression.items) eachCall(item, onCall); break;
    case 'Subscript': eachCall(expression.object, onCall); break;
    case 'Binary': eachCall(expression.left, onCall); eachCall(expression.right, onCall); break;
    default:
  }
}

function valueOf(expression: Expr, known: ReadonlyMap<string, Known>): Known | null {
  const literal = literalOf(expression);
  if (literal !== undefined) return {literal};
  switch (expression.kind) {
    case 'Name': return known.get(expression.id) ?? null;
    case 'Binary': {
      const left = valueOf(expression.left, known);
      const right = valueOf(expression.right, known);
      if (left?.shape !== undefined && (right?.shape === undefined || right.shape.length <= left.shape.length)) return {shape: left.shape};
      return right?.shape === undefined ? null : {shape: right.shape};
    }
    case 'Call': return madeBy(expression, known);
    case 'Attribute': {
      const of = expression.name === 'T' ? valueOf(expression.object, known) : null;
      return of?.shape === undefined ? null : {shape: of.shape.toReversed()};
    }
    default: return null;
  }
}

function madeBy(call: Expr & {kind: 'Call'}, known: ReadonlyMap<string, Known>): Known | null {
  if (call.callee.kind !== 'Attribute') return null;
  const {name} = call.callee;
  const sizes = (items: readonly Expr[]): readonly AxisSpec[] | null => {
    const axes = items.map((item) => numberOf(valueOf(item, known)?.literal));
    return axes.some((axis) => axis === null) ? null : axes.map((size) => ({size: size!}));
  };
  const positional = call.args.filter((argument) => argument.name === null).map((argument) => argument.value);
  const named = (key: string): Expr | undefined => call.args.find((argument) => argument.name === key)?.value;
  const shapeIn = (shape: Expr | undefined): Known | null => {
    if (shape === undefined) return null;
    const axes = shape.kind === 'Tuple' || shape.kind === 'List' ? sizes(shape.items) : sizes([shape]);
    return axes === null ? null : {shape: axes};
  };
  switch (name) {
    case 'randn': case 'rand': {
      const axes = sizes(positional);
      return axes === null ? null : {shape: axes};
    }
    case 'zeros': case 'ones': case 'empty': case 'full': case 'standard_normal': case 'random_sample': return shapeIn(positional.at(0) ?? named('shape') ?? named('size'));
    case 'random': return shapeIn(positional.at(0) ?? named('size'));
    case 'normal': case 'uniform': return shapeIn(named('size') ?? positional.at(2));
    case 'randint': case 'integers': {
      const made = shapeIn(named('size') ?? positional.at(2));
      return made === null ? null : {...made, integer: true};
    }
    case 'linspace': return {shape: [{unknown: true}]};
    case 'array': case 'asarray': return positional.length === 0 ? null : nested(positional[0]);
    case 'reshape': {
      const items = positional.length === 1 && positional[0].kind === 'Tuple' ? positional[0].items : positional;
      return items.length === 0 ? null : {shape: items.map((item) => literalOf(item) === 1 ? {size: 1} : {unknown: true})};
    }
    case 'astype': case 'copy': return valueOf(call.callee.object, known);
    default: return null;
  }
}

function nested(expression: Expr): Known | null {
  const axes: AxisSpec[] = [];
  let at = expression;
  while (at.kind === 'List' || at.kind === 'Tuple') {
    axes.push({size: at.items.length});
    if (at.items.length === 0) break;
    at = at.items[0];
  }
  return axes.length === 0 ? null : {shape: axes};
}
