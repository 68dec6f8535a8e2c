#: uniform numbers
import random
random.seed(42)
print(random.random(), random.random(), random.uniform(1, 2), random.uniform(-5, 5))
#: whole numbers
import random
random.seed(1)
print([random.randint(1, 6) for _ in range(10)], [random.randrange(10) for _ in range(5)], [random.randrange(0, 100, 7) for _ in range(5)], random.getrandbits(10), random.getrandbits(80), random.randint(0, 10 ** 12))
#: choices
import random
random.seed(7)
print([random.choice('abc') for _ in range(6)], random.choices([1, 2, 3], k=5), random.choices('ab', weights=[1, 3], k=6), random.sample(range(100), 5), random.sample([1, 2, 3, 4], 2), random.sample(range(10), 10))
#: shuffle
import random
random.seed(3)
a = list(range(10))
random.shuffle(a)
print(a)
#: normal numbers
import random
random.seed(5)
print(['%.12f' % random.gauss(0, 1) for _ in range(5)], ['%.12f' % random.normalvariate(1, 2) for _ in range(3)], '%.10f' % random.expovariate(2), '%.10f' % random.gammavariate(2.5, 1), '%.10f' % random.betavariate(0.5, 0.5), '%.10f' % random.triangular(0, 1, 0.3))
#: big and negative seeds
import random
random.seed(2 ** 70 + 5); print(random.random())
random.seed(-3); print(random.random())
random.seed(0); print(random.random())
#: seeds repeat
import random
random.seed(9); a = random.random()
random.seed(9)
print(a == random.random())
#: choice from nothing
import random
random.choice([])
#: too large a sample
import random
random.sample([1], 2)
#: an empty range
import random
random.randrange(0)
#: numpy's global generator
import numpy as np
np.random.seed(0)
print(np.random.rand(2, 2), np.random.randint(0, 10, 5), np.random.rand(), np.random.choice(5, 3, replace=False), np.random.permutation(4))
x = np.arange(5); np.random.shuffle(x); print(x)
print(np.random.uniform(-1, 1, size=(2,)), np.random.randint(3), np.random.random(), np.random.random_sample((2,)), np.random.binomial(1, 0.5, size=(2, 3)))
#: numpy's normal numbers
import numpy as np
np.random.seed(231)
print(np.round(np.random.randn(3, 2), 10), round(np.random.normal(0, 1), 10), np.round(np.random.normal(loc=1.0, scale=0.1, size=3), 10), np.round(np.random.standard_normal(2), 10))
#: generators of numpy
import numpy as np
rng = np.random.default_rng(42)
print(rng.random(3), rng.integers(0, 10, size=4), np.round(rng.standard_normal((2, 2)), 10), rng.choice([1, 2, 3]), rng.permutation(4), rng.uniform(0, 1))
r = np.random.RandomState(7)
print(r.rand(2), r.randint(5), r.choice(3, p=[0.2, 0.3, 0.5]))
#: dropout masks
import numpy as np
np.random.seed(1)
p = 0.5
x = np.ones((3, 4))
mask = (np.random.rand(*x.shape) < p) / p
print(x * mask)
#: state
import numpy as np
np.random.seed(4)
state = np.random.get_state()
a = np.random.rand()
np.random.set_state(state)
print(a == np.random.rand(), state[0], state[2])
#: names imported from numpy.random
from numpy.random import randn, seed
from numpy import random as npr
seed(3)
print(np_ok if False else round(randn(), 10), round(npr.rand(), 10))
