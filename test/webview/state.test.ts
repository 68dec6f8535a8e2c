/** What the panel shows, as a pure function of messages and gestures; and what is written for other tools. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {toDot, toMermaid} from '../../webview/exports.ts';
import {neighbour} from '../../webview/keys.ts';
import {layOut} from '../../webview/layout.ts';
import {layoutNodes} from '../../webview/scene.ts';
import {numberText, shapeText} from '../../webview/numbers.ts';
import {asFromPanel, asToPanel, messagesOf} from '../../webview/protocol.ts';
import type {Question} from '../../engine/graph/study.ts';
import type {Picture} from '../../webview/protocol.ts';
import {initialState, lastStep, reduce, sortedRows, walkOf} from '../../webview/state.ts';
import type {Action, PanelState} from '../../webview/state.ts';
import {exampleText, pictureOf, recordedOf} from './support/pictures.ts';

const after = (...actions: Action[]): PanelState => actions.reduce(reduce, initialState);
const shown = (picture: Picture, ...actions: Action[]): PanelState => after({type: 'picture', picture}, ...actions);

describe('the state of the panel', () => {
  const circuit = pictureOf(exampleText('circuit'));
  const wrong = pictureOf(exampleText('affine_wrong'));

  it('walks forward in program order, then backward in the reverse of it', () => {
    const names: string[] = [];
    for (let step = 0; step <= lastStep(shown(circuit)); step++) {
      const {current, direction} = walkOf(shown(circuit, {type: 'step', step}));
      names.push(`${direction[0]} ${current!.names[0]}`);
    }
    assert.deepEqual(names, ['f x', 'f y', 'f z', 'f q', 'f f', 'b f', 'b q', 'b z', 'b y', 'b x']);
    const {values, gradients} = walkOf(shown(circuit, {type: 'step', step: 6}));
    assert.equal(values.size, 5);
    assert.deepEqual([...gradients].length, 2);
  });

  it('selects the value of the line that the cursor is on, and keeps a selection that is on it', () => {
    const line = circuit.nodes.at(-1)!.site!.range.start.line;
    assert.equal(shown(circuit, {type: 'cursor', uri: circuit.uri, line}).selected, circuit.nodes.at(-1)!.id);
    const gradientLine = circuit.nodes[0].user!.site!.range.start.line;
    assert.equal(shown(circuit, {type: 'cursor', uri: circuit.uri, line: gradientLine}).selected, circuit.nodes[0].id);
    assert.equal(shown(circuit, {type: 'cursor', uri: 'file:///other.py', line}).selected, null);
  });

  it('keeps what it shows, and says so, while the text cannot be run', () => {
    const state = shown(circuit, {type: 'stale', message: 'old'});
    assert.equal(state.picture, circuit);
    assert.equal(state.stale, 'old');
    assert.equal(reduce(state, {type: 'picture', picture: circuit}).stale, null);
  });

  it('keeps selection and step over an edit of the same pair, not over another pair', () => {
    const state = shown(circuit, {type: 'choose', id: 'input y'}, {type: 'step', step: 3});
    const edited = reduce(state, {type: 'picture', picture: pictureOf(exampleText('circuit').replace('y = 5', 'y = 6'))});
    assert.deepEqual([edited.selected, edited.step], ['input y', 3]);
    const other = reduce(state, {type: 'picture', picture: wrong});
    assert.deepEqual([other.selected, other.step], [null, null]);
  });

  it('finds the first wrong gradient', () => {
    assert.equal(shown(circuit).wrong, null);
    const id = shown(wrong).wrong;
    assert.equal(wrong.nodes.find((node) => node.id === id)?.user?.status, 'disagrees');
  });

  it('sorts the table, and turns it around the second time', () => {
    const state = shown(wrong, {type: 'sort', column: 'name'});
    assert.deepEqual(sortedRows(state).map(({name}) => name), ['db', 'dw', 'dx']);
    assert.deepEqual(sortedRows(reduce(state, {type: 'sort', column: 'name'})).map(({name}) => name), ['dx', 'dw', 'db']);
  });

  it('folds a call into one node with the wires that enter and leave it', () => {
    const picture = pictureOf(`import numpy as np
def affine(x, w, b):
    return x.dot(w) + b

# backprop: x (N, D), w (D, H), b (H,)
def net_forward(x, w, b):
    a = affine(x, w, b)
    out = np.tanh(a)
    return out, (x, w, out)

def net_backward(dout, cache):
    x, w, out = cache
    da = dout * (1 - out ** 2)
    return da.dot(w.T), x.T.dot(da), da.sum(axis=0)
`);
    const [{id: group}] = picture.groups;
    const {nodes, edges} = shown(picture, {type: 'fold', group}).drawn;
    assert.deepEqual(nodes.filter(({kind}) => kind === 'operation').map(({label}) => label), ['affine( )', 'tanh']);
    assert.deepEqual(edges.map(({from, to}) => [from, to.split(' ')[0]]), [['input x', 'group'], ['input w', 'group'], ['input b', 'group'], [`group ${group}`, '/out']]);
    assert.equal(shown(picture, {type: 'fold', group}, {type: 'fold', group}).drawn.nodes.length, picture.nodes.length);
  });

  it('opens a large graph folded, and a loop one at a time', () => {
    const {nodes: [node], ...rest} = circuit;
    const groups = Array.from({length: 60}, (_, i) => ({id: `>for t>t = ${i}`, label: `t = ${i}`, kind: 'iteration' as const, parent: '>for t', span: null, count: 1}));
    const nodes = Array.from({length: 600}, (_, i) => ({...node, id: `n${i}`, kind: 'operation' as const, group: groups[i % 60].id}));
    const large: Picture = {...rest, nodes, edges: [], groups: [{id: '>for t', label: 'for t', kind: 'loop', parent: null, span: null, count: 60}, ...groups]};
    const state = shown(large);
    assert.equal(state.drawn.nodes.length, 60);
    assert.equal(reduce(state, {type: 'fold-all', on: false}).drawn.nodes.length, 600);
    assert.deepEqual(reduce(state, {type: 'fold-all', on: true}).drawn.nodes.map(({label, count}) => [label, count]), [['for t', 60]]);
    const opened = reduce(state, {type: 'open-loop', loop: '>for t'});
    assert.deepEqual([[...opened.opened], [...reduce(opened, {type: 'open-loop', loop: '>for t'}).opened]], [['>for t'], []]);
  });

  it('leads with the arrow keys along the wires and through the program', () => {
    const {drawn} = shown(circuit);
    const [x, y, , q, f] = drawn.nodes.map(({id}) => id);
    assert.deepEqual(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'x'].map((key) => neighbour(drawn, q, key)), [f, x, f, drawn.nodes[2].id, x, f, null]);
    assert.equal(neighbour(drawn, y, 'ArrowRight'), q);
  });

  it('moves no node before a line that is added', () => {
    const text = exampleText('batchnorm');
    const placesOf = (source: string): Map<string, string> => {
      const {drawn, picture} = shown(pictureOf(source));
      return new Map(layOut(layoutNodes(drawn, picture!.groups), drawn.edges).places.map(({key, rank, lane}) => [key, `${rank} ${lane}`]));
    };
    const before = placesOf(text);
    const lines = text.split('\n');
    const last = lines.findIndex((line) => line.includes('out = '));
    const after = placesOf([...lines.slice(0, last + 1), `${/^ */.exec(lines[last])![0]}out = out * 1.5`, ...lines.slice(last + 1)].join('\n'));
    assert.ok(after.size > before.size, 'something was added');
    for (const [key, place] of before) assert.equal(after.get(key), place, key);
  });

  it('moves no node when a constant is edited', () => {
    const layoutOf = (x: number): unknown => {
      const {drawn, picture} = shown(pictureOf(exampleText('circuit').replace('x = -2', `x = ${x}.5`)));
      return layOut(layoutNodes(drawn, picture!.groups), drawn.edges).places;
    };
    fc.assert(fc.property(fc.integer({min: 1, max: 50}), (x) => { assert.deepEqual(layoutOf(x), layoutOf(-x)); }), {numRuns: 10});
  });
});

describe('messages between the extension and the panel', () => {
  it('are understood as they are made', () => {
    const picture = pictureOf(exampleText('batchnorm'));
    assert.notEqual(asToPanel(JSON.parse(JSON.stringify({type: 'picture', picture}))), null);
    const {site} = picture.nodes[0];
    assert.notEqual(asFromPanel({type: 'reveal', site, go: true}), null);
    const parts = messagesOf({...picture, nodes: Array.from({length: 1200}, () => picture.nodes[0])});
    assert.deepEqual(parts.map(({type}) => type), ['part', 'part', 'picture']);
    assert.ok(parts.every((part) => asToPanel(JSON.parse(JSON.stringify(part))) !== null));
  });

  it('carry numbers that are none', () => {
    const picture = pictureOf(exampleText('circuit'));
    const [node, ...others] = picture.nodes;
    const sent = JSON.parse(JSON.stringify({type: 'picture', picture: {...picture, nodes: [{...node, first: [Infinity], gradient: [NaN]}, ...others]}})) as unknown;
    const got = asToPanel(sent);
    assert.ok(got?.type === 'picture');
    assert.deepEqual([got.picture.nodes[0].first, got.picture.nodes[0].gradient], [[NaN], [NaN]]);
  });

  it('carry questions and answers', () => {
    const {picture, answer} = recordedOf(exampleText('batchnorm'));
    const {id} = picture.nodes.at(-1)!;
    const questions: readonly Question[] = [
      {about: 'values', node: id}, {about: 'jacobian', from: picture.nodes[0].id, to: id}, {about: 'cost'}, {about: 'step', of: 'x', element: 0}, {about: 'curvature', of: 'x'},
    ];
    for (const question of questions) {
      assert.deepEqual(asFromPanel({type: 'ask', question}), {type: 'ask', question});
      const message = JSON.parse(JSON.stringify({type: 'answer', question, answer: answer(question)})) as {answer: {about: string}};
      assert.equal(message.answer.about, question.about);
      assert.notEqual(asToPanel(message), null, question.about);
      assert.equal(asToPanel({...message, answer: {about: question.about}}), null);
    }
  });

  it('are ignored when they are anything else', () => {
    const picture = pictureOf(exampleText('circuit'));
    assert.equal(asToPanel({type: 'picture', picture: {...picture, nodes: [{id: 1}]}}), null);
    fc.assert(fc.property(fc.anything(), (thing) => { assert.equal(asToPanel(thing), null); }));
    fc.assert(fc.property(fc.record({type: fc.constantFrom('reveal', 'unroll', 'save', 'x'), site: fc.anything(), go: fc.anything()}), (thing) => { assert.equal(asFromPanel(thing), null); }));
  });
});

describe('the graph as text', () => {
  it('is Graphviz DOT and Mermaid', () => {
    const drawn = shown(pictureOf(exampleText('circuit'))).drawn;
    const dot = toDot(drawn);
    assert.match(dot, /^digraph backprop \{/);
    assert.match(dot, /n3 \[label="q = \+\\nvalue 3\.00\\ngradient −4\.00"/);
    assert.match(toMermaid(drawn), /n3 --> n4/);
  });

  it('has numbers as the slides write them', () => {
    assert.deepEqual([0.3678, -12, 0, -0.001, 123456, NaN].map(numberText), ['0.37', '−12.00', '0.00', '−1.0e−3', '1.2e+5', 'NaN']);
    assert.deepEqual([[], ['N'], ['N', 4]].map(shapeText), ['', '(N,)', '(N, 4)']);
  });
});
