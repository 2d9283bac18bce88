import CheckoutSupport
import Foundation
import Testing

/// The tables of results in README.md are those that the committed files of results give.
@Suite struct ResultTableTests {
  @Test func tablesAreThoseOfTheirFiles() throws {
    let outcome = try check(in: Checkout.root)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func aFigureThatWasChangedByHandIsFound() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("syn2real-tables-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in [
      "Scripts/result-tables.py", "Documentation/results", "Benchmarks/results.json", "README.md",
    ] {
      let copy = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Checkout.root.appendingPathComponent(name), to: copy)
    }
    #expect(try check(in: folder).status == 0)
    let page = folder.appendingPathComponent("README.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let changed = text.replacing("| `csg` | ", with: "| `csg` | 1", maxReplacements: 1)
    #expect(changed != text)
    try Data(changed.utf8).write(to: page)
    let outcome = try check(in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("the tables in README.md are not what Documentation/results gives"))
  }

  private func check(in root: URL) throws -> (status: Int32, errors: String) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", root.appendingPathComponent("Scripts/result-tables.py").path, "--check",
    ]
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
