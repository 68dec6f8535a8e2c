/**
 * One gradient explained with the user's own lines: the forward steps between a value and the output, and on the way back what
 * each of them hands to what came before it, with shapes. Plain data; formulas as Python and as TeX.
 */
import type {Expr, Module, Stmt} from '../python/ast.ts';
import {printExpr} from '../python/print.ts';
import type {Span} from '../python/span.ts';
import type {ShapeText} from '../graph/graph.ts';
import {binary, name, subscript, tidy, transpose} from './formula.ts';
import {Naming} from './naming.ts';
import {codeIndex, placeOf} from './operands.ts';
import {handedBack, ruleOf} from './pullback.ts';
import type {Handed} from './pullback.ts';
import {asIs, axisSum, manyUses, manyTimes, matrixProduct, timesOver} from './remarks.ts';
import {stepsOf} from './steps.ts';
import type {OperandUse, Recorded, StepNode, Steps} from './steps.ts';
import {derivative, texName, texOf, verbatim} from './tex.ts';

export interface ForwardStep {
  /** The user's name of the value, or one made for it. */
  readonly name: string;
  readonly code: string;
  readonly tex: string;
  readonly shape: ShapeText;
  readonly span: Span | null;
  readonly path: string;
  /** How many times a loop comes here. */
  readonly count: number;
}

/** What one step hands back. */
export interface Term {
  /** The value that it comes back from. */
  readonly from: string;
  /** Null when it is not written out. */
  readonly code: string | null;
  readonly tex: string | null;
  /** It comes back from the next iteration of a loop. */
  readonly carried: boolean;
  /** How gradients move through the operation, and why. */
  readonly pattern: string;
  readonly why: string;
  readonly remarks: readonly string[];
}

export interface BackwardStep {
  /** The value whose gradient this is, and the gradient's name. */
  readonly of: string;
  readonly gradient: string;
  readonly shape: ShapeText;
  /** The whole as one formula; null when a part of it is not written out. */
  readonly tex: string | null;
  readonly terms: readonly Term[];
  readonly remarks: readonly string[];
}

export interface GradientExplanation {
  readonly of: string;
  readonly gradient: string;
  readonly shape: ShapeText;
  readonly output: string;
  /** The gradient that comes in; null where the output is the loss itself. */
  readonly upstream: string | null;
  readonly forward: readonly ForwardStep[];
  /** From the output back; the last is the gradient that was asked for. */
  readonly backward: readonly BackwardStep[];
  /** The forward as single operations, and the backward: Python that can be run. Null with loops, or when a part is not written out. */
  readonly code: {readonly forward: readonly string[]; readonly backward: readonly string[]} | null;
}

export interface Asked {
  /** A value of the forward, as it is written there. */
  readonly of: string;
  readonly upstream: string | null;
  /** What the user calls the gradient of a value. */
  readonly gradientNames: ReadonlyMap<string, string>;
  readonly moduleOf: (path: string) => Module | null;
  /** Letters for the sizes that an axis had in all runs. */
  readonly letters: (sizes: readonly (readonly number[])[]) => ShapeText;
}

/** Null when the output does not depend on it. */
export function explainGradient(runs: readonly Recorded[], asked: Asked): GradientExplanation | null {
  const indices = new Map<string, ReturnType<typeof codeIndex>>();
  const codeAt = (path: string, start: number, end: number): Expr | Stmt | null => {
    let index = indices.get(path);
    if (index === undefined) {
      const module = asked.moduleOf(path);
      indices.set(path, index = module === null ? new Map<string, Expr | Stmt>() : codeIndex(module));
    }
    return index.get(placeOf(start, end)) ?? null;
  };
  const all = runs.map((run) => stepsOf(run, codeAt));
  const [steps] = all;
  const target = targetOf(steps, asked.of);
  if (target < 0) return null;
  const needed = ancestors(steps);
  const chain = new Set([...descendants(steps, target)].filter((node) => needed.has(node)));
  if (!chain.has(target)) return null;
  return new Account(all, asked, target, needed, chain).whole();
}

class Account {
  private readonly steps: Steps;
  private readonly loops: boolean;
  private readonly naming: Naming;
  private readonly order: readonly number[];

  constructor(private readonly all: readonly Steps[], private readonly asked: Asked, private readonly target: number, private readonly needed: ReadonlySet<number>, private readonly chain: ReadonlySet<number>) {
    [this.steps] = all;
    this.loops = [...needed].some((node) => this.steps.nodes[node].count > 1);
    this.naming = new Naming(this.steps, needed, this.loops, asked.gradientNames, asked.upstream, (node) => this.shape(node));
    this.order = [...chain].sort((a, b) => a - b);
  }

  whole(): GradientExplanation {
    const {asked, naming, target, order} = this;
    const way = [...order].reverse().filter((node) => !this.isFirst(node));
    for (const node of way) this.settle(node);
    const backward = way.map((node) => ({node, terms: this.termsOf(node)}));
    const complete = !this.loops && backward.every(({terms}) => terms.every(({handed}) => handed !== null));
    const end = order.filter((node) => this.steps.ends.has(node)).at(-1) ?? target;
    return {
      of: naming.value(target), gradient: naming.gradient(target), shape: this.shape(target), output: naming.value(end), upstream: asked.upstream,
      forward: this.shownForward().map((node) => this.forwardStep(node)),
      backward: backward.map(({node, terms}) => this.backwardStep(node, terms)),
      code: complete ? {forward: [...this.needed].sort((a, b) => a - b).flatMap((node) => this.definition(node)), backward: backward.filter(({node}) => !this.naming.isSame(node)).flatMap(({node, terms}) => this.statements(node, terms))} : null,
    };
  }

  /** Nothing is handed back to the output itself. */
  private isFirst(node: number): boolean {
    return this.steps.ends.has(node) && this.readers(node).length === 0;
  }

  /** Uses of a value by the steps of the chain, the last first. */
  private readers(node: number): {readonly reader: number; readonly use: OperandUse}[] {
    return [...this.order].reverse().flatMap((reader) => this.steps.nodes[reader].uses
      // What a loop fills bit by bit hands nothing back to itself.
      .filter(({sources, operand}) => sources.has(node) && !(reader === node && operand === 0 && this.steps.nodes[node].code?.kind !== 'Binary'))
      .map((use) => ({reader, use})));
  }

  private termsOf(node: number): WorkedTerm[] {
    return this.readers(node).map(({reader, use}) => ({reader, use, handed: this.handed(reader, use)}));
  }

  /** What comes through unchanged is known by its own name, from the output back. */
  private settle(node: number): void {
    const terms = this.termsOf(node);
    const only = terms.length === 1 && !this.steps.ends.has(node) ? terms[0].handed : null;
    if (only?.kind === 'value' && only.expr.kind === 'Name' && node !== this.target) this.naming.equate(node, only.expr);
  }

  private handed(reader: number, use: OperandUse): Handed | null {
    const {event, code, uses} = this.steps.nodes[reader];
    if (event === null || use.expr.kind === 'InvalidExpr') return null;
    const operands = event.operands.map((_, i) => this.operand(uses.filter(({operand}) => operand === i), reader));
    const keywords = keywordsOf(code, operands.length);
    const found = handedBack({event, operands, keywords, g: this.naming.gradientExpr(reader), out: this.naming.valueExpr(reader)}, use.operand, use.inList);
    if (found === null || !use.transposed) return found;
    return found.kind === 'value' ? {...found, expr: tidy(transpose(found.expr))} : null;
  }

  private operand(uses: readonly OperandUse[], reader: number): Expr {
    if (uses.length === 1 && uses[0].inList === null) return this.written(uses[0], reader);
    return {kind: 'List', span: {start: 0, end: 0}, items: uses.map((use) => this.written(use, reader))};
  }

  /** An operand in the names of the steps; where a loop brings another value each time, as the user writes it. */
  private written({expr, sources, transposed}: OperandUse, reader: number): Expr {
    const [source] = sources;
    const isOld = this.loops && expr.kind === 'Name' && [...sources].some((each) => each >= reader && this.naming.value(each) === expr.id);
    const base = isOld ? name(`${expr.id}_prev`) : sources.size === 1 && !(this.loops && expr.kind === 'Name') ? this.naming.valueExpr(source) : expr;
    return transposed ? transpose(base) : base;
  }

  private forwardStep(node: number): ForwardStep {
    const {event, count} = this.steps.nodes[node];
    const own = this.naming.value(node);
    const expr = this.expressionOf(node);
    const code = this.source(node);
    return {
      name: own, code, count, shape: this.shape(node), span: event?.span ?? null, path: event?.activation.path ?? '',
      tex: expr !== null ? `${texName(own)} = ${this.tex(expr)}` : code === own ? texName(own) : verbatim(code),
    };
  }

  /** The chain, with the values beside it that were given names here. */
  private shownForward(): number[] {
    const shown = new Set(this.chain);
    for (let size = -1; size !== shown.size;) {
      size = shown.size;
      for (const node of [...shown]) for (const {sources} of this.steps.nodes[node].uses) for (const source of sources) if (this.naming.isMade(source)) shown.add(source);
    }
    return [...shown].sort((a, b) => a - b);
  }

  private source(node: number): string {
    const expr = this.expressionOf(node);
    const own = this.naming.value(node);
    if (expr !== null) return `${own} = ${printExpr(expr)}`;
    const {uses, kind} = this.steps.nodes[node];
    if (kind === 'input') return own;
    const [container, index, value] = uses;
    return uses.length === 3 ? `${printExpr(container.expr)}[${indexText(index.expr)}] = ${printExpr(this.written(value, node))}` : own;
  }

  /** What computes a step, in the names of the steps; null for an input and for what writes into an array. */
  private expressionOf(node: number): Expr | null {
    const {code, uses} = this.steps.nodes[node];
    const operands = (i: number): Expr => this.operand(uses.filter(({operand}) => operand === i), node);
    switch (code?.kind) {
      case 'Binary': return {...code, left: operands(0), right: operands(1)};
      case 'Unary': return {...code, operand: operands(0)};
      case 'Subscript': return subscript(operands(0), code.index);
      case 'AugAssign': return code.target.kind === 'Subscript' ? null : binary(operands(0), code.operator, operands(1));
      case 'Call': {
        const isMethod = uses.some(({expr}) => code.callee.kind === 'Attribute' && expr === stripped(code.callee.object));
        const order = [...code.args.filter((arg) => arg.name === null), ...code.args.filter((arg) => arg.name !== null)];
        const args = order.map((arg, i) => ({...arg, value: operands(i + (isMethod ? 1 : 0))}));
        return {...code, callee: isMethod && code.callee.kind === 'Attribute' ? {...code.callee, object: operands(0)} : code.callee, args};
      }
      default: return null;
    }
  }

  private backwardStep(node: number, terms: readonly WorkedTerm[]): BackwardStep {
    const whole = terms.map((term) => this.termTex(term));
    const given = this.steps.ends.has(node) ? [this.tex(this.naming.upstreamExpr())] : [];
    const lhs = derivative(this.naming.value(node));
    return {
      of: this.naming.value(node), gradient: this.naming.gradient(node), shape: this.shape(node),
      tex: whole.includes(null) ? null : `${lhs} = ${[...given, ...whole].join(' + ')}`,
      terms: terms.map((term, i) => this.termOf(node, term, whole[i])),
      remarks: [...(terms.length + given.length > 1 ? [manyUses(this.naming.value(node), terms.length + given.length)] : []), ...(this.isShared(node, terms) ? [manyTimes(this.naming.value(node), this.naming.gradient(node))] : [])],
    };
  }

  /** Whether a loop uses the same value in all of its rounds. */
  private isShared(node: number, terms: readonly WorkedTerm[]): boolean {
    const {nodes} = this.steps;
    return terms.some(({reader}) => nodes[reader].count > nodes[node].count);
  }

  private termOf(node: number, term: WorkedTerm, tex: string | null): Term {
    const {reader, handed, use} = term;
    const made = this.steps.nodes[reader];
    const rule = made.event === null ? null : ruleOf(made.event.name);
    const {naming} = this;
    const words = handed?.kind === 'scatter'
      ? {pattern: 'a selection hands back', why: 'What was picked hands its gradient back to the place it was picked from, and all other places get nothing.'}
      : rule ?? {pattern: 'a write cuts', why: 'What was written takes the gradient of the place it was written to.'};
    const remarks: string[] = [];
    const factors = made.uses.map((each) => ({name: printExpr(this.written(each, reader)), shape: this.useShape(reader, each), rank: each.value === null ? 0 : this.useShape(reader, each).length}));
    const isProduct = made.event !== null && ['np.dot', 'np.matmul', '@'].includes(made.event.name) && factors.length === 2 && factors.every(({rank}) => rank === 2);
    if (isProduct && tex !== null && handed?.kind === 'value') {
      const other = factors[use.operand === 0 ? 1 : 0];
      remarks.push(matrixProduct({
        gradient: naming.gradient(node), of: factors[use.operand].name, shape: factors[use.operand].shape, upstream: printExpr(naming.gradientExpr(reader)), upstreamShape: this.shape(reader),
        other: other.name, otherShape: other.shape, code: printExpr(handed.expr), result: naming.value(reader), isLeft: use.operand === 0,
      }));
    }
    if (handed?.kind === 'value' && handed.summed.length > 0) remarks.push(axisSum(factors[use.operand].name, factors[use.operand].shape, this.shape(reader), handed.summed));
    if (handed?.kind === 'value' && handed.expr.kind === 'Name' && handed.summed.length === 0) remarks.push(asIs(printExpr(handed.expr)));
    if (handed?.kind === 'scatter' && handed.repeats) remarks.push(timesOver(naming.gradient(node)));
    return {from: naming.value(reader), code: handed === null ? null : this.termCode(node, handed), tex, carried: reader <= node, pattern: words.pattern, why: words.why, remarks};
  }

  private termCode(node: number, handed: Handed): string {
    const gradient = this.naming.gradient(node);
    switch (handed.kind) {
      case 'value': return printExpr(handed.expr);
      case 'scatter': return handed.repeats ? `np.add.at(${gradient}, ${printExpr(handed.index)}, ${printExpr(handed.expr)})` : `${gradient}[${indexText(handed.index)}] += ${printExpr(handed.expr)}`;
      case 'rest': return `${printExpr(handed.expr)}, but zero at [${indexText(handed.index)}]`;
    }
  }

  private termTex({handed}: WorkedTerm): string | null {
    if (handed === null) return null;
    switch (handed.kind) {
      case 'value': return this.tex(handed.expr);
      case 'scatter': return `\\operatorname{put}_{${texOf(handed.index, plainSymbols)}}\\left(${this.tex(handed.expr)}\\right)`;
      case 'rest': return `\\operatorname{clear}_{${texOf(handed.index, plainSymbols)}}\\left(${this.tex(handed.expr)}\\right)`;
    }
  }

  private definition(node: number): string[] {
    const expr = this.expressionOf(node);
    const own = this.naming.value(node);
    if (expr !== null) return printExpr(expr) === own ? [] : [`${own} = ${printExpr(expr)}`];
    const {uses, kind, code} = this.steps.nodes[node];
    if (kind === 'input') return [];
    const [container, index, value] = uses;
    const operator = code?.kind === 'AugAssign' ? `${code.operator}=` : '=';
    return [`${own} = np.copy(${printExpr(this.written(container, node))})`, `${own}[${indexText(index.expr)}] ${operator} ${printExpr(this.written(value, node))}`];
  }

  private statements(node: number, terms: readonly WorkedTerm[]): string[] {
    const gradient = this.naming.gradient(node);
    const own = this.naming.value(node);
    const values = terms.flatMap(({handed}) => (handed?.kind === 'value' ? [printExpr(handed.expr)] : []));
    if (this.steps.ends.has(node)) values.unshift(printExpr(this.naming.upstreamExpr()));
    const others = terms.flatMap(({handed}) => {
      if (handed?.kind === 'scatter') return [this.termCode(node, handed)];
      return handed?.kind === 'rest' ? [`rest = np.copy(${printExpr(handed.expr)})`, `rest[${indexText(handed.index)}] = 0`, `${gradient} += rest`] : [];
    });
    return [`${gradient} = ${others.length === 0 ? values.join(' + ') : [`np.zeros_like(${own})`, ...values].join(' + ')}`, ...others];
  }

  private shape(node: number): ShapeText {
    const {key} = this.steps.nodes[node];
    const sizes = this.all.map(({nodes}) => nodes.find((other) => other.key === key)?.shape);
    const [first] = sizes;
    return this.asked.letters(sizes.filter((size) => size?.length === first?.length).map((size) => size ?? []));
  }

  private useShape(reader: number, {operand, inList}: OperandUse): ShapeText {
    const {key} = this.steps.nodes[reader];
    const sizes = this.all.flatMap(({nodes}) => {
      const value = nodes.find((other) => other.key === key)?.uses.find((use) => use.operand === operand && use.inList === inList)?.value;
      return value !== null && typeof value === 'object' && 'shape' in value ? [value.shape] : [];
    });
    return sizes.length === 0 ? [] : this.asked.letters(sizes);
  }

  private tex(expr: Expr): string {
    return texOf(expr, this.naming.symbols);
  }
}

interface WorkedTerm {
  readonly reader: number;
  readonly use: OperandUse;
  readonly handed: Handed | null;
}

const plainSymbols = {gradientOf: () => null, shapeOf: () => []};

function stripped(expr: Expr): Expr {
  return expr.kind === 'Attribute' && expr.name === 'T' ? stripped(expr.object) : expr;
}

function indexText(index: Expr): string {
  return index.kind === 'Tuple' ? index.items.map((item) => printExpr(item)).join(', ') : printExpr(index);
}

/** Names of the arguments that were given by keyword, in the order of the operands. */
function keywordsOf(code: Expr | Stmt | null, count: number): readonly (string | null)[] {
  if (code?.kind !== 'Call') return new Array<null>(count).fill(null);
  const named = code.args.flatMap((arg) => (arg.name === null ? [] : [arg.name]));
  return [...new Array<null>(count - named.length).fill(null), ...named];
}

function targetOf({nodes}: Steps, of: string): number {
  const matches = (node: StepNode): boolean => node.names.includes(of);
  const last = nodes.findLastIndex(matches);
  return last >= 0 ? last : nodes.findIndex((node) => node.names.includes(`${of}[0]`));
}

function ancestors({nodes, ends}: Steps): Set<number> {
  const found = new Set(ends);
  for (const node of found) for (const {sources} of nodes[node].uses) for (const source of sources) found.add(source);
  return found;
}

function descendants({nodes}: Steps, target: number): Set<number> {
  const found = new Set([target]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    nodes.forEach(({uses}, i) => { if (uses.some(({sources}) => [...sources].some((source) => found.has(source)))) found.add(i); });
  }
  return found;
}
