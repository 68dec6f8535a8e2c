/**
 * `match` as the `if` that does the same: a case is a test of the subject, with the names that it captures assigned in the test.
 * A subject that may not be read twice, what only classes of the user's could say (`Point(x, y)`), dictionaries, and empty brackets,
 * which the grammar does not know, are not read.
 */
import type {TreeCursor} from '@lezer/common';
import type {Compare, Expr, If, Name, Stmt} from './ast.ts';
import {lowerExpression, lowerName} from './lower-expressions.ts';
import {lowerBody, spanThrough} from './lower-statements.ts';
import {firstChild, is, MAX_DEPTH, nextSibling, normalized, spanOf, textOf, type Reading} from './reading.ts';
import type {Span} from './span.ts';

interface Case {
  readonly start: number;
  readonly test: Expr;
  readonly body: readonly Stmt[];
}

/** Null where it cannot be said as an `if`; the cursor stays on the statement. */
export function lowerMatch(r: Reading, c: TreeCursor): Stmt | null {
  const whole = spanOf(r, c);
  const {depth} = r;
  firstChild(c);
  nextSibling(c);
  const subject = lowerExpression(r, c);
  const cases = isStill(subject) && nextSibling(c) && is(c, 'MatchBody') ? lowerCases(r, c, subject) : null;
  c.parent();
  r.depth = depth;
  if (cases === null) return null;
  const {end} = spanThrough(whole.start, cases.at(-1)!.body, whole.end);
  return cases.reduceRight<readonly Stmt[]>((otherwise, {start, test, body}, at) => (
    [{kind: 'If', span: {start: at === 0 ? whole.start : start, end}, test, body, otherwise} satisfies If]
  ), [])[0];
}

function lowerCases(r: Reading, c: TreeCursor, subject: Expr): readonly Case[] | null {
  const cases: Case[] = [];
  let readable = true;
  firstChild(c);
  while (readable && nextSibling(c)) {
    if (!is(c, 'MatchClause')) readable = false;
    else {
      const one = lowerCase(r, c, subject);
      if (one === null) readable = false;
      else cases.push(one);
    }
    if (++r.depth > MAX_DEPTH) r.broken = true;
  }
  c.parent();
  return readable && cases.length > 0 ? cases : null;
}

function lowerCase(r: Reading, c: TreeCursor, subject: Expr): Case | null {
  const start = c.from + r.base;
  const patterns: (readonly Expr[] | null)[] = [];
  let guard: Expr | null = null;
  let comma = false;
  let body: readonly Stmt[] = [];
  firstChild(c);
  const first = {start, end: c.to + r.base};
  while (nextSibling(c)) {
    if (is(c, 'Body')) body = lowerBody(r, c);
    else if (is(c, 'Guard')) guard = lowerGuard(r, c);
    else if (is(c, ',')) comma = true;
    else patterns.push(lowerPattern(r, c, subject));
  }
  c.parent();
  const [tests] = patterns;
  // `case a, b:` without brackets.
  if (patterns.length !== 1 || comma || tests === null) return null;
  return {start, test: all([...tests, ...guard === null ? [] : [guard]], first), body};
}

function lowerGuard(r: Reading, c: TreeCursor): Expr {
  firstChild(c);
  nextSibling(c);
  const guard = lowerExpression(r, c);
  c.parent();
  return guard;
}

/** What must hold for a pattern, one after the other; null for what is not read. */
function lowerPattern(r: Reading, c: TreeCursor, subject: Expr): readonly Expr[] | null {
  const span = spanOf(r, c);
  const here = placed(subject, span);
  switch (c.name) {
    case 'CapturePattern': return captured(r, c, here);
    case 'LiteralPattern': return [lowerLiteral(r, c, here)];
    case 'AttributePattern': return [compare(here, '==', lowerDotted(r, c), span)];
    case 'OrPattern': return lowerAlternatives(r, c, subject);
    case 'AsPattern': return lowerAs(r, c, subject);
    case 'SequencePattern': return lowerSequencePattern(r, c, subject);
    case 'ClassPattern': return lowerClassPattern(r, c, subject);
    default: return null;
  }
}

/** `_` takes anything; a name keeps it. */
function captured(r: Reading, c: TreeCursor, subject: Expr): readonly Expr[] {
  if (textOf(r, c) === '_') return [];
  firstChild(c);
  const target = lowerName(r, c);
  c.parent();
  return [keeping(target, subject)];
}

/** A tuple of one is true whatever it holds. */
function keeping(target: Name, value: Expr): Expr {
  const {span} = target;
  return {kind: 'Tuple', span, items: [{kind: 'NamedExpr', span, target, value}]};
}

function lowerLiteral(r: Reading, c: TreeCursor, subject: Expr): Expr {
  const span = spanOf(r, c);
  const text = textOf(r, c);
  if (text === 'None' || text === 'True' || text === 'False') {
    return compare(subject, 'is', {kind: 'Constant', span, value: text === 'None' ? null : text === 'True'}, span);
  }
  firstChild(c);
  const negative = is(c, 'ArithOp');
  if (negative) nextSibling(c);
  const value = lowerExpression(r, c);
  if (nextSibling(c)) r.broken = true;
  c.parent();
  return compare(subject, '==', negative ? {kind: 'Unary', span, operator: '-', operand: value} : value, span);
}

function lowerDotted(r: Reading, c: TreeCursor): Expr {
  firstChild(c);
  let value: Expr = lowerName(r, c);
  while (nextSibling(c)) {
    if (!is(c, 'PropertyName')) continue;
    const nameSpan = spanOf(r, c);
    value = {kind: 'Attribute', span: {start: value.span.start, end: nameSpan.end}, object: value, name: normalized(textOf(r, c)), nameSpan};
  }
  c.parent();
  return value;
}

/** `a | b as c`: the grammar gives the name to the last alternative alone. */
function lowerAlternatives(r: Reading, c: TreeCursor, subject: Expr): readonly Expr[] | null {
  const span = spanOf(r, c);
  const tests: Expr[] = [];
  let name: Name | null = null;
  let readable = true;
  firstChild(c);
  do {
    if (is(c, 'LogicOp')) continue;
    const named = is(c, 'AsPattern');
    if (named) firstChild(c);
    const one = lowerPattern(r, c, subject);
    if (one === null) readable = false;
    else tests.push(all(one, spanOf(r, c)));
    if (named) {
      name = lastName(r, c);
      c.parent();
    }
  } while (nextSibling(c));
  c.parent();
  if (!readable) return null;
  return [{kind: 'BoolOp', span, operator: 'or', values: tests}, ...name === null ? [] : [keeping(name, placed(subject, name.span))]];
}

function lowerAs(r: Reading, c: TreeCursor, subject: Expr): readonly Expr[] | null {
  firstChild(c);
  const tests = lowerPattern(r, c, subject);
  const name = lastName(r, c);
  c.parent();
  return tests === null ? null : [...tests, keeping(name, placed(subject, name.span))];
}

/** The name behind `as`; the cursor ends on it. */
function lastName(r: Reading, c: TreeCursor): Name {
  while (nextSibling(c)) if (is(c, 'VariableName')) break;
  return lowerName(r, c);
}

/** Lists and tuples of so many items; an array is no sequence. */
function lowerSequencePattern(r: Reading, c: TreeCursor, subject: Expr): readonly Expr[] | null {
  const span = spanOf(r, c);
  const inner = countPatterns(c);
  if (inner.stars > 0 || (inner.count === 1 && inner.commas === 0 && textOf(r, c).startsWith('('))) return null;
  const here = placed(subject, span);
  const known = here.kind === 'Tuple' && here.items.length === inner.count ? here.items : null;
  const tests: Expr[] = known !== null ? [] : [
    call('isinstance', [here, {kind: 'Tuple', span, items: [name('list', span), name('tuple', span)]}], span),
    compare(call('len', [here], span), '==', number(inner.count, span), span),
  ];
  let readable = true;
  let at = 0;
  firstChild(c);
  do {
    if (!isPattern(c)) continue;
    const item: Expr = known?.[at] ?? {kind: 'Subscript', span, object: here, index: number(at, span)};
    at++;
    const one = lowerPattern(r, c, item);
    if (one === null) readable = false;
    else tests.push(...one);
  } while (nextSibling(c));
  c.parent();
  return readable ? tests : null;
}

/** `float(x)`, which looks at the subject itself. */
function lowerClassPattern(r: Reading, c: TreeCursor, subject: Expr): readonly Expr[] | null {
  const span = spanOf(r, c);
  firstChild(c);
  const cls = is(c, 'AttributePattern') ? lowerDotted(r, c) : lowerName(r, c);
  nextSibling(c);
  const {count, others} = countPatterns(c);
  let inner: readonly Expr[] | null = null;
  if (!others && count === 1 && cls.kind === 'Name' && /^(?:bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)$/.test(cls.id)) {
    firstChild(c);
    while (!isPattern(c)) nextSibling(c);
    inner = lowerPattern(r, c, subject);
    c.parent();
  }
  c.parent();
  return inner === null ? null : [call('isinstance', [placed(subject, span), cls], span), ...inner];
}

function countPatterns(c: TreeCursor): {readonly count: number; readonly commas: number; readonly stars: number; readonly others: boolean} {
  let [count, commas, stars, others] = [0, 0, 0, false];
  firstChild(c);
  do {
    if (isPattern(c)) count++;
    if (is(c, 'StarPattern')) stars++;
    if (is(c, ',')) commas++;
    if (is(c, 'KeywordPattern')) others = true;
  } while (nextSibling(c));
  c.parent();
  return {count, commas, stars, others};
}

function isPattern(c: TreeCursor): boolean {
  return c.name.endsWith('Pattern') && !is(c, 'KeywordPattern');
}

/** Whether reading a subject again gives the same and does nothing: names, attributes, items, and what a few functions make of them. */
function isStill(subject: Expr): boolean {
  switch (subject.kind) {
    case 'Name': case 'Number': case 'String': case 'Constant': return true;
    case 'Attribute': return isStill(subject.object);
    case 'Subscript': return isStill(subject.object) && isStill(subject.index);
    case 'Tuple': case 'List': return subject.items.every(isStill);
    case 'Call': {
      const {callee, args} = subject;
      const plain = args.every(({value, star}) => star === '' && isStill(value));
      if (callee.kind === 'Name') return plain && /^(?:abs|bool|float|int|len|str|type)$/.test(callee.id);
      return plain && callee.kind === 'Attribute' && /^(?:casefold|get|lower|strip|upper)$/.test(callee.name) && isStill(callee.object);
    }
    default: return false;
  }
}

/** The subject as it stands in a test: every part of it at the pattern. */
function placed(subject: Expr, span: Span): Expr {
  switch (subject.kind) {
    case 'Attribute': return {...subject, span, nameSpan: span, object: placed(subject.object, span)};
    case 'Subscript': return {...subject, span, object: placed(subject.object, span), index: placed(subject.index, span)};
    case 'Tuple': case 'List': return {...subject, span, items: subject.items.map((item) => placed(item, span))};
    case 'Call': return {...subject, span, callee: placed(subject.callee, span), args: subject.args.map((one) => ({...one, span, value: placed(one.value, span)}))};
    case 'Number': case 'String': case 'Constant': return {...subject, span: unwritten(span)};
    default: return {...subject, span};
  }
}

/** The place of a literal that the text does not have there. */
function unwritten({start}: Span): Span {
  return {start, end: start};
}

/** One after the other, as `and` does; nothing is always true. */
function all(tests: readonly Expr[], span: Span): Expr {
  if (tests.length === 0) return {kind: 'Constant', span, value: true};
  if (tests.length === 1) return tests[0];
  return {kind: 'BoolOp', span: {start: tests[0].span.start, end: tests.at(-1)!.span.end}, operator: 'and', values: tests};
}

function compare(left: Expr, operator: Compare['operators'][number], right: Expr, span: Span): Expr {
  return {kind: 'Compare', span, left, operators: [operator], comparators: [right]};
}

function call(callee: string, args: readonly Expr[], span: Span): Expr {
  return {kind: 'Call', span, callee: name(callee, span), args: args.map((value) => ({span, name: null, star: '', value}))};
}

function number(value: number, span: Span): Expr {
  return {kind: 'Number', span: unwritten(span), value, type: 'int'};
}

function name(id: string, span: Span): Name {
  return {kind: 'Name', span, id};
}
