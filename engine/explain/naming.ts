/** What values and gradients are called in an explanation: as the user calls them, and names made for what has none. */
import type {Expr} from '../python/ast.ts';
import {formula, name} from './formula.ts';
import type {ShapeText} from '../graph/graph.ts';
import type {StepNode, Steps} from './steps.ts';
import type {Symbols} from './tex.ts';

export class Naming {
  private readonly values = new Map<number, string>();
  private readonly gradients = new Map<number, string>();
  private readonly made = new Set<number>();
  /** Gradients that are another one. */
  private readonly same = new Map<number, Expr>();
  readonly symbols: Symbols;

  constructor(private readonly steps: Steps, needed: ReadonlySet<number>, loops: boolean, gradientNames: ReadonlyMap<string, string>, private readonly upstream: string | null, shapeOf: (node: number) => ShapeText) {
    const taken = new Set<string>();
    const free = (wanted: string): string => {
      let found = wanted;
      for (let version = 2; taken.has(found); version++) found = `${wanted}_${version}`;
      taken.add(found);
      return found;
    };
    let made = 0;
    const order = [...needed].sort((a, b) => a - b);
    for (const node of order) {
      const step = steps.nodes[node];
      const own = step.names.at(0);
      // A user may call something t1.
      while (own === undefined && steps.nodes.some(({names}) => names.includes(`t${made + 1}`))) made++;
      const wanted = own ?? `t${++made}`;
      if (own === undefined) this.made.add(node);
      this.values.set(node, loops && own !== undefined ? own : free(wanted));
    }
    // The last value of a name is the one that the user's gradient is of.
    const claimed = new Set<string>();
    if (upstream !== null) taken.add(upstream);
    for (const node of [...order].reverse()) {
      const gradient = this.claim(steps.nodes[node], gradientNames, claimed) ?? `d${lastWord(this.values.get(node)!)}`;
      this.gradients.set(node, loops ? gradient : free(gradient));
    }
    const ofGradient = new Map([...this.gradients].map(([node, gradient]) => [gradient, this.values.get(node)!]));
    const shapes = new Map([...this.values].flatMap(([node, value]) => [[value, shapeOf(node)], [this.gradients.get(node)!, shapeOf(node)]] as const));
    const ends = order.filter((node) => steps.ends.has(node));
    if (upstream !== null && ends.length > 0) {
      ofGradient.set(upstream, this.values.get(ends[ends.length - 1])!);
      shapes.set(upstream, shapeOf(ends[ends.length - 1]));
    }
    this.symbols = {gradientOf: (id) => ofGradient.get(id) ?? null, shapeOf: (id) => shapes.get(id) ?? []};
  }

  value(node: number): string {
    return this.values.get(node) ?? '?';
  }

  gradient(node: number): string {
    return this.gradients.get(node) ?? '?';
  }

  /** Whether the user has no name for it. */
  isMade(node: number): boolean {
    return this.made.has(node);
  }

  valueExpr(node: number): Expr {
    return formula(this.value(node));
  }

  /** Of an output that nothing else reads, what comes in. */
  gradientExpr(node: number): Expr {
    const isRead = this.steps.nodes.some(({uses}, i) => this.values.has(i) && uses.some(({sources}) => sources.has(node)));
    return this.steps.ends.has(node) && !isRead ? this.upstreamExpr() : this.same.get(node) ?? name(this.gradient(node));
  }

  /** The gradient of a value without a name is just this one, which stands for it from now on. */
  equate(node: number, gradient: Expr): void {
    if (this.isMade(node)) this.same.set(node, gradient);
  }

  isSame(node: number): boolean {
    return this.same.has(node);
  }

  upstreamExpr(): Expr {
    return formula(this.upstream ?? '1.0');
  }

  private claim({names}: StepNode, gradientNames: ReadonlyMap<string, string>, claimed: Set<string>): string | undefined {
    for (const own of names) {
      const gradient = gradientNames.get(own);
      if (gradient === undefined || claimed.has(gradient) || !/^[A-Za-z_]\w*$/.test(gradient)) continue;
      claimed.add(gradient);
      return gradient;
    }
    return undefined;
  }
}

/** `W` of `self.W`, `W1` of `params['W1']`, `w0` of `w[0]`. */
function lastWord(text: string): string {
  const key = /\[['"](\w+)['"]\]$/.exec(text);
  if (key !== null) return key[1];
  const item = /(\w+)\[(\d+)\]$/.exec(text);
  if (item !== null) return `${item[1]}${item[2]}`;
  return text.replace(/^.*\./, '').replace(/\W+/g, '_');
}
