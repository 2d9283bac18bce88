import Analysis

/// What the pictures of a set are chosen by.
struct GalleryControls {
  let set: PictureSet
  let systems: [ReportedSystem]
  /// The stages with maps.
  let stages: [String]

  var html: HTML {
    """
    <div class="controls">
    \(choice("show", "kind", [("wrong", "mistakes"), ("right", "right ones"), ("all", "all")]))
    \(choice("of", "system", [("", "any method")] + systems.map { ("\($0.index)", $0.name) }))
    \(choice("true class", "label", [("", "all classes")] + set.classes.map { ($0, $0) }))
    \(choice("taken for", "predicted", [("", "all classes")] + set.classes.map { ($0, $0) }))
    \(stages.isEmpty ? nil : choice("attention", "stage", stages.reversed().map { ($0, $0) } + [("", "none")]) as HTML?)
    <output></output></div>
    """
  }

  private func choice(_ title: String, _ name: String, _ options: [(String, String)]) -> HTML {
    let items = options.map { "<option value=\"\($0.0)\">\($0.1)</option>" as HTML }
    return "<label>\(title) <select name=\"\(name)\">\(items)</select></label>"
  }
}
