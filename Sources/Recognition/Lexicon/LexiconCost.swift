extension LexiconSearch {
  /// What a reading costs: its unknown words, less what the workshop's own words gain, and its number of words.
  func cost(of tokens: LineTokens) -> Double {
    tokens.tokens.reduce(0) { $0 + cost(of: $1) } + weights.word * Double(max(0, tokens.tokens.count - 1))
  }

  /// What one word costs.
  func cost(of token: LineToken) -> Double {
    guard !token.isFree else { return 0 }
    let forms = lexicon.forms(ofCompound: token.codes)
    // A capital inside a word is no word's case: more likely the writer's ß, or two words in one.
    let isMixed = token.text.dropFirst().contains(where: Letter.isUpper) && token.text.contains { !Letter.isUpper($0) }
    let isUsual = !isMixed && !forms.isDisjoint(with: [.small, .capitalized])
    let isSpecial = forms.contains(.other) && token.codes.count >= 3
    guard isUsual || isSpecial else {
      // A single letter, such as h for hours, is half a word.
      guard token.codes.count > 1 else { return weights.unknown / 2 }
      return weights.unknown + weights.unknownLetter * Double(max(0, token.codes.count - 3)) + unusualness(of: token)
    }
    let smallness = token.followsSpace ? smallness(of: token.text, forms) : 0
    guard let node = lexicon.trie.node(of: token.codes), !lexicon.trie.forms(at: node).isEmpty else {
      return weights.compound + smallness
    }
    guard token.codes.count > 2 else { return smallness }
    return cost(ofWordAt: node, smallness: smallness)
  }

  /// What a word of the tree costs: what it gains for being common or the workshop's own, and what `smallness` says.
  /// A noun in small letters is nobody's common word.
  func cost(ofWordAt node: Int, smallness: Double) -> Double {
    let isPreferred = lexicon.trie.forms(at: node).contains(.preferred)
    var rarity = 0.0
    if lexicon.knowsFrequencies {
      rarity = lexicon.rarity(at: node).map { weights.rarity * ($0 - weights.usualRarity) } ?? weights.rarest
      rarity = min(isPreferred ? 0 : weights.rarest, max(smallness > 0 ? 0 : -weights.commonest, rarity))
    }
    return rarity + smallness - (isPreferred ? weights.preferred : 0)
  }

  /// What a word behind a space costs more for a small letter that it never starts with.
  func smallness(of text: [Unicode.Scalar], _ forms: WordForms) -> Double {
    let isSmall = text.first.map { !Letter.isUpper($0) } ?? false
    return isSmall && forms.isDisjoint(with: [.small, .other]) ? weights.smallNoun : 0
  }

  /// What an unknown word costs more for letters that do not follow one another in German words.
  private func unusualness(of token: LineToken) -> Double {
    let digits = token.codes.reduce(0) { $0 + ($1 > Letter.space ? 1 : 0) }
    guard digits <= 1, token.codes.count - digits >= 3, let sequences = lexicon.sequences else { return 0 }
    let excess = sequences.nats(of: token.codes) - weights.usualLetter * Double(token.codes.count)
    return weights.unusualLetters * max(0, excess)
  }
}
