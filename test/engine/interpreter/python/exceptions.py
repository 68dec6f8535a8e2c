#: try except else finally
def f(x):
    try:
        print('try')
        if x == 1: raise ValueError('v')
        if x == 2: raise KeyError('k')
        if x == 3: return 'ret'
    except ValueError as e:
        print('except', e)
    else:
        print('else')
    finally:
        print('finally')
    return 'end'
for x in range(4):
    try:
        print(f(x))
    except KeyError as e:
        print('outer', e)
#: tuple of types and bare except
for err in (ValueError, TypeError, KeyError):
    try:
        raise err('m')
    except (ValueError, TypeError) as e:
        print('tuple', type(e).__name__)
    except:
        print('bare')
#: hierarchy
for e in (ZeroDivisionError(), IndexError(), KeyError(), UnboundLocalError(), NotImplementedError(), ModuleNotFoundError(), FileNotFoundError()):
    names = []
    for c in (ArithmeticError, LookupError, NameError, RuntimeError, ImportError, OSError, Exception, BaseException):
        if isinstance(e, c): names.append(c.__name__)
    print(type(e).__name__, names)
#: reraise
def f():
    try:
        1 / 0
    except ZeroDivisionError:
        raise
try:
    f()
except ZeroDivisionError as e:
    print('again', e)
#: raise from and in handlers
try:
    try:
        {}['a']
    except KeyError as e:
        raise ValueError('new') from e
except ValueError as e:
    print(e)
#: exception name is unbound afterwards
try:
    raise ValueError
except ValueError as e:
    pass
try:
    e
except NameError as n:
    print(n)
#: finally overrides return
def f():
    try:
        return 1
    finally:
        return 2
def g():
    for i in range(3):
        try:
            continue
        finally:
            print('f', i)
    return 'done'
def h():
    try:
        raise ValueError
    finally:
        return 'swallowed'
print(f(), g(), h())
#: return value computed before finally
def f():
    x = 1
    try:
        return x
    finally:
        x = 2
print(f())
#: nested handlers
try:
    try:
        raise KeyError('inner')
    except ValueError:
        print('no')
    finally:
        print('cleanup')
except KeyError as e:
    print('outer', e)
#: raising what is no exception
try:
    raise 5
except TypeError as e:
    print(e)
#: messages of common errors
def t(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
t(lambda: [].pop())
t(lambda: int('x'))
t(lambda: float('abc'))
t(lambda: {}.pop('k'))
t(lambda: [1].index(5))
t(lambda: [1].remove(5))
t(lambda: len(5))
t(lambda: iter(5))
t(lambda: next(iter([])))
t(lambda: max([]))
t(lambda: 'a'.foo)
t(lambda: None.x)
t(lambda: (1).y)
t(lambda: sorted([1, 'a']))
t(lambda: {}.a)
t(lambda: [1, 2, 3].appendd(1))
t(lambda: range(3)[5])
t(lambda: sum(['a']))
t(lambda: 'a %d' % 'b')
t(lambda: 3 in 5)
t(lambda: 1 in 'abc')
t(lambda: {1: 2}[[1]])
#: exceptions in loops go on
results = []
for x in [1, 0, 'a', 2]:
    try:
        results.append(10 / x)
    except ZeroDivisionError:
        results.append('zero')
    except TypeError as e:
        results.append(str(e))
print(results)
#: exceptions through calls
def a(): b()
def b(): c()
def c(): raise RuntimeError('deep')
try:
    a()
except RuntimeError as e:
    print('caught', e)
#: exception attributes
e = ValueError('a', 2)
print(e.args, str(e), repr(e), str(ValueError()), str(KeyError('k')), repr(KeyError('k')), str(ValueError(3)))
#: try in a while loop
n = 0
while True:
    try:
        n += 1
        if n < 3:
            continue
        if n == 5:
            break
    finally:
        print('n', n)
print('end', n)
#: assertion in function
def check(x):
    assert x.get('a') == 1, 'bad ' + repr(x)
    return 'fine'
print(check({'a': 1}))
try:
    check({'a': 2})
except AssertionError as e:
    print(e)
#: stop iteration by hand
it = iter([1, 2])
try:
    while True:
        print(next(it))
except StopIteration:
    print('stopped')
print(next(it, 'default'))
#: recursion error is caught
def f(n): return f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__)
#: an exception that nobody catches
print('before')
raise ValueError('at the top')
#: an error in a function that nobody catches
def f(x):
    return x['missing']
f({})
