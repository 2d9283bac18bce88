import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  /// Data sets in tar shards, from packing to training.
  @Suite struct ShardTests {
    /// The run with its drawings packed, and the path that stands for the shards.
    private func packed() throws -> (run: SmallRun, pattern: String) {
      let run = try SmallRun(method: "{name: csg, queue: 16}", iterations: 6, every: 2)
      let outcome = try Command.run(
        ["datasets", "shard", run.folder.path("drawings"), "--size", "9kB"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let lines = outcome.output.split(separator: "\n").map(String.init)
      #expect(lines.first?.hasPrefix(run.folder.path("drawings-shards/drawings-{000000..")) == true)
      #expect(lines.last?.hasPrefix("8 samples in ") == true)
      return (run, try #require(lines.first))
    }

    @Test func aRunFromShardsIsThatFromTheFolder() throws {
      let (run, pattern) = try packed()
      let values = ["data.held_out=null", "data.held_out_fraction=0.25"]
      let folder = try run.train(into: "folder", set: values)
      #expect(folder.exitCode == 0, "\(folder.errors)")
      let setting = "data.train=\"\(pattern)\""
      let shards = try run.train(into: "shards", set: values + [setting])
      #expect(shards.exitCode == 0, "\(shards.errors)")
      #expect(try run.metrics(of: "shards") == run.metrics(of: "folder"))
      // Everything but the texts that name the data: networks, queue, momentum.
      func state(_ name: String) throws -> [StateDictionary.Entry] {
        try run.lastState(of: name).filter { !["evaluations", "predictions"].contains($0.name) }
      }
      let isSame = try state("shards") == state("folder")
      #expect(isSame)
      // Stopped and gone on with.
      let stopped = try run.train(["--until", "3"], into: "part", set: values + [setting])
      #expect(stopped.exitCode == 0, "\(stopped.errors)")
      let resumed = try run.train(["--resume", "auto"], into: "part", set: values + [setting])
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try run.metrics(of: "part") == run.metrics(of: "folder"))
      let isSameAgain = try run.lastState(of: "part") == run.lastState(of: "shards")
      #expect(isSameAgain)
    }

    @Test(
      arguments: [
        ("renders.v1", "", "renders.v1"), ("renders.v1/", "", "renders.v1"),
        ("./renders.v1", "", "./renders.v1"), (".", "renders.v1", nil),
        ("apple/..", "renders.v1", nil), ("renders.v1/list.txt", "", "renders.v1/list"),
      ] as [(String, String, String?)])
    func shardsLieBesideTheirSet(_ path: String, _ place: String, _ printed: String?) throws {
      let run = try SmallRun()
      try run.folder.writePictures("renders.v1", count: 1)
      try run.folder.write("apple/0.png 0\nboat/0.png 1\n", to: "renders.v1/list.txt")
      let outcome = try Command.start(
        ["datasets", "shard", path], script: "cd \"$PLACE\"; exec \"$0\" \"$@\"",
        environment: ["PLACE": run.folder.path(place)]
      ).outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let plain = printed ?? run.folder.path("renders.v1")
      let name = plain.split(separator: "/").last ?? ""
      let pattern = outcome.output.split(separator: "\n").first
      #expect(pattern == "\(plain)-shards/\(name)-000000.tar")
    }

    @Test func shardsAreCheckedAndFoundBesideTheRecipe() throws {
      let (run, pattern) = try packed()
      let checked = try Command.run(["datasets", "check", pattern])
      #expect(checked.exitCode == 0)
      let folder = try Command.run(["datasets", "check", run.folder.path("drawings")])
      #expect(checked.output == folder.output)
      let name = String(pattern.dropFirst(run.folder.url.path.count + 1))
      let recipe = try run.folder.write(
        """
        data: {train: "\(name)", image_size: 32}
        model: {backbone: resnet18, weights: random}
        method: {name: vanilla}
        train: {iterations: 1, batch_size: 4}
        """, to: "beside.yaml")
      let outcome = try Command.run(["train", recipe, "--dry-run", "--device", "cpu"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("trained on: \(run.folder.url.path)/\(name), 8 images"))
    }

    @Test func whatIsNoShardIsASentence() throws {
      let run = try SmallRun()
      let path = run.folder.path("bad.tar")
      try Data(repeating: 7, count: 2048).write(to: URL(fileURLWithPath: path))
      for arguments in [
        ["datasets", "check", path], run.training(into: "x", ["--set", "data.train=\(path)"]),
      ] {
        let outcome = try Command.run(arguments)
        #expect(outcome.exitCode == 1)
        #expect(outcome.sentence == "Error: \(path) is no tar archive", "\(outcome.errors)")
      }
      let again = try Command.run(["datasets", "shard", path, "--size", "lots"])
      #expect(again.exitCode == 64)
    }
  }
}
