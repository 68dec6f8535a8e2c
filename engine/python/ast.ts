/**
 * The typed syntax tree of a Python text: what the rest of the engine reads.
 * Every node carries its exact span. It holds no semantics: scopes are found in program/, meaning in interpreter/.
 */
import type {Span} from './span.ts';

/** A whole file. `comments` are in text order, without the leading `#`'s trimming: `text` starts at the `#`. */
export interface Module {
  readonly kind: 'Module';
  readonly span: Span;
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly span: Span;
  readonly text: string;
}

interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

// ---------------------------------------------------------------- expressions

export type UnaryOperator = '-' | '+' | '~' | 'not';
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export interface Name extends Node<'Name'> { readonly id: string }
/** An int (a bigint beyond 2^53), a float or the imaginary part of a complex literal. */
export interface NumberLiteral extends Node<'Number'> { readonly value: number | bigint; readonly type: 'int' | 'float' | 'imaginary' }
/** Adjacent literals are one node. `bytes` for b'' literals. */
export interface StringLiteral extends Node<'String'> { readonly value: string; readonly bytes: boolean }
export interface FString extends Node<'FString'> { readonly parts: readonly (string | FStringField)[] }
export interface FStringField {
  readonly value: Expr;
  readonly conversion: 'r' | 's' | 'a' | null;
  /** The part after the colon, itself a list of texts and fields. */
  readonly format: readonly (string | FStringField)[] | null;
  /** The text before `=` of `f'{x=}'`, else null. */
  readonly debug: string | null;
}
export interface Constant extends Node<'Constant'> { readonly value: null | boolean | 'Ellipsis' }
export interface TupleExpr extends Node<'Tuple'> { readonly items: readonly Expr[] }
export interface ListExpr extends Node<'List'> { readonly items: readonly Expr[] }
export interface SetExpr extends Node<'Set'> { readonly items: readonly Expr[] }
/** A null key is a `**mapping` entry. */
export interface DictExpr extends Node<'Dict'> { readonly entries: readonly {readonly key: Expr | null; readonly value: Expr}[] }
export interface Unary extends Node<'Unary'> { readonly operator: UnaryOperator; readonly operand: Expr }
export interface Binary extends Node<'Binary'> { readonly operator: BinaryOperator; readonly left: Expr; readonly right: Expr; readonly operatorSpan: Span }
export interface BoolOp extends Node<'BoolOp'> { readonly operator: 'and' | 'or'; readonly values: readonly Expr[] }
/** `a < b <= c` has two operators and two comparators. */
export interface Compare extends Node<'Compare'> { readonly left: Expr; readonly operators: readonly CompareOperator[]; readonly comparators: readonly Expr[] }
export interface Call extends Node<'Call'> { readonly callee: Expr; readonly args: readonly Argument[] }
export interface Argument {
  readonly span: Span;
  /** The keyword's name, or null for a positional argument. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: Expr;
}
export interface Attribute extends Node<'Attribute'> { readonly object: Expr; readonly name: string; readonly nameSpan: Span }
/** `x[i, j]` has a Tuple as its index. */
export interface Subscript extends Node<'Subscript'> { readonly object: Expr; readonly index: Expr }
export interface SliceExpr extends Node<'Slice'> { readonly start: Expr | null; readonly stop: Expr | null; readonly step: Expr | null }
/** `*items` in a tuple, a list or an assignment target. */
export interface Star extends Node<'Star'> { readonly value: Expr }
export interface Lambda extends Node<'Lambda'> { readonly params: readonly Parameter[]; readonly body: Expr }
export interface Conditional extends Node<'Conditional'> { readonly test: Expr; readonly then: Expr; readonly otherwise: Expr }
export interface Comprehension extends Node<'Comprehension'> {
  readonly type: 'list' | 'set' | 'dict' | 'generator';
  /** The key of a dictionary comprehension, else null. */
  readonly key: Expr | null;
  readonly element: Expr;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause { readonly target: Expr; readonly iterable: Expr; readonly conditions: readonly Expr[] }
export interface Yield extends Node<'Yield'> { readonly value: Expr | null; readonly from: boolean }
export interface Await extends Node<'Await'> { readonly value: Expr }
export interface NamedExpr extends Node<'NamedExpr'> { readonly target: Name; readonly value: Expr }
/** What could not be read as an expression; its neighbours survive. */
export interface InvalidExpr extends Node<'InvalidExpr'> { readonly message: string }

export type Expr =
  | Name | NumberLiteral | StringLiteral | FString | Constant | TupleExpr | ListExpr | SetExpr | DictExpr
  | Unary | Binary | BoolOp | Compare | Call | Attribute | Subscript | SliceExpr | Star | Lambda | Conditional
  | Comprehension | Yield | Await | NamedExpr | InvalidExpr;

// ---------------------------------------------------------------- statements

export interface Parameter {
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly star: '' | '*' | '**';
  readonly annotation: Expr | null;
  readonly default: Expr | null;
  /** After a bare `*` or `*args`: by keyword only. Before a `/`: by position only. */
  readonly passing: 'any' | 'keyword' | 'position';
}

export interface ExprStmt extends Node<'ExprStmt'> { readonly value: Expr }
/** `a = b = value` has two targets. */
export interface Assign extends Node<'Assign'> { readonly targets: readonly Expr[]; readonly value: Expr }
export interface AugAssign extends Node<'AugAssign'> { readonly target: Expr; readonly operator: BinaryOperator; readonly value: Expr }
export interface AnnAssign extends Node<'AnnAssign'> { readonly target: Expr; readonly annotation: Expr; readonly value: Expr | null }
export interface Return extends Node<'Return'> { readonly value: Expr | null }
export interface If extends Node<'If'> { readonly test: Expr; readonly body: readonly Stmt[]; readonly otherwise: readonly Stmt[] }
export interface For extends Node<'For'> { readonly target: Expr; readonly iterable: Expr; readonly body: readonly Stmt[]; readonly otherwise: readonly Stmt[] }
export interface While extends Node<'While'> { readonly test: Expr; readonly body: readonly Stmt[]; readonly otherwise: readonly Stmt[] }
export interface FunctionDef extends Node<'FunctionDef'> {
  readonly name: string;
  readonly nameSpan: Span;
  readonly params: readonly Parameter[];
  readonly returns: Expr | null;
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  /** The first statement when it is a string, with its span in the text. */
  readonly docstring: StringLiteral | null;
  /** Whether the body holds a `yield` of its own. */
  readonly generator: boolean;
  readonly async: boolean;
}
export interface ClassDef extends Node<'ClassDef'> {
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  readonly docstring: StringLiteral | null;
}
/** `import a.b as c` */
export interface Import extends Node<'Import'> { readonly names: readonly {readonly module: string; readonly as: string | null}[] }
/** `from ..a.b import c as d`; level counts the dots; a name of `*` is a star import. */
export interface ImportFrom extends Node<'ImportFrom'> { readonly level: number; readonly module: string; readonly names: readonly {readonly name: string; readonly as: string | null}[] }
export interface Global extends Node<'Global'> { readonly names: readonly string[] }
export interface Nonlocal extends Node<'Nonlocal'> { readonly names: readonly string[] }
export type Pass = Node<'Pass'>;
export type Break = Node<'Break'>;
export type Continue = Node<'Continue'>;
export interface Raise extends Node<'Raise'> { readonly exception: Expr | null; readonly cause: Expr | null }
export interface Try extends Node<'Try'> {
  readonly body: readonly Stmt[];
  readonly handlers: readonly {readonly span: Span; readonly type: Expr | null; readonly name: string | null; readonly body: readonly Stmt[]}[];
  readonly otherwise: readonly Stmt[];
  readonly finally: readonly Stmt[];
}
export interface With extends Node<'With'> { readonly items: readonly {readonly context: Expr; readonly target: Expr | null}[]; readonly body: readonly Stmt[] }
export interface Delete extends Node<'Delete'> { readonly targets: readonly Expr[] }
export interface Assert extends Node<'Assert'> { readonly test: Expr; readonly message: Expr | null }
/** One broken or unknown statement (an unfinished line, `match`); the statements around it survive. */
export interface Invalid extends Node<'Invalid'> { readonly message: string }

export type Stmt =
  | ExprStmt | Assign | AugAssign | AnnAssign | Return | If | For | While | FunctionDef | ClassDef | Import | ImportFrom
  | Global | Nonlocal | Pass | Break | Continue | Raise | Try | With | Delete | Assert | Invalid;
