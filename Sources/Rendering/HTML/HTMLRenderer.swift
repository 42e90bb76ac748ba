package import ProtocolModel

/// Writes `protocol.html`: one file that opens anywhere without a network, with every picture in it.
///
/// Its content security policy allows pictures inside the file and one style sheet, by its digest; no script, no frame,
/// no form, nothing from outside.
package struct HTMLRenderer: Renderer {
  /// `html`.
  package static let name = "html"
  /// Creates a renderer.
  package init() {}

  /// Renders `protocol.html`.
  package func render(
    _ document: ProtocolDocument, pictures: any PictureSource, options: RenderingOptions
  ) -> [RenderedFile] {
    let index = DocumentIndex(document, texts: options.texts)
    let homes = NoteHomes(document)
    let album = Album(document, homes: homes, source: pictures, budget: options.maximumHTMLBytes)
    let page = HTMLPage(index: index, homes: homes, album: album)
    return [RenderedFile(path: "protocol.html", text: page.text())]
  }
}
