// Tamis
