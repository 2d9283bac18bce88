import Foundation
import Testing

extension CommandSuite {
  /// Several domains of training, and each left out in its turn.
  @Suite struct DomainTests {
    private func folderOfDomains(_ run: SmallRun) throws -> String {
      for (domain, count) in [("art", 5), ("photo", 4), ("sketch", 6)] {
        try run.folder.writePictures("domains/\(domain)", count: count)
      }
      return run.folder.path("domains")
    }

    @Test func everyDomainIsLeftOutOnce() throws {
      let run = try SmallRun()
      let domains = try folderOfDomains(run)
      let arguments =
        ["compare", run.recipe, "--leave-one-out", domains, "--methods", "vanilla", "--seeds", "0"]
        + ["--output", run.folder.path("runs"), "--device", "cpu", "--threads", "1"]
      let outcome = try Command.run(arguments + ["--json", "--set", "data.balance=domains"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      struct Comparison: Decodable {
        let runs: [Result]
      }
      struct Result: Decodable {
        struct Evaluation: Decodable {
          let dataset: String
          let domain: String
          let images: Int
          let accuracy: Double
        }
        let evaluations: [Evaluation]
      }
      let results = try outcome.json(as: Comparison.self).runs
      #expect(results.count == 3)
      for (index, left) in ["art", "photo", "sketch"].enumerated() {
        let judged = results[index].evaluations
        let others = ["art", "photo", "sketch"].filter { $0 != left }
        #expect(judged.map(\.domain) == ["synthetic", "synthetic", "unseen"])
        #expect(
          judged.map(\.dataset)
            == others.map { "\(domains)/\($0) (held out)" } + ["\(domains)/\(left)"])
        // A fifth of each class of each training domain, and all of the one that was left out.
        #expect(judged.map(\.images) == [2, 2, ["art": 10, "photo": 8, "sketch": 12][left]])
        let recipe = try String(
          contentsOfFile: run.folder.path("runs/\(left)/vanilla-seed0/recipe.yaml"),
          encoding: .utf8)
        #expect(recipe.contains("held_out_fraction: 0.2") && recipe.contains("balance: domains"))
        #expect(!recipe.contains("photographs"))
      }
      let again = try Command.run(arguments + ["--set", "data.balance=domains"])
      #expect(!again.errors.contains("iteration"), "\(again.errors)")
      // In processes of their own, from the recipes that are written for them.
      let parallel = try Command.run(
        arguments.map { $0.replacing("/runs", with: "/parallel") }
          + ["--set", "data.balance=domains", "--jobs", "2"])
      #expect(parallel.output == again.output, "\(parallel.errors)")
      let row = try #require(again.output.split(separator: "\n").last)
      let figures = row.split(separator: " ").suffix(4).compactMap { Double($0) }
      let expected = results.compactMap { $0.evaluations.last.map { 100 * $0.accuracy } }
      #expect(zip(figures, expected).allSatisfy { abs($0 - $1) < 0.051 }, "\(again.output)")
      #expect(abs((figures.last ?? 0) - expected.reduce(0, +) / 3) < 0.051)
      #expect(again.output.contains("training-domain validation"))
      #expect(
        try String(contentsOfFile: run.folder.path("runs/comparison.txt"), encoding: .utf8)
          == again.output)
    }

    @Test func aFolderWithoutDomainsIsNamed() throws {
      let run = try SmallRun()
      let outcome = try Command.run([
        "compare", run.recipe, "--leave-one-out", run.folder.path("drawings"), "--seeds", "0",
        "--output", run.folder.path("runs"),
      ])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("holds no domains"), "\(outcome.sentence)")
    }

    @Test func aRunOnDomainsGoesOnBitForBit() throws {
      let run = try SmallRun(method: "{name: csg, queue: 16}", iterations: 16, every: 2)
      let domains = try folderOfDomains(run)
      let values =
        ["data.train=[\(domains)/art, \(domains)/sketch]", "data.held_out=null"]
        + ["data.held_out_fraction=0.2", "data.balance=domains", "train.log_indices=true"]
        + ["train.batch_size=4"]
      let whole = try run.train(into: "whole", set: values)
      #expect(whole.exitCode == 0, "\(whole.errors)")
      // Half of every batch is of each domain: 8 and 10 images, a fifth of each class held out.
      for line in try run.metrics(of: "whole") {
        let text = try #require(line.firstMatch(of: #/"indices":\[([0-9,]+)\]/#))
        let indices = text.1.split(separator: ",").compactMap { Int($0) }
        #expect(indices.count { $0 < 8 } == 2 && indices.allSatisfy { $0 < 18 }, "\(line)")
      }
      let command = try Command.start(
        run.training(into: "part", values.flatMap { ["--set", $0] }))
      command.wait { run.exists("part/checkpoints/last.safetensors") }
      command.process.interrupt()
      #expect(try command.outcome().exitCode == 130)
      let resumed = try run.train(["--resume", "auto"], into: "part", set: values)
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try run.metrics(of: "part") == run.metrics(of: "whole"))
      let isSame = try run.lastState(of: "part") == run.lastState(of: "whole")
      #expect(isSame)
    }

    @Test func domainsOfOtherClassesAreRefused() throws {
      let run = try SmallRun()
      let domains = try folderOfDomains(run)
      try run.folder.writePictures("domains/other", classes: ["apple", "car"])
      let outcome = try run.train(set: ["data.train=[\(domains)/art, \(domains)/other]"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("has other classes than the training data"))
      let twice = try run.train(set: ["data.train=[\(domains)/art, \(domains)/art]"])
      #expect(twice.sentence.contains("stands twice"), "\(twice.sentence)")
      let alone = try run.train(set: ["data.balance=domains"])
      #expect(alone.sentence.contains("there is one domain"), "\(alone.sentence)")
    }
  }
}
