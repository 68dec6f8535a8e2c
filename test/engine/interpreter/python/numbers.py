#: integer arithmetic
print(7 // 2, -7 // 2, 7 // -2, -7 // -2, 0 // 5)
print(7 % 3, -7 % 3, 7 % -3, -7 % -3, 6 % -3)
print(2 ** 10, 2 ** -1, (-2) ** 3, 0 ** 0, 2 ** 0.5)
print(7 / 2, 6 / 3, -7 / 2, 1 / 3)
#: floor division and modulo of floats
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 1e300 // 1e-10)
print(divmod(7, 2), divmod(-7, 2), divmod(7.5, 2))
#: big integers
print(2 ** 100, 2 ** 64 - 1, -(2 ** 70))
print(10 ** 20 // 3, -(10 ** 20) // 3, 10 ** 20 % 7, -(10 ** 20) % 7)
print(9007199254740991 + 1, 9007199254740993 * 3, 2 ** 53 + 1.0)
print((2 ** 100) / (2 ** 99), 2 ** 100 > 2 ** 99, 2 ** 100 == 2 ** 100)
x = 1
for i in range(1, 30):
    x *= i
print(x)
#: shifts and bits
print(1 << 10, 1 << 70, 1024 >> 3, -5 >> 1, 5 & 3, 5 | 3, 5 ^ 3, ~5, ~-1)
print(True & False, True | False, True ^ True, True + True, True * 3, ~True)
#: signs of zero and unary operators
print(-0.0, +5, -5, --5, - -5.5, 0 * -1, -0)
print(abs(-3), abs(-3.5), -(-3), +True, -True)
#: float printing
print(1.0, 1e16, 1e-5, 123456789.123456789, 1e22, 0.1 + 0.2, 1.5e300 * 1e10)
print(float('inf'), -float('inf'), float('nan'))
print(3.0 == 3, 3.0 is None, 1e3, 100.0, 1e15, 1e17)
#: comparison of numbers
print(1 < 2, 1 == 1.0, True == 1, 1 != 1.5, 2 >= 2, 3 > 2 > 1, 3 > 2 < 1, 1 < 2 == 2)
print(float('nan') == float('nan'), float('nan') != 1)
#: division by zero
try:
    1 / 0
except ZeroDivisionError as e:
    print(e)
try:
    1 // 0
except ZeroDivisionError as e:
    print(e)
try:
    1.0 / 0
except ZeroDivisionError as e:
    print(e)
try:
    1 % 0
except ZeroDivisionError as e:
    print(e)
try:
    0 ** -1
except ZeroDivisionError as e:
    print(e)
#: rounding and conversions
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(1.5))
print(int(3.9), int(-3.9), int('42'), int(' -7 '), float('2.5'), int(True), float(3), bool(0.0), bool('x'))
print(int('ff', 16), int('101', 2))
#: min max sum
print(min(3, 1, 2), max([3, 1, 2]), sum([1, 2, 3]), sum([0.1] * 3), max('abc'), min((2, 1), (1, 5)))
print(max([1, -5, 3], key=abs), min([], default=7), sum([[1], [2]], []))
#: type errors of operators
for f in [lambda: 1 + 'a', lambda: 'a' + 1, lambda: [1] + (2,), lambda: None + 1, lambda: {} + {}, lambda: 'a' * 1.5, lambda: -'a', lambda: 2 ** 'a', lambda: 'a' - 'b', lambda: [] < 1, lambda: 1 < 'a', lambda: None < None, lambda: 1.5 & 2]:
    try:
        f()
    except TypeError as e:
        print(e)
#: chained comparison evaluates once
def f(x):
    print('f', x)
    return x
print(f(1) < f(2) < f(3))
print(f(3) < f(2) < f(1))
#: boolean operators return operands
print(0 or 'a', 1 and 'b', None or 0, '' and 1, [] or {}, 1 and 2 and 3, 0 or None or 5)
print(not 0, not 'a', not None, not [])
#: conditional expressions
print('a' if 1 else 'b', 'a' if [] else 'b')
x = 5
print('big' if x > 3 else 'small' if x > 1 else 'tiny')
#: augmented assignment of numbers
x = 5
x += 2; print(x)
x -= 1; print(x)
x *= 3; print(x)
x /= 4; print(x)
x //= 2; print(x)
x **= 3; print(x)
x %= 5; print(x)
y = 6
y <<= 2; print(y)
y |= 1; print(y)
y &= 17; print(y)
y ^= 3; print(y)
y >>= 1; print(y)
#: power of floats
print(2.0 ** 3, 2 ** 3.0, 4 ** 0.5, 0.0 ** 0, (-8) ** (1.0 / 3) if False else 'skip')
print(10.0 ** -2, (-2.0) ** 3, 2 ** -2)
#: overflow
try:
    10.0 ** 400
except OverflowError as e:
    print(type(e).__name__)
print(1e308 * 10, -1e308 * 10)
#: isinstance of numbers
print(isinstance(1, int), isinstance(True, int), isinstance(1.0, int), isinstance(1.0, float), isinstance(1, (str, int)), isinstance('a', str))
print(type(1), type(1.0), type(True), type('a'), type(None), type([]), type(()), type({}), type(set()))
#: number methods
print((3.0).is_integer(), (3.5).is_integer(), (5).bit_length())
#: int and float equality as keys
d = {1: 'a', 1.0: 'b', True: 'c'}
print(d, len(d), d[1])
#: number literals
print(0x10, 0b101, 0o17, 1_000_000, 1e3, .5, 5., 1E-3)
