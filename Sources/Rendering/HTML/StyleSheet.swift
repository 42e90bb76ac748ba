/// The page's style sheet and the digest under which its content security policy admits it.
enum StyleSheet {
  /// The style sheet, byte for byte as the digest expects it.
  static var source: HTML { HTML(trusted: Resource.text("protocol.css")) }
  /// `sha256-` and the digest of ``source`` in Base64; a test keeps the two together.
  static var digest: String { Resource.text("protocol.css.sha256").filter { !$0.isNewline } }
}
