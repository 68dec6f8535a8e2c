/**
 * Arithmetic and elementary functions, element by element.
 */
import type {Row} from './row.ts';
import {elementwiseBinary, elementwiseUnary} from './ufunc.ts';

const broadcastPitfall = 'An operand that was broadcast gets its gradient summed over the repeated axes, so that it has the shape of the operand.';

const arithmetic: readonly Row[] = [
  ...elementwiseBinary(['np.add'], 'add', {
    x1: 'g', x2: 'g', pattern: 'add distributes',
    why: 'A small change of either operand changes the sum by the same amount, so both receive the upstream gradient unchanged.',
    pitfalls: [broadcastPitfall],
  }),
  ...elementwiseBinary(['np.subtract'], 'subtract', {
    x1: 'g', x2: '-g', pattern: 'add distributes',
    why: 'The difference grows with the first operand and shrinks with the second, by the same amount.',
    pitfalls: ['The sign of the second operand is forgotten.', broadcastPitfall],
  }),
  ...elementwiseBinary(['np.multiply'], 'multiply', {
    x1: 'g * x2', x2: 'g * x1', pattern: 'multiply switches',
    why: 'How much the product changes with one factor is the other factor.',
    pitfalls: ['The factor itself is used in place of the other one.', broadcastPitfall],
  }),
  ...elementwiseBinary(['np.divide', 'np.true_divide'], 'divide', {
    x1: 'g / x2', x2: '-g * x1 / x2**2', pattern: 'divide scales',
    why: 'A quotient is a product with 1 / x2, and the derivative of 1 / x2 is -1 / x2**2.',
    pitfalls: ['The minus sign or the square in the gradient of the divisor is forgotten.', broadcastPitfall],
  }),
  ...elementwiseBinary(['np.power', 'np.pow'], 'power', {
    x1: 'g * x2 * x1 ** (x2 - 1)', x2: 'g * out * np.log(x1)', pattern: 'local slope',
    why: 'The exponent comes down as a factor and is lowered by one; by the exponent, the slope is the power times the logarithm of the base.',
    pitfalls: ['The exponent stays as it is in place of being lowered by one.'],
  }),
  ...elementwiseBinary(['np.float_power'], 'float_power', {
    x1: 'g * x2 * x1 ** (x2 - 1)', x2: 'g * out * np.log(x1)', pattern: 'local slope',
    why: 'The exponent comes down as a factor and is lowered by one; by the exponent, the slope is the power times the logarithm of the base.',
  }),
  ...elementwiseBinary(['np.floor_divide'], 'floor_divide'),
  ...elementwiseBinary(['np.remainder', 'np.mod'], 'remainder', {
    x1: 'g', x2: '-g * np.floor_divide(x1, x2)', pattern: 'add distributes',
    why: 'The remainder is x1 - floor(x1 / x2) * x2, and between two jumps the floor does not change.',
  }),
  ...elementwiseBinary(['np.fmod'], 'fmod', {
    x1: 'g', x2: '-g * np.trunc(x1 / x2)', pattern: 'add distributes',
    why: 'The remainder is x1 - trunc(x1 / x2) * x2, and between two jumps the whole part does not change.',
  }),
  ...elementwiseBinary(['np.maximum'], 'maximum', {
    x1: 'g * (x1 >= x2)', x2: 'g * (x1 < x2)', pattern: 'max routes',
    why: 'Only the larger operand is seen in the result, so it takes the whole upstream gradient and the other takes nothing.',
    pitfalls: ['The gradient is masked by the sign of the upstream gradient in place of the sign of the input.',
      'At a tie the gradient is counted for both operands.'],
  }),
  ...elementwiseBinary(['np.minimum'], 'minimum', {
    x1: 'g * (x1 <= x2)', x2: 'g * (x1 > x2)', pattern: 'max routes',
    why: 'Only the smaller operand is seen in the result, so it takes the whole upstream gradient and the other takes nothing.',
  }),
  ...elementwiseBinary(['np.fmax'], 'fmax', {
    x1: 'g * (x1 >= x2)', x2: 'g * (x1 < x2)', pattern: 'max routes',
    why: 'Only the larger operand is seen in the result, so it takes the whole upstream gradient.',
  }),
  ...elementwiseBinary(['np.fmin'], 'fmin', {
    x1: 'g * (x1 <= x2)', x2: 'g * (x1 > x2)', pattern: 'max routes',
    why: 'Only the smaller operand is seen in the result, so it takes the whole upstream gradient.',
  }),
  ...elementwiseBinary(['np.arctan2', 'np.atan2'], 'arctan2', {
    x1: 'g * x2 / (x1**2 + x2**2)', x2: '-g * x1 / (x1**2 + x2**2)', pattern: 'local slope',
    why: 'The angle turns with a step across the direction, divided by the distance; the first argument is the y coordinate.',
  }),
  ...elementwiseBinary(['np.hypot'], 'hypot', {
    x1: 'g * x1 / out', x2: 'g * x2 / out', pattern: 'local slope',
    why: 'The length grows with each coordinate as much as the direction points along it.',
  }),
  ...elementwiseBinary(['np.logaddexp'], 'logaddexp', {
    x1: 'g * np.exp(x1 - out)', x2: 'g * np.exp(x2 - out)', pattern: 'softmax shares',
    why: 'The log of a sum of exponentials shares the gradient in proportion to the exponentials; the shares sum to one.',
  }),
  ...elementwiseBinary(['np.logaddexp2'], 'logaddexp2', {
    x1: 'g * 2.0 ** (x1 - out)', x2: 'g * 2.0 ** (x2 - out)', pattern: 'softmax shares',
    why: 'The log of a sum of powers of two shares the gradient in proportion to the powers.',
  }),
  ...elementwiseBinary(['np.copysign'], 'copysign', {
    x1: 'g * np.sign(x1) * np.sign(x2)', pattern: 'local slope',
    why: 'The result is the first operand with its sign kept or turned; only the sign of the second matters, and a sign has no slope.',
  }),
  ...elementwiseBinary(['np.heaviside'], 'heaviside'),
  ...elementwiseBinary(['np.nextafter'], 'nextafter'),
  ...elementwiseBinary(['np.bitwise_and'], 'bitwise_and'),
  ...elementwiseBinary(['np.bitwise_or'], 'bitwise_or'),
  ...elementwiseBinary(['np.bitwise_xor'], 'bitwise_xor'),
  ...elementwiseBinary(['np.left_shift', 'np.bitwise_left_shift'], 'left_shift'),
  ...elementwiseBinary(['np.right_shift', 'np.bitwise_right_shift'], 'right_shift'),
  ...elementwiseBinary(['np.gcd'], 'gcd'),
  ...elementwiseBinary(['np.lcm'], 'lcm'),
];

const slope = 'local slope';

const functions: readonly Row[] = [
  elementwiseUnary(['np.negative'], 'negative', {x: '-g', pattern: slope, why: 'What grows in the input shrinks in the result.'}),
  elementwiseUnary(['np.positive'], 'positive', {x: 'g', pattern: slope, why: 'The result is the input.'}),
  elementwiseUnary(['np.absolute', 'np.abs'], 'absolute', {
    x: 'g * np.sign(x)', pattern: slope, why: 'Where the input is negative its sign was turned, and so is the gradient.',
    pitfalls: ['The gradient is multiplied by the input itself in place of its sign.'],
  }),
  elementwiseUnary(['np.fabs'], 'fabs', {x: 'g * np.sign(x)', pattern: slope, why: 'Where the input is negative its sign was turned.'}),
  elementwiseUnary(['np.sign'], 'sign'),
  elementwiseUnary(['np.exp'], 'exp', {
    x: 'g * out', pattern: slope, why: 'The exponential function is its own derivative.',
    pitfalls: ['The gradient is multiplied by x in place of exp(x).'],
  }),
  elementwiseUnary(['np.exp2'], 'exp2', {x: 'g * out * np.log(2)', pattern: slope, why: '2**x is exp(x * log(2)), and the log comes down as a factor.'}),
  elementwiseUnary(['np.expm1'], 'expm1', {
    x: 'g * (out + 1)', pattern: slope, why: 'Subtracting one changes no slope, so the derivative is exp(x), which is the result plus one.',
  }),
  elementwiseUnary(['np.log'], 'log', {
    x: 'g / x', pattern: slope, why: 'The slope of the logarithm at x is 1 / x.',
    pitfalls: ['The gradient is divided by log(x) in place of x.'],
  }),
  elementwiseUnary(['np.log2'], 'log2', {x: 'g / (x * np.log(2))', pattern: slope, why: 'It is the natural logarithm divided by log(2).'}),
  elementwiseUnary(['np.log10'], 'log10', {x: 'g / (x * np.log(10))', pattern: slope, why: 'It is the natural logarithm divided by log(10).'}),
  elementwiseUnary(['np.log1p'], 'log1p', {x: 'g / (1 + x)', pattern: slope, why: 'It is log(1 + x), whose slope is one over what is inside.'}),
  elementwiseUnary(['np.sqrt'], 'sqrt', {
    x: '0.5 * g / out', pattern: slope, why: 'The square root is the power 0.5, whose slope is 0.5 / sqrt(x).',
    pitfalls: ['The half is forgotten, or the gradient is multiplied by the root in place of divided.'],
  }),
  elementwiseUnary(['np.cbrt'], 'cbrt', {x: 'g / (3 * out**2)', pattern: slope, why: 'The cube root is the power 1/3.'}),
  elementwiseUnary(['np.square'], 'square', {
    x: '2 * g * x', pattern: slope, why: 'x * x changes through both of its factors, so the slope is x + x.',
    pitfalls: ['The factor 2 is forgotten, or taken where the loss has a half that cancels it.'],
  }),
  elementwiseUnary(['np.reciprocal'], 'reciprocal', {
    x: '-g * out**2', pattern: slope, why: 'The derivative of 1 / x is -1 / x**2.', pitfalls: ['The minus sign is forgotten.'],
  }),
  elementwiseUnary(['np.sin'], 'sin', {x: 'g * np.cos(x)', pattern: slope, why: 'The slope of the sine is the cosine.'}),
  elementwiseUnary(['np.cos'], 'cos', {x: '-g * np.sin(x)', pattern: slope, why: 'The slope of the cosine is minus the sine.'}),
  elementwiseUnary(['np.tan'], 'tan', {x: 'g * (1 + out**2)', pattern: slope, why: 'The slope of the tangent is 1 / cos(x)**2, which is 1 + tan(x)**2.'}),
  elementwiseUnary(['np.arcsin', 'np.asin'], 'arcsin', {x: 'g / np.sqrt(1 - x**2)', pattern: slope, why: 'It is one over the slope of the sine at the angle.'}),
  elementwiseUnary(['np.arccos', 'np.acos'], 'arccos', {x: '-g / np.sqrt(1 - x**2)', pattern: slope, why: 'It is pi / 2 minus the arc sine.'}),
  elementwiseUnary(['np.arctan', 'np.atan'], 'arctan', {x: 'g / (1 + x**2)', pattern: slope, why: 'It is one over the slope of the tangent at the angle.'}),
  elementwiseUnary(['np.sinh'], 'sinh', {x: 'g * np.cosh(x)', pattern: slope, why: 'Its slope is the hyperbolic cosine.'}),
  elementwiseUnary(['np.cosh'], 'cosh', {x: 'g * np.sinh(x)', pattern: slope, why: 'Its slope is the hyperbolic sine, with no minus sign.'}),
  elementwiseUnary(['np.tanh'], 'tanh', {
    x: 'g * (1 - out**2)', pattern: slope, why: 'The slope of tanh is one minus its square, so the result is all that has to be kept.',
    pitfalls: ['The input is squared in place of the result: (1 - x**2).'],
  }),
  elementwiseUnary(['np.arcsinh', 'np.asinh'], 'arcsinh', {x: 'g / np.sqrt(x**2 + 1)', pattern: slope, why: 'It is one over the slope of the hyperbolic sine.'}),
  elementwiseUnary(['np.arccosh', 'np.acosh'], 'arccosh', {x: 'g / np.sqrt(x**2 - 1)', pattern: slope, why: 'It is one over the slope of the hyperbolic cosine.'}),
  elementwiseUnary(['np.arctanh', 'np.atanh'], 'arctanh', {x: 'g / (1 - x**2)', pattern: slope, why: 'It is one over the slope of tanh.'}),
  elementwiseUnary(['np.deg2rad', 'np.radians'], 'deg2rad', {x: 'g * np.pi / 180', pattern: slope, why: 'A change of unit scales the gradient by the same factor.'}),
  elementwiseUnary(['np.rad2deg', 'np.degrees'], 'rad2deg', {x: 'g * 180 / np.pi', pattern: slope, why: 'A change of unit scales the gradient by the same factor.'}),
  elementwiseUnary(['np.floor'], 'floor'),
  elementwiseUnary(['np.ceil'], 'ceil'),
  elementwiseUnary(['np.trunc', 'np.fix'], 'trunc'),
  elementwiseUnary(['np.rint'], 'rint'),
  elementwiseUnary(['np.isnan'], 'isnan'),
  elementwiseUnary(['np.isfinite'], 'isfinite'),
  elementwiseUnary(['np.isinf'], 'isinf'),
  elementwiseUnary(['np.signbit'], 'signbit'),
  elementwiseUnary(['np.invert', 'np.bitwise_not', 'np.bitwise_invert'], 'invert'),
  elementwiseUnary(['np.logical_not'], 'logical_not'),
  elementwiseUnary(['scipy.special.erf'], 'erf', {
    x: 'g * 2 / np.sqrt(np.pi) * np.exp(-x**2)', pattern: slope, why: 'The error function is the integral of that bell curve, so the curve is its slope.',
  }),
  elementwiseUnary(['scipy.special.erfc'], 'erfc', {
    x: '-g * 2 / np.sqrt(np.pi) * np.exp(-x**2)', pattern: slope, why: 'It is one minus the error function.',
  }),
  elementwiseUnary(['scipy.special.expit'], 'expit', {
    x: 'g * out * (1 - out)', pattern: slope, why: 'The slope of the sigmoid is the sigmoid times one minus the sigmoid.',
    pitfalls: ['The input is used in place of the sigmoid: x * (1 - x).'],
  }),
];

/** The rows of this file. */
export const elementwise: readonly Row[] = [...arithmetic, ...functions];
