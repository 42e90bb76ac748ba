import ContentCoding
import ProtocolModel
import Testing

@Suite struct KeywordClustererTests {
  static let texts = [
    "Datenqualität im Lager", "Datenqualität der Stammdaten", "Lieferketten stocken", "Lieferketten und Zoll",
    "Einzelfall",
  ]

  static func layer(_ texts: [String]) -> ClusterLayer {
    let notes = texts.enumerated().map { KeywordClusterer.Note(region: RegionID(rawValue: "r\($0)"), text: $1) }
    return KeywordClusterer(analyzer: PlainAnalyzer()).clusters(of: notes)
  }

  @Test func joinsNotesThatShareRareWords() {
    let layer = Self.layer(Self.texts)
    #expect(layer.clusters.map { $0.members.map(\.rawValue) } == [["r0", "r1"], ["r2", "r3"]])
    #expect(layer.clusters.map(\.label) == ["Datenqualität", "Lieferketten"])
    #expect(layer.clusters.map(\.id) == ["c1", "c2"])
    #expect(layer.singles.map(\.rawValue) == ["r4"])
    #expect(layer.clusters.allSatisfy { (0...1).contains($0.cohesion) && $0.cohesion > 0 })
  }

  @Test func functionWordsJoinNothing() {
    #expect(Self.layer(["schon wieder Regen", "schon wieder Montag"]).clusters.isEmpty)
  }

  @Test(arguments: 0...3) func smallInputsNeedNoCare(_ count: Int) {
    let layer = Self.layer(Array(Self.texts.prefix(count)))
    #expect(layer.clusters.flatMap(\.members).count + layer.singles.count == count)
  }
}
