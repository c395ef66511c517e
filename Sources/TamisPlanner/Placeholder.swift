// TamisPlanner
