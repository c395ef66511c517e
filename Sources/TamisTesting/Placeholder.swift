// TamisTesting
