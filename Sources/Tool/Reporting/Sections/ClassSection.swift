import Analysis
import Tables

/// The main figure of every class as bars, with the differences from the first system.
struct ClassSection: ReportSection {
  static let title = "Classes"
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    let tables = content.titles.compactMap(table)
    guard !tables.isEmpty else { return nil }
    let name = content.isOfSegmentation ? "Intersection over union" : "Accuracy"
    let first = content.systems.first?.name ?? ""
    let differences =
      content.systems.count > 1
      ? " Differences are from \(first), in points, of runs with the same seed." : ""
    return """
      <p>\(name) of each class in %, mean and standard deviation over the runs.\(differences)</p>
      \(tables)
      """
  }

  private func table(_ title: String) -> HTML? {
    let finals = content.systems.flatMap { $0.finals(titled: title) }
    let names = finals.flatMap { $0.classes ?? $0.classFigures.keys.sorted() }.uniqued
      .filter { name in finals.contains { $0.classFigures[name] != nil } }
    guard !names.isEmpty else { return nil }
    let others = content.systems.dropFirst()
    let head = others.map { system -> HTML in
      "<th scope=\"col\" data-system=\"\(system.index)\">\(system.name)</th>"
    }
    return """
      <h3>\(content.name(of: title))</h3>
      <div class="wide" tabindex="0" role="group" aria-label="Table"><table class="classes"><thead><tr><th scope="col">class</th><th scope="col" class="words">%</th>\(head)</tr></thead><tbody>
      \(names.map { row($0, title) })
      </tbody></table></div>
      """
  }

  private func row(_ name: String, _ title: String) -> HTML {
    let bars = content.systems.map { system -> HTML in
      bar(system, system.spread(titled: title) { $0.classFigures[name].map { 100 * $0 } })
    }
    let differences = content.systems.dropFirst().map { system -> HTML in
      let spread = content.systems.first.flatMap { first in
        system.difference(from: first, titled: title) { record in
          record.classFigures[name].map { 100 * $0 }
        }
      }
      return
        "<td data-system=\"\(system.index)\">\(FigureText.spread(spread, digits: 1, isSigned: true))</td>"
    }
    return """
      <tr><th scope="row">\(name)</th><td class="bars">\(bars)</td>\(differences)</tr>
      """
  }

  /// A bar whose length is the mean, with a whisker of one deviation to both sides.
  private func bar(_ system: ReportedSystem, _ spread: Spread?) -> HTML {
    let mean = spread.map { FigureText.number($0.mean, digits: 2) } ?? "0"
    let whisker = spread.flatMap { spread in
      spread.deviation.map { deviation -> HTML in
        let low = max(0, spread.mean - deviation)
        let width = min(100, spread.mean + deviation) - low
        return
          "<i style=\"left:\(FigureText.number(low, digits: 2))%;width:\(FigureText.number(width, digits: 2))%\"></i>"
      }
    }
    return """
      <div class="meter \(system.colour)" data-system="\(system.index)"><span class="name">\(system.name)</span>\
      <div><b style="width:\(mean)%"></b>\(whisker)</div><span>\(FigureText.spread(spread, digits: 1))</span></div>
      """
  }
}
