import ProtocolModel

/// A protocol with everything that a page needs to look up, in the words of one language.
struct DocumentIndex {
  let document: ProtocolDocument
  let texts: DocumentTexts
  private let regions: [RegionID: ProtocolDocument.RegionEntry]
  private let photoNumbers: [RegionID: Int]
  private let labels: [String: String]
  private let groupLabels: [GroupID: String]
  private let arrowsTo: [RegionID: [RegionID]]
  private let arrowsFrom: [RegionID: [RegionID]]

  init(_ document: ProtocolDocument, texts: DocumentTexts) {
    self.document = document
    self.texts = texts
    var regions: [RegionID: ProtocolDocument.RegionEntry] = [:]
    var photoNumbers: [RegionID: Int] = [:]
    var groupLabels: [GroupID: String] = [:]
    for (place, photo) in document.photos.enumerated() {
      for region in photo.regions {
        regions[region.id] = region
        photoNumbers[region.id] = place + 1
      }
      for group in photo.groups { groupLabels[group.id] = group.label }
    }
    let links = document.photos.flatMap(\.links)
    arrowsTo = Dictionary(grouping: links, by: \.from).mapValues { $0.map(\.to) }
    arrowsFrom = Dictionary(grouping: links, by: \.to).mapValues { $0.map(\.from) }
    self.regions = regions
    self.photoNumbers = photoNumbers
    self.groupLabels = groupLabels
    labels = Dictionary(document.codebook.codes.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
  }

  func region(_ id: RegionID) -> ProtocolDocument.RegionEntry? { regions[id] }
  func photoNumber(_ id: RegionID) -> Int { photoNumbers[id] ?? 0 }
  func label(_ code: String) -> String { labels[code] ?? code }
  func groupLabel(_ id: GroupID) -> String? { groupLabels[id] }

  /// The label of a code with those of the codes above it, where it is a finer one.
  func fullLabel(_ code: String) -> String {
    let segments = code.split(separator: ".")
    guard segments.count > 2, let family = labels[segments.prefix(2).joined(separator: ".")] else { return label(code) }
    return "\(family): \(label(code))"
  }

  /// Where a note is: `Foto 2, Nr. 5`.
  func place(_ id: RegionID) -> String {
    guard let region = regions[id] else { return id.rawValue }
    return texts("note.place", ["photo": String(photoNumber(id)), "number": String(region.number)])
  }

  /// What arrows lead to and from a note: `Pfeil zu Foto 2, Nr. 5`.
  func arrows(_ id: RegionID) -> [String] {
    [("note.arrow-to", arrowsTo), ("note.arrow-from", arrowsFrom)].compactMap { key, links in
      guard let others = links[id], !others.isEmpty else { return nil }
      return texts(key, ["places": others.map(place).joined(separator: ", ")])
    }
  }

  /// The notes of a block with sub-items right after the item they belong to, and how deep they lie under it.
  func nested(_ ids: [RegionID]) -> [(id: RegionID, depth: Int)] {
    let known = Set(ids)
    let children = Dictionary(grouping: ids) { id in region(id)?.parent.flatMap { known.contains($0) ? $0 : nil } }
    var placed: Set<RegionID> = []
    var result: [(id: RegionID, depth: Int)] = []
    func place(_ id: RegionID, _ depth: Int) {
      guard placed.insert(id).inserted else { return }
      result.append((id, depth))
      for child in children[id] ?? [] { place(child, depth + 1) }
    }
    for id in children[nil] ?? [] { place(id, 0) }
    // A circle of parents has no beginning: its notes come last rather than not at all.
    for id in ids { place(id, 0) }
    return result
  }

  /// A word of a table of words, or the word itself where the table does not know it.
  func word(_ area: String, _ name: String) -> String { texts.texts["\(area).\(name)"] ?? name }

  /// Names the colour and kind of a note: `Haftnotiz, gelb`.
  func kind(_ region: ProtocolDocument.RegionEntry) -> String {
    let kind = word("kind", region.kind.rawValue)
    return region.colour.map { "\(kind), \(word("colour", $0))" } ?? kind
  }

  /// A number as the language writes it, without needless zeros.
  func number(_ value: Double, decimals: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    let text = rounded == rounded.rounded() ? String(Int(rounded)) : "\(rounded)"
    return text.split(separator: ".", omittingEmptySubsequences: false).joined(separator: texts("decimal"))
      .replacing("-", with: "−")
  }

  /// A confidence in whole per cent. Rounded down, so that nothing is called certain that is not.
  func percent(_ confidence: Confidence) -> String { "\(Int((confidence.rawValue * 100).rounded(.down))) %" }

  /// Text in the language's quotation marks.
  func quoted(_ text: String) -> String { texts("quote.open") + text + texts("quote.close") }
}

/// What may be said of a note.
enum NoteWording: Equatable {
  /// Its text.
  case text(String)
  /// There is writing that could not be read.
  case unreadable
  /// A sketch.
  case drawing
  /// Nothing.
  case empty
}

extension ProtocolDocument.RegionEntry {
  /// What may be said of it: text only where the reading is trusted.
  var wording: NoteWording {
    if text.legible, let normalized = text.normalized, !normalized.isEmpty { return .text(normalized) }
    switch content {
    case .drawing: return .drawing
    case .empty: return .empty
    case .text, .mixed: return .unreadable
    }
  }

  /// Whether its reading is shown though it is more likely wrong somewhere than right.
  var isUncertain: Bool {
    if case .text = wording { return text.confidence.rawValue < 0.5 }
    return false
  }

  /// Whether it heads a board or a group.
  var isHeading: Bool { kind == .heading || kind == .clusterHeading }
}

extension DocumentIndex {
  /// What is printed for a note where no picture stands beside it.
  func plainWording(_ region: ProtocolDocument.RegionEntry) -> String {
    switch region.wording {
    case .text(let text): return text
    case .unreadable: return texts("note.unreadable")
    case .drawing: return texts("note.drawing")
    case .empty: return texts("note.empty")
    }
  }

  /// The text that stands for a note's picture: its transcription, or what kind of picture it is.
  func alternativeText(_ region: ProtocolDocument.RegionEntry) -> String {
    switch region.wording {
    case .text(let text):
      return region.content == .mixed ? texts("note.alt.also-drawing", ["text": text]) : text
    case .unreadable: return texts("note.alt.unreadable")
    case .drawing: return texts("note.alt.drawing")
    case .empty: return texts("note.alt.empty")
    }
  }

  /// Things worth knowing of a note beside its text, as far as the block it stands in does not say them.
  func remarks(_ region: ProtocolDocument.RegionEntry, in block: String, withVotes: Bool = true) -> [String] {
    var remarks: [String] = []
    if withVotes, let votes = region.votes, votes > 0 { remarks.append(texts.counted("votes", votes)) }
    if region.isUncertain { remarks.append(texts("note.uncertain")) }
    let others = region.codings.map(\.code).filter { $0 != block }.map { label($0) }.joined(separator: ", ")
    if !others.isEmpty {
      let isOneOfThem = region.codings.contains { $0.code == block }
      remarks.append(texts(isOneOfThem ? "note.also" : "note.codes", ["codes": others]))
    }
    if let parent = region.parent { remarks.append(texts("note.parent", ["place": place(parent)])) }
    remarks += arrows(region.id)
    if let group = region.group.flatMap(groupLabel) { remarks.append(texts("note.group", ["label": group])) }
    if region.occluded >= 0.05 {
      remarks.append(texts("note.occluded", ["percent": String(Int((region.occluded * 100).rounded()))]))
    }
    return remarks
  }
}
