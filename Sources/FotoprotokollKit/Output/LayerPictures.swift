import Foundation
import ProtocolModel
import Rendering

/// Gives renderers the pictures that the picture stage cut. They show sheets only; whole photos only when asked for.
struct LayerPictures: PictureSource {
  private let crops: [RegionID: CropPicture]
  private let sheets: [SheetID: SheetPicture]
  private let photos: [PhotoID: Picture]

  /// Decodes the picture layers of a run's photos.
  init(_ photos: [(board: BoardLayer, pictures: PictureLayer)]) {
    var crops: [RegionID: CropPicture] = [:]
    var sheets: [SheetID: SheetPicture] = [:]
    var whole: [PhotoID: Picture] = [:]
    for (board, pictures) in photos {
      whole[board.regions.photo] = pictures.photo.flatMap(Self.decoded)
      for region in board.regions.regions {
        guard let picture = pictures.crops[region.id.rawValue].flatMap(Self.decoded) else { continue }
        let target = Quad<PictureSpace>(width: picture.width, height: picture.height)
        crops[region.id] = CropPicture(
          picture: picture, fromPhoto: Homography(from: region.polygon.enclosingQuad, to: target))
      }
      for sheet in board.sheets.sheets {
        guard let picture = pictures.sheets[sheet.id.rawValue].flatMap(Self.decoded),
          let toSheet = sheet.toPhoto?.inverse
        else { continue }
        let regions = board.regions.regions.filter { $0.sheet == sheet.id }
        sheets[sheet.id] = SheetPicture(
          picture: picture, width: sheet.width, height: sheet.height,
          outlines: Dictionary(uniqueKeysWithValues: regions.map { ($0.id, toSheet($0.polygon)) }))
      }
    }
    self.crops = crops
    self.sheets = sheets
    self.photos = whole
  }

  private static func decoded(_ picture: PictureLayer.Picture) -> Picture? {
    Data(base64Encoded: picture.base64).map {
      Picture(jpeg: [UInt8]($0), width: picture.width, height: picture.height)
    }
  }

  func crop(of region: RegionID) -> CropPicture? { crops[region] }
  func sheet(_ id: SheetID) -> SheetPicture? { sheets[id] }
  func photo(_ id: PhotoID) -> Picture? { photos[id] }
}
