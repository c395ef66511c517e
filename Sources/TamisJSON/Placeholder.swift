// TamisJSON
