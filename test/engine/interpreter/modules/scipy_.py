#: convolutions over one axis
import numpy as np
from scipy import signal
x, k = np.arange(1.0, 6), np.array([1.0, 2, 4, 8])
for mode in ('full', 'same', 'valid'):
    print(signal.convolve(x, k, mode), signal.correlate(x, k, mode), signal.convolve(x, k[:3], mode), signal.correlate(x, k[:3], mode))
print(signal.correlate(k, x, 'valid'), signal.convolve(k, x, 'valid'), signal.correlate(k, x, 'same'), signal.convolve(k, x, 'same'))
#: convolutions over two axes
import numpy as np
from scipy.signal import convolve2d, correlate2d
a, b = np.arange(1.0, 13).reshape(3, 4), np.arange(1.0, 5).reshape(2, 2)
for mode in ('full', 'same', 'valid'):
    print(convolve2d(a, b, mode), correlate2d(a, b, mode), correlate2d(a, np.ones((3, 3)), mode=mode))
print(correlate2d(b, a, 'valid'), convolve2d(b, a, 'valid'), correlate2d(b, a, 'same'), convolve2d(b, a, 'same'))
print(convolve2d(a, b, 'same', boundary='wrap'), convolve2d(a, b, 'same', boundary='symm'), convolve2d(a, b, 'full', fillvalue=2))
#: convolutions over three axes
import numpy as np
import scipy.signal
a, b = np.arange(24.0).reshape(2, 3, 4), np.arange(8.0).reshape(2, 2, 2)
print(scipy.signal.convolve(a, b, 'valid'), scipy.signal.correlate(a, b, 'same').sum())
#: shapes that do not fit
import numpy as np
from scipy import signal
signal.convolve2d(np.ones((3, 4)), np.ones((4, 2)), 'valid')
#: special functions
import numpy as np
from scipy.special import softmax, log_softmax, expit, logsumexp, erf, xlogy
x = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 0.0]])
print(np.round(softmax(x), 10), np.round(softmax(x, axis=1), 10), np.round(log_softmax(x, axis=-1), 10), np.round(expit(x), 10), np.round(logsumexp(x, axis=0), 10), np.round(erf(x), 10), np.round(xlogy(np.array([0.0, 2.0]), np.array([0.0, 3.0])), 10))
