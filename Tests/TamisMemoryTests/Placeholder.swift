// Tests of TamisMemory.
