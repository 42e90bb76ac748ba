import Foundation
import ProtocolModel

/// The pictures of a page, encoded, as many as fit.
struct Album {
  private(set) var crops: [RegionID: CropPicture] = [:]
  private(set) var sheets: [SheetID: SheetPicture] = [:]
  private(set) var photos: [PhotoID: Picture] = [:]
  /// Notes whose crop was left out for size.
  private(set) var leftOut = 0

  /// Text and markup of one note, with its evidence: measured at 2 to 4 kB.
  private static let bytesPerNote = 4_000

  /// Sheets always; then crops, the least sure readings first, until the page would exceed `budget` bytes.
  init(_ document: ProtocolDocument, homes: NoteHomes, source: any PictureSource, budget: Int) {
    var spent = 100_000
    for photo in document.photos {
      spent += photo.regions.count * Self.bytesPerNote
      for sheet in photo.sheets {
        guard let picture = source.sheet(sheet.id) else { continue }
        sheets[sheet.id] = picture
        spent += Self.encodedCount(picture.picture)
      }
      if let picture = source.photo(photo.id) {
        photos[photo.id] = picture
        spent += Self.encodedCount(picture)
      }
    }
    let regions = document.photos.flatMap(\.regions).filter { homes.hasHome($0.id) }
    for region in regions.sorted(by: { Self.urgency($0) < Self.urgency($1) }) {
      guard let crop = source.crop(of: region.id) else { continue }
      let count = Self.encodedCount(crop.picture)
      if spent + count <= budget {
        crops[region.id] = crop
        spent += count
      } else {
        leftOut += 1
      }
    }
  }

  /// What has no words needs its picture most, then what was read with the least confidence.
  private static func urgency(_ region: ProtocolDocument.RegionEntry) -> (Int, Double, RegionID) {
    if case .text = region.wording { return (1, region.text.confidence.rawValue, region.id) }
    return (0, 0, region.id)
  }

  private static func encodedCount(_ picture: Picture) -> Int { (picture.jpeg.count + 2) / 3 * 4 }
}

extension Picture {
  /// The picture as an address that holds it.
  var dataAddress: HTML { HTML(trusted: "data:image/jpeg;base64," + Data(jpeg).base64EncodedString()) }
}
