class MulConstant:
    """Multiplies by a constant, in place if asked to."""

    def __init__(self, constant_scalar, inplace=False):
        self.constant_scalar = constant_scalar
        self.inplace = inplace

    def updateOutput(self, input):
        """
        input: array of shape (N, D)
        """
        if self.inplace:
            input *= self.constant_scalar
            self.output = input
        else:
            self.output = input * self.constant_scalar
        return self.output

    def updateGradInput(self, input, gradOutput):
        if self.inplace:
            gradOutput *= self.constant_scalar
            self.gradInput = gradOutput
            input /= self.constant_scalar
        else:
            self.gradInput = gradOutput * self.constant_scalar
        return self.gradInput
