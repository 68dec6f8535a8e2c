#: changing case
print('hello World'.upper(), 'ABC'.lower(), 'hello world'.title(), 'hELLO'.capitalize(), 'aBc'.swapcase(), "it's".title())
#: strip
print('  a b  '.strip() + '|', '  a'.lstrip() + '|', 'a  '.rstrip() + '|', 'xxaxx'.strip('x'), 'abcab'.strip('ab'), '\t\n a'.strip())
#: split
print('a b  c'.split(), 'a,b,,c'.split(','), 'a b c'.split(' ', 1), 'a b c'.split(maxsplit=1), ''.split(), ''.split(','), ' a '.split(' '), 'a,b,c'.rsplit(',', 1), '  a b  c '.split(None, 1), 'a b c d'.rsplit(None, 2))
#: split by nothing
'a'.split('')
#: join
print(','.join(['a', 'b']), ''.join('abc'), '-'.join(str(i) for i in range(3)), ', '.join([]))
','.join([1, 2])
#: replace
print('aaa'.replace('a', 'b'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'a.b'.replace('.', ''), 'abc'.replace('', '-', 2))
#: find, index and count
print('hello'.find('l'), 'hello'.rfind('l'), 'hello'.find('z'), 'hello'.index('e'), 'hello'.count('l'), 'aaaa'.count('aa'), 'hello'.find('l', 3), 'hello'.find('l', 0, 2), 'abc'.count(''), 'hello'.find('l', -2))
'hello'.index('z')
#: startswith and endswith
print('hello'.startswith('he'), 'hello'.endswith(('lo', 'x')), 'hello'.startswith('l', 2), 'hello'.endswith('l', 0, 3), 'a'.startswith(''))
'a'.startswith(1)
#: padding
print('a'.ljust(3) + '|', 'a'.rjust(3, '*'), 'a'.center(4) + '|', 'ab'.center(5, '-') , '7'.zfill(3), '-7'.zfill(4), 'abc'.ljust(2), 'a'.center(5, '*'), 'abc'.center(4, '*'))
#: tests
print('1'.isdigit(), ''.isdigit(), 'a1'.isalnum(), 'a'.isalpha(), ' '.isspace(), 'A'.isupper(), 'a1'.islower(), 'x_1'.isidentifier(), '1x'.isidentifier(), 'Ab'.isupper(), '12'.isnumeric())
#: partition
print('a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('='), 'abc'.rpartition('='))
#: lines
print('a\nb\r\nc'.splitlines(), 'a\nb\n'.splitlines(True), ''.splitlines(), 'a\n\nb'.splitlines())
#: prefixes
print('W1'.removeprefix('W'), 'conv_cache'.removesuffix('_cache'), 'abc'.removeprefix('x'), 'abc'.removesuffix(''))
#: indexing and slicing
s = 'hello'
print(s[0], s[-1], s[1:3], s[::-1], s[::2], s[10:], 'ell' in s, 'z' not in s, s * 2, s + '!', len(s))
s[10]
#: a string cannot be changed
s = 'abc'
s[0] = 'x'
#: comparing
print('a' < 'b', 'abc' < 'abd', 'Z' < 'a', 'a' == 'a', min('b', 'a'), '10' < '9')
#: strings of numbers
print(str(1), str(1.0), str(True), str(None), str([1, 'a']), str({'a': 1}), 'W' + str(1), str(), str(1e10), str(10 ** 16 * 1.0), str('a'))
#: adding a number
'a' + 1
#: joining keys
for i in range(1, 3):
    print('W%d' % i, 'b' + str(i), f'dW{i}', 'dA{}'.format(i - 1), 'Z_' + repr(i))
#: methods through the class
print(str.upper('a'), list(map(str.strip, [' a', 'b '])), str.join('-', ['a', 'b']))
#: unknown method
'a'.foo()
#: expandtabs and translate
print('a\tb'.expandtabs(4).split())
#: escapes
print('a\\n', 'tab\there', r'raw\n', 'quote\'s', "\x41\u00e9")
#: multiplication by zero or less
print('a' * 0 + '|', 'a' * -1 + '|', [1] * 2, (1,) * 3, 3 * 'ab')
