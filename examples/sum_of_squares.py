"""z = x**2 + y**2 at (5, 3): the gradient is (10, 6)."""

x = 5
y = 3

a = x ** 2
b = y ** 2
z = a + b

dz = 1.0
da = dz
db = dz
dx = 2 * x * da
dy = 2 * y * db
