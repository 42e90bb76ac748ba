import ContentCoding
package import Foundation
import ProtocolModel

/// Files that come with the program.
package enum BundledFiles {
  /// A file of this target's resources; empty where the installation is damaged.
  package static func data(_ name: String) -> Data {
    let url = Bundle.module.bundleURL.appendingPathComponent("Resources").appendingPathComponent(name)
    return (try? Data(contentsOf: url)) ?? Data()
  }

  /// The pipeline of a folder that brings none: stages and outputs, an empty event.
  package static var defaultPipeline: Data { data("default-pipeline.json") }

  /// Ids of the bundled code books.
  package static var codebookNames: [String] { CodeBook.bundledNames }

  /// A bundled code book's file.
  package static func codebook(_ name: String) -> Data? { (try? CodeBook.bundledBytes(name)).map { Data($0) } }
}
