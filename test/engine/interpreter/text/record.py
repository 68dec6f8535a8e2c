"""Records how CPython formats numbers and strings, for spec.test.ts: python3 test/engine/interpreter/text/record.py"""
import itertools
import json
import pathlib
import random

random.seed(11)
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 0.5, 1.5, 2.5, 2.675, 1e-5, 0.0001, 123456.789, 1e15, 1e16, 123456789012345680.0, 1e22, 1e23, 5e-324,
          1.7976931348623157e308, 9.5, 99.95, 999999.5, 1234567.0, float('inf'), float('-inf'), float('nan'), 1 / 3, 2 / 3, 100.0, 0.05]
FLOATS += [random.uniform(-10, 10) * 10 ** random.randint(-12, 25) for _ in range(40)]
FLOAT_SPECS = ['', '.2f', '.0f', '8.3f', '<10.2f', '^12.1f', '+.3f', ' .2f', '08.2f', 'e', '.3e', '.0e', 'E', 'g', '.3g', '.10g', 'G', '#.3g', '.1%',
               '%', ',.2f', '_.1f', '012,.2f', '*>15.4f', '=+10.2f', '.3', '10', '10.4', '#.0f', '.15g', '.17g', '.20f', 'f', 'n', ',']
INTS = [0, 1, -1, 7, 42, -42, 255, 1000, 1234567, -1234567, 10 ** 18, 2 ** 70]
INT_SPECS = ['', 'd', '5d', '<5d', '^7', '05d', '+d', ' d', 'x', '#x', 'X', '#X', 'o', '#o', 'b', '#b', '08b', ',', '_', '010,', '_x', '_b', '.2f', 'e', '%',
             '*^9', '=+6', '#010x', 'g', '>8', 'n']
STRINGS = ['', 'a', 'hello', 'naïve ☃', 'tab\tand "quotes"', "it's"]
STRING_SPECS = ['', 's', '10', '<8', '>8', '^9', '*^9', '.2', '5.2s', '08', '_>6']
PERCENT = ['%d', '%5d', '%-5d|', '%05d', '%+d', '% d', '%i', '%x', '%#x', '%X', '%o', '%.3d', '%8.3d', '%f', '%.2f', '%8.3f', '%-8.2f|', '%08.3f', '%e',
           '%.1e', '%g', '%G', '%.3g', '%s', '%10s', '%-10s|', '%.2s', '%r', '%5.1f%%', '%c', '%u', '%#.3g', '%+.2e', '%E']


def attempt(make):
    try:
        return make()
    except Exception as error:
        return [type(error).__name__, str(error)]


def number(value):
    return repr(value)


cases = {'float': [], 'int': [], 'str': [], 'percent': [], 'round': []}
for value, spec in itertools.product(FLOATS, FLOAT_SPECS):
    cases['float'].append([number(value), spec, attempt(lambda: format(value, spec))])
for value, spec in itertools.product(INTS, INT_SPECS):
    cases['int'].append([str(value), spec, attempt(lambda: format(value, spec))])
for value, spec in itertools.product(STRINGS, STRING_SPECS):
    cases['str'].append([value, spec, attempt(lambda: format(value, spec))])
for template in PERCENT:
    for value in [0, 7, -42, 3.7, -2.5, 1e-7, 65]:
        cases['percent'].append([template, 'int' if isinstance(value, int) else 'float', value, attempt(lambda: template % value)])
    for value in ['a', 'hello']:
        cases['percent'].append([template, 'str', value, attempt(lambda: template % value)])
for value in FLOATS[:23] + FLOATS[26:]:
    for places in [0, 1, 2, 3, 5, 10, -1, -3, 20]:
        cases['round'].append([number(value), places, repr(round(value, places))])
path = pathlib.Path(__file__).parent / 'formats.json'
path.write_text(json.dumps(cases, separators=(',', ':'), ensure_ascii=True).replace('],[', '],\n[') + '\n')
print({key: len(value) for key, value in cases.items()})
