"""z = x**2 + y**2 again, with the 2 forgotten on one side."""

x = 5
y = 3

a = x ** 2
b = y ** 2
z = a + b

dz = 1.0
da = dz
db = dz
dx = 2 * x * da
dy = y * db
