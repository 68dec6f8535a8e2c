/** Unpacks a .vsix, which is a zip archive, into a folder. */
import {createWriteStream, mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {promisify} from 'node:util';

/** Resolves to the folder of the extension in it. */
export async function unpack(vsix, folder) {
  // The packager brings a reader along.
  const {open} = createRequire(createRequire(import.meta.url).resolve('@vscode/vsce/package.json'))('yauzl');
  const zip = await promisify(open)(vsix, {lazyEntries: true, autoClose: false});
  const readStream = promisify(zip.openReadStream.bind(zip));
  await new Promise((resolve, reject) => {
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.on('entry', (entry) => {
      write(entry).then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
  zip.close();
  return join(folder, 'extension');

  async function write(entry) {
    if (entry.fileName.endsWith('/')) return;
    const path = join(folder, entry.fileName);
    mkdirSync(dirname(path), {recursive: true});
    await pipeline(await readStream(entry), createWriteStream(path));
  }
}
