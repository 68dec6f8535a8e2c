#: defaultdict
from collections import defaultdict
d = defaultdict(list)
d['a'].append(1); d['b']
print(d, len(d), d['a'], 'z' in d, d.get('z'), dict(d), defaultdict(int, {'a': 1}), isinstance(d, dict), d.copy()['q'])
e = defaultdict(lambda: 5)
print(e['x'] + 1, list(e.items()))
defaultdict()['q']
#: OrderedDict
from collections import OrderedDict
d = OrderedDict([('b', 1), ('a', 2)])
d['c'] = 3
print(d, list(d), d.popitem(), d.popitem(last=False), d == {'a': 2}, OrderedDict(), isinstance(d, dict))
d['x'] = 1
d.move_to_end('a'); print(list(d), list(reversed(d)))
d.move_to_end('a', last=False); print(list(d), list(d.values()))
#: Counter
from collections import Counter
c = Counter('abracadabra')
print(c, c.most_common(2), c['z'], c['a'], sum(c.values()), Counter(a=2), Counter([1, 1, 2]), Counter(), sorted(c.elements())[:6], c.total())
c.update('aaa'); c.subtract({'a': 1}); print(c['a'])
#: deque
from collections import deque
q = deque([1, 2, 3])
q.append(4); q.appendleft(0)
print(q, q.pop(), q.popleft(), len(q), q[0], q[-1], list(q), 2 in q, bool(deque()))
q.extend([7, 8]); q.extendleft([5, 6]); q.rotate(1); print(q)
m = deque(maxlen=2)
for i in range(4): m.append(i)
print(m, list(m))
q.clear(); print(q)
q.pop()
#: namedtuple
from collections import namedtuple
P = namedtuple('P', ['x', 'y'])
p = P(1, y=2)
a, b = p
print(p, p.x, p[1], a + b, p == (1, 2), p._replace(x=9), p._asdict(), P._fields, isinstance(p, tuple), len(p), list(p))
Q = namedtuple('Q', 'a b c', defaults=[3])
print(Q(1, 2), Q(1, 2, 4))
P(1)
#: dataclass
from dataclasses import dataclass, field, asdict
@dataclass
class Config:
    lr: float = 0.1
    sizes: list = field(default_factory=list)
    name: str = 'net'
    def double(self): return self.lr * 2
c = Config(0.5, name='x')
print(c, c.lr, c.sizes, c.double(), c == Config(0.5, [], 'x'), Config() != c, asdict(c))
c.sizes.append(1); print(Config().sizes)
@dataclass
class Point:
    x: float
    y: float = 0.0
    def __post_init__(self): self.norm = self.x ** 2 + self.y ** 2
print(Point(3, 4).norm, Point(1))
@dataclass
class Point3(Point):
    z: float = 1.0
print(Point3(1, 2), Point3(1, z=5))
Point()
#: ordered dataclass
from dataclasses import dataclass
@dataclass(order=True, frozen=True)
class V:
    a: int
    b: int = 0
print(V(1) < V(2), sorted([V(2), V(1, 5), V(1)]), V(1, 2) == V(1, 2))
#: enum
from enum import Enum, IntEnum, auto
class Mode(Enum):
    TRAIN = 'train'
    TEST = 'test'
class K(IntEnum):
    A = 1
    B = 2
class N(Enum):
    X = auto()
    Y = auto()
print(Mode.TRAIN, repr(Mode.TEST), Mode.TRAIN.value, Mode.TRAIN.name, Mode.TRAIN == Mode.TRAIN, Mode.TRAIN == Mode.TEST, Mode('test') is Mode.TEST, K.B == 2, N.Y.value, isinstance(Mode.TRAIN, Mode))
print({Mode.TRAIN: 1}[Mode.TRAIN], Mode.TRAIN is Mode.TRAIN, K.A + 1, K.B > K.A, 2 * K.B)
Mode('nothing')
#: copy
import copy
import numpy as np
a = {'w': np.ones(2), 'l': [1, [2]]}
b = copy.copy(a); c = copy.deepcopy(a)
a['l'][1].append(3); a['w'][0] = 9
print(b['l'], c['l'], b['w'], c['w'])
class N:
    def __init__(self): self.x = [1]; self.me = self
n = N(); m = copy.deepcopy(n)
m.x.append(2)
print(n.x, m.x, m.me is m, copy.copy(n).x is n.x)
x = np.arange(3.0); y = copy.copy(x); y[0] = 5
print(x, y, copy.deepcopy((1, [2])), copy.copy([1]), copy.deepcopy({1, 2}))
t = [1]; u = copy.deepcopy([t, t]); u[0].append(2); print(u)
#: abc
from abc import ABC, abstractmethod, ABCMeta
class Layer(ABC):
    @abstractmethod
    def forward(self, x): ...
    def __call__(self, x): return self.forward(x)
class L(Layer):
    def forward(self, x): return x + 1
class M(metaclass=ABCMeta):
    @property
    def p(self): return 3
print(L()(2), isinstance(L(), Layer), M().p)
#: numbers and collections.abc
from numbers import Number, Integral, Real
from collections.abc import Iterable, Sequence, Mapping, Callable
import numpy as np
print(isinstance(1, Number), isinstance(1.5, Number), isinstance('a', Number), isinstance(np.float64(1), Number), isinstance(np.int64(1), Integral), isinstance(1.0, Integral), isinstance(True, Integral), isinstance(2, Real), isinstance(np.zeros(1), Number))
print(isinstance([], Iterable), isinstance(1, Iterable), isinstance((), Sequence), isinstance({}, Mapping), isinstance(len, Callable), isinstance(np.zeros(2), Iterable), isinstance('a', Sequence))
#: typing
from typing import List, Dict, Tuple, Optional, Union, Callable, Any, TypeVar, Sequence
T = TypeVar('T')
Vector = List[float]
def f(x: Optional[int] = None, ys: Union[int, str] = 1, *, cb: Callable[[int], int] = None) -> Dict[str, Any]:
    z: Tuple[int, ...] = (1,)
    return {'x': x, 'z': z}
print(f(3), isinstance([], List), isinstance({}, Dict))
#: string constants
import string
print(string.ascii_lowercase, string.digits, string.ascii_letters[-3:], len(string.punctuation), string.punctuation[:5])
#: paths
import os
import os.path as osp
print(os.path.join('a', 'b', 'c.txt'), os.path.join('a/', 'b'), os.path.join('a', '/b'), os.path.basename('x/y.py'), os.path.dirname('x/y.py'), os.path.splitext('a.tar.gz'), osp.split('a/b'), os.path.splitext('.bashrc'), os.sep)
#: sys
import sys
print(sys.maxsize, sys.float_info.epsilon, sys.float_info.max, sys.version_info[0], sys.version_info >= (3, 6))
sys.stdout.write('hello\n')
#: quiet modules
import warnings, logging, time, gc
warnings.filterwarnings('ignore')
warnings.warn('x')
logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)
logger.setLevel(logging.ERROR)
logger.info('quiet')
t = time.time()
time.sleep(0)
print(time.time() >= t, isinstance(time.perf_counter(), float))
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
print('done')
#: typed named tuples
from typing import NamedTuple
class P(NamedTuple):
    x: int
    y: float = 0.5
    def total(self): return self.x + self.y
p = P(1)
a, b = p
print(p, p.x, p.total(), p == (1, 0.5), a, b, p._replace(y=2), isinstance(p, tuple), P(1, 2)[1])
Q = NamedTuple('Q', [('a', int), ('b', str)])
print(Q(1, b='z'))
#: subclasses of named tuples
from collections import namedtuple
class P(namedtuple('P', 'x y')):
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
print(P(3, 4).norm(), P(3, y=4), P(1, 2) < P(1, 3), sum(P(1, 2)))
