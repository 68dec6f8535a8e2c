"""Gates as classes: what is computed forward is remembered for backward."""


class MultiplyGate:
    def forward(self, x, y):
        z = x * y
        self.x = x
        self.y = y
        return z

    def backward(self, dz):
        dx = self.y * dz
        dy = self.x * dz
        return [dx, dy]


class AddGate:
    def forward(self, x, y):
        return x + y

    def backward(self, dz):
        dx = dz * 1.0
        dy = dz * 1.0
        return [dx, dy]
