public import ProtocolModel

/// A small workshop as the stages would hand it over: three photos with every kind of region, an unreadable note, a
/// sketch, a paper seen twice, votes, groups and an arrow. Invented.
public enum SampleWorkshop {
  /// 64 times one hexadecimal digit.
  public static func digest(_ digit: Character) -> Digest {
    guard let digest = Digest(rawValue: String(repeating: digit, count: 64)) else {
      preconditionFailure("'\(digit)' is no hexadecimal digit")
    }
    return digest
  }

  /// The id of a region: photo by the digit of its digest, place counted from 1.
  public static func region(_ digit: Character, _ number: Int) -> RegionID {
    RegionID(PhotoID(digest(digit)), number: number)
  }

  /// The photos, not in the protocol's order.
  public static var photos: [SamplePhoto] { [wall.layers(), causes.layers(), measures.layers()] }

  static let causes = SampleBoard(
    file: "austausch-1/IMG_0001.jpg", seed: "a", medium: .pinboard, capturedAt: "2025-09-17T10:06:17",
    notes: [
      SampleNote("Ursachen für KI-Skepsis", kind: .heading, colour: "white"),
      SampleNote("Können", kind: .clusterHeading, colour: "white"),
      SampleNote("keine Schulung\nbisher", kind: .card).coded("cause.competence", "Schulung").with {
        $0.group = 1
        $0.votes = 4
      },
      SampleNote("Weiter-\nbildung fehlt", kind: .card).coded("cause.competence", "Weiterbildung").with {
        $0.cleaned = "Weiterbildung fehlt"
        $0.group = 1
        $0.votes = 0
      },
      SampleNote("Keine Zeit neben\nTagesgeschäft", kind: .card, colour: "green")
        .coded("cause.resources", "Keine Zeit").coded("fear.growth", "Tagesgeschäft", weight: 0.7).with {
          $0.votes = 6
        },
      SampleNote("Wer haftet, wenn\ndie KI Mist baut?", kind: .card, colour: "green").coded("cause.legal", "haftet"),
      SampleNote("lIl~ §rn", kind: .card).with {
        $0.legible = false
        $0.confidence = 0.08
        $0.reason = .lowConfidence
        $0.occluded = 0.3
      },
      SampleNote("böhmische Dörfer", kind: .card).with { $0.reason = .noMatch },
      SampleNote("Budget & Lust = 0", kind: .card).with { $0.reason = .tie },
    ], groups: [(1, [2, 3]), (nil, [4, 5])])

  static let measures = SampleBoard(
    file: "austausch-2/IMG_0002.jpg", seed: "b", medium: .flipchart, capturedAt: "2025-09-17T14:20:00",
    notes: [
      SampleNote("Maßnahmen dagegen", kind: .heading, colour: nil),
      SampleNote("Schulungen anbieten", kind: .listItem, colour: nil)
        .coded("measure.information.training", "Schulungen"),
      SampleNote("Betriebsrat früh einbinden", kind: .listItem, colour: nil)
        .coded("measure.participation", "Betriebsrat").with { $0.confidence = 0.44 },
      SampleNote("Umschulung statt Angst, ersetzt zu werden", kind: .listItem, colour: nil)
        .coded("measure.information", "Umschulung").coded("fear.replacement", "ersetzt"),
      SampleNote("WLAN: gast / kaffee24", kind: .freeText, colour: nil).with { $0.reason = .offTopic },
      SampleNote("Pilotprojekt mit Hochschule", kind: .listItem, colour: nil)
        .coded("measure.other", "Pilotprojekt", weight: 0.6),
    ], quality: [.blur, .blur, .smallText])

  static let wall = SampleBoard(
    file: "IMG_0003.jpg", seed: "c", medium: .wall, capturedAt: nil,
    notes: [
      SampleNote("keine Schulung bisher").coded("cause.competence", "Schulung"),
      SampleNote("", colour: "pink").with {
        $0.content = .drawing
        $0.reason = .noText
      },
      SampleNote("Verlust der Autonomie", colour: "blue").coded("cause.role", "Autonomie")
        .coded("consequence.autonomy", "Autonomie", weight: 1.1),
      SampleNote("Mensch behält letztes Wort", colour: "blue").coded("measure.participation", "Mensch"),
      SampleNote("Überall KI, keiner steuert", colour: "orange").coded("cause.other", "KI", weight: 0.4)
        .coded("fear.growth", "keiner steuert"),
      SampleNote("Fördermittel einfacher!", colour: "green").coded("question.policy", "Fördermittel"),
      SampleNote("Ich rede mit dem Team", colour: "green").coded("reflection.takeaway", "rede").with { $0.votes = 1 },
    ], links: [(2, 3)])

  /// The note of the third photo that shows a card of the first once more.
  public static let sightings = SightingLayer(sightings: [
    Sighting(region: region("c", 1), sameAs: region("a", 3), reason: "text 0.97, colour equal")
  ])

  /// Two photos belong to an item; the third to none.
  public static let agenda = AgendaLayer(assignments: [
    AgendaAssignment(
      photo: PhotoID(digest("a")), item: "austausch-1", reason: .folder, board: "Ursachen für KI-Skepsis"),
    AgendaAssignment(photo: PhotoID(digest("b")), item: "austausch-2", reason: .heading),
  ])

  /// One cluster of the open rest and a single note.
  public static let clusters = ClusterLayer(
    clusters: [
      Cluster(
        id: "c1", label: "KI, Dörfer", members: [region("a", 8), region("c", 5)],
        keywords: [ClusterKeyword(text: "KI", weight: 0.71234), ClusterKeyword(text: "Dörfer", weight: 0.5)],
        cohesion: 0.41666)
    ], singles: [region("b", 6)])

  /// The workshop.
  public static let event = Event(
    title: "Zwischen Skepsis und Potenzial", series: "Symposium 2025", date: "2025-09-17", place: "Berlin",
    organisers: ["Kompetenzzentrum Beispiel"], fundingNotice: "Gefördert vom Bundesministerium für Beispiele.",
    agenda: [
      Event.AgendaItem(id: "begruessung", title: "Begrüßung", block: "Auftakt", start: "09:00", end: "09:30"),
      Event.AgendaItem(
        id: "austausch-1", title: "Erfahrungsaustausch 1", block: "Arbeit", start: "10:00", end: "11:00",
        boards: ["Ursachen für KI-Skepsis"], questions: ["Regional oder systemisch?"]),
      Event.AgendaItem(
        id: "austausch-2", title: "Erfahrungsaustausch 2", block: "Arbeit", boards: ["Maßnahmen dagegen"]),
    ], contacts: [Event.Contact(name: "Projektleitung", organisation: "Beispiel e. V.", email: "kontakt@example.org")],
    literature: ["Muster (2024): Beispiele. Zeitschrift 1(2), 3–4."])

  /// A code book with a code of every kind.
  public static let codebook = CodeBook(
    id: "beispiel", version: "1.2", title: "Beispiel-Codebuch", source: "invented for tests",
    codes: [
      Code(id: "cause", label: "Ursachen", isCodable: false, section: "causes"),
      Code(
        id: "cause.competence", label: "Kompetenzdefizite", definition: "Es fehlt an Wissen.", colour: "#1B9E77",
        parent: "cause"),
      Code(id: "cause.resources", label: "Ressourcenknappheit", colour: "#D95F02", parent: "cause"),
      Code(id: "cause.legal", label: "Rechtsunsicherheit", parent: "cause"),
      Code(id: "cause.technostress", label: "Technostress", parent: "cause"),
      Code(id: "cause.role", label: "Unsicherheit über die Rolle", parent: "cause"),
      Code(id: "cause.other", label: "Weitere Ursachen", parent: "cause"),
      Code(id: "measure", label: "Maßnahmen", isCodable: false, section: "measures"),
      Code(id: "measure.information", label: "Information & Weiterbildung", parent: "measure"),
      Code(id: "measure.information.training", label: "Schulungen", parent: "measure.information"),
      Code(id: "measure.participation", label: "Partizipation", parent: "measure"),
      Code(id: "measure.other", label: "Weitere Maßnahmen", parent: "measure"),
      Code(id: "fear", label: "Bedenken", isCodable: false, mayBePrimary: false, section: "chains"),
      Code(id: "fear.replacement", label: "Angst, ersetzt zu werden", parent: "fear", mayBePrimary: false),
      Code(id: "fear.growth", label: "Unkontrolliertes Wachstum", parent: "fear", mayBePrimary: false),
      Code(id: "consequence", label: "Folgen", isCodable: false, mayBePrimary: false, section: "chains"),
      Code(
        id: "consequence.existential", label: "Existenzielle Unsicherheit", parent: "consequence", mayBePrimary: false),
      Code(id: "consequence.autonomy", label: "Autonomieverlust", parent: "consequence", mayBePrimary: false),
      Code(id: "question.policy", label: "Politik und Förderung", section: "questions"),
      Code(id: "reflection.takeaway", label: "Was ich mitnehme", section: "reflection"),
    ],
    chains: [
      CodeBook.ChainLink(from: "fear.replacement", to: "consequence.existential"),
      CodeBook.ChainLink(
        from: "consequence.existential", to: "measure.information", label: "AI-Literacy, Umschulungen"),
      CodeBook.ChainLink(from: "fear.growth", to: "consequence.autonomy"),
      CodeBook.ChainLink(from: "consequence.autonomy", to: "measure.participation", label: "Human in the loop"),
    ])

  /// How it was made.
  public static let provenance = ProtocolDocument.Provenance(
    program: "fotoprotokoll 0.0.0", engines: ["leptonica 1.82.0", "tesseract 5.3.0"], pipeline: digest("d"),
    stages: ["photo.ingest@1", "sheet.rectify@1", "text.recognize@1"])

  /// What the run reported.
  public static let diagnostics = [
    Diagnostic(
      .warning, DiagnosticCode(rawValue: "FP110"), "the sheet's edge was not found; the whole photo is used",
      at: "IMG_0003.jpg", hint: "photograph the board with some wall around it")
  ]

  /// Files that were left out.
  public static let skippedFiles = [
    ProtocolDocument.SkippedFile(file: "notizen.txt", code: nil),
    ProtocolDocument.SkippedFile(file: "kaputt.jpg", code: DiagnosticCode(rawValue: "FP101")),
  ]
}
