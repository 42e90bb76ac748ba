package import ProtocolModel

/// Looks for cues that cannot do what they are there for.
package struct CodeBookCheck {
  private let codeBook: CodeBook
  private let coder: NoteCoder

  /// Prepares the check.
  package init(codeBook: CodeBook, analyzer: any TextAnalyzer) {
    self.codeBook = codeBook
    var parameters = CodingParameters()
    parameters.toleratesNoise = false
    parameters.usesSynonyms = false
    parameters.usesAssociations = false
    coder = NoteCoder(codeBook: codeBook, analyzer: analyzer, parameters: parameters)
  }

  /// What is wrong, in the order of the code book: cues that do not fire on their example (error), cues that say for a
  /// code what another says too or against it (warning), sets that nothing uses (note).
  package func findings(file: String) -> [Diagnostic] {
    silent(file) + repeated(file) + unused(file)
  }

  private func silent(_ file: String) -> [Diagnostic] {
    var fired: [String: Set<String>] = [:]
    var findings: [Diagnostic] = []
    for cue in codeBook.cues {
      let isHeading = cue.kind == CueKind.board.rawValue || cue.kind == CueKind.rest.rawValue
      if cue.kind == CueKind.colour.rawValue || isHeading && cue.pattern == CueEntryReader.noHeading { continue }
      let example = isHeading ? cue.example ?? headingExample(cue) : cue.example ?? ""
      let key = (isHeading ? "h" : "n") + example
      if fired[key] == nil {
        fired[key] = Set(isHeading ? coder.headingCues(firingOn: example) : coder.cues(firingOn: example))
      }
      if fired[key]?.contains(cue.id) == true { continue }
      findings.append(
        Diagnostic(
          .error, .cueSilent, "the cue '\(cue.id)' does not fire on its example", at: file,
          hint: "correct the pattern or give it an example after '::'"))
    }
    return findings
  }

  private func headingExample(_ cue: Cue) -> String {
    (try? CuePattern(cue.pattern))?.plainText(sets: [:]) ?? ""
  }

  /// What makes two cues say the same.
  private struct Key: Hashable {
    var pattern: String
    var code: String
    var polarity: Cue.Polarity
    var kind: String

    init(_ cue: Cue) {
      pattern = cue.pattern.lowercased()
      code = cue.code
      polarity = cue.polarity
      kind = cue.kind == CueKind.rest.rawValue ? cue.kind : ""
    }
  }

  private func repeated(_ file: String) -> [Diagnostic] {
    var strongest: [Key: Cue] = [:]
    for cue in codeBook.cues {
      let key = Key(cue)
      if let known = strongest[key], known.weight.magnitude >= cue.weight.magnitude { continue }
      strongest[key] = cue
    }
    var findings: [Diagnostic] = []
    for pattern in patterns() {
      let stronger = pattern.map { cue in strongest[Key(cue)].flatMap { $0.id == cue.id ? nil : $0 } }
      for (cue, other) in zip(pattern, stronger) {
        guard let other, (other.weight > 0) != (cue.weight > 0) else { continue }
        findings.append(
          Diagnostic(
            .warning, .cueContradictory, "'\(cue.id)' speaks against what '\(other.id)' speaks for", at: file,
            hint: "keep one of the two"))
      }
      // A pattern of several codes stands for those that no other cue names as loudly.
      guard let cue = pattern.first, let other = stronger.first ?? nil, stronger.allSatisfy({ $0 != nil }),
        (other.weight > 0) == (cue.weight > 0)
      else { continue }
      findings.append(
        Diagnostic(
          .warning, .cueShadowed, "'\(cue.id)' never counts beside '\(other.id)'", at: file,
          hint: "remove '\(cue.id)'"))
    }
    return findings
  }

  /// The cues in the order of the code book, those of one pattern together.
  private func patterns() -> [[Cue]] {
    var place: [Substring: Int] = [:]
    var result: [[Cue]] = []
    for cue in codeBook.cues {
      let id = cue.id.prefix { $0 != ":" }
      if let known = place[id] {
        result[known].append(cue)
      } else {
        place[id] = result.count
        result.append([cue])
      }
    }
    return result
  }

  private func unused(_ file: String) -> [Diagnostic] {
    var used: Set<String> = [NegationScope.forwardSet, NegationScope.lackingSet]
    for cue in codeBook.cues {
      for pattern in [cue.pattern] + cue.unless { used.formUnion((try? CuePattern(pattern))?.setNames ?? []) }
    }
    return codeBook.sets.filter { !used.contains($0.id) }.map {
      Diagnostic(.note, .setUnused, "no cue uses the set '\($0.id)'", at: file, hint: "remove it")
    }
  }
}
