import CHeif
import Imaging

/// The main picture of a HEIC or AVIF file, read by libheif, which turns it upright by itself.
enum HEIFPicture {
  /// Size and capture time, without decoding.
  static func header(of bytes: [UInt8]) throws(IngestError) -> PictureHeader {
    try checkBoxes(bytes)
    return try withHandle(bytes) { handle throws(IngestError) in
      let width = Int(heif_image_handle_get_width(handle)), height = Int(heif_image_handle_get_height(handle))
      guard width >= 0, height >= 0 else { throw .contradictory("a negative size") }
      return PictureHeader(
        format: .heif, storedWidth: width, storedHeight: height, orientation: 1,
        capturedAt: exif(of: handle)?.capturedAt)
    }
  }

  /// The upright pixels; call only after ``header(of:)`` found the size in order.
  static func decode(_ bytes: [UInt8]) throws(IngestError) -> ColorImage {
    try withHandle(bytes) { handle throws(IngestError) in
      var image: OpaquePointer?
      let status = heif_decode_image(handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nil)
      guard status.code == heif_error_Ok, let image else { throw .undecodable }
      defer { heif_image_release(image) }
      let width = Int(heif_image_get_primary_width(image)), height = Int(heif_image_get_primary_height(image))
      var stride: Int32 = 0
      guard let plane = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride), width > 0, height > 0,
        Int(stride) >= width * 3
      else { throw .undecodable }
      let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
        for row in 0..<height {
          let target = UnsafeMutableBufferPointer(rebasing: buffer[(row * width * 3)..<((row + 1) * width * 3)])
          _ = target.initialize(from: UnsafeBufferPointer(start: plane + row * Int(stride), count: width * 3))
        }
        count = width * height * 3
      }
      return ColorImage(width: width, height: height, pixels: pixels)
    }
  }

  private static func withHandle<R>(
    _ bytes: [UInt8], _ body: (OpaquePointer) throws(IngestError) -> R
  ) throws(IngestError) -> R {
    guard let context = heif_context_alloc() else { throw .undecodable }
    defer { heif_context_free(context) }
    // The copying reader: libheif keeps a pointer into the memory for as long as the context lives.
    guard heif_context_read_from_memory(context, bytes, bytes.count, nil).code == heif_error_Ok else {
      throw .undecodable
    }
    var handle: OpaquePointer?
    guard heif_context_get_primary_image_handle(context, &handle).code == heif_error_Ok, let handle else {
      throw .undecodable
    }
    defer { heif_image_handle_release(handle) }
    return try body(handle)
  }

  /// The Exif block begins after a 4-byte offset to its TIFF header (ISO/IEC 23008-12, A.2.1).
  private static func exif(of handle: OpaquePointer) -> ExifBlock? {
    var item: heif_item_id = 0
    guard heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &item, 1) == 1 else { return nil }
    let size = heif_image_handle_get_metadata_size(handle, item)
    guard size > 18, size <= 65_536 else { return nil }
    var block = [UInt8](repeating: 0, count: size)
    guard heif_image_handle_get_metadata(handle, item, &block).code == heif_error_Ok else { return nil }
    guard let skip = ByteView(bytes: block).number(0, size: 4), skip + 4 < size else { return nil }
    return ExifBlock(Array("Exif\0\0".utf8) + block[(4 + skip)...])
  }

  /// Top-level boxes must lie inside the file (ISO/IEC 14496-12, 4.2).
  private static func checkBoxes(_ bytes: [UInt8]) throws(IngestError) {
    let view = ByteView(bytes: bytes)
    var offset = 0
    while offset < view.count {
      guard var size = view.number(offset, size: 4) else { throw .endsEarly }
      if size == 0 { return }  // the last box, to the end of the file
      if size == 1 {
        guard let high = view.number(offset + 8, size: 4), let low = view.number(offset + 12, size: 4), high < 1 << 20
        else { throw .endsEarly }
        size = high << 32 | low
      }
      guard size >= 8 else { throw .contradictory("a box shorter than its length") }
      guard offset + size <= view.count else { throw .endsEarly }
      offset += size
    }
  }
}
