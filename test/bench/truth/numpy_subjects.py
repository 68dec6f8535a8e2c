"""Runs one pair with real Python: forward on given leaves, then its hand-written backward, for each way of writing a pair.

A subject is a function of (case, set, module) that gives a Run: forward(leaves) makes everything anew from the leaves.
"""
import inspect
import random
import re

import numpy as np

from numpy_modules import Loader, Missing, Silent


class Run:
    """A forward that has run: its outputs, and what runs the backward on upstream gradients."""

    def __init__(self, outputs, backward):
        self.outputs = outputs
        self.backward = backward


def number(value):
    return float(value) if isinstance(value, str) else value


def array(encoded, dtype='float64'):
    return np.array([number(one) for one in encoded['data']], dtype=dtype).reshape(encoded['shape'])


def decode(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if 'int' in value:
        return int(value['int'])
    if 'float' in value:
        return float(value['float'])
    if 'scalar' in value:
        return np.dtype(wide(value['dtype'])).type(number(value['scalar']))
    if 'array' in value:
        return np.array([number(one) for one in value['array']], dtype=wide(value['dtype'])).reshape(value['shape'])
    if 'tuple' in value:
        return tuple(decode(one) for one in value['tuple'])
    if 'list' in value:
        return [decode(one) for one in value['list']]
    return {decode(key): decode(one) for key, one in value['dict']}


def wide(dtype):
    return 'float64' if dtype.startswith('float') else dtype


STEP = re.compile(r"""\s*(?:\.\s*(?P<attribute>[A-Za-z_]\w*)|\[\s*(?:(?P<quote>['"])(?P<key>[^'"\\]*)(?P=quote)|(?P<place>-?\d+)|(?P<computed>[^\[\]]+))\s*\])""")
NOTHING = object()


def written(text):
    """`self.grads['W1']` as its root and its steps."""
    root = re.match(r'\s*[A-Za-z_]\w*', text)
    if root is None:
        return None, []
    steps, at = [], root.end()
    while at < len(text.rstrip()):
        match = STEP.match(text, at)
        if match is None:
            return None, []
        steps.append(match.groupdict())
        at = match.end()
    return root.group().strip(), steps


def follow(value, steps):
    for step in steps:
        try:
            if step['attribute'] is not None:
                value = getattr(value, step['attribute'])
            elif step['key'] is not None:
                value = value[step['key']]
            elif step['place'] is not None:
                value = value[int(step['place'])]
            else:
                return NOTHING
        except Exception:
            return NOTHING
    return value


def like(given, leaf):
    """The leaf's numbers in the form that the input had."""
    if isinstance(given, (list, tuple)):
        return type(given)(leaf.tolist())
    if leaf.shape == () and not isinstance(given, np.ndarray):
        return np.float64(leaf) if isinstance(given, np.generic) else float(leaf)
    return leaf.copy()


def inputs_with(encoded, leaves):
    """Fresh inputs with the leaves in their places; leaves of objects are left for later."""
    values = {name: decode(one) for name, one in encoded.items()}
    for of, leaf in leaves.items():
        root, steps = written(of)
        if root is None or (root == 'self' and 'self' not in values):
            continue
        if not steps:
            values[root] = like(values.get(root, leaf), leaf)
            continue
        holder = follow(values.get(root), steps[:-1])
        if holder is NOTHING or root not in values:
            continue
        last = steps[-1]
        key = last['key'] if last['key'] is not None else int(last['place']) if last['place'] is not None else None
        if isinstance(holder, tuple) and len(steps) == 1:
            values[root] = tuple(like(one, leaf) if i == key else one for i, one in enumerate(holder))
        elif key is not None:
            holder[key] = like(holder[key], leaf)
    return values


def place_attributes(self, leaves):
    for of, leaf in leaves.items():
        root, steps = written(of)
        if root != 'self' or not steps:
            continue
        target = follow(self, steps)
        if not isinstance(target, np.ndarray):
            raise Missing('%s is no array in the object that was made' % of)
        if target.shape != leaf.shape:
            raise Missing('%s has the shape %s, in the check %s' % (of, target.shape, leaf.shape))
        target[...] = leaf


def parameters(function):
    return list(inspect.signature(function).parameters.values())


def bind(function, value, skipped=0):
    """Arguments by name, after the first `skipped` parameters; those for which value gives NOTHING keep their defaults."""
    positional, named, by_name = [], {}, False
    for one in parameters(function)[skipped:]:
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            by_name = True
            continue
        bound = value(one.name)
        if bound is NOTHING:
            if one.default is one.empty:
                raise Missing('nothing is known about the argument %s of %s' % (one.name, getattr(function, '__name__', 'what is called')))
            by_name = True
        elif by_name or one.kind == one.KEYWORD_ONLY:
            named[one.name] = bound
        else:
            positional.append(bound)
    return positional, named


def call(function, value):
    positional, named = bind(function, value)
    return function(*positional, **named)


def defined(module, name):
    value = module.__dict__.get(name, NOTHING)
    if value is NOTHING or isinstance(value, Silent):
        raise Missing('%s is not defined: %s' % (name, module.__dict__.get('__left_out__', [])[:2]))
    return value


def place_globals(module, given, leaves):
    """Puts leaves that are arrays of the module itself into them."""
    for of, leaf in leaves.items():
        target = module.__dict__.get(of, NOTHING)
        if of in given['inputs'] or target is NOTHING:
            continue
        if isinstance(target, np.ndarray) and target.shape == leaf.shape:
            target[...] = leaf
        elif leaf.shape == ():
            module.__dict__[of] = float(leaf)
        else:
            raise Missing('%s has another shape in the module than in the check' % of)


def made(case, given, module):
    """The object whose methods the pair is, or None for functions."""
    owner = case['facts'].get('owner')
    if owner is None:
        return None
    cls = defined(module, owner)
    constructed = {name: decode(one) for name, one in given['constructed'].items()}
    init = cls.__init__
    if init is object.__init__:
        return cls()
    decay = lambda one: re.search(r'regulari[sz]|weight_?decay|_l[12]$', one.name, re.I) and type(one.default) in (int, float) and one.default == 0
    off = {one.name for one in parameters(init) if decay(one)}
    known = lambda name: NOTHING if name in off else layer(case) if wants_layer(cls, name) else constructed.get(name, NOTHING)
    positional, named = bind(init, known, 1)
    return cls(*positional, **named)


def wants_layer(cls, name):
    """Whether a class keeps a required argument and calls it, forward and backward."""
    parameter = inspect.signature(cls.__init__).parameters.get(name)
    if parameter is None or parameter.default is not inspect.Parameter.empty:
        return False
    text = ''.join(inspect.getsource(one) for base in cls.__mro__ for one in base.__dict__.values() if inspect.isfunction(one))
    kept = re.findall(r'self\.(\w+)\s*=\s*%s\b' % re.escape(name), text)
    return any(re.search(r'self\.%s(?:\.forward)?\(' % one, text) and 'self.%s.backward(' % one in text for one in kept)


def layer(case):
    """A smooth layer without weights, for constructors that ask for one: the engine's own text of it."""
    names = {}
    exec(case['modules']['layer'], names)
    return names['Layer']()


def callable_of(case, name, self, module):
    if self is None:
        return defined(module, name)
    private = name.startswith('__') and not name.endswith('__')
    return getattr(self, '_%s%s' % (case['facts']['owner'].lstrip('_'), name) if private else name)


def is_static(case, module, name):
    cls = module.__dict__.get(case['facts'].get('owner'))
    for base in getattr(cls, '__mro__', ()):
        if name in base.__dict__:
            return isinstance(base.__dict__[name], staticmethod)
    return False


def results_of(facts, result, role):
    """(name, value) of what a forward returned in one role."""
    results = facts['results']
    items = result if isinstance(result, tuple) else None
    if results and (items is not None or all(one['position'] is None for one in results)):
        out = []
        for one in results:
            if one['role'] != role:
                continue
            if one['position'] is None or items is None:
                out.append((one['name'], result))
            elif -len(items) <= one['position'] < len(items):
                out.append((one['name'], items[one['position']]))
        return out
    if result is None:
        raise Missing('the forward returns nothing')
    if items is None:
        return [(None, result)] if role == 'output' else []
    return [(None, items[0])] if role == 'output' else [(None, one) for one in items[1:]]


def by_name(results, name):
    return next((i for i, (own, _) in enumerate(results) if name is not None and own == name), None)


def at(items, place):
    return items[place] if items and -len(items) <= place < len(items) else NOTHING


def gradient_in(gradient, returned, roots, dictionary_position=None):
    """The value of one gradient among what a backward returned or left behind."""
    position, name = gradient['position'], gradient['name']
    counted = re.fullmatch(r'return\[(\d+)\]', name)
    if counted and isinstance(returned, list):
        return at(returned, int(counted.group(1)))
    dictionary = returned
    if dictionary_position is not None and isinstance(returned, tuple):
        dictionary = returned[dictionary_position]
    if position is not None and returned is not None:
        if isinstance(returned, tuple) or (isinstance(returned, list) and (position > 0 or len(returned) > 1)):
            value = at(returned, position)
        else:
            value = returned if position == 0 else NOTHING
        if isinstance(value, dict):
            return follow(value, written(name)[1])
        return value
    root, steps = written(name)
    inside = follow(roots[root], steps) if root in roots else NOTHING
    return inside if inside is not NOTHING else follow(dictionary, steps)


def read(case, given, returned, roots):
    return {key(one): gradient_in(one, returned, roots, case['facts'].get('dictionaryPosition')) for one in given['gradients']}


def key(gradient):
    return gradient['name'] + ' of ' + gradient['of']


def function_pair(case, given, module, leaves):
    facts = case['facts']
    static = is_static(case, module, facts['forwardName'])
    self = None if facts.get('owner') is None else (defined(module, facts['owner']) if static else made(case, given, module))
    values = inputs_with(given['inputs'], leaves)
    place_globals(module, given, leaves)
    result = call(callable_of(case, facts['forwardName'], self, module), lambda name: values.get(name, NOTHING))
    outputs, caches = results_of(facts, result, 'output'), results_of(facts, result, 'cache')

    def backward(upstreams):
        counts = {'upstream': 0, 'cache': 0}
        roles = {one['name']: one for one in facts['parameters']}

        def take(name):
            one = roles.get(name)
            if one is None:
                return NOTHING
            role, of = one['role'], one['of']
            if role == 'upstream':
                place = by_name(outputs, of)
                if place is None:
                    place = counts['upstream']
                    counts['upstream'] += 1
                return at(upstreams, place)
            if role == 'cache':
                place = by_name(caches, of)
                if place is None:
                    place = counts['cache']
                    counts['cache'] += 1
                found = at(caches, place)
                found = found if found is not NOTHING else at(caches, 0)
                return found if found is NOTHING else found[1]
            if role == 'forward-output':
                place = by_name(outputs, of)
                found = at(outputs, place or 0)
                return found if found is NOTHING else found[1]
            if role == 'forward-argument':
                return values.get(of or name, NOTHING)
            return values.get(name, NOTHING)
        returned = call(callable_of(case, facts['backwardName'], self, module), take)
        return read(case, given, returned, {} if self is None else {'self': self})
    return Run([value for _, value in outputs], backward)


# What a forward made: a library may refer to it weakly.
ALIVE = []


def bare(value):
    """What stands inside a library's own objects around arrays, or a tuple of them."""
    is_object = lambda one: not isinstance(one, np.ndarray) and isinstance(getattr(one, 'data', None), np.ndarray)
    if isinstance(value, (tuple, list)) and value and all(is_object(one) for one in value):
        return tuple(one.data for one in value)
    return value.data if is_object(value) else value


def class_pair(case, given, module, leaves):
    facts = case['facts']
    if any(one['role'] == 'node' for one in facts['parameters']):
        return node_pair(case, given, module, leaves)
    self = made(case, given, module)
    place_attributes(self, leaves)
    values = inputs_with(given['inputs'], leaves)
    left_in = {one['of'] for one in given['gradients'] if one['name'] == '%s.grad' % one['of']}
    cls = tensor_class(module) if left_in else None
    tensors = {name: wrapped(cls, value) for name, value in values.items() if cls is not None and name in left_in and isinstance(value, np.ndarray)}
    values = {**values, **tensors}
    positional, named = bind(callable_of(case, facts['forwardName'], self, module), lambda name: values.get(name, NOTHING))
    entrance = facts['entrance']
    outer = getattr(getattr(type(self), '__call__', None), '__code__', None)
    reads = getattr(getattr(type(self), facts['backwardName'], None), '__code__', None)
    result = bare(callable_of(case, entrance, self, module)(*positional, **named))
    if entrance == facts['forwardName'] and outer is not None and reads is not None and entrance in outer.co_names:
        # A base that calls the forward may keep what the backward reads.
        if any(name in reads.co_names and not hasattr(self, name) for name in outer.co_names):
            ALIVE.append(self(*positional, **named))
            result = bare(ALIVE[-1])
    if facts['output'] is not None and result is None:
        outputs = [follow(self, written(facts['output'])[1])]
    elif not isinstance(result, tuple):
        outputs = [result]
    else:
        places = [one['position'] for one in facts['results'] if one['role'] == 'output' and one['position'] is not None]
        outputs = [at(result, place) for place in places] or [result[0]]
    own = getattr(self, 'output', None)
    prediction = lambda name: re.fullmatch(r'y_?pred\w*|y_?hat|predictions?', name) is not None
    takes_prediction = np.shape(outputs[0]) == () and isinstance(own, np.ndarray)

    def backward(upstreams):
        count = {'upstream': 0}
        roles = {one['name']: one for one in facts['parameters']}

        def take(name):
            one = roles.get(name)
            if one is None:
                return NOTHING
            if takes_prediction and prediction(name):
                return self.output
            role = one['role']
            if role == 'upstream':
                count['upstream'] += 1
                return at(upstreams, count['upstream'] - 1)
            place = next((other['position'] for other in facts['results'] if one['of'] is not None and other['name'] == one['of']), None)
            if role in ('forward-output', 'cache') and place is not None and isinstance(result, tuple):
                return result[place]
            if role == 'forward-output':
                return outputs[0]
            if role == 'cache':
                return result[-1] if isinstance(result, tuple) else NOTHING
            return values.get(one['of'] or name, values.get(name, NOTHING))
        returned = bare(call(callable_of(case, facts['backwardName'], self, module), take))
        for extra in facts['also']:
            call(getattr(self, extra['name']), lambda name: upstreams[0] if name == facts['upstream'] or re.search('grad', name, re.I) else values.get(name, NOTHING))
        return read(case, given, returned, {**tensors, 'self': self})
    return Run(outputs, backward)


def loss_pair(case, given, module, leaves):
    facts = case['facts']
    values = inputs_with(given['inputs'], leaves)
    static = is_static(case, module, facts['forwardName'])
    self = None if facts.get('owner') is None else (defined(module, facts['owner']) if static else made(case, given, module))
    if self is not None and not static:
        place_attributes(self, leaves)
    place_globals(module, given, leaves)
    returned = call(callable_of(case, facts['forwardName'], self, module), lambda name: values.get(name, NOTHING))
    roots = {} if self is None else {'self': self}
    if facts['forwardName'] != facts['backwardName']:
        def backward(upstreams):
            again = call(callable_of(case, facts['backwardName'], self, module), lambda name: values.get(name, NOTHING))
            return read(case, given, again, roots)
        return Run([returned], backward)
    loss = returned if facts['lossPosition'] is None else returned[facts['lossPosition']]
    return Run([loss], lambda upstreams: read(case, given, returned, roots))


def derivative_pair(case, given, module, leaves):
    facts = case['facts']
    values = inputs_with(given['inputs'], leaves)
    static = is_static(case, module, facts['forwardName'])
    self = None if facts.get('owner') is None else (defined(module, facts['owner']) if static else made(case, given, module))
    flag = facts['flag']
    if facts['activated'] is not None:
        values[facts['of']] = leaves[facts['of']]
        values[facts['activated']] = 1 / (1 + np.exp(-np.asarray(leaves[facts['of']])))
    keeper = facts['keeper']
    if keeper:
        off = {name: {'float': '0'} if name.lower().startswith('drop') else one for name, one in given['constructed'].items()}
        self = made(case, {**given, 'constructed': off}, module)
    output = call(callable_of(case, keeper['name'] if keeper else facts['forwardName'], self, module), lambda name: False if name == flag else values.get(name, NOTHING))
    if keeper:
        output = getattr(self, keeper['attribute'])

    def backward(upstreams):
        roles = {one['name']: one for one in facts['parameters']}

        def take(name):
            if name == flag:
                return True
            one = roles.get(name)
            if one is not None and one['role'] == 'upstream':
                return upstreams[0]
            if one is not None and one['role'] == 'forward-output':
                return output
            of = name if one is None else one['of'] or name
            if of == facts['of']:
                return output if case['ofTheOutput'] else values.get(facts['of'])
            return values.get(of, NOTHING)
        returned = call(callable_of(case, facts['backwardName'], self, module), take)
        if not any(one['role'] == 'upstream' for one in facts['parameters']):
            local, up = np.asarray(returned, dtype=float), np.asarray(upstreams[0], dtype=float)
            given_in = np.shape(output if case['ofTheOutput'] and facts['activated'] is None else values.get(facts['of']))
            if local.shape == given_in and local.shape[:up.ndim] == up.shape:
                returned = local * up.reshape(up.shape + (1,) * (local.ndim - up.ndim))
            elif up.shape == () or local.shape == up.shape or local.shape == ():
                returned = local * up
            elif local.shape[:-1] == up.shape:
                returned = np.einsum('...j,...jk->...k', up, local)
            elif 1 in given_in and local.shape == (up.size, int(np.prod(given_in))):
                returned = (up.ravel() @ local).reshape(given_in)
        return {key(one): returned for one in given['gradients']}
    return Run([output], backward)


DATA = ['data', 'cached_data', 'value', 'val', 'array', 'arr', '_data', 'v', 'x', 'num']
TENSORS = ['Tensor', 'Variable', 'Value', 'Node', 'NDTensor', 'Var']
PLAIN = (np.ndarray, np.generic, int, float, bool, list, tuple, str, dict, type(None))


def tensor_class(module):
    import types
    for holder in [module] + [one for one in vars(module).values() if isinstance(one, types.ModuleType) and hasattr(one, '__file__') and not one.__name__.startswith(('numpy', 'scipy'))]:
        for name in TENSORS:
            cls = vars(holder).get(name)
            if isinstance(cls, type):
                return cls
    return None


def wrapped(cls, data):
    flags = [one.name for one in parameters(cls.__init__) if re.fullmatch(r'requires?_?_?grad|req_grad|is_parameter', one.name)]
    return cls(data, **({flags[0]: True} if flags else {}))


def unwrapped(value, name=None):
    for _ in range(3):
        if isinstance(value, PLAIN):
            return value
        own = getattr(value, '__dict__', {})
        found = next((one for one in ([name] if name else []) + DATA if one in own), None)
        if found is None:
            return value
        value = own[found]
    return value


def node_pair(case, given, module, leaves):
    facts = case['facts']
    cls = tensor_class(module)
    values = inputs_with(given['inputs'], leaves)
    names = [of for of, _ in given['leaves']]
    constructed = dict(given['constructed'])
    for name in ('axes', 'axis', 'shape'):
        constructed.pop(name, None)
    shape = leaves[names[0]].shape if names else ()
    fitting = (2,) + tuple(shape) if re.search('broadcast|expand', facts['owner'], re.I) else tuple(reversed(shape))
    constructed['shape'] = {'tuple': [{'int': str(size)} for size in fitting]}
    self = made(case, {**given, 'constructed': constructed}, module)
    tensors = {name: wrapped(cls, value) if cls is not None and name in names else value for name, value in values.items()}
    starred = facts['arguments']
    on_tensors = (facts['forwardName'] == '__call__' or (starred is not None and starred['objects'])) and cls is not None
    given_values = tensors if on_tensors else values
    method = getattr(self, facts['forwardName'])
    if starred is None:
        result = call(method, lambda name: given_values.get(name, NOTHING))
        order = [one.name for one in parameters(method) if one.name in names]
    else:
        result = method(*[given_values[name] for name in starred['names'] if name in given_values])
        order = [name for name in starred['names'] if name in names]
    output = realised(result)
    node = result if not isinstance(result, PLAIN) else (type('Node', (), {})() if cls is None else wrapped(cls, output))
    node.inputs, node.op = [tensors[name] for name in order], self
    if cls is None:
        node.cached_data = node.data = output

    def backward(upstreams):
        roles = {one['name']: one['role'] for one in facts['parameters']}

        def take(name):
            if roles.get(name) == 'node':
                return node
            if roles.get(name) == 'upstream':
                return upstreams[0] if cls is None else wrapped(cls, upstreams[0])
            return values.get(name, NOTHING)
        returned = call(callable_of(case, facts['backwardName'], self, module), take)
        plain = tuple(realised(one) for one in returned) if isinstance(returned, (tuple, list)) else realised(returned)
        return read(case, given, plain, {'self': self})
    return Run([output], backward)


def realised(value):
    if not isinstance(value, PLAIN) and getattr(value, 'cached_data', NOTHING) is None and hasattr(value, 'realize_cached_data'):
        value.realize_cached_data()
    return unwrapped(value)


def torch_pair(case, given, module, leaves):
    facts = case['facts']
    if facts['torch']:
        raise Missing('it needs torch, which is not NumPy')
    cls = tensor_class(module)
    owner = defined(module, facts['owner'])
    context = type('Context', (), {})()
    context.needs_input_grad = (True,) * 20

    def save(*args):
        context.saved_tensors = context.saved_variables = context.saved_values = args
    context.save_for_backward = save
    for name in ('mark_dirty', 'mark_non_differentiable', 'set_materialize_grads', 'save_for_forward'):
        setattr(context, name, lambda *args: None)
    values = inputs_with(given['inputs'], leaves)

    def method(name):
        for base in owner.__mro__:
            if name in base.__dict__:
                stored = base.__dict__[name]
                if isinstance(stored, (staticmethod, classmethod)):
                    return stored.__func__
                return stored if facts['context'] is not None else getattr(self, name)
        raise Missing('%s has no %s' % (facts['owner'], name))
    self = made(case, given, module) if facts['context'] is None else None

    def take(name):
        if name == facts['context']:
            return context
        value = values.get(name, NOTHING)
        return wrapped(cls, value) if cls is not None and name in leaves else value
    result = call(method(facts['forwardName']), take)
    outputs = [unwrapped(value) for _, value in results_of(facts, result, 'output')]

    def backward(upstreams):
        roles = {one['name']: one for one in facts['parameters']}
        count = {'upstream': 0}

        def take_back(name):
            one = roles.get(name)
            if one is None:
                return NOTHING
            if one['role'] == 'context':
                return context
            if one['role'] != 'upstream':
                return values.get(name, NOTHING)
            count['upstream'] += 1
            value = at(upstreams, count['upstream'] - 1)
            return value if cls is None or value is NOTHING else wrapped(cls, value)
        function = method(facts['backwardName'])
        positional, named = bind(function, take_back)
        if any(one.kind == one.VAR_POSITIONAL and roles.get(one.name, {}).get('role') == 'upstream' for one in parameters(function)):
            positional = positional + list(upstreams)
        returned = function(*positional, **named)
        plain = tuple(unwrapped(one) for one in returned) if isinstance(returned, tuple) else unwrapped(returned)
        return read(case, given, plain, {})
    return Run(outputs, backward)


BEFORE = 0.75


def engine_pair(case, given, module, leaves):
    facts = case['facts']
    data, grad = facts['data'], facts['grad']
    cls = tensor_class(module) if facts.get('owner') is None else defined(module, facts['owner'])
    if cls is None:
        raise Missing('the class of the values could not be made')
    values = inputs_with(given['inputs'], leaves)
    encoded = given['inputs']
    objects, twins = {}, {}
    for name in facts['operands']:
        if name not in values:
            continue
        twin = next((other for other in objects if encoded.get(other) == encoded.get(name)), None) if given['label'] == 'the same operand twice' else None
        if twin is not None:
            objects[name] = objects[twin]
            continue
        objects[name] = wrapped(cls, values[name])
    first = facts['firstParameter']
    if facts.get('owner') is None:
        callee = defined(module, facts['forwardName'])
    elif first in objects:
        stored = inspect.getattr_static(cls, facts['forwardName'], None)
        own, name = objects[first], facts['forwardName']
        callee = (lambda: getattr(own, name)) if isinstance(stored, property) else getattr(own, name)
    else:
        callee = getattr(cls, facts['forwardName'])
    out = call(callee, lambda name: objects.get(name, values.get(name, NOTHING)))

    def attribute(one, name):
        return getattr(one, name) if hasattr(one, name) else unwrapped(one)

    def as_float(value):
        value = unwrapped(value)
        return np.array(value, dtype=float) if isinstance(value, (np.ndarray, list)) else float(value)

    def filled(value):
        if isinstance(value, np.ndarray):
            return np.full(value.shape, BEFORE)
        if isinstance(value, list):
            return [filled(one) for one in value]
        return BEFORE if isinstance(value, (int, float, np.generic)) else value

    def numeric(value):
        try:
            return value is not None and not isinstance(value, (str, dict)) and np.asarray(value, dtype=float).size > 0
        except Exception:
            return False

    def backward(upstreams):
        before = {}
        for name, one in objects.items():
            prior = attribute(one, grad)
            if not isinstance(prior, PLAIN):
                inner = next((own for own, value in vars(prior).items() if numeric(value)), None)
                before[name] = None
                if inner is not None:
                    setattr(prior, inner, filled(getattr(prior, inner)))
                    before[name] = np.array(getattr(prior, inner), dtype=float)
            elif numeric(prior):
                setattr(one, grad, filled(prior))
                before[name] = np.array(attribute(one, grad), dtype=float)
            else:
                before[name] = None
        prior = attribute(out, grad)
        up = upstreams[0]
        if not isinstance(prior, PLAIN):
            up = wrapped(cls, up)
        elif isinstance(prior, list):
            up = [up] if not prior else np.asarray(up).tolist()
        if facts['upstream'] is None:
            setattr(out, grad, up)
        closure = hung_on(out, facts['backwardName'])
        if closure is None:
            raise Missing('the closure is not found on what the forward gives')
        closure(*([] if facts['upstream'] is None else [up]))
        found = {}
        for one in given['gradients']:
            if one['of'] not in objects:
                continue
            now = getattr(objects[one['of']], grad)
            if isinstance(now, list) and before[one['of']] is None:
                after = sum(np.asarray(item, dtype=float) for item in now)
            else:
                after = unwrapped(now, data)
            if after is None:
                continue
            after = np.asarray(after, dtype=float)
            old = before[one['of']]
            found[key(one)] = after - (0 if old is None else old if old.size == after.size and old.shape == after.shape else BEFORE)
        return found
    return Run([as_float(attribute(out, data))], backward)


def hung_on(out, name):
    def is_it(value):
        return callable(value) and getattr(value, '__name__', None) == name
    for value in vars(out).values():
        if is_it(value):
            return value
        inner = list(vars(value).values()) if hasattr(value, '__dict__') and not callable(value) else list(value) if isinstance(value, (list, tuple)) else []
        for item in inner:
            if is_it(item):
                return item
            if isinstance(item, (list, tuple)):
                deeper = next((one for one in item if is_it(one)), None)
                if deeper is not None:
                    return deeper
    return None


def model_pair(case, given, module, leaves):
    facts = case['facts']
    values = inputs_with(given['inputs'], leaves)
    target = lambda name: re.fullmatch(r'y|Y|labels?|targets?|t|y_?true|Y_?true|y_?train|Y_?train|y_?batch|outputs?_true', name)
    result = call(defined(module, facts['forwardName']), lambda name: values.get(name, NOTHING))
    outputs, caches = results_of(facts, result, 'output'), results_of(facts, result, 'cache')
    output = final_of(outputs)[1]

    def known(roles):
        roles = {one['name']: one['role'] for one in roles}

        def take(name):
            named = next((value for own, value in outputs + caches if own == name), NOTHING)
            if named is not NOTHING:
                return named
            if target(name):
                return values.get(name, NOTHING)
            cache = caches[0][1] if caches else NOTHING
            if roles.get(name) in ('forward-output', 'upstream'):
                return output
            if roles.get(name) == 'cache':
                return cache
            if roles.get(name) == 'unknown':
                return values.get(name, output if re.search(r'prob|pred|out|hat|scores|logits|^(?:a|A|AL|p|o)\d?$', name) else NOTHING)
            return values.get(name, cache if re.search('cache|memory', name, re.I) else NOTHING)
        return take
    cost = call(defined(module, facts['cost']), known(facts['costParameters']))

    def backward(upstreams):
        returned = call(defined(module, facts['backwardName']), known(facts['parameters']))
        dictionary = returned if isinstance(returned, dict) else next((one for one in returned if isinstance(one, dict)), None) if isinstance(returned, (tuple, list)) else None
        if dictionary is None:
            return read(case, given, returned, {})
        return {key(one): follow(dictionary, written(one['name'])[1]) for one in given['gradients']}
    return Run([cost[0] if isinstance(cost, tuple) else cost], backward)


def final_of(outputs):
    """The output of the last layer among Z1, A1, Z2, A2; else the first."""
    layers = [int((re.fullmatch(r'[A-Za-z]+_?(\d)', one[0] or '') or [0, 0])[1]) for one in outputs]
    if 0 in layers or max(layers) < 2:
        return outputs[0]
    final = [one for one, layer in zip(outputs, layers) if layer == max(layers)]
    return next((one for one in final if one[0].lower().startswith('a')), final[-1])


def script(case, given, module, leaves):
    facts = case['facts']
    if facts['within'] > 0:
        raise Missing('the statements of the script stand in a loop')
    waiting = dict(leaves)
    take = lambda name, value: like(value, waiting.pop(name)) if name in waiting else value
    names = vars(Loader(case['modules'], take=take, floored=case['floored']).main(case['path'], None if case['lines'] is None else set(case['lines'])))
    if facts['output'] not in names:
        raise Missing('%s is never computed' % facts['output'])
    of = lambda one: follow(names.get(written(one['name'])[0], NOTHING), written(one['name'])[1])

    def backward(upstreams):
        seed = names.get(facts['seed'])
        if seed is not None and np.shape(seed) in ((), np.shape(upstreams[0])) and not np.allclose(seed, upstreams[0]):
            raise Missing('the gradient of the output is drawn again')
        return {key(one): of(one) for one in given['gradients']}
    return Run([names[facts['output']]], backward)


SUBJECTS = {
    'script': script,
    'function-pair': function_pair, 'class': class_pair, 'loss-with-gradients': loss_pair, 'derivative-pair': derivative_pair,
    'torch': torch_pair, 'engine': engine_pair, 'step-functions': model_pair,
}


def run(case, given, module, leaves, state):
    """Runs the forward with everything made anew from the leaves, random numbers from `state` on."""
    np.random.set_state(state[0])
    random.setstate(state[1])
    subject = SUBJECTS.get(case['pattern'])
    if subject is None:
        raise Missing('a %s is not run by this judge' % case['pattern'])
    return subject(case, given, module, leaves)
