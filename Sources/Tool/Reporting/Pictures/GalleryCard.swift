import Analysis
import Foundation

/// A picture with what each method said of it; the thumbnail stands in the page once.
struct GalleryCard {
  let picture: PictureSet.Picture
  let systems: [ReportedSystem]

  var html: HTML {
    let looks = zip(systems, picture.verdicts).compactMap { system, verdict in
      verdict.map { look(system, $0) }
    }
    return """
      <article class="card" data-label="\(picture.className)" \
      style="--picture:url(data:image/webp;base64,\(Data(picture.thumbnail).base64EncodedString()))">
      <figure class="look"><div class="view" role="img" aria-label="\(picture.className)" title="\(picture.name)"></div>\
      <figcaption>\(picture.className)</figcaption></figure>
      \(looks)
      \(teacher)
      </article>
      """
  }

  private func look(_ system: ReportedSystem, _ verdict: PictureSet.Verdict) -> HTML {
    let percent = FigureText.number(100 * verdict.probability, digits: 0)
    let runs: HTML =
      verdict.runs > 1 ? "<small>right in \(verdict.rightRuns) of \(verdict.runs) runs</small>" : ""
    return """
      <figure class="look \(system.colour)" data-system="\(system.index)" data-predicted="\(verdict.className)" \
      data-probability="\(FigureText.short(verdict.probability, digits: 4))" data-right="\(verdict.isRight ? 1 : 0)">\
      \(view(verdict.attention, by: system.name))<figcaption><b>\(system.name)</b> \
      <span class="\(verdict.isRight ? "is-right" : "is-wrong")">\(verdict.className) \(percent) %</span>\(runs)</figcaption></figure>
      """
  }

  private var teacher: HTML? {
    guard !picture.teacherAttention.isEmpty else { return nil }
    return """
      <figure class="look">\(view(picture.teacherAttention, by: "ImageNet"))<figcaption><b>ImageNet</b></figcaption></figure>
      """
  }

  /// The picture under the maps, of which the style shows one.
  private func view(_ maps: [AttentionMap], by network: String) -> HTML? {
    guard !maps.isEmpty else { return nil }
    let images = maps.compactMap { map -> HTML? in
      guard let png = try? map.colored().encodedPNG() else { return nil }
      return """
        <img data-stage="\(map.stage)"\(map.stage == maps.last?.stage ? nil : " hidden" as HTML?) alt="Attention of \(network) at \(map.stage)" \
        src="data:image/png;base64,\(Data(png).base64EncodedString())">
        """
    }
    return "<div class=\"view attended\">\(images)</div>"
  }
}
