/**
 * The word that lets a page of ours, and nothing that got into it, bring its own script and style. Knows no page.
 */

/** 128 random bits in hexadecimal, new for each page. */
export function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
