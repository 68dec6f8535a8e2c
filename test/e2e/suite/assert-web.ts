/** What the suite uses of node:assert/strict, for the web extension host, which has no Node modules. */
function fail(message: string): never {
  throw new Error(message);
}

function text(value: unknown): string {
  return JSON.stringify(value, null, 1);
}

const assert = {
  ok(value: unknown, message?: string): void {
    if (value === false || value === undefined || value === null || value === 0 || value === '') fail(message ?? `${text(value)} is not true`);
  },
  equal(actual: unknown, expected: unknown, message?: string): void {
    if (!Object.is(actual, expected)) fail(message ?? `${text(actual)} is not ${text(expected)}`);
  },
  /** Plain data only. */
  deepEqual(actual: unknown, expected: unknown, message?: string): void {
    if (text(sorted(actual)) !== text(sorted(expected))) fail(message ?? `${text(actual)} is not ${text(expected)}`);
  },
  match(actual: string, expected: RegExp, message?: string): void {
    if (!expected.test(actual)) fail(message ?? `${actual} does not match ${String(expected)}`);
  },
};

/** With the keys of every object in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

export default assert;
