// TamisSQL
