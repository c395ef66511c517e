#if CommandLine
  import Tamis
  import TamisCatalog
  import TamisResources

  /// Where a resource comes from: the catalogue, by its name, or a file, by its path.
  enum ResourceSource {
    /// A name that ends in `.json` is a file's.
    static func isFile(_ name: String) -> Bool { name.hasSuffix(".json") }

    static func file(_ path: String) throws(CommandFailure) -> Catalog.Entry {
      let bytes = try SystemFile.contents(path)
      do {
        return Catalog.Entry(name: path, resource: try ResourceFile.read(bytes))
      } catch {
        throw .faultyFile(error, source: bytes, name: path)
      }
    }
  }
#endif
