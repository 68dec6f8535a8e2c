#: f-strings
x, name, d = 3.14159, 'loss', {'k': [1, 2]}
print(f'{x}', f'{x:.2f}', f'{name!r}', f'{name:>8}|', f'{x:8.3f}|', f'{d["k"][1]}', f'{1 + 1}', f'{{}}', f'{x:{5}.{2}}', f'{name=}', f'{x=:.1f}', f'{3:03d}', f'{True}', f'{None}', f'{1e-7:.2e}', f'{12345:,}', f'{0.256:.1%}')
#: str.format
print('{} {}'.format(1, 2), '{1} {0}'.format('a', 'b'), '{x:.1f}'.format(x=2.55), '{:>5}|{:<5}|{:^5}|'.format('a', 'b', 'c'), '{0[1]} {0[0]}'.format([7, 8]), '{d[key]}'.format(d={'key': 5}), '{:{w}.{p}f}'.format(2.5, w=8, p=2), '{{}}'.format(), '{!r}'.format('a'))
class C:
    def __init__(self): self.shape = (2, 3)
print('{0.shape} {0.shape[1]}'.format(C()), '{:d} {:x} {:5.1f}%'.format(10, 255, 99.5))
#: percent
print('%d %s %f' % (1, 'a', 2.5), '%.3f' % 2, '%5d|%-5d|%05d' % (1, 2, 3), '%s' % [1, 2], '%r' % 'a', '%%', '100%% %s' % 'x', '%(a)s %(b).2f' % {'a': 1, 'b': 2}, '%e' % 12345.678, '%g' % 0.0001, '%g' % 1e-5, '%x' % 255, '%c' % 65, '%+d' % 3, '%*d' % (5, 3), '%s %s' % ('a', (1, 2)))
#: percent of numpy
import numpy as np
print('%d %.2f %s' % (np.int64(3), np.float64(2.5), np.float64(1.5)), '%s' % np.array([1, 2]), '%d' % 3.99, '%f' % np.float32(0.5), '%.4f' % np.array(1.5))
#: percent with too few arguments
'%s %s' % 'a'
#: percent with too many arguments
'%s' % (1, 2)
#: percent of the wrong type
'%d' % 'a'
#: percent float of a string
'%f' % 'a'
#: format with too few arguments
'{} {}'.format(1)
#: format with a missing name
'{a}'.format(b=1)
#: format with an unknown code
'{:d}'.format('a')
#: format of a list with a width
'{:5}'.format([1])
#: format of None with a width
f'{None:5}'
#: format of numpy
import numpy as np
print(f'{np.float64(2.5):.3f}', f'{np.float32(0.1):.3f}', f'{np.int64(5):03d}', f'{np.array(2.5)}', f'{np.array([1.5, 2.5])}', '{:.2e}'.format(np.float64(12345.678)), f'{np.mean([1, 2]):6.2f}|')
#: format of an array with a width
import numpy as np
f'{np.array([1.0]):.2f}'
#: mixed numbering
'{} {0}'.format(1)
#: a single brace
'}'.format()
#: own format
class C:
    def __format__(self, spec): return f'<{spec}>'
print(f'{C():abc}', '{:x}'.format(C()), format(C(), ''))
#: messages of training loops
for i in range(2):
    print('iteration %d / %d: loss %f' % (i, 2, 0.5 / (i + 1)))
    print('epoch {:3d} | acc: {:.2%} | lr {:g}'.format(i, 0.75, 1e-3))
    print(f'{i:>4} {"ok" if i else "no":<4}|')
#: alignment of signs and zeros
print('{:+.1f} {: .1f} {:-.1f}'.format(1, 1, -1), '{:=+6d}'.format(3), '{:06.2f}'.format(-1.5), '{:0>5}'.format('a'), '{:<05d}'.format(3), '{:#x} {:#b} {:_}'.format(255, 5, 1000000))
#: multiline
text = """a
  b"""
print(f"""{text}
{len(text)}""")
