"""
Makes mutants of the backward lines of pairs/*.py and lets real NumPy decide which of them change a gradient.
Run by hand: `python3 test/bench/tutor/record.py`; writes mutants.json beside it, with the version of NumPy inside.
A mutant is one replacement in the text of a pair: line, start and end in the line, and the new text.
"""
import ast
import copy
import json
import pathlib
import random
import re
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent
MOST_PER_OPERATOR = 110
HELD_OUT = ['drop-scale', 'drop-term', 'mean-for-sum', 'power', 'drop-sum', 'swap-returns']
SIZES = re.compile(r'^(N|D|M|T|H|W|K|m|num_train|num_classes)$')
NO_ARRAYS = {'cache', 'grads', 'i', 'j', 'n', 'f', 'c', 't', 'conv_param', 'pool_param', 'shape', 'steps'}
GRADIENT = re.compile(r'^(d(?!ot$|iff$|ef)[A-Za-z_]\w*|grads?|g)$')
warnings.simplefilter('ignore')


def runners():
    """What each pair is run on: from a module namespace and a source of normal numbers to its gradients."""
    def pair(name, *shapes, suffix=''):
        def run(m, r):
            out, *rest = m[f'{name}_forward{suffix}'](*[r(*s) if isinstance(s, tuple) else s for s in shapes])
            ups, cache = rest[:-1], rest[-1]
            return m[f'{name}_backward{suffix}'](*[r(*np.shape(o)) for o in (out, *ups)], cache)
        return run

    def layer(name, *shapes, attributes=()):
        def run(m, r):
            np.random.seed(3)
            object_ = m[name]()
            out = object_.forward(*[r(*s) for s in shapes])
            returned = object_.backward(r(*out.shape))
            return (returned, *[getattr(object_, a) for a in attributes])
        return run

    def script(*names):
        return lambda m, r: tuple(m[n] for n in names)

    labels = np.array([0, 2, 1, 2])
    onehot = np.eye(3)[labels]
    conv = {'stride': 2, 'pad': 1}
    pool = {'pool_height': 3, 'pool_width': 2, 'stride': 2}
    words = np.array([[0, 1, 0], [4, 1, 3]])

    def net(m, r):
        np.random.seed(3)
        loss, grads = m['TwoLayerNet']().loss(r(5, 4), np.array([0, 2, 1, 2, 0]))
        return tuple(grads[k] for k in sorted(grads))

    return {
        'affine': pair('affine', (5, 2, 2), (4, 3), (3,)), 'affine_relu': pair('affine_relu', (5, 4), (4, 3), (3,)),
        'affine_tanh': pair('dense', (5, 4), (4, 3), (3,)), 'affine_sigmoid': pair('layer', (4, 5), (3, 4), (3, 1)),
        'batchnorm': pair('batchnorm', (5, 3), (3,), (3,)), 'batchnorm_alt': pair('batchnorm', (5, 3), (3,), (3,)),
        'layernorm': pair('layernorm', (5, 3), (3,), (3,)),
        'softmax_loss': lambda m, r: (m['softmax_loss'](r(4, 3), labels)[1],), 'svm_loss': lambda m, r: (m['svm_loss'](r(4, 3), labels)[1],),
        'linear_softmax': lambda m, r: (m['softmax_loss_vectorized'](r(5, 3), r(4, 5), labels, 0.1)[1],),
        'linear_svm': lambda m, r: (m['svm_loss_naive'](r(5, 3), r(4, 5), labels, 0.1)[1],),
        'two_layer_net': net,
        'mse': lambda m, r: (m['mse_loss'](r(4, 3), r(4, 3))[1],),
        'regression': lambda m, r: tuple(m['linear_regression'](r(5, 3), r(5), r(3), r(), 0.3)[1].values()),
        'logistic': lambda m, r: tuple(m['propagate'](r(4, 1), r(), r(4, 5), np.array([[0, 1, 1, 0, 1]]))[0].values()),
        'conv_naive': pair('conv', (2, 3, 5, 6), (4, 3, 3, 2), (4,), conv, suffix='_naive'), 'max_pool': pair('max_pool', (2, 3, 5, 6), pool),
        'dropout': layer('Dropout', (5, 4)), 'relu_class': layer('ReLU', (5, 4)), 'leaky_relu': pair('leaky_relu', (5, 4)),
        'sigmoid_class': layer('Sigmoid', (5, 4)), 'linear_class': layer('Linear', (5, 4), attributes=('dW', 'db')),
        'masked_class': layer('MaskedRegression', (5, 4), attributes=('dW', 'db')),
        'rnn_step': pair('rnn_step', (5, 4), (5, 3), (4, 3), (3, 3), (3,)),
        'rnn': pair('rnn', (2, 4, 5), (2, 3), (5, 3), (3, 3), (3,)),
        'lstm_step': pair('lstm_step', (5, 4), (5, 3), (5, 3), (4, 12), (3, 12), (12,)),
        'lstm': pair('lstm', (2, 3, 5), (2, 4), (5, 4), (4, 4), (5, 4), (4, 4), (5, 4), (4, 4)),
        'gru_step': pair('gru', (5, 4), (5, 3), (4, 3), (3, 3), (4, 3), (3, 3), (4, 3), (3, 3)),
        'embedding': pair('word_embedding', words, (6, 4)), 'embedding_net': pair('bag', words, (6, 4), (4, 5)),
        'gate': pair('highway', (5, 4), (4, 4), (4,), (4, 4), (4,)), 'attention': pair('attention', (5, 4), (3, 4), (3, 2)),
        'softmax_layer': layer('Softmax', (5, 4)), 'scalar_circuit': pair('circuit', (), (), ()),
        'neuron_script': script('dx', 'dw'), 'staged_script': script('dx', 'dy'),
        'matrix_net_script': script('dW1', 'db1', 'dW2', 'db2'),
        'tanh_pair': pair('tanh', (5, 4)), 'softplus_swish': pair('swish', (5, 4), (4,)),
        'scale_shift': pair('scale_shift', (2, 3, 4, 5), (3,), (3,)), 'global_avg_pool': pair('avg_pool', (2, 3, 4, 5)),
        'l2_normalize': pair('normalize', (5, 4)), 'bilinear': pair('bilinear', (5, 4), (4, 3), (5, 3)),
        'deep_net': pair('mlp', (5, 4), (4, 6), (6,), (6, 3), (3,), (3, 2), (2,)),
        'deep_relu': pair('relu_net', (5, 4), (4, 6), (6, 3), (3, 7), (7, 2)),
        'residual': pair('block', (5, 4), (4, 3), (3, 4)),
        'cross_entropy': lambda m, r: (m['cross_entropy_loss'](r(4, 3), onehot)[1],), 'conv1d': pair('conv1d', (4, 6), (3,), 0.7),
        'instancenorm': pair('instancenorm', (3, 2, 4)), 'log_softmax': pair('log_softmax', (5, 4)),
        'cubic_loss': lambda m, r: m['cubic_loss'](r(5, 3), r(5, 3), r(3))[1:],
        'bilinear_loops': pair('bilinear_loops', (3, 4), (3, 2), (4, 2), (3,)),
        'two_heads': pair('two_heads', (5, 4), (4, 3), (3, 2), (3, 6)), 'group_mean': pair('group', (3, 4, 2), (2,)),
        'affine_loops': pair('affine_loops', (4, 3), (3, 2), (2,)),
    }


def gradients(text, run):
    """The gradients on three sets of numbers, or None when it raises."""
    results = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        module = {}
        np.random.seed(seed)
        try:
            exec(compile(text, 'pair', 'exec'), module)
            found = run(module, lambda *shape: rng.standard_normal(shape) if shape else float(rng.standard_normal()))
            found = found if isinstance(found, tuple) else (found,)
            results.append([np.asarray(g, dtype=float) for g in found])
        except Exception:
            return None
    return results


def effect(right, wrong):
    """'none', 'raises', 'shape' or 'value'."""
    if wrong is None:
        return 'raises'
    if any(len(a) != len(b) or any(x.shape != y.shape for x, y in zip(a, b)) for a, b in zip(right, wrong)):
        return 'shape'
    same = all(np.allclose(x, y, rtol=1e-6, atol=1e-9 * (1 + np.abs(x).max(initial=0))) for a, b in zip(right, wrong) for x, y in zip(a, b))
    return 'none' if same else 'value'


def base_name(node):
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == 'self':
            return node.attr
        node = node.value
    return node.id if isinstance(node, ast.Name) else ''


def backward_statements(tree):
    """The statements that compute gradients, and the names bound before each."""
    found = []
    in_forward_now = [False]

    def visit(body, in_backward, names):
        in_forward = in_forward_now[-1]
        for statement in body:
            if isinstance(statement, ast.FunctionDef):
                inner = [a.arg for a in statement.args.args if a.arg != 'self']
                in_forward_now.append('forward' in statement.name)
                visit(statement.body, 'backward' in statement.name, inner)
                in_forward_now.pop()
                continue
            if isinstance(statement, ast.ClassDef):
                visit(statement.body, False, [])
                continue
            inner_bodies = [getattr(statement, part, []) for part in ('body', 'orelse')]
            if isinstance(statement, ast.For):
                if in_backward:
                    found.append((statement, list(names)))
                names.extend(n.id for n in ast.walk(statement.target) if isinstance(n, ast.Name))
            if any(inner_bodies):
                for inner in inner_bodies:
                    visit(inner, in_backward, names)
                continue
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AugAssign) else []
            leaves = [leaf for t in targets for leaf in (t.elts if isinstance(t, ast.Tuple) else [t])]
            unpacks = isinstance(statement, ast.Assign) and (isinstance(statement.value, ast.Name) and statement.value.id == 'cache' or 'shape' in ast.dump(statement.value) and isinstance(targets[0], (ast.Tuple, ast.Name)) and not GRADIENT.match(base_name(targets[0])))
            is_gradient = any(GRADIENT.match(base_name(leaf)) for leaf in leaves)
            is_gradient = is_gradient and not in_forward
            is_call = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
            if not unpacks and (is_gradient or (in_backward and (leaves or is_call)) or isinstance(statement, ast.Return)):
                found.append((statement, list(names)))
            names.extend(leaf.id for leaf in leaves if isinstance(leaf, ast.Name))

    visit(tree.body, False, [])
    return found


def is_product(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return 'binary'
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ('dot', 'matmul', 'outer'):
        return 'function' if len(node.args) == 2 else 'method'
    return None


def reduction(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ('sum', 'mean', 'max')


def is_numpy(node):
    return isinstance(node, ast.Name) and node.id == 'np'


def is_scale(node):
    if isinstance(node, ast.UnaryOp):
        return is_scale(node.operand)
    if isinstance(node, ast.BinOp):
        return is_scale(node.left) and is_scale(node.right)
    return isinstance(node, ast.Constant) or isinstance(node, ast.Name) and bool(SIZES.match(node.id))


def is_mask(node):
    return isinstance(node, ast.Compare) or 'mask' in base_name(node)


def mutations(statement, names, rng):
    """(operator, node that is replaced, new text) for one statement; texts are made from syntax trees."""
    def text(node):
        return ast.unparse(node)

    def grouped(node):
        return f'({text(node)})' if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)) else text(node)

    roots = []
    if isinstance(statement, (ast.Assign, ast.AugAssign)):
        value = statement.value
        constant = is_scale(value) or 'zeros' in text(value)
        if not constant and not isinstance(value, ast.Tuple) and isinstance(statement, ast.Assign):
            yield 'double', value, f'2 * {grouped(value)}'
            yield 'flip-sign', value, f'-{grouped(value)}'
        if isinstance(statement, ast.AugAssign) and isinstance(statement.op, (ast.Add, ast.Sub)):
            yield 'overwrite', statement, f'{text(statement.target)} = {text(value)}'
            other = '-' if isinstance(statement.op, ast.Add) else '+'
            yield 'flip-sign', statement, f'{text(statement.target)} {other}= {text(value)}'
            if not constant:
                yield 'double', value, f'2 * {grouped(value)}'
        if isinstance(statement, ast.AugAssign) and isinstance(statement.op, (ast.Div, ast.Mult)):
            yield 'drop-scale', statement, 'pass'
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, ast.Subscript):
            if is_mask(target.slice) or isinstance(value, ast.Constant) and value.value == 0:
                yield 'mask', statement, 'pass'
            roots.append(target.slice)
        roots.append(value)
    elif isinstance(statement, ast.Return):
        if isinstance(statement.value, ast.Tuple):
            items = statement.value.elts
            for i in range(len(items)):
                for j in range(i + 1, len(items)):
                    if all(isinstance(items[k], ast.Name) and GRADIENT.match(items[k].id) for k in (i, j)):
                        order = list(items)
                        order[i], order[j] = order[j], order[i]
                        yield 'swap-returns', statement.value, ', '.join(map(text, order))
        return
    elif isinstance(statement, ast.For):
        roots.append(statement.iter)
    elif isinstance(statement, ast.Expr):
        call = statement.value
        if isinstance(call.func, ast.Attribute) and call.func.attr == 'at':
            into, where, what = call.args
            yield 'overwrite', statement, f'{text(into)}[{text(where)}] += {text(what)}'
            yield 'overwrite', statement, f'{text(into)}[{text(where)}] = {text(what)}'
            roots.append(what)
    for root in roots:
        yield from expression_mutations(root, names, rng, text, grouped)


def expression_mutations(root, names, rng, text, grouped):
    in_index = set()
    for node in ast.walk(root):
        if isinstance(node, ast.Subscript):
            in_index.update(id(inner) for inner in ast.walk(node.slice))
    if isinstance(root, (ast.Tuple, ast.Slice)):
        in_index.update(id(inner) for inner in ast.walk(root) if isinstance(root, ast.Slice) or any(isinstance(e, ast.Slice) for e in root.elts))
    functions = {id(node.func) for node in ast.walk(root) if isinstance(node, ast.Call)}
    for node in ast.walk(root):
        if isinstance(node, ast.Attribute) and node.attr == 'T':
            yield 'drop-transpose', node, text(node.value)
        product = is_product(node)
        if product == 'binary':
            yield 'swap-operands', node, f'{grouped(node.right)} @ {grouped(node.left)}'
            yield 'wrong-operation', node, f'{grouped(node.left)} * {grouped(node.right)}'
        elif product == 'function':
            yield 'swap-operands', node, f'{text(node.func)}({text(node.args[1])}, {text(node.args[0])})'
            yield 'wrong-operation', node, f'{grouped(node.args[0])} * {grouped(node.args[1])}'
        elif product == 'method':
            yield 'swap-operands', node, f'{grouped(node.args[0])}.dot({text(node.func.value)})'
            yield 'wrong-operation', node, f'{grouped(node.func.value)} * {grouped(node.args[0])}'
        if reduction(node):
            yield from reduction_mutations(node, text, grouped)
        if isinstance(node, ast.Compare) and id(node) not in in_index or isinstance(node, ast.Compare):
            flipped = {'Gt': '<', 'Lt': '>', 'LtE': '>', 'GtE': '<', 'Eq': '!='}[type(node.ops[0]).__name__]
            yield 'mask', node, f'{text(node.left)} {flipped} {text(node.comparators[0])}'
            for other in names:
                if isinstance(node.left, ast.Name) and other != node.left.id and not SIZES.match(other) and other not in NO_ARRAYS:
                    yield 'mask', node, f'{other} {text(node)[len(node.left.id):].strip()}'
        if isinstance(node, ast.BinOp):
            yield from binary_mutations(node, id(node) in in_index, text, grouped)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and id(node) not in in_index:
            yield 'flip-sign', node, grouped(node.operand)
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool) and id(node) in in_index:
            yield 'off-by-one', node, str(node.value + 1)
        if isinstance(node, ast.Slice):
            for end in (node.lower, node.upper):
                if end is not None and not isinstance(end, ast.Constant):
                    yield 'off-by-one', end, f'{text(end)} + 1'
                    yield 'off-by-one', end, f'{text(end)} - 1'
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == 'range':
            yield 'off-by-one', node, f'range(1, {text(node.args[-1])})'
            yield 'off-by-one', node, f'range({text(node.args[-1])} - 1)'
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name) and id(node) not in in_index:
            yield 'off-by-one', node.slice, f'{node.slice.id} - 1'
        if isinstance(node, ast.Name) and not is_numpy(node) and id(node) not in in_index and id(node) not in functions and isinstance(node.ctx, ast.Load):
            others = [n for n in dict.fromkeys(names) if n != node.id and bool(SIZES.match(n)) == bool(SIZES.match(node.id)) and n not in NO_ARRAYS]
            rng.shuffle(others)
            for other in others[:3]:
                yield 'other-variable', node, other


def reduction_mutations(node, text, grouped):
    own = not is_numpy(node.func.value)
    value = node.func.value if own else node.args[0]
    axis = next((k.value for k in node.keywords if k.arg == 'axis'), None)
    if axis is None and own and node.args:
        axis = node.args[0]
    keeps = next((k for k in node.keywords if k.arg == 'keepdims'), None)
    if axis is not None:
        for other in {'0': ['1', None], '1': ['0', None], '-1': ['0', None], '(0, 2, 3)': ['(0, 2)', '(2, 3)', '1']}.get(text(axis), []):
            changed = copy.deepcopy(node)
            if other is None:
                changed.keywords = [k for k in changed.keywords if k.arg != 'axis']
                if own:
                    changed.args = []
            else:
                changed = re.sub(r'axis=(\([^)]*\)|-?\d)', f'axis={other}', text(node)) if 'axis' in text(node) else f'{text(node.func)}({other})'
            yield 'change-axis', node, changed if isinstance(changed, str) else text(changed)
        if keeps is not None:
            changed = copy.deepcopy(node)
            changed.keywords = [k for k in changed.keywords if k.arg != 'keepdims']
            yield 'keepdims', node, text(changed)
        else:
            yield 'keepdims', node, f'{text(node)[:-1]}, keepdims=True)'
    if node.func.attr in ('sum', 'mean'):
        other = 'mean' if node.func.attr == 'sum' else 'sum'
        changed = copy.deepcopy(node)
        changed.func.attr = other
        yield 'mean-for-sum', node, text(changed)
        yield 'drop-sum', node, grouped(value)


def binary_mutations(node, in_index, text, grouped):
    if in_index:
        if isinstance(node.op, (ast.Mult, ast.Add, ast.Sub)):
            yield 'off-by-one', node, text(node.left)
        return
    if isinstance(node.op, (ast.Mult, ast.Div)):
        left, right = node.left, node.right
        for gone, rest in ((right, left), (left, right)) if isinstance(node.op, ast.Mult) else ((right, left),):
            if is_scale(gone):
                kind = 'drop-scale'
            elif is_mask(gone):
                kind = 'mask'
            elif GRADIENT.match(base_name(gone)):
                kind = 'drop-upstream'
            else:
                kind = 'drop-factor'
            if not (is_scale(rest) and is_scale(gone)):
                yield kind, node, grouped(rest)
        if isinstance(node.op, ast.Div) and not is_scale(node.left):
            yield 'wrong-operation', node, f'{grouped(left)} * {grouped(right)}'
    if isinstance(node.op, (ast.Add, ast.Sub)) and not is_scale(node):
        yield 'drop-term', node, grouped(node.left)
        yield 'drop-term', node, grouped(node.right) if isinstance(node.op, ast.Add) else f'-{grouped(node.right)}'
        other = '-' if isinstance(node.op, ast.Add) else '+'
        yield 'flip-sign', node, f'{text(node.left)} {other} {grouped(node.right)}'
    if isinstance(node.op, ast.Pow):
        yield 'power', node, grouped(node.left)
        if isinstance(node.right, ast.Constant):
            yield 'power', node.right, str(node.right.value + 1)
            yield 'power', node.right, str(2 * node.right.value)
            if node.right.value > 2:
                yield 'power', node.right, str(node.right.value - 1)
    if isinstance(node.op, ast.Mult) and text(node.left) == text(node.right):
        yield 'power', node, grouped(node.left)
    if isinstance(node.op, ast.Sub) and isinstance(node.left, ast.Constant) and node.left.value == 1 and isinstance(node.right, ast.Name):
        yield 'power', node.right, f'{node.right.id} ** 2'


def replaced(lines, node, new):
    """The mutated line with its place, or None where the node does not lie in one line; parenthesised where needed."""
    if node.lineno != node.end_lineno:
        return None
    line = lines[node.lineno - 1]
    for piece in (new, f'({new})'):
        changed = line[:node.col_offset] + piece + line[node.end_col_offset:]
        yield changed


def main():
    rng = random.Random(20)
    found, seen = [], set()
    for name, run in sorted(runners().items()):
        source = (HERE / 'pairs' / f'{name}.py').read_text()
        lines = source.split('\n')
        right = gradients(source, run)
        assert right is not None, name
        for statement, names in backward_statements(ast.parse(source)):
            for operator, node, new in mutations(statement, names, rng):
                if not hasattr(node, 'lineno') or node.lineno != node.end_lineno:
                    continue
                original = lines[node.lineno - 1]
                simple = isinstance(node, (ast.stmt, ast.Tuple)) or '=' in new and operator == 'overwrite'
                variants = list(replaced(lines, node, new))
                changed = variants[0] if simple or same_meaning(original, node, new) else variants[1]
                if (name, node.lineno, changed) in seen or changed == original:
                    continue
                seen.add((name, node.lineno, changed))
                text = '\n'.join([*lines[:node.lineno - 1], changed, *lines[node.lineno:]])
                what = effect(right, gradients(text, run))
                if what != 'none':
                    found.append({'pair': name, 'operator': operator, 'line': node.lineno, 'text': changed, 'effect': what})
    kept = []
    for operator in sorted({m['operator'] for m in found}):
        own = [m for m in found if m['operator'] == operator]
        rng.shuffle(own)
        kept.extend(own[:MOST_PER_OPERATOR])
        print(f'{operator:16} {len(own):5} found, {min(len(own), MOST_PER_OPERATOR):4} kept, {sum(m["effect"] == "raises" for m in own[:MOST_PER_OPERATOR]):4} raise')
    kept.sort(key=lambda m: (m['operator'] in HELD_OUT, m['operator'], m['pair'], m['line'], m['text']))
    rows = ',\n'.join(json.dumps(m) for m in kept)
    (HERE / 'mutants.json').write_text(f'{{"numpy": "{np.__version__}", "heldOut": {json.dumps(HELD_OUT)}, "mutants": [\n{rows}\n]}}\n')
    print(len(kept))


def same_meaning(line, node, new):
    """Whether the new text can stand without parentheses: it is atomic, or the node was in brackets or the whole value."""
    if re.fullmatch(r'-?[\w.]+(\(.*\)|\[.*\])?', new) or new.startswith('('):
        before = line[:node.col_offset].rstrip()
        return not (new.startswith('-') and before[-1:] not in ('=', '(', ',')) and not (before.endswith('**'))
    before, after = line[:node.col_offset].rstrip(), line[node.end_col_offset:].strip()
    return before.endswith(('=', '(', '[', ',', ':', 'in')) and (after == '' or after[0] in '),]:')


if __name__ == '__main__':
    main()
