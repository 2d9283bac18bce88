import CheckoutSupport
import Foundation
import Testing

extension CommandSuite {
  /// The way of figures from a comparison into the tables of README.md.
  @Suite struct ResultTableTests {
    @Test func aTableHoldsWhatTheComparisonSays() throws {
      let run = try SmallRun(method: "{name: vanilla}\nmethods: {csg: {queue: 16}}")
      let compared = try Command.run(
        ["compare", run.recipe, "--methods", "vanilla,csg", "--seeds", "0-1", "--json"]
          + ["--output", run.folder.path("runs"), "--device", "cpu", "--threads", "1"])
      #expect(compared.exitCode == 0, "\(compared.errors)")
      try run.folder.makeFolder("Scripts")
      try run.folder.makeFolder("Documentation/results")
      try FileManager.default.copyItem(
        atPath: Checkout.path("Scripts/result-tables.py"),
        toPath: run.folder.path("Scripts/result-tables.py"))
      try run.folder.write(
        "Before\n<!-- results: small -->\n<!-- end of results -->\nAfter\n", to: "README.md")
      try script(run, ["--take", run.folder.path("runs"), "small", "A note."])
      try script(run, [])
      try script(run, ["--check"])

      let lines = try String(contentsOfFile: run.folder.path("README.md"), encoding: .utf8)
        .split(separator: "\n").map(String.init)
      #expect(lines.first == "Before" && lines.last == "After")
      let record = try compared.json(as: Record.self)
      let difference = try #require(record.differences.first)
      let row = try #require(lines.first { $0.hasPrefix("| `csg` |") })
      let (mean, low, high) = (
        difference.figures.mean, difference.figures.interval[0], difference.figures.interval[1]
      )
      let figures = [mean, low, high].map { points($0) }
      #expect(row.contains("| \(figures[0]) (\(figures[1]) to \(figures[2])) |"), "\(row)")
      let energy = try #require(difference.energy).figures
      let energies = ([energy.mean] + energy.interval).map { value in
        // Four digits in the file, three in the table.
        String(format: "%+.3f", (10_000 * value).rounded(.toNearestOrEven) / 10_000)
          .replacing("-", with: "−")
      }
      #expect(row.contains("| \(energies[0]) (\(energies[1]) to \(energies[2])) |"), "\(row)")
      let source = try #require(lines.first { $0.hasPrefix("*Seeds 0, 1; ") })
      #expect(source.contains(", 1 thread per run; commit "))
      #expect(source.hasSuffix(". A note.*"))
    }

    private struct Record: Decodable {
      struct Difference: Decodable {
        struct Figures: Decodable {
          let mean: Double
          let interval: [Double]
        }
        struct Energy: Decodable { let figures: Figures }
        let figures: Figures
        let energy: Energy?
      }
      let differences: [Difference]
    }

    private func points(_ value: Double) -> String {
      // Files of results have two digits after the point, tables one.
      let rounded = (10_000 * value).rounded(.toNearestOrEven) / 100
      return String(format: "%+.1f", rounded).replacing("-", with: "−")
    }

    private func script(_ run: SmallRun, _ arguments: [String]) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", run.folder.path("Scripts/result-tables.py")] + arguments
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(arguments)")
    }
  }
}
