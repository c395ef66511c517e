// Tests of TamisCommand.
