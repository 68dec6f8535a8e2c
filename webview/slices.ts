/** Work that is done bit by bit, so that the page can do something else in between. Knows nothing of the work. */

/** Milliseconds of work before the page may do something else. */
const slice = 8;

/**
 * Runs `steps` to their end and hands over what they give; as long as they take less than a slice, at once. Ends without a
 * word as soon as `isWanted` says no.
 */
export function inSlices<T>(steps: Generator<void, T>, isWanted: () => boolean, done: (result: T) => void): void {
  const go = (): void => {
    if (!isWanted()) return;
    for (const until = performance.now() + slice; performance.now() < until;) {
      const step = steps.next();
      if (step.done !== true) continue;
      done(step.value);
      return;
    }
    soon(go);
  };
  go();
}

/** After what is waiting, without the wait of nested timers. */
export function soon(action: () => void): void {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    action();
  };
  port2.postMessage(null);
}
