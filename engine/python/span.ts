/** Places in a source text. Knows nothing of trees, files or editors. */

/** A half-open range of UTF-16 offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A 1-based line and a 1-based column that counts code points, as the terminal contract has it. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
