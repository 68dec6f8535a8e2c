/**
 * Lays out graphs beside the page: in a worker, or, where none may be started, in slices between other work of the page.
 * Only the newest graph that was asked for is answered. Knows neither the graph's meaning nor its drawing.
 */
import {layOutInSteps} from './layout.ts';
import type {Layout, LayoutEdge, LayoutNode} from './layout.ts';
import {layoutOf, requestOf} from './layout-message.ts';
import type {LayoutAnswer} from './layout-message.ts';
import {inSlices} from './slices.ts';
import workerText from './layout-worker.ts?worker';

export interface Layouter {
  /** Calls `done` later, unless something newer is asked for before. */
  layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], done: (layout: Layout) => void): void;
}

export function createLayouter(): Layouter {
  let round = 0;
  let waiting: {readonly nodes: readonly LayoutNode[]; readonly edges: readonly LayoutEdge[]; readonly done: (layout: Layout) => void} | null = null;
  let worker = startWorker();

  function inThisThread(mine: number): void {
    if (waiting === null) return;
    const {nodes, edges, done} = waiting;
    inSlices(layOutInSteps(nodes, edges), () => mine === round, (layout) => {
      waiting = null;
      done(layout);
    });
  }

  if (worker !== null) {
    worker.onmessage = ({data}: MessageEvent<LayoutAnswer>) => {
      if (data.round !== round || waiting === null) return;
      const {nodes, done} = waiting;
      waiting = null;
      done(layoutOf(data, nodes));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker?.terminate();
      worker = null;
      inThisThread(round);
    };
  }

  return {
    layOut(nodes, edges, done) {
      waiting = {nodes, edges, done};
      round++;
      if (worker === null) inThisThread(round);
      else worker.postMessage(requestOf(round, nodes, edges));
    },
  };
}

function startWorker(): Worker | null {
  try {
    const address = URL.createObjectURL(new Blob([workerText], {type: 'text/javascript'}));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    return worker;
  } catch {
    return null;
  }
}
