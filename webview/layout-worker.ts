/** The worker's side: lays out what it is sent, and sends it back. Bundled as text, since a panel may load no other file. */
import {answerTo} from './layout-message.ts';
import type {LayoutAnswer, LayoutRequest} from './layout-message.ts';

interface Scope {
  onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null;
  postMessage(message: LayoutAnswer, transfer: readonly Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
scope.onmessage = ({data}) => {
  const answer = answerTo(data);
  scope.postMessage(answer, [answer.places.buffer, answer.wires.buffer]);
};
