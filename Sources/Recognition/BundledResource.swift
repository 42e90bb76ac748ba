import Foundation

/// A file that ships with this module.
enum BundledResource {
  /// The bytes of the file, or `nil` where the installation lacks it.
  ///
  /// A folder called `Resources` is itself the resource folder of a flat bundle (Linux) but lies inside it in a
  /// deep one (macOS), so both places are looked at.
  static func bytes(named name: String) -> [UInt8]? {
    let places = [Bundle.module.bundleURL.appending(path: "Resources"), Bundle.module.resourceURL]
    for folder in places.compactMap({ $0 }) {
      for path in [name, "Resources/" + name] {
        if let data = try? Data(contentsOf: folder.appending(path: path)) { return [UInt8](data) }
      }
    }
    return nil
  }
}
