import ArgumentParser

/// `fotoprotokoll`: photos of a workshop become a protocol.
@main struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "fotoprotokoll", abstract: "Fotos werden ein Protokoll.")
}
