/** The layout: no two things in one place, and nothing that stays ever moves. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {layOut, layOutInSteps} from '../../webview/layout.ts';
import type {Layout, LayoutEdge, LayoutNode} from '../../webview/layout.ts';
import {answerTo, layoutOf, requestOf} from '../../webview/layout-message.ts';
import type {PanelNode} from '../../webview/protocol.ts';
import {sceneInSteps, visibleIn} from '../../webview/scene.ts';

interface Program {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

/** Programs: each line reads values before it, or inputs. */
const programs = fc.array(fc.record({reads: fc.array(fc.nat(30), {maxLength: 3}), inputs: fc.array(fc.nat(5), {maxLength: 2})}), {minLength: 1, maxLength: 30}).map((lines): Program => {
  const nodes: LayoutNode[] = Array.from({length: 6}, (_, i) => ({id: `in${i}`, kind: 'input', section: null}));
  const edges: LayoutEdge[] = [];
  lines.forEach(({reads, inputs}, i) => {
    nodes.push({id: `op${i}`, kind: 'operation', section: null});
    const from = new Set([...reads.filter((at) => at < i).map((at) => `op${at}`), ...inputs.map((at) => `in${at}`)]);
    for (const id of from) edges.push({from: id, to: `op${i}`, carried: false});
  });
  return {nodes, edges};
});

function placesOf(layout: Layout, ids: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(layout.places.filter(({key}) => ids.has(key)).map(({key, rank, lane}) => [key, `${rank} ${lane}`]));
}

describe('the layout', () => {
  it('draws the circuit of the slides', () => {
    const {places, wires} = layOut(
      [{id: 'x', kind: 'input', section: null}, {id: 'y', kind: 'input', section: null}, {id: 'z', kind: 'input', section: null}, {id: 'q', kind: 'operation', section: null}, {id: 'f', kind: 'operation', section: null}],
      [['x', 'q'], ['y', 'q'], ['z', 'f'], ['q', 'f']].map(([from, to]) => ({from, to, carried: false})),
    );
    assert.deepEqual(places.map(({id, rank, lane}) => [id, rank, lane]), [['q', 1, 0], ['x', 0, 0], ['y', 0, 1], ['f', 2, 0], ['z', 1, 1]]);
    assert.equal(wires.length, 4);
  });

  it('puts no two nodes in one place', () => {
    fc.assert(fc.property(programs, ({nodes, edges}) => {
      const {places} = layOut(nodes, edges);
      assert.equal(new Set(places.map(({rank, lane}) => `${rank} ${lane}`)).size, places.length);
      assert.equal(new Set(places.map(({key}) => key)).size, places.length);
    }));
  });

  it('goes from left to right, and has a wire for every edge', () => {
    fc.assert(fc.property(programs, ({nodes, edges}) => {
      const {places, wires} = layOut(nodes, edges);
      const ranks = new Map(places.map(({key, rank}) => [key, rank]));
      assert.equal(wires.length, edges.length);
      for (const {from, to} of wires) assert.ok(ranks.get(from)! < ranks.get(to)!);
    }));
  });

  it('leaves the nodes before an added line where they are', () => {
    fc.assert(fc.property(programs, fc.nat(), ({nodes, edges}, place) => {
      const at = 6 + place % (nodes.length - 5);
      const before = layOut(nodes, edges);
      const reads: LayoutEdge[] = nodes.slice(0, at).filter((_, i) => i % 3 === 0).map(({id}) => ({from: id, to: 'new', carried: false}));
      const after = layOut([...nodes.slice(0, at), {id: 'new', kind: 'operation', section: null}, ...nodes.slice(at)], [...edges, ...reads]);
      const kept = new Set(nodes.slice(6, at).map(({id}) => id));
      const keys = new Set(before.places.filter(({key}) => kept.has(key) || kept.has(key.split(' > ')[1])).map(({key}) => key));
      assert.deepEqual(placesOf(after, keys), placesOf(before, keys));
    }));
  });

  it('draws what a loop carries without letting it move anything', () => {
    const nodes: LayoutNode[] = [{id: 'a', kind: 'operation', section: null}, {id: 'b', kind: 'operation', section: null}];
    const forward: LayoutEdge[] = [{from: 'a', to: 'b', carried: false}];
    const {places, wires} = layOut(nodes, [...forward, {from: 'b', to: 'a', carried: true}]);
    assert.deepEqual(places, layOut(nodes, forward).places);
    assert.equal(wires.filter(({carried}) => carried).length, 1);
  });

  it('stands an iteration behind everything before it', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id, i): LayoutNode => ({id, kind: 'operation', section: i < 2 ? 't = 0' : 't = 1'}));
    const {places} = layOut([{id: 'x', kind: 'input', section: null}, ...nodes], [['x', 'a'], ['a', 'b'], ['x', 'c'], ['c', 'd']].map(([from, to]) => ({from, to, carried: false})));
    const rank = (id: string): number => places.find(({key}) => key === id)!.rank;
    assert.ok(rank('b') < rank('c') && rank('c') < rank('d'));
  });

  it('is the same in the worker, and in slices', () => {
    fc.assert(fc.property(programs, ({nodes, edges}) => {
      const sections = nodes.map((node, i): LayoutNode => (node.kind === 'operation' && i % 3 === 0 ? {...node, section: `s${Math.floor(i / 9)}`} : node));
      const layout = layOut(sections, edges);
      assert.deepEqual(layoutOf(answerTo(requestOf(1, sections, edges)), sections), layout);
      const steps = layOutInSteps(sections, edges);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      assert.deepEqual(step.value, layout);
    }));
  });

  it('finds what is seen as a look at everything would', () => {
    fc.assert(fc.property(programs, fc.nat(12), fc.nat(6), ({nodes, edges}, left, top) => {
      const layout = layOut(nodes, edges);
      const drawn = {nodes: nodes.map(({id, kind}) => ({...sample, id, kind})), edges: edges.map((edge) => ({...edge, contribution: [], local: null}))};
      const scene = made(sceneInSteps(drawn, layout, []));
      const cells = {left, right: left + 3, top, bottom: top + 2};
      const {places, wires} = visibleIn(scene, cells);
      const isIn = ({rank, lane}: {rank: number; lane: number}): boolean => rank >= cells.left && rank <= cells.right && lane >= cells.top && lane <= cells.bottom;
      assert.deepEqual(new Set(places.map(({key}) => key)), new Set(layout.places.filter(isIn).map(({key}) => key)));
      for (const wire of layout.wires) if (isIn(scene.placeOf.get(wire.from)!) || isIn(scene.placeOf.get(wire.to)!)) assert.ok(wires.includes(wire));
    }));
  });
});

const sample: PanelNode = {
  id: '', kind: 'operation', label: '+', operation: '+', names: [], group: null, site: null, shape: [], size: [], first: [1], gradient: [1], user: null, count: 1, saved: false, isOutput: false,
};

function made<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
