/// A piece of a web page. Text put into it by interpolation is escaped; only literals and other pieces are markup.
///
/// `let item: HTML = "<li>\(note)</li>"` is safe whatever `note` says.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  /// The markup.
  private(set) var source: String

  /// Markup written in this program.
  init(stringLiteral value: String) { source = value }

  /// Markup with escaped values.
  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  /// Takes what is known to be safe: style sheets and encoded pictures.
  init(trusted source: String) { self.source = source }

  /// Nothing.
  static let empty: HTML = ""

  /// Pieces with a line feed after each.
  static func lines(_ pieces: [HTML]) -> HTML {
    HTML(trusted: pieces.filter { !$0.source.isEmpty }.map(\.source).joined(separator: "\n"))
  }

  /// Pieces with something between them.
  static func joined(_ pieces: [HTML], by separator: HTML) -> HTML {
    HTML(trusted: pieces.map(\.source).joined(separator: separator.source))
  }

  /// Collects literals as they are and values escaped.
  struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }
    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
    mutating func appendInterpolation(_ piece: HTML) { source += piece.source }
    mutating func appendInterpolation(_ pieces: [HTML]) { source += HTML.lines(pieces).source }
  }

  /// Escapes for text and quoted attributes alike. Control characters, and marks that turn the direction of writing, go:
  /// nobody writes them on a note, and a page could be made to lie with them.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension HTML: Equatable {}
