#if Crypto
  import Tamis
  import TamisCrypto
  import Testing

  @Suite struct HMACTests {
    /// RFC 4231, test cases 2, 3 and 6.
    @Test func knownCodes() throws {
      let cases: [(key: [UInt8], message: [UInt8], code: String)] = [
        (
          Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
          "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
          Array(repeating: 0xAA, count: 131),
          Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
          Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
      ]
      for sample in cases {
        let code = try HMACSHA256(secret: sample.key).authenticationCode(for: sample.message)
        #expect(code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == sample.code)
      }
      #expect(throws: HMACSHA256.SecretTooShort.self) {
        _ = try HMACSHA256(secret: Array(repeating: 1, count: 15))
      }
    }

    @Test func cursorsAreCheckedWithIt() throws {
      let resource = Resource("x", dialect: .suffix, paging: .cursor(defaultLimit: 1, maximumLimit: 9)) {
        Field("id", .integer).primaryKey()
      }
      func compiler(_ byte: UInt8) throws -> QueryCompiler {
        let key = CursorKey(id: 1, try HMACSHA256(secret: Array(repeating: byte, count: 32)))
        return QueryCompiler(resource: resource, cursors: CursorKeyring(writing: key))
      }
      let token = try compiler(1).compile("").cursor(of: KeysetBoundary(values: [.integer(5)]))
      #expect(try compiler(1).compile("next_page=\(token)").query.boundary?.values == [.integer(5)])
      do {
        _ = try compiler(2).compile("next_page=\(token)")
        Issue.record("another key was accepted")
      } catch {
        #expect((error as? QueryError)?.diagnostics.map(\.code) == ["page.forged-cursor"])
      }
    }
  }
#endif
