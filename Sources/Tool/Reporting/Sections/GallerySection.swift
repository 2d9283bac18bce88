import Analysis
import Foundation
import Tables

/// Pictures that were judged, right and wrong, with what each method said and where its network looks.
struct GallerySection: ReportSection {
  static let title = "Pictures"
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    let pictures = content.pictures
    guard !pictures.sets.isEmpty || !pictures.scenes.isEmpty || !pictures.remarks.isEmpty else {
      return nil
    }
    let remarks = content.pictures.remarks.map { "<li>\($0)</li>" as HTML }
    let looks: HTML =
      pictures.sets.isEmpty
      ? ""
      : """
      <p>What the run with the lowest seed of each method says; the most confident mistakes come first. The colours are the \
      weights of attentional pooling (paper, section 3.3) over what the network sees: red where a place counts as much as any \
      other would, yellow where it counts twice as much. ImageNet is the frozen teacher.</p>
      """
    let note: HTML? = remarks.isEmpty ? nil : "<ul class=\"note\">\(remarks)</ul>"
    return """
      \(looks)
      \(pictures.sets.map(gallery))
      \(pictures.scenes.map { SceneGallery(set: $0, title: content.name(of: content.headlineTitle(of: $0.dataset)), systems: content.systems).html })
      \(note)
      """
  }

  private func gallery(_ set: PictureSet) -> HTML {
    let stages = set.pictures.lazy.flatMap {
      $0.verdicts.compactMap { $0?.attention }.flatMap(\.self)
    }
    .map(\.stage)
    let shown = stages.prefix(8).uniqued
    let title = content.headlineTitle(of: set.dataset)
    return """
      <h3>\(content.name(of: title))</h3>
      <div class="gallery" data-dataset="\(title)">
      \(GalleryControls(set: set, systems: content.systems, stages: shown).html)
      <div class="cards">
      \(set.pictures.map { GalleryCard(picture: $0, systems: content.systems).html })
      </div></div>
      """
  }
}
