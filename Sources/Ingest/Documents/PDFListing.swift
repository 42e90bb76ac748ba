import ProtocolModel

/// What the poppler programs say of a PDF, as values.
enum PDFListing {
  /// A page, as it is shown: after its rotation.
  struct Page: Hashable {
    /// Counted from 1.
    var number: Int
    /// Points, 72 an inch.
    var width: Double
    var height: Double
  }

  /// A picture on a page.
  struct Picture: Hashable {
    var page: Int
    /// Its number among all pictures that `pdfimages` writes of its page, masks included.
    var index: Int
    /// Pixels as stored.
    var width: Int
    var height: Int
    /// Inches on the page along the picture's own sides.
    var shownWidth: Double
    var shownHeight: Double
    var isJPEG: Bool
  }

  /// The pages of `pdfinfo -f 1 -l N`.
  static func pages(_ output: String) -> [Page] {
    var sizes: [Int: (Double, Double)] = [:]
    var turned: Set<Int> = []
    for line in output.split(separator: "\n") where line.hasPrefix("Page ") {
      let words = line.split(separator: " ")
      guard words.count >= 4, let number = Int(words[1]) else { continue }
      if words[2] == "size:", words.count >= 6, let width = Double(words[3]), let height = Double(words[5]) {
        sizes[number] = (width, height)
      } else if words[2] == "rot:", let angle = Int(words[3]), angle % 180 != 0 {
        turned.insert(number)
      }
    }
    return sizes.sorted { $0.key < $1.key }.map { number, size in
      let swaps = turned.contains(number)
      return Page(number: number, width: swaps ? size.1 : size.0, height: swaps ? size.0 : size.1)
    }
  }

  /// How many pages `pdfinfo` counts.
  static func pageCount(_ output: String) -> Int {
    for line in output.split(separator: "\n") where line.hasPrefix("Pages:") {
      return Int(line.split(separator: " ").last ?? "") ?? 0
    }
    return 0
  }

  /// The pictures of `pdfimages -list`; masks and stencils are counted, not listed.
  static func pictures(_ output: String) -> [Picture] {
    var onPage: [Int: Int] = [:]
    return output.split(separator: "\n").dropFirst(2).compactMap { line in
      let words = line.split(separator: " ")
      guard words.count >= 14, let page = Int(words[0]) else { return nil }
      let index = onPage[page, default: 0]
      onPage[page] = index + 1
      guard words[2] == "image", let width = Int(words[3]), let height = Int(words[4]), let x = Double(words[12]),
        let y = Double(words[13]), x > 0, y > 0, width > 0, height > 0
      else { return nil }
      return Picture(
        page: page, index: index, width: width, height: height, shownWidth: Double(width) / x,
        shownHeight: Double(height) / y, isJPEG: words[8] == "jpeg")
    }
  }

  /// The lines of `pdftotext -bbox-layout`, by page in the order of the output, boxes in points.
  static func lines(_ output: String) -> [[(text: String, box: [Double])]] {
    var pages: [[(text: String, box: [Double])]] = []
    var words: [String]?
    var box: [Double] = []
    for line in output.split(separator: "\n") {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("<page ") {
        pages.append([])
      } else if line.hasPrefix("<line ") {
        words = []
        box = numbers(line)
      } else if line.hasPrefix("<word "), let start = line.firstIndex(of: ">"), let end = line.range(of: "</word>") {
        words?.append(unescaped(line[line.index(after: start)..<end]))
      } else if line.hasPrefix("</line>"), let read = words, !pages.isEmpty, box.count == 4 {
        pages[pages.count - 1].append((read.joined(separator: " "), box))
        words = nil
      }
    }
    return pages
  }

  private static func numbers(_ tag: Substring) -> [Double] {
    tag.split(separator: "\"").enumerated().compactMap { $0.offset % 2 == 1 ? Double($0.element) : nil }
  }

  /// The five entities of XML.
  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[mark...]
      let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")]
      if let (name, character) = entities.first(where: { rest.hasPrefix($0.0) }) {
        result += character
        rest = rest.dropFirst(name.count)
      } else {
        result += "&"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}

extension Substring {
  /// Where `text` begins, searched by characters; enough for the short lines of a listing.
  fileprivate func range(of text: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index }
      index = self.index(after: index)
    }
    return nil
  }
}
