import Analysis
import Foundation

/// Scenes beside their true classes and what each method found, the worst first.
struct SceneGallery {
  let set: SceneSet
  let title: String
  let systems: [ReportedSystem]

  var html: HTML {
    let legend = set.legend.map { name, color -> HTML in
      let rgb = color.map(String.init).joined(separator: ",")
      return "<li><i style=\"background:rgb(\(rgb))\"></i>\(name)</li>"
    }
    let note =
      set.scenes.count < set.total
      ? "\(set.scenes.count) of \(set.total) scenes, evenly spaced, the worst first."
      : "The worst first."
    return """
      <h3>\(title)</h3>
      <p class="note">\(note) Wrong pixels are red.</p>
      <ul class="classes-legend">\(legend)</ul>
      <div class="cards">
      \(set.scenes.map(card))
      </div>
      """
  }

  private func card(_ scene: SceneSet.Scene) -> HTML {
    let looks = zip(systems, scene.verdicts).compactMap { system, verdict in
      verdict.map { found(system, $0) }
    }
    return """
      <article class="card scene" title="\(scene.name)">
      \(figure(scene.picture, "picture"))
      \(figure(scene.truth, "true classes"))
      \(looks)
      </article>
      """
  }

  private func found(_ system: ReportedSystem, _ verdict: SceneSet.Verdict) -> HTML {
    """
    \(figure(verdict.classes, "classes", of: system))
    \(figure(verdict.errors, "mean IoU \(FigureText.percent(verdict.meanIoU))", of: system))
    """
  }

  private func figure(_ webp: [UInt8], _ caption: String, of system: ReportedSystem? = nil) -> HTML
  {
    let place: HTML? = system.map {
      " data-system=\"\($0.index)\" class=\"look \($0.colour)\""
    }
    let name: HTML? = system.map { "<b>\($0.name)</b> " }
    return """
      <figure\(place ?? " class=\"look\"")><img alt="\(caption)" src="data:image/webp;base64,\(Data(webp).base64EncodedString())">\
      <figcaption>\(name)\(caption)</figcaption></figure>
      """
  }
}
