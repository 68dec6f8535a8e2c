/** A long file of layers, made of the examples with every function renamed, so that each pair is one of its own. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const parts = ['affine', 'batchnorm', 'relu', 'losses', 'dropout', 'pooling', 'rnn_step', 'activations'];
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

export interface LayersFile {
  readonly text: string;
  /** At the end of an indentation in a forward in the middle of the file, where a statement can be typed. */
  readonly offset: number;
  /** On the name of a gradient that is far from there. */
  readonly hoverOffset: number;
}

/** At least `lines` lines. */
export function layersFile(lines: number): LayersFile {
  const bodies = parts.map((part) => readFileSync(`${examples}${part}.py`, 'utf8').replace(/^(?:import|from) .*\n/gm, '').trim());
  let text = 'import numpy as np\n';
  for (let round = 1; text.split('\n').length < lines; round++) {
    for (const body of bodies) {
      const names = [...body.matchAll(/^(?:def|class) (\w+)/gm)].map((match) => match[1]);
      // `relu_forward` becomes `relu2_forward`, so that the pair is still one by name.
      const renamed = names.reduce((result, name) => result.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), name.replace(/^[a-z]+|^[A-Z]\w*/, `$&${round}`)), body);
      text += `\n\n${renamed}\n`;
    }
  }
  const half = text.indexOf('def affine3_forward');
  const statement = text.indexOf('    rows = x.reshape', half);
  const made = `${text.slice(0, statement)}    \n${text.slice(statement)}`;
  return {text: made, offset: statement + 4, hoverOffset: made.indexOf('dx = ', made.indexOf('def affine2_backward')) + 1};
}
