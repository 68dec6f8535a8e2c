/** A line on the terminal that says which file is being checked; silent when nobody watches or there is little to wait for. */

export interface Progress {
  at(path: string): void;
  clear(): void;
}

export function createProgress(stream: {readonly isTTY?: boolean; readonly columns?: number; write(text: string): void}, total: number, quiet: boolean): Progress {
  if (quiet || stream.isTTY !== true || total < 4) return {at: () => undefined, clear: () => undefined};
  let done = 0;
  return {
    at(path) {
      const text = `${++done}/${total} ${path}`;
      stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear() {
      stream.write('\r\x1b[K');
    },
  };
}
