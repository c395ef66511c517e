// Tests of Tamis.
