import CHunspell

/// One hunspell handle, owned: created here, destroyed in `deinit`, never shared.
///
/// The library keeps state inside the handle while it looks a word up, so one handle serves one thread at a time;
/// ``Lexicon`` keeps it behind a lock.
struct HunspellDictionary: ~Copyable {
  private let handle: OpaquePointer

  /// Opens a dictionary of UTF-8 files (43 ms for German), or returns `nil` where the library refuses them.
  init?(_ files: DictionaryFiles) {
    guard let handle = Hunspell_create(files.affixes, files.words) else { return nil }
    // A missing file gives an empty dictionary rather than no handle, and another encoding would be asked in UTF-8.
    guard let encoding = Hunspell_get_dic_encoding(handle), String(cString: encoding) == "UTF-8" else {
      Hunspell_destroy(handle)
      return nil
    }
    self.handle = handle
  }

  /// Whether the dictionary accepts the word, compounds included (11 µs).
  func accepts(_ word: String) -> Bool { Hunspell_spell(handle, word) != 0 }

  deinit { Hunspell_destroy(handle) }
}
