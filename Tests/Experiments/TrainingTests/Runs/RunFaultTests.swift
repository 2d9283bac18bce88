import FaultSupport
import Files
import Foundation
import Runs
import Testing
import Training

/// A run that meets a fault at any of its file operations and is started again ends with the figures of a run without faults.
@Suite struct RunFaultTests {
  @Test(arguments: Fault.allCases)
  func aRunIsBegunAgainAfterAFaultAtEveryOperation(fault: Fault) throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    let count = try operations(FaultyOperations()) { try run.train(into: "whole") }
    let whole = try run.figures(of: "whole")
    #expect(count > 60)
    for point in 1...count {
      let name = "run-\(point)"
      try expectSameEnd(
        run, name, FaultyOperations(fault, at: point), whole, "\(fault) at \(point)")
      try FileManager.default.removeItem(atPath: run.path(name))
    }
  }

  @Test(arguments: Fault.allCases)
  func aRunThatGoesOnIsBegunAgainAfterAFaultAtEveryOperation(fault: Fault) throws {
    let run = try TinyRun.withBest(at: 2)
    defer { run.remove() }
    try run.train(into: "whole")
    let whole = try run.figures(of: "whole")
    // Killed when the last checkpoint of the best iteration was in place, and the best one not yet begun.
    let start = try pointBeforeBest(run)
    _ = try? operations(FaultyOperations(.kill, at: start)) { try run.train(into: "killed") }
    let files = FileManager.default
    try files.copyItem(atPath: run.path("killed"), toPath: run.path("counted"))
    let count = try operations(FaultyOperations()) { try run.train(into: "counted") }
    #expect(try run.figures(of: "counted") == whole)
    for point in 1...count {
      let name = "run-\(point)"
      try files.copyItem(atPath: run.path("killed"), toPath: run.path(name))
      try expectSameEnd(
        run, name, FaultyOperations(fault, at: point), whole, "\(fault) at \(point)")
      try files.removeItem(atPath: run.path(name))
    }
  }

  /// Trains into `name` with `operations`, then without a fault.
  private func expectSameEnd(
    _ run: TinyRun, _ name: String, _ operations: FaultyOperations, _ whole: TinyRun.Figures,
    _ comment: Comment
  ) throws {
    do {
      try self.operations(operations) { try run.train(into: name) }
    } catch {
      let sentence = "\(error)"
      #expect(sentence.contains(run.folder), comment)
    }
    try run.train(into: name)
    let isSame = try run.figures(of: name) == whole
    #expect(isSame, comment)
    #expect(try run.names("\(name)/checkpoints") == ["best.safetensors", "last.safetensors"])
    #expect(
      try run.names(name) == [
        "checkpoints", "data.tsv", "environment.json", "evaluations.jsonl", "metrics.jsonl",
        "results.json",
      ], comment)
  }

  /// The operation that puts the last checkpoint of the best iteration in its place.
  private func pointBeforeBest(_ run: TinyRun) throws -> Int {
    let best = try run.train(into: "best").iteration
    #expect(best > 1, "else the best checkpoint is never replaced")
    for point in 1... {
      let name = "search-\(point)"
      _ = try? operations(FaultyOperations(.kill, at: point)) { try run.train(into: name) }
      let folder = RunFolder(run.path(name))
      if (try? Checkpoint(contentsOf: folder.lastCheckpoint))?.iteration == best { return point }
      try FileManager.default.removeItem(atPath: run.path(name))
    }
    return 0
  }

  /// Runs `body` on a disk, and says how many operations that took.
  @discardableResult
  private func operations(_ operations: FaultyOperations, _ body: () throws -> Void) throws -> Int {
    defer { operations.end() }
    try FileSystem.$current.withValue(FileSystem(operations)) { try body() }
    return operations.count
  }
}
