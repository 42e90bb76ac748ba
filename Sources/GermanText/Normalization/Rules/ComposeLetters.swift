import Foundation

/// Composes letters and their marks (Unicode NFC): `a` + `◌̈` is `ä`.
package struct ComposeLetters: CleaningRule {
  /// `compose-letters`.
  package let id = "compose-letters"
  /// Creates the rule.
  package init() {}

  /// Character by character: composition never reaches across the border of a grapheme cluster.
  package func replacements(in text: AlignedText) -> [Replacement] {
    guard text.scalars.contains(where: { $0.value >= 0x300 }) else { return [] }
    var found: [Replacement] = []
    var place = 0
    for character in text.text {
      let count = character.unicodeScalars.count
      let old = String(character)
      let new = old.precomposedStringWithCanonicalMapping
      if !old.unicodeScalars.elementsEqual(new.unicodeScalars) {
        found.append(Replacement(place..<(place + count), new))
      }
      place += count
    }
    return found
  }
}
