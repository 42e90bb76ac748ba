import Imaging

/// Brings a line image into the form that Tesseract was trained on.
enum TesseractPreparation {
  /// Contrast against the paper instead of colour: dark on white under any light, whatever the paper's hue; framed in
  /// white, because Tesseract's layout step drops ink at the border.
  static func forTesseract(_ image: ColorImage) -> GrayImage {
    let map = InkFinder(widestStroke: max(8, image.height / 3)).ink(in: image)
    // The darkest tenth of the ink becomes black, so that pencil and marker look alike.
    var histogram = [Int](repeating: 0, count: 256)
    var ink = 0
    for index in map.mask.indices where map.mask[index] != 0 {
      histogram[Int(map.contrast[index])] += 1
      ink += 1
    }
    var strength = 255, left = ink / 10
    while strength > 32, left >= histogram[strength] {
      left -= histogram[strength]
      strength -= 1
    }
    let frame = max(6, image.height / 6)
    let width = image.width + 2 * frame, height = image.height + 2 * frame
    var pixels = [UInt8](repeating: 255, count: width * height)
    for y in 0..<image.height {
      for x in 0..<image.width {
        let contrast = min(255, Int(map.contrast[y * image.width + x]) * 240 / strength)
        pixels[(y + frame) * width + x + frame] = UInt8(255 - contrast)
      }
    }
    return GrayImage(width: width, height: height, pixels: pixels)
  }
}
