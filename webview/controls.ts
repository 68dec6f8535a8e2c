/** The only file that knows the kit that buttons and fields come from. */
import {
  provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeDropdown, vsCodeOption, vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField(),
  );
}

type Child = Node | string;

/** An element with attributes and children; `on` adds listeners. */
export function html(name: string, attributes: Readonly<Record<string, string>> = {}, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(label: string, title: string, action: () => void): HTMLElement {
  const made = html('vscode-button', {appearance: 'secondary', title, 'aria-label': title}, label);
  made.addEventListener('click', action);
  return made;
}

export function checkbox(label: string, title: string, change: (on: boolean) => void): HTMLElement {
  const made = html('vscode-checkbox', {title}, label);
  made.addEventListener('change', () => { change((made as HTMLElement & {readonly checked: boolean}).checked); });
  return made;
}

export function field(label: string, change: (text: string) => void): HTMLElement {
  const made = html('vscode-text-field', {placeholder: label, 'aria-label': label, size: '7'});
  made.addEventListener('input', () => { change((made as HTMLElement & {readonly value: string}).value); });
  return made;
}

export interface Chooser {
  readonly element: HTMLElement;
  /** What can be chosen, as [value, text], and what is. */
  show(options: readonly (readonly [string, string])[], chosen: string): void;
}

/** A list of which one entry is chosen. */
export function chooser(label: string, change: (value: string) => void): Chooser {
  const list = html('vscode-dropdown', {'aria-label': label}) as HTMLElement & {value: string};
  let shown = '';
  list.addEventListener('change', () => { change(list.value); });
  return {
    element: html('label', {'class': 'labelled'}, label, list),
    show(options, chosen) {
      const signature = JSON.stringify(options);
      if (signature !== shown) list.replaceChildren(...options.map(([value, content]) => html('vscode-option', {value}, content)));
      shown = signature;
      if (list.value !== chosen) requestAnimationFrame(() => { list.value = chosen; });
    },
  };
}

export interface NumberField {
  readonly element: HTMLElement;
  /** Not while the user types in it. */
  show(value: number): void;
}

/** A field for a whole number from `least` on. */
export function numberField(label: string, title: string, least: number, change: (value: number) => void): NumberField {
  const input = html('input', {type: 'number', min: String(least), step: '1', title, 'aria-label': title}) as HTMLInputElement;
  input.addEventListener('input', () => {
    const value = Number(input.value);
    if (input.value !== '' && Number.isInteger(value) && value >= least) change(value);
  });
  return {
    element: html('label', {'class': 'labelled'}, label, input),
    show(value) { if (document.activeElement !== input) input.value = String(value); },
  };
}

/** A list of which one thing is chosen to be done; the first entry only says what the list is. */
export function menu(label: string, entries: readonly string[], choose: (entry: string) => void): HTMLElement {
  const made = html('vscode-dropdown', {'aria-label': label}, ...[label, ...entries].map((entry) => html('vscode-option', {}, entry)));
  made.addEventListener('change', () => {
    const list = made as HTMLElement & {value: string; selectedIndex: number};
    const {value} = list;
    list.selectedIndex = 0;
    if (value !== label) choose(value);
  });
  return made;
}
