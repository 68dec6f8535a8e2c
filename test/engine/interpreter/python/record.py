"""Runs every snippet of the files beside this one in CPython and records what it printed.

A snippet begins at a line `#: title`. Usage: python3 record.py; writes expected.json.
"""
import contextlib
import io
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.pop(0)  # `numbers.py` here is no module


def snippets(text):
    title, lines = None, []
    for line in text.splitlines():
        if line.startswith('#: '):
            if title is not None:
                yield title, '\n'.join(lines) + '\n'
            title, lines = line[3:], []
        else:
            lines.append(line)
    if title is not None:
        yield title, '\n'.join(lines) + '\n'


def outcome(code):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(code, 'snippet', 'exec'), {'__name__': '__main__'})
            raised = None
        except BaseException as error:
            raised = f'{type(error).__name__}: {error}'
    return {'printed': printed.getvalue(), 'raised': raised}


def main():
    expected = {}
    for path in sorted(HERE.glob('*.py')):
        if path.name == 'record.py':
            continue
        found = {}
        for title, code in snippets(path.read_text()):
            assert title not in found, (path.name, title)
            found[title] = outcome(code)
        expected[path.name] = found
    (HERE / 'expected.json').write_text(json.dumps(expected, indent=1) + '\n')


main()
