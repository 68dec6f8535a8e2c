"""Runs every snippet of the folders builtins/, modules/ and text/ in CPython and records what it printed and raised.

A snippet begins at a line `#: title`. Usage: python3 record.py; writes expected.json into each folder.
"""
import contextlib
import io
import json
import pathlib
import sys
import warnings

sys.path.pop(0)
HERE = pathlib.Path(__file__).parent.parent


def snippets(text):
    for part in ('\n' + text).split('\n#: ')[1:]:
        title, _, code = part.partition('\n')
        yield title, code + '\n'


def outcome(code):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            exec(compile(code, 'snippet', 'exec'), {'__name__': '__main__'})
            raised = None
        except BaseException as error:
            raised = f'{type(error).__name__}: {error}'
    return {'printed': printed.getvalue(), 'raised': raised}


for folder in ('builtins', 'modules', 'text'):
    expected = {}
    for path in sorted((HERE / folder).glob('*.py')):
        if path.name == 'record.py':
            continue
        found = {}
        for title, code in snippets(path.read_text()):
            assert title not in found, (path.name, title)
            found[title] = outcome(code)
        expected[path.name] = found
    (HERE / folder / 'expected.json').write_text(json.dumps(expected, indent=1) + '\n')
    print(folder, sum(len(found) for found in expected.values()))
