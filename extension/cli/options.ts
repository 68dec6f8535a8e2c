/** The command line of the terminal command: words in, options or a clear complaint out. Knows nothing of files or checking. */
import {parseArgs} from 'node:util';

export interface CheckOptions {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly json: boolean;
  /** Only pairs with this name, or whose forward or backward has it. */
  readonly only: string | undefined;
  readonly seed: number;
  /** Pairs that must be there. */
  readonly required: readonly string[];
  /** Everything but `agrees` is a failure. */
  readonly strict: boolean;
  readonly ignorePragmas: boolean;
  /** Print the shape of every assignment. */
  readonly shapes: boolean;
  /** Print why each mistake is one, and the fix that was proved. */
  readonly fixes: boolean;
  /** Print the full coordinate-wise central difference beside the exact gradient. */
  readonly numerical: boolean;
}

export type Options = CheckOptions | {readonly command: 'help'} | {readonly command: 'version'};

/** The command line is wrong; the message says what and how to mend it. */
export class UsageError extends Error {}

export const usage = `Usage: backprop-tutor check FILE... [options]
       backprop-tutor survey DIR... [options]   (see survey --help)

Checks every backward pass that it finds in Python files (or in all .py files of a folder)
against the exact gradient of its forward pass. No Python is run or needed.

Options:
  --function NAME    check only the pair or function of this name
  --shapes           print the shape of every assignment
  --numerical        also print every gradient by central differences, coordinate by coordinate
  --fixes            also print why each mistake is one, and the fix that was proved
  --seed N           seed of the made inputs (default 0); a verdict does not depend on it
  --json             print one JSON object instead of text

For graders:
  --require NAME     the pair of this name must be there (may be repeated)
  --strict           fail on everything but agreement
  --ignore-pragmas   do not let the graded file choose its own inputs

  -h, --help         this text
  --version          the version

Exit code: 0 when nothing disagrees, 1 when something does, 2 when a file cannot be read
or the command line is wrong.`;

/** Reads the words after the program's name. Throws UsageError. */
export function parseCommandLine(words: readonly string[]): Options {
  const parsed = read(words);
  const {values, positionals} = parsed;
  if (values.help) return {command: 'help'};
  if (values.version) return {command: 'version'};
  const [command, ...paths] = positionals;
  if (positionals.length === 0) throw new UsageError('no command given; did you mean: backprop-tutor check FILE');
  if (command !== 'check') throw new UsageError(`unknown command '${command}'; did you mean: backprop-tutor check ${command}`);
  if (paths.length === 0) throw new UsageError('no file given; name a Python file or a folder: backprop-tutor check layers.py');
  return {
    command,
    paths,
    json: values.json,
    only: values.function,
    seed: seedOf(values.seed),
    required: values.require,
    strict: values.strict,
    ignorePragmas: values['ignore-pragmas'],
    shapes: values.shapes,
    fixes: values.fixes,
    numerical: values.numerical,
  };
}

function read(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        'json': {type: 'boolean', default: false},
        'function': {type: 'string'},
        'seed': {type: 'string', default: '0'},
        'require': {type: 'string', multiple: true, default: []},
        'strict': {type: 'boolean', default: false},
        'ignore-pragmas': {type: 'boolean', default: false},
        'shapes': {type: 'boolean', default: false},
        'fixes': {type: 'boolean', default: false},
        'numerical': {type: 'boolean', default: false},
        'help': {type: 'boolean', short: 'h', default: false},
        'version': {type: 'boolean', default: false},
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--seed takes a whole number from 0 to 999999999, not '${text}'`);
  return Number(text);
}
