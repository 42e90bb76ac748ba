/// Brings the forms of a word to one stem: tables for what is irregular, rules checked against the dictionary for verbs,
/// Snowball for the rest.
struct Lemmatizer: Sendable {
  let forms: WordForms
  let lexicon: Lexicon

  /// The folded stem of a word as written.
  func stem(_ word: String, _ snowball: borrowing SnowballStemmer) -> String {
    finish(lemma(word), snowball)
  }

  /// The folded stem of a compound's part, which is a noun more often than a form of a verb.
  func stem(ofPart part: String, _ snowball: borrowing SnowballStemmer) -> String { finish(part, snowball) }

  /// The word that stands in the dictionary for `word`, in the letters of ``WordForms/key(_:)``; `word` itself where
  /// nothing better is known.
  func lemma(_ word: String) -> String {
    var key = WordForms.key(word)
    if let standard = forms.variants[key] { key = standard }
    key = withUmlauts(key)
    if let lemma = forms.lemmas[key] { return lemma }
    if let person = withoutGenderEnding(key) { return person }
    // A noun keeps its form: `Unterlagen` is no `unterliegen`. A verb is written in capitals only by who writes all so.
    let isCapital = word.unicodeScalars.first?.properties.isUppercase ?? false
    if isCapital, let plain = PlainWord(key), lexicon.isNoun(plain) { return key }
    guard let verb = verb(key) else { return key }
    return isCapital && isSpelledAsNoun(key) ? key : verb
  }

  /// Whether the dictionary accepts the word, without an ending, with a capital only: nouns that its list leaves out.
  private func isSpelledAsNoun(_ key: String) -> Bool {
    ["", "n", "en", "e"].contains { ending in
      guard key.hasSuffix(ending), key.count > ending.count + 3 else { return false }
      let base = String(key.dropLast(ending.count))
      return lexicon.knows(capitalized(base)) && !lexicon.knows(base)
    }
  }

  /// Cuts a lemma to its stem and keeps the umlaut where it makes another word.
  private func finish(_ lemma: String, _ snowball: borrowing SnowballStemmer) -> String {
    if let whole = derived(lemma) { return Folding.fold(whole) }
    var stem = Folding.fold(snowball.stem(lemma))
    // Snowball leaves the n of `Regeln` and `vermitteln`, which no other form of the word has.
    if stem.hasSuffix("eln") { stem.removeLast() }
    guard let start = forms.keptUmlauts.first(where: { lemma.hasPrefix($0) }) else { return stem }
    let kept = zip(start.unicodeScalars, stem.unicodeScalars).map { $0.0 }
    let rest = String(stem.unicodeScalars.dropFirst(kept.count))
    return Folding.fold(String(String.UnicodeScalarView(kept))) + rest
  }

  /// A word made with a suffix that changes its meaning, without its inflection: `sicherheit` for `sicherheiten`, where
  /// Snowball goes on to `sich`, and `dienst` and `rechner`, where it goes on to the stems of `diener` and `rechnen`.
  private func derived(_ lemma: String) -> String? {
    for ending in ["", "en", "n", "e", "s", "es", "er", "em"] where lemma.hasSuffix(ending) {
      let base = lemma.dropLast(ending.count)
      guard let suffix = forms.suffixes.first(where: { base.hasSuffix($0) }),
        base.utf8.count >= suffix.utf8.count + 3
      else { continue }
      // `Größer`, `Länder` and `gehst` are inflected forms: only words of the list end in these.
      if suffix.utf8.count == 2 {
        guard let plain = PlainWord(String(base)), lexicon.words[LetterHash.of(plain.bytes)].contains(.standalone)
        else {
          continue
        }
      }
      return String(base)
    }
    return nil
  }

  /// `Aerger` as `ärger`, where the dictionary knows the one and not the other.
  private func withUmlauts(_ key: String) -> String {
    guard key.contains("e"), key.contains("ae") || key.contains("oe") || key.contains("ue") else { return key }
    let candidate = key.replacing("ae", with: "ä").replacing("oe", with: "ö").replacing("ue", with: "ü")
    if isKnown(candidate), !isKnown(key) { return candidate }
    return key
  }

  /// `kolleginnen`, `kolleg*innen` and `kollegInnen` as `kollege`.
  private func withoutGenderEnding(_ key: String) -> String? {
    if let sign = key.firstIndex(where: { "*:_/".contains($0) }) { return withE(String(key[..<sign])) }
    guard key.hasSuffix("innen") || key.hasSuffix("erin"), key.unicodeScalars.count > 7 else { return nil }
    let base = String(key.dropLast(key.hasSuffix("innen") ? 5 : 2))
    return isKnown(base) || isKnown(base + "e") ? withE(base) : nil
  }

  private func withE(_ base: String) -> String {
    base.hasSuffix("er") || isKnown(base) || !isKnown(base + "e") ? base : base + "e"
  }

  /// Whether the dictionary knows the word in whatever case.
  func isWord(_ word: String) -> Bool { lexicon.knows(word) || isKnown(word.lowercased()) }

  private func isKnown(_ key: String) -> Bool { lexicon.knows(key) || lexicon.knows(capitalized(key)) }

  private func capitalized(_ key: String) -> String { key.prefix(1).uppercased() + key.dropFirst() }

  /// The infinitive of an inflected verb, where the tables or the dictionary know it.
  private func verb(_ key: String) -> String? {
    for prefix in forms.prefixes where key.hasPrefix(prefix) && key.count > prefix.count + 2 {
      let rest = String(key.dropFirst(prefix.count))
      if let lemma = forms.lemmas[rest] { return prefix + lemma }
      if let infinitive = participle(rest) ?? infinitiveWithZu(rest) { return prefix + infinitive }
    }
    return participle(key) ?? presentParticiple(key) ?? finite(key)
  }

  /// `gelernt` as `lernen`, `gesteuert` as `steuern`.
  private func participle(_ key: String) -> String? {
    guard key.hasPrefix("ge"), key.count >= 6 else { return nil }
    var core = key.dropFirst(2)
    for ending in ["ten", "ter", "tes", "tem", "te", "t"] where core.hasSuffix(ending) {
      core = core.dropLast(ending.count)
      return infinitive(String(core))
    }
    return nil
  }

  /// `fehlendes` as `fehlen`.
  private func presentParticiple(_ key: String) -> String? {
    for ending in ["de", "der", "des", "den", "dem", "d"] where key.hasSuffix("n" + ending) && key.count > 7 {
      let infinitive = String(key.dropLast(ending.count))
      if infinitive.hasSuffix("en"), lexicon.knows(infinitive) { return infinitive }
    }
    return nil
  }

  /// `zuschauen` in `anzuschauen`, with its particle cut off before, as `schauen`.
  private func infinitiveWithZu(_ key: String) -> String? {
    guard key.hasPrefix("zu"), key.count >= 6 else { return nil }
    let rest = String(key.dropFirst(2))
    return rest.hasSuffix("n") && lexicon.knows(rest) ? rest : nil
  }

  /// `fragt`, `fragst` and `fragte` as `fragen`; words that stand in the dictionary as they are (`heute`) stay.
  private func finite(_ key: String) -> String? {
    guard key.count >= 4, let plain = PlainWord(key), !lexicon.isSmallEntry(plain) || key.hasSuffix("iert") else {
      return nil
    }
    for ending in ["test", "ten", "tet", "te", "st", "t"] where key.hasSuffix(ending) {
      if let infinitive = infinitive(String(key.dropLast(ending.count))) { return infinitive }
    }
    return nil
  }

  /// The infinitive of a verb's core (`frag`, `arbeite`, `steuer`), or `nil` where the dictionary has none.
  private func infinitive(_ core: String) -> String? {
    guard core.count >= 3 else { return nil }
    let candidates =
      core.hasSuffix("e")
      ? [core + "n"] : core.hasSuffix("el") || core.hasSuffix("er") ? [core + "n", core + "en"] : [core + "en"]
    return candidates.first { lexicon.knows($0) }
  }
}
