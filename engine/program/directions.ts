/**
 * Which half of a pair a function's name announces, and which name the other half may have: `conv_backward_naive` and
 * `conv_forward_fast`, `fwd_relu`, `linearBackward`, `sigmoid_prime` of `sigmoid`. Names only; no trees.
 */
import {byName} from './by-name.ts';
import {squash, wordsOf} from './naming.ts';

export interface Directed {
  readonly direction: 'forward' | 'backward';
  /** The words before and after the direction, squashed: `conv` and `naive`. */
  readonly before: string;
  readonly after: string;
}

const BACKWARD: ReadonlyMap<string, string> = new Map([
  ['backward', ''], ['backwards', ''], ['backaward', ''], ['backword', ''], ['bacward', ''], ['bwd', ''], ['back', ''], ['bprop', 'prop'],
  ['backprop', 'prop'], ['backpropagation', 'prop'], ['backpropogation', 'prop'], ['backpropagate', 'prop'],
  ['backwardpropagation', 'prop'], ['backwardprop', 'prop'], ['vjp', ''], ['bptt', 'prop'], ['backpass', 'pass'], ['backwardpass', 'pass'],
]);
const FORWARD: ReadonlyMap<string, string> = new Map([
  ['forward', ''], ['forwards', ''], ['foward', ''], ['farward', ''], ['fwd', ''], ['fprop', 'prop'], ['feedforward', 'prop'], ['forwardprop', 'prop'],
  ['forwardpropagation', 'prop'], ['forwardpropagate', 'prop'], ['forwardpass', 'pass'],
]);
const SAME: ReadonlyMap<string, string> = new Map([
  ['propagation', 'prop'], ['propagate', 'prop'], ['propogation', 'prop'], ['propagating', 'prop'],
]);

/** The direction in a function's name, or null. `feed_forward` counts as `feedforward`. */
export const directionOf: (name: string) => Directed | null = byName((name) => {
  const words = wordsOf(name).map(word => SAME.get(word) ?? word);
  for (const [direction, table] of [['backward', BACKWARD], ['forward', FORWARD]] as const) {
    const at = words.findIndex(word => table.has(word));
    if (at >= 0) {
      const before = words.slice(0, at);
      if (direction === 'forward' && before.at(-1) === 'feed') before.pop();
      const implied = table.get(words[at])!;
      const after = implied === '' ? words.slice(at + 1) : [implied, ...words.slice(at + 1)];
      return {direction, before: before.join(''), after: after.join('_')};
    }
  }
  for (const direction of ['backward', 'forward'] as const) {
    const glued = words.findIndex(word => word.endsWith(direction));
    if (glued < 0) continue;
    const before = [...words.slice(0, glued), words[glued].slice(0, -direction.length)];
    return {direction, before: before.join(''), after: words.slice(glued + 1).join('_')};
  }
  return null;
});

/** How well a forward's name goes with a backward's: null not at all, else larger is better. */
export function affinity(forward: Directed, backward: Directed): number | null {
  if (forward.before !== backward.before) return null;
  if (forward.after === backward.after) return 100;
  const mine = forward.after.split('_');
  const theirs = backward.after.split('_');
  let shared = 0;
  while (shared < mine.length && shared < theirs.length && mine[shared] === theirs[shared] && mine[shared] !== '') shared++;
  if (forward.before === '') {
    // Without a layer's name, what follows is all there is: `forward_propagation` serves `backward_propagation_with_l2`.
    const generic = (words: readonly string[]): boolean => words.every(word => word === '' || word === 'prop' || word === 'pass');
    const begins = shared === mine.length && shared > 0;
    if (!begins && !(generic(mine) && (generic(theirs) || theirs[0] === 'prop'))) return null;
  }
  if (forward.after === '') return 60 + shared;
  if (forward.after === 'naive') return 50;
  return 10 + shared;
}

/** Whether two names are the same but for a letter that is missing or changed places: `liner_forward`, `linear_backward`. */
export function isMisspelt(forward: Directed, backward: Directed): boolean {
  const [a, b] = [forward, backward].map(({before, after}) => `${before}${squash(after)}`);
  const stem = (name: string): string => name.replace(/(?:ion|ing|ed|e)$/, '');
  return isSlip(a, b) || isSlip(stem(a), stem(b));
}

function isSlip(a: string, b: string): boolean {
  if (a === b || a[0] !== b[0] || Math.min(a.length, b.length) < 5 || /\d/.test(a + b)) return false;
  let place = 0;
  while (place < a.length && a[place] === b[place]) place++;
  if (a.length === b.length) return a[place] === b[place + 1] && a[place + 1] === b[place] && a.slice(place + 2) === b.slice(place + 2);
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
  return longer.slice(place + 1) === shorter.slice(place);
}

const DERIVATIVE = '(?:derivative|derivate|deriv|derv|der|prime|grad|grads|gradient|gradients|diff|d|dx|dz|backward|backwards|back|bwd|bprop|backprop|jacobian|derivation|deri|dash|prim)';
const DERIVATIVE_BEHIND = new RegExp(`^(\\w+?)_(?:output_)?(?:to_)?${DERIVATIVE}(?:_(?:vectorized|naive|iterative|fast|step|from_output|output|function|func|fn|v\\d|\\d))*$`);
const DERIVATIVE_BEFORE = new RegExp(`^${DERIVATIVE}_(?:of_)?(\\w+)$`);

/** Whether a name announces a derivative in a word that often means something else: `parse_set_diff`, `matrix_d`. */
export function announcesWeakly(name: string): boolean {
  return /(?:^|_)(?:diff|d|dx|dz|back|dash)$|^(?:diff|back)_/.test(wordsOf(name).join('_'));
}

/** Names that the function may have whose derivative this name announces, squashed; empty when it announces none. */
export const derivativeOf: (name: string) => readonly string[] = byName((name) => {
  const words = wordsOf(name).join('_');
  const found: string[] = [];
  const add = (stem: string | undefined): void => {
    if (stem === undefined) return;
    const plain = squash(stem);
    if (plain !== '' && !found.includes(plain)) found.push(plain);
  };
  add(DERIVATIVE_BEHIND.exec(words)?.[1]);
  add(DERIVATIVE_BEFORE.exec(words)?.[1]);
  add(/^d([a-z]\w*)$/.exec(words)?.[1]);
  add(/^(\w+?)(?:derivative|deriv|prime|grad|gradient|backward)$/.exec(words)?.[1]);
  for (const stem of [...found]) {
    add(/^(\w+?)(?:function|func|activation)$/.exec(stem)?.[1]);
    add(`${stem}function`);
  }
  return found;
});
