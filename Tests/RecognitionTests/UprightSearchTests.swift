import Foundation
import Imaging
import ProtocolModel
import Recognition
import TestSupport
import Testing

@Suite struct UprightSearchTests {
  private typealias Attempt = PhotoOrientation.Attempt

  /// Characters, certainty and score of the four directions, and the turns wanted.
  static let cases: [(attempts: [(Int, Double, Double)], turns: Int?)] = [
    ([(30, 0.6, 1), (20, 0.5, 0.4), (90, 0.9, 9), (22, 0.5, 0.5)], 2),
    // Two directions that read alike: nobody can say.
    ([(80, 0.8, 6), (20, 0.5, 0.4), (85, 0.8, 7), (22, 0.5, 0.5)], nil),
    // Nothing reads well.
    ([(10, 0.5, 0.1), (9, 0.5, 0.1), (12, 0.6, 0.4), (8, 0.4, 0)], nil),
    // One word is too little to turn a photo by.
    ([(2, 0.5, 0.1), (2, 0.5, 0.1), (5, 0.95, 3), (2, 0.4, 0)], nil),
    ([(0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)], nil),
    // A list: upside down its lines run together, but only one direction reads surely.
    ([(27, 0.349, 0.195), (248, 0.959, 28.472), (24, 0.33, 0.144), (214, 0.725, 24.072)], 1),
    // Two that read surely tell nothing.
    ([(27, 0.3, 0.2), (248, 0.96, 28.4), (24, 0.3, 0.1), (240, 0.95, 27)], nil),
  ]

  @Test(arguments: 0..<7) func theClearlyBestDirectionWins(number: Int) {
    let (figures, turns) = Self.cases[number]
    let attempts = figures.enumerated().map { turn, figure in
      Attempt(quarterTurns: turn, lines: figure.0 / 7, characters: figure.0, certainty: figure.1, score: figure.2)
    }
    #expect(UprightSearch.decision(attempts) == turns)
  }

  private func found(exif: Int) throws -> (found: UprightSearch.Found, width: Int, height: Int) {
    let file = PackageRoot.url.appendingPathComponent("samples/ki-skepsis/photos/IMG_20250917_110705.jpg")
    let stored = try Raster(decoding: [UInt8](Data(contentsOf: file)), reduction: 2)
    // What the file says is applied, then the photo is turned on purpose.
    let turned = try stored.oriented(Self.upright).oriented(exif)
    let search = UprightSearch(finder: BoardFinder(), reader: try NeuralRecognizer(.tiny))
    let found = try search.find(
      in: turned, width: turned.width, height: turned.height, id: PhotoID(rawValue: "p1"))
    return (found, turned.width, turned.height)
  }

  /// The sample's own EXIF orientation.
  private static let upright = 1

  @Test func anUprightPhotoIsReadOnceAndStays() throws {
    let (found, _, _) = try found(exif: 1)
    #expect(found.orientation.quarterTurns == 0)
    #expect(found.orientation.reason == .reading)
    #expect(found.orientation.attempts.count == 1)
  }

  @Test(arguments: [(3, 2), (6, 3), (8, 1)]) func aLyingPhotoIsTurned(exif: Int, turns: Int) throws {
    let (found, width, height) = try found(exif: exif)
    #expect(found.orientation.quarterTurns == turns)
    #expect(found.sheets.quarterTurns == turns)
    // Places are those of the upright photo.
    let (right, bottom) = turns == 2 ? (width, height) : (height, width)
    let places = found.regions.regions.map(\.polygon.centre)
    // A heading, an item of two lines and one of one line.
    #expect(places.count == 3)
    #expect(places.allSatisfy { $0.x > 0 && $0.y > 0 && Int($0.x) < right && Int($0.y) < bottom })
  }

  @Test func aPhotoThatNobodyCanReadStaysAsItIs() throws {
    let image = try Raster(ColorImage(width: 1200, height: 900, red: 200, green: 190, blue: 180))
    let search = UprightSearch(finder: BoardFinder(), reader: try NeuralRecognizer(.tiny))
    let found = try search.find(in: image, width: 1200, height: 900, id: PhotoID(rawValue: "p1"))
    #expect(found.orientation.quarterTurns == 0)
    #expect(found.orientation.reason == .undecided)
  }
}
