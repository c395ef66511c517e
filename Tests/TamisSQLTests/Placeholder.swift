// Tests of TamisSQL.
