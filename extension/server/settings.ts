/** The user's settings as the server reads them: what is missing or makes no sense is as if nobody had said it. */
import {defaultSettings, hintSteps} from '../protocol.ts';
import type {Settings} from '../protocol.ts';

/** Of whatever the editor gives for `backpropTutor`. */
export function settingsOf(given: unknown): Settings {
  const {hints, diagnostics, codeLens, check} = defaultSettings;
  const steps: readonly unknown[] = hintSteps;
  const isLength = (value: unknown): boolean => typeof value === 'number' && value >= 1;
  const isFlag = (value: unknown): boolean => typeof value === 'boolean';
  return {
    hints: group(hints, field(given, 'hints'), {
      show: (value) => ['all', 'shapes', 'verdicts', 'none'].includes(value as string), maximumLength: isLength,
      start: (value) => steps.includes(value), last: (value) => steps.includes(value),
    }),
    diagnostics: group(diagnostics, field(given, 'diagnostics'), {enabled: isFlag}),
    codeLens: group(codeLens, field(given, 'codeLens'), {enabled: isFlag}),
    check: group(check, field(given, 'check'), {seed: Number.isInteger}),
  };
}

function group<Group extends object>(defaults: Group, given: unknown, isValid: Readonly<Record<keyof Group, (value: unknown) => boolean>>): Group {
  const chosen = {...defaults};
  for (const key of Object.keys(defaults) as (keyof Group & string)[]) {
    const value = field(given, key);
    if (isValid[key](value)) chosen[key] = value as Group[typeof key];
  }
  return chosen;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
