/// What happens to a request that is not wholly understood.
public enum Policy: String, Hashable, Sendable, CaseIterable {
  /// Every parameter is used or reported.
  case strict
  /// The measured behaviour of the real server: what it ignored is ignored here, with a warning.
  case faithful
}
