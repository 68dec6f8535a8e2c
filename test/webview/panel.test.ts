/**
 * The built panel in a headless Chromium: what is drawn, clicked, spoken and measured. Where there is no
 * browser for tests, the machine must have a display: the suite of test/e2e draws the panel in its editor then.
 */
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {messagesOf} from '../../webview/protocol.ts';
import type {PanelNode, Picture} from '../../webview/protocol.ts';
import {answerAll, axeSource, buildPanel, openPanel, startBrowser} from './support/page.ts';
import type {Panel, Theme} from './support/page.ts';
import {exampleText, pictureOf, recordedOf} from './support/pictures.ts';

const playwright = new URL('../e2e/host/node_modules/playwright-core/package.json', import.meta.url);
const themes: readonly Theme[] = ['vscode-dark', 'vscode-light', 'vscode-high-contrast'];

/** A chain with branches, as long as an LSTM that is opened in full. */
function longPicture(count: number): Picture {
  const sample = pictureOf(exampleText('circuit'));
  const nodes = Array.from({length: count}, (_, i): PanelNode => ({...sample.nodes[3], id: `op${i}`, names: [`h${i}`]}));
  const edges = nodes.flatMap((_, i) => [i - 1, i - 7].filter((from) => from >= 0).map((from) => ({from: `op${from}`, to: `op${i}`, carried: false, contribution: [1], local: 1})));
  return {...sample, nodes, edges};
}

const loop = `import numpy as np
# backprop: x (N, T, D), W (D, D)
def scan_forward(x, W):
    N, T, D = x.shape
    h = np.zeros((N, D))
    for t in range(T):
        h = np.tanh(x[:, t] + h.dot(W))
    return h, (x, W)

def scan_backward(dh, cache):
    x, W = cache
    return np.zeros_like(x), np.zeros_like(W)
`;

const {withDisplay} = await import(new URL('../e2e/host/display.mjs', import.meta.url).href) as {readonly withDisplay: boolean};

if (!existsSync(playwright)) describe('the panel in a browser', () => {
  it('is drawn in the desktop editor of the end-to-end suite instead', () => {
    assert.equal(withDisplay, true, 'Without a display the panel is tested in a headless browser, which is not installed: run `node test/e2e/host/setup.mjs`.');
  });
});
else describe('the panel in a browser', () => {
  let browser: Awaited<ReturnType<typeof startBrowser>>;
  let built: Awaited<ReturnType<typeof buildPanel>>;
  const open = async (theme: Theme, picture: Picture): Promise<Panel> => {
    const panel = await openPanel(browser, built, theme);
    await panel.send({type: 'picture', picture});
    return panel;
  };
  const texts = (panel: Panel, selector: string): Promise<readonly string[]> => panel.page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => e.textContent)`);

  before(async () => {
    [browser, built] = await Promise.all([startBrowser(), buildPanel()]);
  });
  after(() => browser.close());

  it('draws the numbers of the slide, green and red', async () => {
    const panel = await open('vscode-dark', pictureOf(exampleText('circuit')));
    const drawn = await panel.page.evaluate<readonly string[]>('[...document.querySelectorAll(".node")].map((n) => n.querySelector(".label").textContent + " " + n.querySelector(".value").textContent + " " + n.querySelector(".gradient").textContent)');
    assert.deepEqual([...drawn].sort(), ['+ 3.00 −4.00', 'x −2.00 −4.00', 'y 5.00 −4.00', 'z −4.00 3.00', '× −12.00 1.00']);
    assert.deepEqual(panel.errors, []);
    await panel.page.close();
  });

  it('tells of a wrong gradient what has been told, and asks for the next hint', async () => {
    const panel = await open('vscode-dark', pictureOf(exampleText('affine_wrong')));
    await panel.page.click('#tab-gradients');
    const told = await texts(panel, 'tr.told td');
    assert.equal(told.length, 2);
    assert.match(told[0], /transpose.*Why is it wrong\?$/);
    await panel.page.click('tr.told button');
    const asked = (await panel.sent()).flatMap((message) => (message.type === 'hint' ? [message.mistake] : []));
    assert.deepEqual(asked, ['key of missing-transpose']);
    assert.deepEqual(panel.errors, []);
    await panel.page.close();
  });

  it('marks the text of a node that is pointed at, and goes there at a double click', async () => {
    const picture = pictureOf(exampleText('circuit'));
    const panel = await open('vscode-light', picture);
    const dispatch = (type: string): Promise<void> => panel.page.evaluate(`document.querySelector('[data-id="/q +"] .box').dispatchEvent(new MouseEvent('${type}', {bubbles: true}))`);
    await dispatch('pointerover');
    await dispatch('click');
    await dispatch('dblclick');
    const {site} = picture.nodes[3];
    assert.deepEqual((await panel.sent()).filter(({type}) => type !== 'ask'), [{type: 'ready'}, {type: 'drawn', pair: 'script', value: '−12.00', nodes: 5, stale: false}, {type: 'reveal', site, go: false}, {type: 'reveal', site, go: true}]);
    assert.match((await texts(panel, '#details')).join(), /add distributes.*1\.00 × −4\.00 = −4\.00/s);
    await panel.page.close();
  });

  it('is walked through with the keyboard', async () => {
    const panel = await open('vscode-light', pictureOf(exampleText('circuit')));
    await panel.page.evaluate('document.querySelector(\'[data-id="/q +"]\').focus()');
    await panel.page.keyboard.press('ArrowRight');
    assert.deepEqual(await panel.page.evaluate('[document.activeElement.dataset.id, document.querySelector(".node.selected").dataset.id]'), ['/f *', '/f *']);
    await panel.page.keyboard.press('Enter');
    assert.equal((await panel.sent()).at(-1)?.type, 'reveal');
    await panel.page.close();
  });

  it('logs what it does not understand, and shows nothing of it', async () => {
    const panel = await open('vscode-light', pictureOf(exampleText('circuit')));
    await panel.send({type: 'picture', picture: {nodes: 'all'}});
    assert.equal((await panel.sent()).at(-1)?.type, 'log');
    assert.equal((await texts(panel, '.node')).length, 5);
    await panel.page.close();
  });

  for (const theme of themes) {
    it(`has no serious accessibility finding (${theme})`, async () => {
      const {picture, answer} = recordedOf(exampleText('affine_wrong'));
      const panel = await open(theme, picture);
      await panel.send({type: 'cursor', uri: picture.uri, line: picture.nodes.at(-1)!.site!.range.start.line});
      const findings = async (): Promise<readonly string[]> => {
        await panel.page.evaluate(`${axeSource()};0`);
        return panel.page.evaluate('axe.run().then(({violations}) => violations.filter(({impact}) => impact === "serious" || impact === "critical").map(({id, nodes}) => id + ": " + nodes.map((n) => n.html).join(" ").slice(0, 300)))');
      };
      for (const tab of ['graph', 'gradients', 'jacobian', 'cost', 'step', 'curvature']) {
        await panel.page.click(`#tab-${tab}`);
        await answerAll(panel, answer);
        assert.deepEqual(await findings(), [], tab);
      }
      assert.deepEqual(panel.errors, []);
      await panel.page.close();
    });
  }

  it('shows the Jacobian, costs, steps and second derivatives that it has asked for', async () => {
    const {picture, answer} = recordedOf(exampleText('affine'));
    const panel = await open('vscode-light', picture);
    const textOf = async (tab: string): Promise<string> => {
      await panel.page.click(`#tab-${tab}`);
      await answerAll(panel, answer);
      return (await texts(panel, `#${tab}`)).join(' ');
    };
    const jacobian = await textOf('jacobian');
    assert.match(jacobian, /4096 by 4096/);
    assert.match(jacobian, /409,600 by 409,600: 167,772,160,000 numbers, 1\.3 TB/);
    await panel.page.evaluate('(() => { const field = document.querySelector("#jacobian input[type=number]"); field.value = "7"; field.dispatchEvent(new Event("input")); })()');
    assert.notEqual(await textOf('jacobian'), jacobian, 'sizes can be typed');
    assert.match(await textOf('cost'), /Training keeps.*One forward pass.*reverse mode.*forward mode.*numerical differences/s);
    assert.match(await textOf('step'), /exact derivative.*rounding.*truncation/s);
    assert.match(await textOf('curvature'), /Both agree|straight line/);
    assert.deepEqual(panel.errors, []);
    await panel.page.close();
  });

  it('writes the formula of an operation, and heat maps of its numbers', async () => {
    const {picture, answer} = recordedOf(exampleText('affine'));
    const panel = await open('vscode-light', picture);
    await panel.page.evaluate(`document.querySelector('[data-id="${picture.nodes.find(({label}) => label === '@')!.id}"] .box').dispatchEvent(new MouseEvent('click', {bubbles: true}))`);
    await answerAll(panel, answer);
    assert.equal((await texts(panel, '#details math')).length >= 2, true);
    assert.equal((await texts(panel, '#details .maps figure')).length >= 2, true);
    await panel.page.close();
  });

  it('asks for the iterations of one loop, and exports everything however little is seen', async () => {
    const picture = pictureOf(loop);
    const panel = await open('vscode-light', picture);
    await panel.page.evaluate('document.querySelector("[data-loop]").dispatchEvent(new MouseEvent("click", {bubbles: true}))');
    assert.deepEqual((await panel.sent()).at(-1), {type: 'unroll', loops: ['>for t']});
    for (const message of messagesOf(longPicture(1000))) await panel.send(message);
    await panel.page.evaluate('(() => { const menu = document.querySelector("vscode-dropdown[aria-label=Export]"); menu.value = "SVG"; menu.dispatchEvent(new Event("change")); })()');
    const saved = await panel.page.evaluate<string>('new Promise((done) => { const look = () => { const message = window.sentMessages.find(({type}) => type === "save"); if (message) done(message.content); else setTimeout(look, 30); }; look(); })');
    assert.equal(saved.match(/class="node[ "]/g)?.length, 1000);
    await panel.page.close();
  });

  it('draws of 5,000 nodes what is seen, and what comes into view', async () => {
    const panel = await openPanel(browser, built, 'vscode-dark');
    for (const message of messagesOf(longPicture(5000))) await panel.send(message);
    await panel.page.evaluate('new Promise((done) => { const look = () => { if (window.sentMessages.some(({type, nodes}) => type === "drawn" && nodes === 5000)) done(); else setTimeout(look, 20); }; look(); })');
    const shown = async (): Promise<readonly string[]> => panel.page.evaluate('[...document.querySelectorAll(".node")].map((n) => n.dataset.id)');
    const before = await shown();
    assert.ok(before.includes('op0') && before.length < 200, `${before.length} nodes`);
    await panel.page.evaluate('document.querySelector(\'[data-id="op0"]\').focus()');
    await panel.page.keyboard.press('End');
    await panel.page.evaluate('new Promise((done) => { const look = () => { if (document.activeElement.dataset.id === "op4999") done(); else setTimeout(look, 20); }; look(); })');
    const after = await shown();
    assert.ok(after.includes('op4999') && !after.includes('op10'), after.join(' '));
    assert.equal(await panel.page.evaluate('document.activeElement.dataset.id'), 'op4999');
    await panel.page.close();
  });
});
