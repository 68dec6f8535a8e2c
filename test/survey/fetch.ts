/**
 * Where the files of the list are: a folder laid out as owner/name/path. Files that are not there are fetched at their
 * commit when asked to. Knows nothing of labels.
 */
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

export interface ListedFile {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
}

/** Downloads at a time. */
const LANES = 8;

export function placeOf(folder: string, {repository, path}: ListedFile): string {
  return join(folder, repository, path);
}

/** Fetches what is missing into `folder`; gives one line for each file that could not be fetched. */
export async function fetchMissing(folder: string, files: readonly ListedFile[]): Promise<readonly string[]> {
  const missing = files.filter((file) => !existsSync(placeOf(folder, file)));
  const complaints: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < missing.length) {
      const file = missing[next++];
      try {
        const response = await fetch(addressOf(file));
        if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
        const place = placeOf(folder, file);
        mkdirSync(dirname(place), {recursive: true});
        writeFileSync(place, Buffer.from(await response.arrayBuffer()));
      } catch (error) {
        complaints.push(`${file.repository} ${file.path}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({length: Math.min(LANES, missing.length)}, lane));
  return complaints;
}

function addressOf({repository, commit, path}: ListedFile): string {
  return `https://raw.githubusercontent.com/${repository}/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
}
