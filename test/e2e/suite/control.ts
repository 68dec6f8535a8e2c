/**
 * What the suite may ask of the runner outside: a picture of the window. Where nobody listens (a desktop VS Code), the
 * same calls do nothing, so that the suite is the same everywhere.
 */
const address = process.env.BACKPROP_E2E_CONTROL;

/** Takes a picture of the whole window into test/e2e/screenshots/NAME.png, when it has had so many milliseconds to come to rest. */
export async function photograph(name: string, rest = 0): Promise<void> {
  if (address === undefined) return;
  await new Promise((resolve) => setTimeout(resolve, rest));
  await ask('photograph', {name});
}

/** Moves the mouse over the first element that shows `text` in the active editor, and waits for the hover. */
export async function pointAt(text: string): Promise<void> {
  await ask('point', {text});
}

/** The accessible names of the rows of a list or tree in the window; null where nobody can look. */
export async function rows(within: string): Promise<readonly string[] | null> {
  const answer = await ask('rows', {within});
  return answer === null ? null : JSON.parse(answer) as string[];
}

/** Clicks something in the page of the graph panel; with `choose`, takes an entry of that list. False where nobody can click. */
export async function clickInPanel(selector: string, choose?: string): Promise<boolean> {
  return await ask('panel', {selector, ...(choose === undefined ? {} : {choose})}) !== null;
}

/** Accepts the path that a dialog proposes. */
export async function acceptPath(): Promise<void> {
  await ask('accept', {});
}

async function ask(what: string, body: object): Promise<string | null> {
  if (address === undefined) return null;
  const response = await fetch(`${address}/${what}`, {method: 'POST', body: JSON.stringify(body)});
  const answer = await response.text();
  if (!response.ok) throw new Error(`${what} ${JSON.stringify(body)}: ${answer}`);
  return answer;
}
