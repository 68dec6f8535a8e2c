#: abs of every kind of number
import numpy as np
print(abs(-3), abs(2.5), abs(-0.0), abs(True), abs(-10**20), abs(np.float64(-1.5)), abs(np.array([-1, 2])))
#: round to even, and to places
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1350, -2))
print(round(3.14159, 3), round(1e20), round(5), round(5, 1), round(2.5, 0), round(True), round(-1.5))
#: round of numpy numbers
import numpy as np
print(round(np.float64(2.567), 1), repr(round(np.float64(2.567), 1)), round(np.float64(2.5)), repr(round(np.float32(2.567), 2)))
print(round(np.array([1.25, 2.75]), 1))
#: pow and divmod
print(pow(2, 10), pow(2, -1), pow(2.0, 3), pow(3, 200, 7), pow(2, 100), divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(7, -2))
#: sum
print(sum([1, 2, 3]), sum([0.1] * 3), sum([]), sum((1, 2), 10), sum([[1], [2]], []), sum(x for x in range(5)), sum({1: 2, 3: 4}))
#: sum of arrays
import numpy as np
print(sum([np.array([1.0, 2.0]), np.array([3.0, 4.0])]), sum(np.arange(6).reshape(2, 3)), sum(np.array([0.5, 0.25])))
#: sum with start by keyword
print(sum([1, 2], start=5))
#: max and min
print(max(1, 2, 3), min([4, 2, 8]), max('hello'), min((3, 1), (2, 9)), max([1, -5, 3], key=abs), min([], default=7), max([1.5, 2]), max(2, 2.0), min(2.0, 2))
#: max of a dictionary by value
d = {'a': 3, 'b': 7, 'c': 5}
print(max(d), max(d, key=d.get), min(d.values()), max(d.items(), key=lambda kv: kv[1]))
#: max of an array of one axis
import numpy as np
print(max(np.array([1.0, 3.0, 2.0])), repr(min(np.array([4, 2, 9]))))
#: texts of ints
print(bin(10), bin(-5), oct(64), hex(255), hex(-255), bin(0), chr(65), chr(8364), ord('a'), ord('€'))
#: int of everything
print(int(), int(3.7), int(-3.7), int('42'), int('-7'), int(' 12 '), int('ff', 16), int('0x1f', 16), int('101', 2), int('1_000'), int(True), int('0b11', 0), int(1e20))
#: int of numpy
import numpy as np
print(int(np.float64(3.9)), int(np.int32(7)), int(np.array(5.5)), int(np.bool_(True)), type(int(np.int64(3))))
#: float of everything
print(float(), float(3), float('2.5'), float('1e-3'), float('inf'), float('-Infinity'), float('nan'), float(' 3 '), float('1_0.5'), float(True), float(10**20))
#: float of numpy
import numpy as np
print(float(np.float32(0.5)), float(np.array(2.5)), repr(float(np.float64(1))), float(np.int8(3)))
#: bool
print(bool(), bool(0), bool(''), bool([0]), bool(0.0), bool({}), bool('0'), bool(None), bool(-1), bool(()), bool(range(0)))
#: big ints
print(2 ** 100, int('123456789012345678901234567890'), hash(5), 10 ** 30 // 7, -(2 ** 70), int(2.0 ** 70), (2 ** 70).bit_length(), (255).bit_length())
#: methods of numbers
print((3.0).is_integer(), (3.5).is_integer(), (0).bit_length(), (2.5).real, (3).numerator, (2.5).conjugate())
#: int of a text that is none
int('3.5')
#: int of None
int(None)
#: int of nan
int(float('nan'))
#: int of infinity
int(float('inf'))
#: float of a text that is none
float('abc')
#: float of a list
float([1])
#: float of an array with axes
import numpy as np
float(np.array([1.0]))
#: abs of a text
abs('a')
#: sum of texts
sum(['a', 'b'])
#: sum starting with a text
sum(['a'], '')
#: max of nothing
max([])
#: max of what cannot be compared
max(1, 'a')
#: divmod by zero
divmod(1, 0)
#: chr out of range
chr(-1)
#: ord of two characters
ord('ab')
#: round of a text
round('a')
#: pow of a text
pow('a', 2)
#: nan in max and min
nan = float('nan')
print(max(nan, 1.0), max(1.0, nan), min(nan, 1.0), min(1.0, nan))
#: comparisons that decide ties keep the first
print(max([1, True, 1.0]), min([1.0, 1, True]), max([(1, 'a'), (1, 'b')], key=lambda t: t[0]))
#: complex arithmetic of ints and floats
print(7 // 2, -7 // 2, 7 % -3, 2 ** 0.5, 1 / 3, 0.1 + 0.2, 1e16 + 1, 3 * 1.1, 5 % 2.5, -5.5 // 2)
