/// The report as one page: head, links to the sections, the sections.
struct Page {
  let content: ReportContent

  /// The sections, top to bottom.
  private static var sections: [any ReportSection.Type] {
    [
      ComparisonSection.self, EnergySection.self, CurvesSection.self, ClassSection.self,
      ConfusionSection.self, CalibrationSection.self, GallerySection.self, FeatureSection.self,
      RunSection.self,
    ]
  }

  var html: HTML {
    let shown = Self.sections.compactMap { type in
      type.init(content).body.map { (title: type.title, anchor: type.anchor, body: $0) }
    }
    let links = shown.map { "<a href=\"#\($0.anchor)\">\($0.title)</a>" as HTML }
    let sections = shown.map { section -> HTML in
      """
      <section id="\(section.anchor)" aria-labelledby="\(section.anchor)-title">
      <h2 id="\(section.anchor)-title">\(section.title)</h2>
      \(section.body)
      </section>
      """
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(PageResources.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(content.title) – syn2real</title>
      <style>\(PageResources.style)</style></head><body>
      <header><h1>\(content.title)</h1>
      <p class="about">\(content.summary)</p></header>
      <div class="bar"><nav aria-label="Sections">\(links)</nav>
      \(legend)</div>
      <main>
      \(sections)
      </main>
      <script>\(PageResources.script)</script></body></html>

      """
  }

  /// The systems with their colours; the script makes them buttons that show and hide what is theirs.
  private var legend: HTML {
    let items = content.systems.map { system -> HTML in
      """
      <li><button type="button" class="system \(system.colour)" data-toggle="\(system.index)" aria-pressed="true">\
      <svg viewBox="0 0 28 8" aria-hidden="true"><path class="line"\(system.dashes) d="M1 4H27"/></svg>\
      \(system.name)</button></li>
      """
    }
    return "<ul class=\"legend\" aria-label=\"Methods\">\(items)</ul>"
  }
}
