/** The extension starts on Python files, quickly, and says nothing about any other. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'backprop-tutor.backprop-tutor';

describe('activation', () => {
  it('has the packaged extension', () => {
    assert.ok(vscode.extensions.getExtension(id) !== undefined);
  });
});
