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
  const made = html('vscode-text-field', {placeholder: label, 'aria-label': label, size: '12'});
  made.addEventListener('input', () => { change((made as HTMLElement & {readonly value: string}).value); });
  return made;
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
