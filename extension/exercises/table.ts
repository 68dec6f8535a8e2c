/** All exercises, in the order in which one would do them. */
import type {Exercise} from './exercise.ts';
import {gates} from './gates.ts';
import {layers} from './layers.ts';
import {losses} from './losses.ts';
import {networks} from './networks.ts';

const order = [
  'circuit', 'sigmoid-neuron', 'multiply-gate', 'constant-multiplier', 'affine', 'relu', 'matrix-network', 'svm-loss', 'softmax-loss',
  'two-layer-net', 'deep-net', 'batchnorm', 'convolution', 'max-pool', 'rnn', 'embedding', 'second-derivatives',
];

export const exercises: readonly Exercise[] = [...gates, ...layers, ...losses, ...networks].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));

export function exerciseOf(id: string | null): Exercise | undefined {
  return exercises.find((exercise) => exercise.id === id);
}
