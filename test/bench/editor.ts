/**
 * `npm run bench:editor`: the packaged server over stdio with a layers file of 1,000 lines, 200 keystrokes inside one
 * function. From keystroke to the first reply that equals a fresh analysis of that version; hover, also while the whole
 * file is checked; memory over 2,000 keystrokes. Pyright's language server gets the same edits and hovers.
 * Exit code 1 when a bar is missed.
 */
import {spawn} from 'node:child_process';
import type {ChildProcess} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {createProtocolConnection, StreamMessageReader, StreamMessageWriter} from 'vscode-languageserver-protocol/node';
import type {InlayHint, ProtocolConnection} from 'vscode-languageserver-protocol';
import {createProject} from '../../engine/project.ts';
import {check, defaultSettings} from '../../extension/protocol.ts';
import {inlayHints} from '../../extension/server/features/inlay-hints.ts';
import {Programs} from '../../extension/server/programs.ts';
import {View} from '../../extension/server/view.ts';
import {layersFile} from './layers-file.ts';

const bars = {replyMedian: 30, reply95: 100, hoverMedian: 5, growth: 0.2};
const keystrokes = 200;
const manyKeystrokes = 2000;
const uri = 'file:///bench/layers.py';
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Server {
  readonly connection: ProtocolConnection;
  readonly child: ChildProcess;
  readonly settings: {seed: number};
}

/** What is typed into the last line of one function's body, and deleted again, over and over. */
const typed = 'scale = 2.5 * np.abs(x).max() + np.sum(x ** 2)  # ok';
const source = layersFile(1000);
const place = source.offset;

/** The text after so many keystrokes, with the edit that the last one was. */
function step(count: number): {readonly text: string; readonly start: number; readonly removed: number; readonly inserted: string} {
  const cycle = 2 * typed.length;
  const at = count % cycle;
  const length = at <= typed.length ? at : cycle - at;
  const text = source.text.slice(0, place) + typed.slice(0, length) + source.text.slice(place);
  return at !== 0 && at <= typed.length
    ? {text, start: place + length - 1, removed: 0, inserted: typed.charAt(length - 1)}
    : {text, start: place + length, removed: 1, inserted: ''};
}

async function startOurs(): Promise<Server> {
  return start([`${root}dist/server.cjs`, '--stdio'], {textDocument: {inlayHint: {resolveSupport: {properties: ['tooltip']}}}});
}

async function startPyright(): Promise<Server> {
  const entry = createRequire(import.meta.url).resolve('pyright/package.json').replace('package.json', 'langserver.index.js');
  return start([entry, '--stdio'], {textDocument: {diagnostic: {dynamicRegistration: false}}});
}

async function start(args: readonly string[], capabilities: object): Promise<Server> {
  const child = spawn(process.execPath, args, {stdio: ['pipe', 'pipe', 'ignore']});
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const settings = {seed: 0};
  connection.onRequest('workspace/configuration', ({items}: {items: unknown[]}) => items.map(() => ({check: {seed: settings.seed}})));
  connection.onRequest('backpropTutor/readFiles', ({uris}: {uris: string[]}) => ({texts: uris.map(() => null)}));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: 'file:///bench', workspaceFolders: [{uri: 'file:///bench', name: 'bench'}],
    capabilities: {workspace: {configuration: true, workspaceFolders: true}, ...capabilities},
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {textDocument: {uri, languageId: 'python', version: 1, text: source.text}});
  return {connection, child, settings};
}

async function press(server: Server, count: number): Promise<string> {
  const {text, start: at, removed, inserted} = step(count);
  await server.connection.sendNotification('textDocument/didChange', {
    textDocument: {uri, version: count + 1},
    contentChanges: [{range: {start: position(text, at), end: {...position(text, at), character: position(text, at).character + removed}}, text: inserted}],
  });
  return text;
}

function position(text: string, offset: number): {line: number; character: number} {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return {line, character: offset - (before.lastIndexOf('\n') + 1)};
}

/** The hints that a server which has never seen another version would give. */
function freshHints(text: string): string {
  const programs = new Programs('utf-16');
  const program = programs.open(uri, text);
  const project = createProject({readFile: () => null, now: () => performance.now()});
  project.update(program.path, text);
  const units = project.analyze(program.path);
  let unit = units.next();
  while (unit.done !== true) unit = units.next();
  const view = new View(program);
  view.analyzed(program.stamp, unit.value, true);
  return signature(inlayHints(view, uri, 0, text.length, programs, defaultSettings));
}

/** Places and labels; hints that were kept of a version before are left out, and inferred shapes, which give way to them. */
function signature(hints: readonly InlayHint[]): string {
  return hints.filter(({data, label}) => !(data as {kept: boolean}).kept && !(typeof label === 'string' && label.endsWith(' (inferred)'))).map(({position: {line, character}, label}) => `${line}:${character}${JSON.stringify(label)}`).sort().join('\n');
}

async function replies(server: Server, expected: readonly string[]): Promise<number[]> {
  const whole = {start: {line: 0, character: 0}, end: {line: 100_000, character: 0}};
  const times: number[] = [];
  for (let count = 1; count <= keystrokes; count++) {
    const began = performance.now();
    await press(server, count);
    for (;;) {
      const hints = await server.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {textDocument: {uri}, range: whole});
      if (signature(hints) === expected[count]) break;
      if (performance.now() - began > 10_000) {
        console.error(difference(signature(hints), expected[count]));
        throw new Error(`No right reply for keystroke ${count}.`);
      }
    }
    times.push(performance.now() - began);
  }
  return times;
}

function difference(got: string, wanted: string): string {
  const [a, b] = [got.split('\n'), wanted.split('\n')];
  return [...a.filter((line) => !b.includes(line)).map((line) => `+ ${line}`), ...b.filter((line) => !a.includes(line)).map((line) => `- ${line}`)].slice(0, 20).join('\n');
}

async function pyrightReplies(server: Server): Promise<number[]> {
  const times: number[] = [];
  for (let count = 1; count <= keystrokes; count++) {
    const began = performance.now();
    await press(server, count);
    await server.connection.sendRequest('textDocument/diagnostic', {textDocument: {uri}});
    times.push(performance.now() - began);
  }
  return times;
}

async function hovers(server: Server, count: number): Promise<number[]> {
  const times: number[] = [];
  const {line} = position(source.text, source.hoverOffset);
  const {character} = position(source.text, source.hoverOffset);
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await server.connection.sendRequest('textDocument/hover', {textDocument: {uri}, position: {line, character}});
    times.push(performance.now() - began);
  }
  return times;
}

/** Hovers as long as a check of the whole file runs, which a new seed makes necessary. */
async function hoversWhileChecking(server: Server): Promise<{readonly times: number[]; readonly checked: number}> {
  const times: number[] = [];
  const began = performance.now();
  server.settings.seed++;
  await server.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
  // The server asks for its settings first; only then is anything checked again.
  await server.connection.sendRequest('textDocument/hover', {textDocument: {uri}, position: {line: 0, character: 0}});
  const state = {done: false};
  const whole = server.connection.sendRequest(check, {uri}).then(() => { state.done = true; });
  while (!state.done) times.push(...await hovers(server, 1));
  await whole;
  return {times, checked: performance.now() - began};
}

function memoryOf(child: ChildProcess): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) / 1024;
}

async function memoryGrowth(server: Server): Promise<{readonly before: number; readonly after: number}> {
  const whole = {start: {line: 0, character: 0}, end: {line: 100_000, character: 0}};
  let before = 0;
  for (let count = keystrokes + 1; count <= keystrokes + manyKeystrokes + 500; count++) {
    await press(server, count);
    await server.connection.sendRequest('textDocument/inlayHint', {textDocument: {uri}, range: whole});
    if (count === keystrokes + 500) before = memoryOf(server.child);
  }
  return {before, after: memoryOf(server.child)};
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const misses: string[] = [];
function row(what: string, times: readonly number[], other: readonly number[] | null): void {
  const cells = (list: readonly number[] | null): string => (list === null ? '' : `${quantile(list, 0.5).toFixed(1).padStart(8)} ${quantile(list, 0.95).toFixed(1).padStart(8)} ${quantile(list, 1).toFixed(1).padStart(8)}`);
  console.log(`${what.padEnd(46)}${cells(times)}    ${cells(other)}`);
}
function demand(what: string, value: number, bar: number): void {
  if (value >= bar) misses.push(`${what} is ${value.toFixed(2)}, and should be below ${bar}`);
}

console.log(`Preparing: fresh analyses of ${keystrokes} versions of a file of ${source.text.split('\n').length} lines`);
const fresh = new Map<string, string>();
const expected = Array.from({length: keystrokes + 1}, (_, count) => {
  const {text} = step(count);
  const known = fresh.get(text) ?? freshHints(text);
  fresh.set(text, known);
  return known;
});

const ours = await startOurs();
await ours.connection.sendRequest(check, {uri});
const reply = await replies(ours, expected);
const hover = await hovers(ours, 200);
const busy = await hoversWhileChecking(ours);
const memory = await memoryGrowth(ours);
ours.child.kill();

const pyright = await startPyright();
await pyright.connection.sendRequest('textDocument/diagnostic', {textDocument: {uri}});
const pyrightReply = await pyrightReplies(pyright);
const pyrightHover = await hovers(pyright, 200);
pyright.child.kill();

console.log(`\n${''.padEnd(46)}Backprop Tutor                pyright\n${'milliseconds'.padEnd(46)}  median  95th %      max      median  95th %      max`);
row('keystroke to a right reply (pyright: diagnostics)', reply, pyrightReply);
row('hover', hover, pyrightHover);
row(`hover during a whole check (${busy.checked.toFixed(0)} ms)`, busy.times, null);
console.log(`memory after ${manyKeystrokes} keystrokes: ${memory.after.toFixed(0)} MB, before: ${memory.before.toFixed(0)} MB`);
demand('median of replies', quantile(reply, 0.5), bars.replyMedian);
demand('95th percentile of replies', quantile(reply, 0.95), bars.reply95);
demand('median of hovers', quantile(hover, 0.5), bars.hoverMedian);
demand('median of hovers during a check', quantile(busy.times, 0.5), bars.hoverMedian);
demand('growth of memory', memory.after / memory.before - 1, bars.growth);
for (const miss of misses) console.error(miss);
process.exit(misses.length === 0 ? 0 : 1);
