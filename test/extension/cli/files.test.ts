import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {emptyFolders, findFiles, readSource} from '../../../extension/cli/files.ts';

describe('files on the command line', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'backprop-files-'));
    mkdirSync(join(folder, 'nested', '__pycache__'), {recursive: true});
    mkdirSync(join(folder, 'nothing'));
    writeFileSync(join(folder, 'b.py'), 'x = 1\n');
    writeFileSync(join(folder, 'nested', 'a.py'), 'y = 2\n');
    writeFileSync(join(folder, 'nested', '__pycache__', 'c.py'), 'z = 3\n');
    writeFileSync(join(folder, 'notes.txt'), 'nothing to see\n');
    writeFileSync(join(folder, 'empty.py'), '');
    writeFileSync(join(folder, 'image.py'), Buffer.from([0x89, 0x50, 0, 1, 2]));
    writeFileSync(join(folder, 'latin.py'), Buffer.from([0x78, 0x20, 0x3d, 0x20, 0x31, 0x20, 0x23, 0xe9, 0x0a]));
    writeFileSync(join(folder, 'bom.py'), '\uFEFFx = 1\r\n');
  });

  after(() => {
    rmSync(folder, {recursive: true});
  });

  it('walks folders for Python files, leaving out what is generated', () => {
    assert.deepEqual(findFiles([join(folder, 'nested')]), [join(folder, 'nested', 'a.py')]);
    assert.ok(findFiles([folder, join(folder, 'b.py')]).filter((path) => path.endsWith('b.py')).length === 1);
  });

  it('knows a folder without Python', () => {
    assert.deepEqual(emptyFolders([join(folder, 'nothing'), folder]), [join(folder, 'nothing')]);
  });

  const complaint = (name: string): string => {
    const source = readSource(join(folder, name));
    assert.ok('complaint' in source, `${name} was read`);
    return source.complaint;
  };

  it('has one clear line for what cannot be read', () => {
    assert.equal(complaint('missing.py'), 'does not exist');
    assert.equal(complaint('empty.py'), 'is empty');
    assert.equal(complaint('image.py'), 'is a binary file, not Python text');
    assert.match(complaint('notes.txt'), /is not Python/);
    assert.equal(complaint('nested'), 'is not a file');
  });

  it('reads other encodings and byte-order marks', () => {
    assert.deepEqual(readSource(join(folder, 'latin.py')), {path: join(folder, 'latin.py'), text: 'x = 1 #é\n'});
    assert.deepEqual(readSource(join(folder, 'bom.py')), {path: join(folder, 'bom.py'), text: '\uFEFFx = 1\r\n'});
  });
});
