// Tests of TamisPlanner.
