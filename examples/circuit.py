"""The circuit f = (x + y) z of the lecture, forward and backward, one gate at a time."""

x = -2
y = 5
z = -4

# forward
q = x + y
f = q * z

# backward: every line is the upstream gradient times a local one
df = 1.0
dq = z * df
dz = q * df
dx = 1.0 * dq
dy = 1.0 * dq
