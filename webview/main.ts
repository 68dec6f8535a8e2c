/** The page of the graph panel: puts its parts together, and carries messages and gestures to the state and back. */
import {button, checkbox, field, html, menu, registerControls} from './controls.ts';
import {createCostTab} from './cost-tab.ts';
import {createCurvatureTab} from './curvature-tab.ts';
import {drawDetails} from './details.ts';
import {centre, marks} from './drawing.ts';
import {toDot, toMermaid} from './exports.ts';
import {createJacobianTab} from './jacobian-tab.ts';
import {neighbour} from './keys.ts';
import {createLayouter} from './layouter.ts';
import {toBlob, toPng, toSvg} from './picture.ts';
import {createPlayer} from './player.ts';
import {asToPanel} from './protocol.ts';
import type {FromPanel, PanelNode} from './protocol.ts';
import type {GraphEdge} from '../engine/graph/graph.ts';
import {createCanvas} from './render.ts';
import {openQuestion} from './questions.ts';
import {foundBy, initialState, keyOf, reduce} from './state.ts';
import type {Action, PanelState, Tab} from './state.ts';
import {createStepTab} from './step-tab.ts';
import {cell, element} from './svg.ts';
import {soon} from './slices.ts';
import type {StudyTab} from './tab.ts';
import {drawTable} from './table.ts';
import {Viewport} from './viewport.ts';

interface Host {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

registerControls();
const host = acquireVsCodeApi();
let state: PanelState = initialState;

const title = html('h1');
const notice = html('div', {id: 'notice', role: 'status'});
const message = html('div', {id: 'message'});
const toast = html('div', {id: 'toast', role: 'status'});
const details = html('section', {id: 'details', 'aria-label': 'Selected value', 'aria-live': 'polite', tabindex: '0'});
const table = html('div', {});
const world = element('g', {});
const arrow = element('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto'}, element('path', {d: 'M0 0 L8 4 L0 8 z'}));
const svg = element('svg', {id: 'drawing', role: 'group', 'aria-label': 'Computational graph'}, element('defs', {}, arrow), world);
const viewport = new Viewport(svg, world, () => { canvas.look(); });
const canvas = createCanvas({world, layouter: createLayouter(), visible: () => viewport.visible(), laidOut: (isOther) => {
  if (isOther) viewport.forget();
  viewport.settle(canvas.bounds());
}});
const player = createPlayer(() => state, (step) => { dispatch({type: 'step', step}); });
/** What the extension was last told to be on the page. */
let told: Pick<PanelState, 'drawn' | 'stale'> & {readonly value: string} = {drawn: initialState.drawn, stale: null, value: ''};
/** Nodes and edges that came before the picture that they belong to. */
let early: {nodes: PanelNode[]; edges: GraphEdge[]} = {nodes: [], edges: []};

const studies: readonly (readonly [Tab, string, StudyTab])[] = [
  ['jacobian', 'Jacobian', createJacobianTab(dispatch)], ['cost', 'Memory and cost', createCostTab(dispatch)],
  ['step', 'Step size', createStepTab(dispatch)], ['curvature', 'Second derivatives', createCurvatureTab(dispatch)],
];
const tabs: readonly (readonly [Tab, string, HTMLElement])[] = [
  ['graph', 'Graph', html('div', {id: 'graph', role: 'tabpanel', 'aria-labelledby': 'tab-graph'}, message, svg, player.bar, details)],
  ['gradients', 'Gradients', html('div', {id: 'gradients', role: 'tabpanel', 'aria-labelledby': 'tab-gradients', tabindex: '0'}, table)],
  ...studies.map(([tab, label, {panel}]) => [tab, label, panel] as const),
];
/** Questions that wait for an answer, as text. */
const asked = new Map<string, number>();

build();
window.addEventListener('message', ({data}: MessageEvent<unknown>) => {
  const understood = asToPanel(data);
  if (understood === null) host.postMessage({type: 'log', message: `The graph panel does not understand a message of type ${String((data as {type?: unknown} | null)?.type)}.`});
  else if (understood.type === 'part') {
    early.nodes.push(...understood.nodes);
    early.edges.push(...understood.edges);
  } else if (understood.type === 'picture') {
    const {picture} = understood;
    const {nodes, edges} = early;
    early = {nodes: [], edges: []};
    const whole = {...picture, nodes: [...nodes, ...picture.nodes], edges: [...edges, ...picture.edges]};
    if (nodes.length === 0) dispatch({type: 'picture', picture: whole});
    else soon(() => { dispatch({type: 'picture', picture: whole}); });
  } else dispatch(understood);
});
host.postMessage({type: 'ready'});

function build(): void {
  const tabList = html('div', {role: 'tablist', 'aria-label': 'Views'}, ...tabs.map(([tab, label]) => {
    const made = html('button', {role: 'tab', id: `tab-${tab}`, 'aria-controls': tab, type: 'button'}, label);
    made.addEventListener('click', () => { dispatch({type: 'tab', tab}); });
    made.addEventListener('keydown', ({key}) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const other = tabs[(tabs.findIndex(([name]) => name === tab) + (key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length][0];
      dispatch({type: 'tab', tab: other});
      document.getElementById(`tab-${other}`)?.focus();
    });
    return made;
  }));
  document.body.append(
    html('header', {}, title, html('span', {'class': 'spacer'}),
      field('Find', (text) => { find(text); }),
      checkbox('Iterations', 'Open all loops: nodes for each iteration', () => { openLoop('*'); }),
      checkbox('Pin', 'Keep showing this pair while the cursor moves', (on) => { host.postMessage({type: 'pin', on}); }),
      button('Fit', 'Fit the graph into the panel (0)', () => { viewport.fit(canvas.bounds()); }),
      menu('Groups', ['Fold all', 'Open all'], (entry) => { dispatch({type: 'fold-all', on: entry === 'Fold all'}); }),
      menu('Export', ['Copy image', 'SVG', 'PNG', 'Graphviz DOT', 'Mermaid'], (entry) => { void save(entry); })),
    notice, toast, html('main', {'class': 'tabs'}, tabList, ...tabs.map(([, , panel]) => panel)),
  );
  svg.addEventListener('click', ({target}) => { activate(target); });
  svg.addEventListener('dblclick', ({target}) => { open(idAt(target)); });
  svg.addEventListener('pointerover', ({target}) => { point(idAt(target)); });
  svg.addEventListener('focusin', ({target}) => { point(idAt(target)); });
  svg.addEventListener('keydown', keyDown);
  new ResizeObserver(() => {
    viewport.settle(canvas.bounds());
    // A panel that had no size when its graph came shows it only now.
    canvas.look(() => { if (told.drawn === state.drawn) tellDrawn(state); });
  }).observe(svg);
  draw();
}

function dispatch(action: Action): void {
  const before = state;
  state = reduce(state, action);
  if (state === before) return;
  draw();
  if (action.type === 'cursor' && state.selected !== before.selected && state.selected !== null) reveal(state.selected);
  ask();
  if (state.picture !== null) host.setState({uri: state.picture.uri, pair: state.picture.pair});
}

/** Asks for what the tab needs, once for each picture. */
function ask(): void {
  const question = openQuestion(state);
  if (question === null || asked.get(keyOf(question)) === state.round) return;
  asked.set(keyOf(question), state.round);
  host.postMessage({type: 'ask', question});
}

function tellDrawn({picture, drawn, stale}: PanelState): void {
  if (picture === null) return;
  const last = drawn.nodes.at(-1);
  const node = last === undefined ? null : svg.querySelector(`[data-id="${CSS.escape(last.id)}"] .value`);
  const value = node?.textContent ?? '';
  if (told.drawn === drawn && told.stale === stale && told.value === value) return;
  told = {drawn, stale, value};
  host.postMessage({type: 'drawn', pair: picture.pair, value, nodes: drawn.nodes.length, stale: stale !== null});
}

function draw(): void {
  const {picture, tab, stale} = state;
  const verdict = picture?.verdict ?? '';
  const sign = verdict === 'agrees' ? marks.agrees : verdict === 'disagrees' ? marks.disagrees : '';
  title.replaceChildren(picture?.pair ?? 'Graph', ' ', html('span', {'class': verdict, title: picture?.reason ?? ''}, sign));
  notice.textContent = stale ?? '';
  message.textContent = picture === null ? state.message : '';
  document.body.classList.toggle('empty', picture === null);
  for (const [name, , panel] of tabs) {
    panel.toggleAttribute('hidden', name !== tab);
    const control = document.getElementById(`tab-${name}`)!;
    control.setAttribute('aria-selected', String(name === tab));
    control.tabIndex = name === tab ? 0 : -1;
  }
  const drawing = state;
  canvas.draw(state, () => { tellDrawn(drawing); });
  player.show(state);
  if (tab === 'graph') drawDetails(details, state);
  for (const [name, , study] of studies) if (name === tab) study.show(state);
  if (tab === 'gradients') drawTable(table, state, {
    sort: (column) => { dispatch({type: 'sort', column}); },
    open: ({site}) => { if (site !== null) host.postMessage({type: 'reveal', site, go: true}); },
    hint: (mistake) => { host.postMessage({type: 'hint', mistake}); },
  });
}

function idAt(target: EventTarget | null): string | null {
  return target instanceof Element ? target.closest('[data-id]')?.getAttribute('data-id') ?? null : null;
}

function activate(target: EventTarget | null): void {
  const said = (name: string): string | null => (target instanceof Element ? target.closest(`[${name}]`)?.getAttribute(name) ?? null : null);
  const [loop, group, id] = [said('data-loop'), said('data-group'), idAt(target)];
  if (loop !== null) openLoop(loop);
  else if (group !== null) dispatch({type: 'fold', group});
  else dispatch({type: 'choose', id});
}

/** Has every iteration of a loop drawn, or the loop once again; the new graph comes as a picture. */
function openLoop(loop: string): void {
  dispatch({type: 'open-loop', loop});
  host.postMessage({type: 'unroll', loops: [...state.opened]});
}

/** Marks the text of a node in the editor. */
function point(id: string | null): void {
  const site = state.drawn.nodes.find((node) => node.id === id)?.site ?? null;
  host.postMessage(site === null ? {type: 'unmark'} : {type: 'reveal', site, go: false});
}

/** Goes to the text of a node, or opens a folded group. */
function open(id: string | null): void {
  if (id === null) return;
  if (id.startsWith('group ')) {
    dispatch({type: 'fold', group: id.slice('group '.length)});
    return;
  }
  const site = state.drawn.nodes.find((node) => node.id === id)?.site ?? null;
  if (site !== null) host.postMessage({type: 'reveal', site, go: true});
}

function keyDown(event: KeyboardEvent): void {
  const focused = document.activeElement;
  const id = idAt(focused);
  const next = neighbour(state.drawn, id ?? state.selected, event.key);
  if (next !== null) {
    dispatch({type: 'choose', id: next});
    reveal(next);
    requestAnimationFrame(() => { svg.querySelector<SVGElement>(`.node[data-id="${CSS.escape(next)}"]`)?.focus({preventScroll: true}); });
  } else if (event.key === ' ') activate(focused);
  else if (event.key === 'Enter') {
    if (id === null) activate(focused);
    else open(id);
  } else if (event.key === '+' || event.key === '-') viewport.zoom(event.key === '+' ? 1.2 : 1 / 1.2);
  else if (event.key === '0') viewport.fit(canvas.bounds());
  else if (event.key === 'Escape') dispatch({type: 'choose', id: null});
  else return;
  event.preventDefault();
}

function reveal(id: string): void {
  const placed = canvas.placeOf(id);
  if (placed === undefined) return;
  const {x, y} = centre(placed);
  viewport.reveal({x: x - 60, y: y - cell.height / 2, width: cell.width, height: cell.height});
}

function find(text: string): void {
  dispatch({type: 'search', text});
  const first = foundBy(text, state.drawn.nodes).at(0);
  if (first !== undefined) reveal(first.id);
}

async function copyImage(): Promise<void> {
  const image = canvas.whole(async () => toBlob(await toPng(svg, canvas.bounds())));
  try {
    await navigator.clipboard.write([new ClipboardItem({'image/png': image})]);
    say('The image is on the clipboard.');
  } catch {
    say('The image could not be copied here. It can be exported as PNG.');
  }
}

/** Says something for a while. */
function say(words: string): void {
  toast.textContent = words;
  window.setTimeout(() => { if (toast.textContent === words) toast.textContent = ''; }, 4000);
}

async function save(entry: string): Promise<void> {
  const {drawn} = state;
  if (entry === 'Copy image') await copyImage();
  else if (entry === 'SVG') host.postMessage({type: 'save', format: 'svg', content: await canvas.whole(() => Promise.resolve(toSvg(svg, canvas.bounds())))});
  else if (entry === 'PNG') host.postMessage({type: 'save', format: 'png', content: await canvas.whole(() => toPng(svg, canvas.bounds()))});
  else if (entry === 'Mermaid') host.postMessage({type: 'save', format: 'mermaid', content: toMermaid(drawn)});
  else host.postMessage({type: 'save', format: 'dot', content: toDot(drawn)});
}
