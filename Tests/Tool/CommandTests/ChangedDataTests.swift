import Foundation
import Testing

extension CommandSuite {
  /// Data that have changed since a run began.
  @Suite struct ChangedDataTests {
    /// What is done to the data, and what the message says about it.
    static let changes:
      [(name: String, said: String, change: @Sendable (ScratchFolder) throws -> Void)] =
        [
          (
            "added", "1 file is new (apple/9.png)",
            { try $0.copy("drawings/apple/0.png", to: "drawings/apple/9.png") }
          ),
          (
            "removed", "1 file is gone (boat/1.png)",
            { try FileManager.default.removeItem(atPath: $0.path("held-out/boat/1.png")) }
          ),
          (
            "renamed", "1 file has another name (apple/3.png is apple/8.png)",
            { try $0.move("drawings/apple/3.png", to: "drawings/apple/8.png") }
          ),
          (
            "changed", "1 file has other bytes (boat/0.png)",
            { try $0.copy("photographs/boat/1.png", to: "photographs/boat/0.png") }
          ),
          (
            "classes renamed", "the class 'boat' is called 'canoe' now",
            { folder in
              for set in ["drawings", "held-out", "photographs"] {
                try folder.move("\(set)/boat", to: "\(set)/canoe")
              }
            }
          ),
          (
            "classes added", "with the class 'car' besides",
            { folder in
              for set in ["drawings", "held-out", "photographs"] {
                try folder.makeFolder("\(set)/car")
                try folder.copy("\(set)/boat/0.png", to: "\(set)/car/0.png")
              }
            }
          ),
        ]

    @Test(arguments: changes.indices)
    func aRunDoesNotGoOnWithOtherData(_ index: Int) throws {
      let (_, said, change) = Self.changes[index]
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let results = try Data(contentsOf: URL(fileURLWithPath: run.folder.path("run/results.json")))
      try change(run.folder)
      let refused = try run.train(["--resume", "auto"])
      #expect(refused.exitCode == 1)
      #expect(refused.errors == refused.sentence + "\n")
      #expect(refused.sentence.contains("run/checkpoints/last.safetensors"))
      #expect(refused.sentence.contains(said), "\(refused.errors)")
      #expect(refused.sentence.contains("--accept-changed-data"))
      let kept = try Data(contentsOf: URL(fileURLWithPath: run.folder.path("run/results.json")))
      #expect(kept == results)
    }

    @Test func changedDataCanBeAccepted() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      try run.folder.copy("drawings/apple/0.png", to: "drawings/apple/9.png")
      #expect(try run.train(["--resume", "auto", "--accept-changed-data"]).exitCode == 0)
    }

    @Test func withoutTheListOfFilesTheNumbersAreSaid() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      try FileManager.default.removeItem(atPath: run.folder.path("run/data.tsv"))
      try run.folder.copy("drawings/apple/0.png", to: "drawings/apple/9.png")
      #expect(try run.train(["--resume", "auto"]).sentence.contains("9 images, not 8"))
    }

    @Test func bytesAreComparedOnDemand() throws {
      let run = try SmallRun()
      let settings = ["data.fingerprint=bytes"]
      #expect(try run.train(set: settings).exitCode == 0)
      let url = URL(fileURLWithPath: run.folder.path("drawings/apple/2.png"))
      var bytes = try Data(contentsOf: url)
      bytes[bytes.count - 20] ^= 1
      try bytes.write(to: url)
      let refused = try run.train(["--resume", "auto"], set: settings)
      #expect(refused.exitCode == 1)
      #expect(refused.sentence.contains("1 file has other bytes (apple/2.png)"))
      #expect(try run.train(["--resume", "auto"]).exitCode == 0)
    }

    @Test func aComparisonMixesNoOtherData() throws {
      let run = try SmallRun()
      func compare(_ more: String...) throws -> Command.Outcome {
        try Command.run(
          [
            "compare", run.recipe, "--methods", "vanilla", "--output", run.folder.path("c"),
            "--device", "cpu", "--threads", "1",
          ] + more)
      }
      #expect(try compare("--seeds", "0").exitCode == 0)
      for set in ["drawings", "held-out", "photographs"] {
        try FileManager.default.removeItem(atPath: run.folder.path("\(set)/boat"))
        try run.folder.makeFolder("\(set)/car")
        try run.folder.copy("\(set)/apple/0.png", to: "\(set)/car/0.png")
      }
      let refused = try compare("--seeds", "0,1")
      #expect(refused.exitCode == 1)
      #expect(refused.output.isEmpty)
      #expect(refused.sentence.contains("c/vanilla-seed0/results.json"))
      #expect(refused.sentence.contains("without the class 'boat', with the class 'car' besides"))
      #expect(try compare("--seeds", "0", "--accept-changed-data").exitCode == 0)
      #expect(try compare("--seeds", "1").exitCode == 0)
    }

    @Test(arguments: [
      ["--seeds", "3,3,3"], ["--seeds", "0,1,00"], ["--methods", "vanilla,oracle,vanilla"],
    ])
    func runsThatAreNamedTwiceAreRefused(_ options: [String]) throws {
      let run = try SmallRun()
      let methods = options.contains("--methods") ? [] : ["--methods", "vanilla"]
      let outcome = try Command.run(
        ["compare", run.recipe, "--output", run.folder.path("c")] + methods + options)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains("twice"))
      #expect(!run.exists("c"))
    }

    @Test func nothingButUnreadableImagesIsAnError() throws {
      let run = try SmallRun()
      for name in ["apple", "boat"] {
        for number in 0..<4 {
          try run.folder.write("no picture", to: "drawings/\(name)/\(number).png")
        }
      }
      let outcome = try run.train(set: ["data.on_error=skip"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.isEmpty)
      #expect(
        outcome.sentence == "Error: no image of \(run.folder.path("drawings")) could be read")
      #expect(!run.exists("run/results.json"))
    }
  }
}

extension ScratchFolder {
  fileprivate func copy(_ from: String, to: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path(from)))
    try bytes.write(to: URL(fileURLWithPath: path(to)))
  }

  fileprivate func move(_ from: String, to: String) throws {
    try FileManager.default.moveItem(atPath: path(from), toPath: path(to))
  }
}
