// TamisCatalog
