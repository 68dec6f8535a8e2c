"""Records what CPython makes of many random expressions of builtins: python3 record_expressions.py; writes expressions.json."""
import json
import pathlib
import random
import sys
import warnings

sys.path.pop(0)
warnings.simplefilter('ignore')
random.seed(2024)
pick = random.choice

INTS = ['0', '1', '-1', '2', '3', '7', '-4', '10', '255', '10**20', 'True', 'False']
FLOATS = ['0.0', '1.0', '-1.5', '2.5', '0.1', '1e16', '1e-7', '123.456', '-0.0', '1e300', 'float("inf")', '3.0']
TEXTS = ["''", "'a'", "'abc'", "'hello world'", "' x y '", "'a,b,,c'", "'Aa1'", "'W1'", "'\\t'", "'aaa'", "'ünï'", "'12'", "'-3.5'"]
LISTS = ['[]', '[1]', '[3, 1, 2]', "['b', 'a']", '[1, [2]]', '[0.5, 1]', '(1, 2, 3)', '()', 'range(4)', 'range(5, 0, -2)', "'xyz'", '[True, None]']
DICTS = ['{}', "{'a': 1}", "{'a': 1, 'b': 2}", '{1: [2], 2: (3,)}']
SLICES = ['[0]', '[-1]', '[1:]', '[:2]', '[::-1]', '[::2]', '[1:3]', '[-2:]', '[5]', '[3:1:-1]', '[:]']
SPECS = ['', 'd', '5', '<6', '>6', '^7', '+', ' ', '05', ',', '_', '.2f', '8.3f', 'e', 'g', '%', 'x', '#b', 's', '.3', '*^9', '=+8', '012,.1f', 'n', 'c', '.0f', 'E', '-']
NUMBERS = INTS + FLOATS
ANY = NUMBERS + TEXTS + LISTS + DICTS + ['None']
BINARY = ['+', '-', '*', '/', '//', '%', '**', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in', 'is', '&', '|', '^', '<<', '>>']


def binary():
    op = pick(BINARY)
    left, right = (pick(NUMBERS), pick(NUMBERS)) if random.random() < 0.6 else (pick(ANY), pick(ANY))
    if op in ('**', '<<', '>>', '*') and ('10**20' in (left, right) or '1e300' in right):
        right = '2'
    return f'({left}) {op} ({right})'


def text_method():
    text = pick(TEXTS)
    return text + '.' + pick([
        lambda: f'split({pick(["", "None", chr(39) + "," + chr(39), chr(39) + "a" + chr(39), "None, 1", chr(39) + " " + chr(39) + ", 1"])})',
        lambda: f'{pick(["upper", "lower", "title", "capitalize", "swapcase", "strip", "lstrip", "rstrip", "splitlines", "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier"])}()',
        lambda: f'{pick(["find", "rfind", "index", "rindex", "count", "startswith", "endswith", "partition", "rpartition", "removeprefix", "removesuffix", "strip"])}({pick(TEXTS)})',
        lambda: f'replace({pick(TEXTS)}, {pick(TEXTS)}{pick(["", ", 1", ", -1", ", 0"])})',
        lambda: f'{pick(["center", "ljust", "rjust"])}({pick(["0", "5", "8", "-1"])}{pick(["", ", " + chr(39) + "*" + chr(39)])})',
        lambda: f'zfill({pick(["0", "5", "8"])})',
        lambda: f'join({pick(["[" + chr(39) + "x" + chr(39) + ", " + chr(39) + "y" + chr(39) + "]", "[]", "[1]", chr(39) + "pq" + chr(39), "5"])})',
    ])()


def function():
    return pick([
        lambda: f'{pick(["int", "float", "bool", "str", "list", "tuple", "repr", "abs", "round", "len", "sorted", "sum", "max", "min", "any", "all", "type"])}({pick(ANY)})',
        lambda: f'round({pick(NUMBERS)}, {pick(["0", "1", "2", "-1", "5"])})',
        lambda: f'int({pick(TEXTS)}, {pick(["10", "16", "2", "0", "36"])})',
        lambda: f'divmod({pick(NUMBERS)}, {pick(NUMBERS)})',
        lambda: f'sorted({pick(LISTS)}, reverse=True)',
        lambda: f'list(zip({pick(LISTS)}, {pick(LISTS)}))',
        lambda: f'list(enumerate({pick(LISTS)}, {pick(["0", "1", "-2"])}))',
        lambda: f'list(map({pick(["str", "bool", "len", "abs", "type"])}, {pick(LISTS)}))',
        lambda: f'{pick(["min", "max"])}({pick(NUMBERS)}, {pick(NUMBERS)}, {pick(NUMBERS)})',
        lambda: f'isinstance({pick(ANY)}, {pick(["int", "float", "str", "(int, float)", "list", "dict", "bool", "tuple", "type(None)"])})',
        lambda: f'list(reversed({pick(LISTS)}))',
        lambda: f'sum({pick(LISTS)}, {pick(NUMBERS)})',
        lambda: f'dict(zip({pick(LISTS)}, {pick(LISTS)}))',
        lambda: f'{pick(["hex", "bin", "oct", "chr"])}({pick(INTS)})',
    ])()


def container():
    return pick([
        lambda: f'({pick(LISTS + TEXTS)}){pick(SLICES)}',
        lambda: f'{pick(DICTS)}.{pick(["get(" + chr(39) + "a" + chr(39) + ")", "keys()", "values()", "items()", "pop(" + chr(39) + "a" + chr(39) + ")", "copy()", "popitem()", "setdefault(1, 5)"])}',
        lambda: f'{pick(DICTS)}[{pick(["1", chr(39) + "a" + chr(39), "1.0", "None"])}]',
        lambda: f'{pick(LISTS)}.{pick(["index(1)", "count(1)", "pop()", "copy()"])}',
        lambda: f'[x for x in {pick(LISTS)} if x]',
        lambda: f'{{k: v for k, v in {pick(DICTS)}.items()}}',
        lambda: f'{pick(ANY)} in {pick(LISTS + DICTS)}',
        lambda: f'[*{pick(LISTS)}, *{pick(LISTS)}]',
        lambda: f'({pick(LISTS)}) * {pick(["0", "2", "-1"])}',
        lambda: f'sorted({{*{pick(LISTS)}}} {pick("|&-^")} {{*{pick(LISTS)}}})',
    ])()


def formatted():
    quote = chr(39)
    return pick([
        lambda: f'format({pick(ANY)}, {quote}{pick(SPECS)}{quote})',
        lambda: f'{quote}{{:{pick(SPECS)}}}{quote}.format({pick(ANY)})',
        lambda: f'{quote}%{pick(["d", "s", "r", "f", "5.2f", "e", "g", "x", "05d", "-6s|", "+d", ".3s", "i", "c", "o"])}{quote} % ({pick(ANY)},)',
        lambda: f'{quote}{{}} {{}}{quote}.format({pick(ANY)}, {pick(ANY)})',
        lambda: f'f{quote}{{{pick(NUMBERS + ["[1, 2]", "None"])}:{pick(SPECS)}}}{quote}',
    ])()


cases = {}
makers = [(binary, 450), (text_method, 300), (function, 350), (container, 250), (formatted, 350)]
for maker, count in makers:
    for _ in range(count):
        expression = maker()
        if expression in cases:
            continue
        try:
            cases[expression] = ['value', repr(eval(expression, {}))]
        except OverflowError as error:
            cases[expression] = ['error', f'{type(error).__name__}: {error}']
        except Exception as error:
            cases[expression] = ['error', f'{type(error).__name__}: {error}']
cases = {key: value for key, value in cases.items() if 'j' not in value[1] and ' at 0x' not in value[1]
         and not (key.startswith('sorted({') and value[0] == 'error') and ':=' not in key}
path = pathlib.Path(__file__).parent / 'expressions.json'
path.write_text('[\n' + ',\n'.join(json.dumps([key, *value]) for key, value in cases.items()) + '\n]\n')
print(len(cases))
