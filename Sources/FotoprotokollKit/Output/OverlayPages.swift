import Foundation
import ProtocolModel
import Rendering

/// The pages of `--only-find`: each sheet with its notes outlined and numbered, and a list of photos to take again.
struct OverlayPages {
  private let boards: [(photo: Photo, board: BoardLayer)]
  private let pictures: any PictureSource
  private let texts: DocumentTexts
  private let repeats: Set<RegionID>

  init(
    _ boards: [(photo: Photo, board: BoardLayer)], pictures: any PictureSource, texts: DocumentTexts,
    sightings: SightingLayer?
  ) {
    self.boards = boards
    self.pictures = pictures
    self.texts = texts
    repeats = Set(sightings?.sightings.map(\.region) ?? [])
  }

  /// One SVG per sheet, and `reshoot.md`.
  var files: [RenderedFile] {
    var files: [RenderedFile] = []
    for (_, board) in boards {
      for sheet in board.sheets.sheets {
        guard let picture = pictures.sheet(sheet.id) else { continue }
        files.append(RenderedFile(path: "overlay-\(sheet.id.rawValue).svg", text: svg(sheet, picture, board)))
      }
    }
    files.append(RenderedFile(path: "reshoot.md", text: reshootList))
    return files
  }

  private func svg(_ sheet: Sheet, _ picture: SheetPicture, _ board: BoardLayer) -> String {
    let data = Data(picture.picture.jpeg).base64EncodedString()
    let stroke = max(2, max(picture.width, picture.height) / 400)
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(picture.width) \(picture.height)\" "
        + "font-family=\"sans-serif\" font-size=\"\(stroke * 9)\">",
      "<image width=\"\(picture.width)\" height=\"\(picture.height)\" preserveAspectRatio=\"none\" "
        + "href=\"data:image/jpeg;base64,\(data)\"/>",
    ]
    for region in board.regions.regions {
      guard let outline = picture.outlines[region.id] else { continue }
      let points = outline.points.map { "\(Int($0.x.rounded())),\(Int($0.y.rounded()))" }.joined(separator: " ")
      let (colour, dash) = Self.style(region.kind)
      let place = outline.points.min { $0.x + $0.y < $1.x + $1.y } ?? Point(0, 0)
      lines.append(
        "<polygon points=\"\(points)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(stroke)\""
          + "\(dash)><title>\(region.id.rawValue) \(region.kind.rawValue)</title></polygon>")
      lines.append(
        "<text x=\"\(Int(place.x))\" y=\"\(Int(place.y))\" fill=\"\(colour)\" stroke=\"white\" "
          + "stroke-width=\"\(stroke)\" paint-order=\"stroke\">\(region.order + 1)</text>")
    }
    for link in board.regions.links {
      guard let from = picture.outlines[link.from], let to = picture.outlines[link.to],
        let arrow = LinkArrow(from: from, to: to, size: Double(stroke) * 6)
      else { continue }
      lines.append(
        "<path d=\"\(arrow.path)\" fill=\"none\" stroke=\"#d4006a\" stroke-width=\"\(stroke)\">"
          + "<title>\(link.from.rawValue) → \(link.to.rawValue)</title></path>")
    }
    return lines.joined(separator: "\n") + "\n</svg>\n"
  }

  /// Colour and dashes: the kind is told without colours, too.
  private static func style(_ kind: RegionKind) -> (String, String) {
    switch kind {
    case .note, .card: ("#d4006a", "")
    case .listItem: ("#0057b8", "")
    case .heading: ("#111111", " stroke-dasharray=\"24 8\"")
    case .clusterHeading: ("#7a3e00", " stroke-dasharray=\"12 8\"")
    case .freeText: ("#006b3c", " stroke-dasharray=\"4 6\"")
    }
  }

  private var reshootList: String {
    let lines = boards.compactMap { photo, board -> String? in
      let regions = board.regions.regions
      return texts.reasonsToRetake(
        board.regions.quality, outlines: regions.map(\.polygon),
        numbers: regions.map { repeats.contains($0.id) ? nil : $0.order + 1 }
      ).map { "- \(photo.file): \($0)" }
    }
    let body = lines.isEmpty ? texts("reshoot.none") : texts("reshoot.intro") + "\n\n" + lines.joined(separator: "\n")
    return "# \(texts("reshoot"))\n\n\(body)\n"
  }
}
