#: constants
import math
print(math.pi, math.e, math.tau, math.inf, math.nan)
#: exponentials and logarithms
import math
print('%.12g %.12g %.12g %.12g %.12g %.12g' % (math.exp(1.5), math.log(2.5), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-10)))
print('%.12g %.12g %.12g %.12g' % (math.expm1(1e-10), math.sqrt(2), math.pow(2, 0.5), math.exp2(3) if hasattr(math, 'exp2') else 8))
#: trigonometry
import math
print(' '.join('%.12g' % f(0.5) for f in (math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.sinh, math.cosh, math.tanh, math.asinh, math.atanh)))
print('%.12g %.12g %.12g %.12g %.12g' % (math.acosh(1.5), math.atan2(1, -1), math.hypot(3, 4), math.degrees(math.pi), math.radians(180)))
#: rounding
import math
print(math.floor(2.7), math.ceil(2.1), math.trunc(-2.7), math.floor(-0.5), math.ceil(-0.5), math.floor(5), math.fabs(-3), math.copysign(1, -0.0), math.fmod(-7, 3), math.modf(2.75), math.frexp(8.5), math.ldexp(0.5, 4))
#: tests
import math
print(math.isnan(float('nan')), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(0, 1e-12, abs_tol=1e-9))
#: whole numbers
import math
print(math.factorial(20), math.factorial(25), math.comb(10, 3), math.perm(5, 2), math.gcd(12, 18), math.lcm(4, 6), math.isqrt(17), math.gcd(), math.prod([1, 2, 3, 4]), math.prod([0.5, 4], start=2))
#: sums
import math
print(math.fsum([0.1] * 10), math.fsum([1e100, 1.0, -1e100]), math.dist([0, 0], [3, 4]), math.hypot(1, 2, 2))
#: special functions
import math
print('%.10g %.10g %.10g %.10g %.10g' % (math.erf(0.5), math.erfc(0.5), math.gamma(5), math.gamma(0.5), math.lgamma(10.5)))
#: log of zero
import math
math.log(0)
#: square root of a negative number
import math
math.sqrt(-1)
#: overflow
import math
math.exp(1000)
#: math of an array
import math
import numpy as np
print(math.exp(np.float64(0)), math.sqrt(np.array(4.0)))
math.exp(np.array([1.0, 2.0]))
#: math of a text
import math
math.exp('a')
#: factorial of a negative number
import math
math.factorial(-1)
#: results are Python floats
import math
import numpy as np
print(type(math.exp(1)), type(math.floor(1.5)), type(math.sqrt(np.float32(4))), repr(math.exp(0)))
#: from imports
from math import sqrt, pi as PI, exp
import math as m
print(sqrt(9), PI == m.pi, exp(0))
