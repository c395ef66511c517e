// Tests of TamisSyntax.
