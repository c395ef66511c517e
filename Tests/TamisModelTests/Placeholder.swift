// Tests of TamisModel.
