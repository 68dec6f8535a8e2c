/**
 * Keeps the SVG of the graph up to date: what stays keeps its element and glides to where it belongs. Only what is seen is
 * drawn, with a margin, in slices, so that the page never waits however large the graph is; the old graph stays until the
 * new one is laid out. Knows nodes and places; where clicks lead is told to it.
 */
import type {GraphGroup} from '../engine/graph/graph.ts';
import {centre, drawNode, spoken, wirePath} from './drawing.ts';
import type {Drawn} from './folding.ts';
import type {Placed, Wire} from './layout.ts';
import type {Layouter} from './layouter.ts';
import type {PanelNode} from './protocol.ts';
import {emptyScene, layoutNodes, sceneInSteps, visibleIn} from './scene.ts';
import type {Cells, Frame, Visible} from './scene.ts';
import {inSlices, soon} from './slices.ts';
import {foundBy, walkOf} from './state.ts';
import type {PanelState} from './state.ts';
import {box, boxWidth, cell, element, shortened} from './svg.ts';
import type {Rectangle} from './viewport.ts';

export interface Canvas {
  /** `after` is called when what is seen of this state is on the page; not at all when another state comes before. */
  draw(state: PanelState, after: () => void): void;
  /** Draws what has come into view. */
  look(done?: () => void): void;
  /** Where a node is drawn: the first place of an input. */
  placeOf(id: string): Placed | undefined;
  /** The rectangle that everything fits in. */
  bounds(): Rectangle;
  /** Has everything on the page while `take` runs. */
  whole<T>(take: () => Promise<T>): Promise<T>;
}

export interface CanvasContext {
  readonly world: SVGGElement;
  readonly layouter: Layouter;
  /** The part of the drawing that is seen. */
  readonly visible: () => Rectangle;
  /** Another graph is about to be drawn; `isOther` when it is of another pair. */
  readonly laidOut: (isOther: boolean) => void;
}

/** Pixels of the drawing around what is seen that are drawn as well. */
const margin = 150;
/** Graphs of more nodes are taken up in several goes. */
const large = 1000;

interface Kept {
  readonly element: SVGElement;
  signature: string;
}

export function createCanvas({world, layouter, visible, laidOut}: CanvasContext): Canvas {
  const layers = ['groups', 'wires', 'nodes'].map((name) => element('g', {'class': name}));
  const [groupLayer, wireLayer, nodeLayer] = layers;
  world.append(...layers);
  const nodes = new Map<string, Kept>();
  const wires = new Map<string, Kept>();
  const frames = new Map<string, Kept>();
  let scene = emptyScene;
  let state: PanelState | null = null;
  /** What is laid out now, or has been. */
  let asked: Drawn | null = null;
  let pair = '';
  let seen: Cells = {left: 0, right: -1, top: 0, bottom: -1};
  let isWhole = false;
  let round = 0;
  let after: () => void = () => undefined;

  function draw(next: PanelState, whenDrawn: () => void): void {
    state = next;
    after = whenDrawn;
    const {drawn, picture} = next;
    if (drawn === asked) {
      if (scene.drawn === drawn) refresh(true);
      return;
    }
    asked = drawn;
    const layOut = (): void => {
      if (asked !== drawn) return;
      const groups = picture?.groups ?? [];
      layouter.layOut(layoutNodes(drawn, groups), drawn.edges, (layout) => {
        inSlices(sceneInSteps(drawn, layout, groups), () => asked === drawn, (made) => {
          scene = made;
          const name = `${picture?.uri ?? ''} ${picture?.pair ?? ''}`;
          laidOut(name !== pair);
          pair = name;
          refresh(true);
        });
      });
    };
    // To send a large graph takes a while: not in one go with what made it.
    if (drawn.nodes.length > large) soon(layOut);
    else layOut();
  }

  /** Draws what is seen: all of it when `again`, else only what is not there yet. */
  function refresh(again: boolean, done: () => void = () => undefined): void {
    if (state === null) return;
    seen = cellsSeen();
    const wanted = visibleIn(scene, seen);
    const places = withFocus(wanted.places);
    remove(nodes, new Set(places.map(({key}) => key)));
    remove(wires, new Set(wanted.wires.map(keyOfWire)));
    remove(frames, new Set(wanted.frames.map(({group}) => group.id)));
    const mine = ++round;
    inSlices(drawInSteps(state, {...wanted, places}, again), () => mine === round, () => {
      const tell = after;
      after = () => undefined;
      tell();
      done();
    });
  }

  function* drawInSteps(current: PanelState, wanted: Visible, again: boolean): Generator<void, void> {
    const walk = walkOf(current);
    const found = new Set(foundBy(current.search, scene.drawn.nodes).map(({id}) => id));
    const stop = scene.byId.has(current.selected ?? '') ? current.selected : scene.drawn.nodes.at(0)?.id;
    const mark = (made: SVGElement, id: string): void => {
      const {classList} = made;
      classList.toggle('selected', id === current.selected);
      classList.toggle('no-value', !walk.values.has(id));
      classList.toggle('no-gradient', !walk.gradients.has(id));
      classList.toggle('current', id === walk.current?.id);
      classList.toggle('wrong', id === current.wrong);
      classList.toggle('found', found.has(id));
      made.setAttribute('aria-current', String(id === current.selected));
      made.setAttribute('tabindex', id === stop ? '0' : '-1');
    };
    for (const frame of wanted.frames) if (again || !frames.has(frame.group.id)) keepFrame(frame);
    for (const placed of wanted.places) {
      const node = scene.byId.get(placed.id);
      if (node === undefined || !again && nodes.has(placed.key)) continue;
      mark(keepNode(placed, node), node.id);
      yield;
    }
    for (const wire of wanted.wires) {
      if (!again && wires.has(keyOfWire(wire))) continue;
      keepWire(wire, walk.values.has(scene.drawn.edges[wire.edge].from));
      yield;
    }
  }

  function cellsSeen(): Cells {
    if (isWhole) return {left: 0, right: Infinity, top: -Infinity, bottom: Infinity};
    const {x, y, width, height} = visible();
    return {
      left: Math.floor((x - margin) / cell.width), right: Math.ceil((x + width + margin) / cell.width),
      top: Math.floor((y - margin) / cell.height), bottom: Math.ceil((y + height + margin) / cell.height),
    };
  }

  /** What has the keyboard stays, wherever it is. */
  function withFocus(places: readonly Placed[]): readonly Placed[] {
    const key = document.activeElement?.getAttribute('data-key') ?? null;
    const focused = key === null ? undefined : scene.placeOf.get(key);
    return focused === undefined || places.includes(focused) ? places : [...places, focused];
  }

  function keepNode(placed: Placed, node: PanelNode): SVGElement {
    const contribution = node.kind === 'input' ? scene.contributionOf.get(placed.key) ?? null : null;
    const signature = JSON.stringify([node.label, node.names[0], node.shape, node.first, node.gradient, node.user, node.count, node.saved, contribution]);
    let kept = nodes.get(placed.key);
    if (kept === undefined) {
      kept = {element: element('g', {'class': 'node', role: 'img', 'aria-roledescription': 'node', 'data-id': placed.id, 'data-key': placed.key}), signature: ''};
      nodes.set(placed.key, kept);
      nodeLayer.append(kept.element);
    }
    if (kept.signature !== signature) {
      kept.element.replaceChildren(...drawNode(node, contribution));
      kept.element.setAttribute('aria-label', spoken(node));
      kept.element.classList.toggle('input', node.kind === 'input');
      kept.signature = signature;
    }
    const {x, y} = centre(placed);
    kept.element.style.transform = `translate(${x}px, ${y}px)`;
    return kept.element;
  }

  function keepWire(wire: Wire, isReached: boolean): void {
    const key = keyOfWire(wire);
    let kept = wires.get(key);
    if (kept === undefined) {
      kept = {element: element('path', {'class': wire.carried ? 'wire carried' : 'wire', 'marker-end': 'url(#arrow)'}), signature: ''};
      wires.set(key, kept);
      wireLayer.append(kept.element);
    }
    const from = scene.placeOf.get(wire.from)!;
    const to = scene.placeOf.get(wire.to)!;
    const path = wirePath(from, to, wire, widthOf(from), widthOf(to));
    if (path !== kept.signature) kept.element.setAttribute('d', path);
    kept.signature = path;
    kept.element.classList.toggle('no-value', !isReached);
  }

  function widthOf({id}: Placed): number {
    return boxWidth(shortened(scene.byId.get(id)?.label ?? '', 11));
  }

  function keepFrame(frame: Frame): void {
    const {group} = frame;
    const isOpen = scene.openLoops.has(group.id);
    const signature = JSON.stringify([frame, isOpen]);
    if (frames.get(group.id)?.signature === signature) return;
    const made = drawFrame(frame, group, isOpen);
    const kept = frames.get(group.id);
    if (kept === undefined) groupLayer.append(made);
    else kept.element.replaceWith(made);
    frames.set(group.id, {element: made, signature});
  }

  return {
    draw,
    look(done) {
      const {left, right, top, bottom} = cellsSeen();
      if (left !== seen.left || right !== seen.right || top !== seen.top || bottom !== seen.bottom) refresh(false, done);
    },
    placeOf: (id) => scene.placeOf.get(id) ?? scene.layout.places.find((placed) => placed.id === id),
    bounds() {
      const {ranks, top, bottom} = scene.layout;
      return {x: -70, y: top * cell.height - 60, width: (ranks - 1) * cell.width + 240, height: (bottom - top) * cell.height + 116};
    },
    async whole(take) {
      while (state !== null && scene.drawn !== state.drawn) await new Promise((done) => { setTimeout(done, 20); });
      isWhole = true;
      try {
        // What is drawn may be begun anew, for another state, before it is done.
        while (nodes.size < scene.layout.places.length) await new Promise<void>((done) => { refresh(false, done); setTimeout(done, 200); });
        return await take();
      } finally {
        isWhole = false;
        refresh(false);
      }
    },
  };
}

function drawFrame({left, right, top, bottom, levels}: Frame, {id, label, kind, count}: GraphGroup, isOpen: boolean): SVGElement {
  const pad = 6 * levels;
  const x = left * cell.width - box.most / 2 - 8 - pad;
  const y = top * cell.height - cell.height * 0.44 - pad;
  const width = (right - left) * cell.width + cell.width - 18 + 2 * pad;
  // Below what a loop carries back there is room for what is said of it.
  const height = (bottom - top) * cell.height + cell.height * 0.88 + 2 * pad + (kind === 'loop' ? 20 : 0);
  const times = kind === 'loop' ? ` ×${count}` : '';
  const made = element('g', {'class': `group ${kind}`, role: 'button', tabindex: 0, 'data-group': id, 'aria-label': `${label}${times}: fold`},
    element('rect', {x, y, width, height, rx: 8}), element('text', {x: x + width - 8, y: y + height - 6, 'text-anchor': 'end'}, `⊟ ${label}${times}`));
  if (kind !== 'loop') return element('g', {}, made);
  const words = isOpen ? 'draw the loop once' : 'open each iteration';
  return element('g', {}, made, element('g', {'class': 'group', role: 'button', tabindex: 0, 'data-loop': id, 'aria-label': `${label}: ${words}`},
    element('text', {'class': 'loop', x: x + 8, y: y + height - 6}, words)));
}

function remove(kept: Map<string, Kept>, wanted: ReadonlySet<string>): void {
  for (const [key, {element: gone}] of kept) {
    if (wanted.has(key)) continue;
    gone.remove();
    kept.delete(key);
  }
}

function keyOfWire({from, to, carried}: Wire): string {
  return `${from}\n${to}${carried ? '\ncarried' : ''}`;
}
