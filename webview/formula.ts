/**
 * NumPy text as TeX: `dout @ w.T` as people write it on paper. Reads the arithmetic that derivatives are made of; gives null
 * for anything else, which is then shown as the code that it is. Pure.
 */

type Token = {readonly kind: 'number' | 'name' | 'sign' | 'end'; readonly text: string};

/** A piece of TeX and how tightly it holds together: the binding of its outermost operator. */
interface Piece {
  readonly tex: string;
  readonly binding: number;
}

const binding = {compare: 1, sum: 2, product: 3, sign: 4, power: 5, atom: 6};
const functions: Readonly<Record<string, string>> = {
  'np.exp': '\\exp', 'np.log': '\\ln', 'np.sin': '\\sin', 'np.cos': '\\cos', 'np.tan': '\\tan', 'np.sinh': '\\sinh', 'np.cosh': '\\cosh', 'np.tanh': '\\tanh',
};
const comparisons: Readonly<Record<string, string>> = {'>': '>', '<': '<', '>=': '\\ge', '<=': '\\le', '==': '=', '!=': '\\ne'};

export function texOf(text: string): string | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const reader = new Reader(tokens);
  try {
    const {tex} = reader.comparison();
    return reader.isDone() ? tex : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** A name as it is written in mathematics: `x_1` for x1, `∂L/∂w` is made elsewhere. */
export function nameTex(name: string): string {
  if (name === 'g') return '\\bar{g}';
  if (!/\w/.test(name)) return `\\text{(${name})}`;
  const [, letters, digits] = /^([A-Za-z]+)(\d*)$/.exec(name) ?? [null, null, null];
  const plain = (word: string): string => (word.length === 1 ? word : `\\mathit{${word.replaceAll('_', '\\_')}}`);
  if (letters === null) return `\\mathit{${name.replace(/[^\w.[\]']/g, '').replaceAll('_', '\\_')}}`;
  return digits === '' ? plain(letters) : `${plain(letters)}_{${digits!}}`;
}

class Unreadable extends Error {}

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(\d+\.?\d*(?:e-?\d+)?)|([A-Za-z_]\w*)|(\*\*|>=|<=|==|!=|[-+*/@()<>,.=]))/gy;
  for (;;) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) return text.slice(at).trim() === '' ? [...tokens, {kind: 'end', text: ''}] : null;
    const [, number, name, sign] = match as readonly (string | undefined)[];
    tokens.push(number !== undefined ? {kind: 'number', text: number} : name !== undefined ? {kind: 'name', text: name} : {kind: 'sign', text: sign!});
  }
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  isDone(): boolean {
    return this.tokens[this.at].kind === 'end';
  }

  comparison(): Piece {
    const left = this.sum();
    const sign = Object.keys(comparisons).find((candidate) => this.takes(candidate));
    return sign === undefined ? left : {tex: `\\left[${left.tex} ${comparisons[sign]} ${this.sum().tex}\\right]`, binding: binding.atom};
  }

  private sum(): Piece {
    let left = this.product();
    for (;;) {
      const sign = this.takes('+') ? '+' : this.takes('-') ? '-' : null;
      if (sign === null) return left;
      const right = this.product();
      left = {tex: `${left.tex} ${sign} ${held(right, sign === '-' ? binding.product : binding.sum)}`, binding: binding.sum};
    }
  }

  private product(): Piece {
    let left = this.signed();
    for (;;) {
      if (this.takes('/')) left = {tex: `\\frac{${left.tex}}{${this.signed().tex}}`, binding: binding.atom};
      else if (this.takes('@')) left = {tex: `${held(left, binding.product)}\\, ${held(this.signed(), binding.power)}`, binding: binding.product};
      else if (this.takes('*')) {
        const isNumber = this.tokens[this.at - 2].kind === 'number' || this.tokens[this.at].kind === 'number';
        const right = this.signed();
        if (right.tex === '1') continue;
        left = left.tex === '1' ? right : {tex: `${held(left, binding.product)}${isNumber ? '\\, ' : ' \\odot '}${held(right, binding.power)}`, binding: binding.product};
      } else return left;
    }
  }

  private signed(): Piece {
    return this.takes('-') ? {tex: `-${held(this.signed(), binding.product)}`, binding: binding.sign} : this.power();
  }

  private power(): Piece {
    const base = this.atom();
    return this.takes('**') ? {tex: `${held(base, binding.atom)}^{${this.signed().tex}}`, binding: binding.power} : base;
  }

  private atom(): Piece {
    const {kind, text} = this.tokens[this.at++];
    if (kind === 'number') return {tex: text, binding: binding.atom};
    if (text === '(') {
      const inner = this.comparison();
      this.needs(')');
      // A fraction or a bracket needs no parentheses of its own.
      return inner.binding === binding.atom ? inner : this.after({tex: `\\left(${inner.tex}\\right)`, binding: binding.atom});
    }
    if (kind !== 'name') throw new Unreadable();
    let name = text;
    while (this.tokens[this.at].text === '.' && this.tokens[this.at + 1].text !== 'T') {
      this.at++;
      name += `.${this.tokens[this.at++].text}`;
    }
    if (this.takes('(')) return this.after(this.call(name));
    return this.after({tex: name === 'np.pi' ? '\\pi' : nameTex(name), binding: binding.atom});
  }

  /** A transposition behind something. */
  private after(piece: Piece): Piece {
    if (this.tokens[this.at].text !== '.' || this.tokens[this.at + 1].text !== 'T') return piece;
    this.at += 2;
    return {tex: `${piece.tex}^{\\top}`, binding: binding.power};
  }

  private call(name: string): Piece {
    const args: Piece[] = [];
    const named = new Map<string, string>();
    while (!this.takes(')')) {
      if (this.tokens[this.at].kind === 'name' && this.tokens[this.at + 1].text === '=') {
        const key = this.tokens[this.at].text;
        this.at += 2;
        named.set(key, this.argument());
      } else args.push(this.comparison());
      if (!this.takes(',') && this.tokens[this.at].text !== ')') throw new Unreadable();
    }
    if (name === 'np.sqrt' && args.length === 1) return {tex: `\\sqrt{${args[0].tex}}`, binding: binding.atom};
    if (name === 'np.sum' && args.length === 1) {
      const axis = named.get('axis');
      return {tex: `\\sum${axis === undefined ? '' : `_{\\text{axis ${axis}}}`} ${held(args[0], binding.product)}`, binding: binding.product};
    }
    if (named.size > 0) throw new Unreadable();
    const inside = args.map(({tex}) => tex).join(', ');
    const known = functions[name] as string | undefined;
    return {tex: `${known ?? `\\operatorname{${name.replace(/^np\./, '').replaceAll('_', '\\_')}}`}\\left(${inside}\\right)`, binding: binding.atom};
  }

  /** The value of a keyword: a number, a name or a tuple of numbers. */
  private argument(): string {
    if (!this.takes('(')) return `${this.takes('-') ? '-' : ''}${this.tokens[this.at++].text}`;
    const parts: string[] = [];
    while (!this.takes(')')) {
      parts.push(this.tokens[this.at++].text);
      this.takes(',');
    }
    return parts.join(', ');
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.at++;
    return true;
  }

  private needs(sign: string): void {
    if (!this.takes(sign)) throw new Unreadable();
  }
}

function held({tex, binding: own}: Piece, least: number): string {
  return own < least ? `\\left(${tex}\\right)` : tex;
}
