// TamisMemory
