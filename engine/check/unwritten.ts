/**
 * Whether an exception says that the code is still to be written: that is no mistake. Must not know what raised it.
 */

/** `NotImplementedError` of any message, or any other exception whose own words are "TODO" or "not implemented". */
export function isUnwritten({type, message}: {readonly type: string; readonly message: string}): boolean {
  return type === 'NotImplementedError' || /\bTODO\b|\bnot (?:yet )?implemented\b|\bnot written yet\b/i.test(message);
}
