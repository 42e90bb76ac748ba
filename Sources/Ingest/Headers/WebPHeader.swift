/// The chunks of a WebP (RFC 9649).
enum WebPHeader {
  /// Walks all chunks; an animation is refused.
  static func read(_ bytes: [UInt8]) throws(IngestError) -> PictureHeader {
    let view = ByteView(bytes: bytes, littleEndian: true)
    guard let size = view.number(4, size: 4) else { throw .endsEarly }
    let end = size + 8
    guard end <= view.count else { throw .endsEarly }
    var canvas: (width: Int, height: Int)?
    var frame: (width: Int, height: Int)?
    var exif: ExifBlock?
    var offset = 12
    while offset + 8 <= end {
      guard let type = view.text(offset, size: 4), let length = view.number(offset + 4, size: 4) else {
        throw .endsEarly
      }
      let content = offset + 8
      guard content + length <= end else { throw .endsEarly }
      switch type {
      case "VP8X":
        guard let width = view.number(content + 4, size: 3), let height = view.number(content + 7, size: 3) else {
          throw .endsEarly
        }
        canvas = (width + 1, height + 1)
      case "VP8 ":
        guard let width = view.number(content + 6, size: 2), let height = view.number(content + 8, size: 2) else {
          throw .endsEarly
        }
        frame = (width & 0x3FFF, height & 0x3FFF)
      case "VP8L":
        guard let packed = view.number(content + 1, size: 4) else { throw .endsEarly }
        frame = ((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
      case "ANIM", "ANMF": throw .unsupported("animated WebP")
      case "EXIF":
        let block = Array(bytes[content..<content + length])
        exif = ExifBlock(view.holds("Exif", at: content) ? block : Array("Exif\0\0".utf8) + block)
      default: break
      }
      offset = content + length + (length & 1)
    }
    guard let frame else { throw .contradictory("no picture inside") }
    guard frame.width > 0, frame.height > 0 else { throw .zeroSize }
    if let canvas, canvas != frame { throw .contradictory("canvas and picture differ in size") }
    return PictureHeader(
      format: .webp, storedWidth: frame.width, storedHeight: frame.height, orientation: exif?.orientation,
      capturedAt: exif?.capturedAt)
  }
}
