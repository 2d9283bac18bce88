import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  /// What `export` writes; Tests/Python compares the graphs with onnxruntime.
  @Suite struct ExportTests {
    /// Smaller, and the same network for every subcommand that judges.
    @Test func theNetworkAlonePredictsAndEvaluatesAsTheCheckpointDoes() throws {
      let run = try SmallRun(method: "{name: csg, lambda: 0.1, queue: 8}")
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let photographs = run.folder.path("photographs")
      func judge(_ path: String) throws -> [String] {
        try [
          ["predict", path, photographs, "--csv", "--device", "cpu"],
          ["evaluate", path, "--data", photographs, "--json", "--device", "cpu"],
        ].map { arguments in
          let outcome = try Command.run(arguments)
          #expect(outcome.exitCode == 0, "\(outcome.errors)")
          return outcome.output
        }
      }
      let expected = try judge(checkpoint)
      for name in ["model.safetensors", "model.pth"] {
        let model = run.folder.path(name)
        let exported = try Command.run(["export", checkpoint, model])
        #expect(exported.exitCode == 0 && exported.output.isEmpty, "\(exported.errors)")
        #expect(try judge(model) == expected)
        let file = try TensorFile.read(model)
        #expect(file.names.allSatisfy { $0.hasPrefix("encoder_q.") && !$0.contains("fc_csg") })
        #expect(file.names.contains("encoder_q.fc_new.2.weight"))
        #expect(file.metadata["recipe"] == nil && file.metadata["data"] == nil)
      }
      // Neither the teacher nor momentum, each as large as the student.
      let sizes = try [checkpoint, run.folder.path("model.safetensors")].map {
        try #require(FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int)
      }
      #expect(sizes[1] * 2 < sizes[0])
    }

    @Test func aGraphHasTheClassesInItsMetadata() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let graph = run.folder.path("model.onnx")
      let outcome = try Command.run(
        ["export", run.folder.path("run/checkpoints/best.safetensors"), graph])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let bytes = try #require(FileManager.default.contents(atPath: graph))
      // The version of the format, then the producer's name.
      #expect(bytes.prefix(4) == Data([0x08, 8, 0x12, 8]))
      for text in ["syn2real", "Conv", "Gemm", "classes", "[\"apple\",\"boat\"]", "temperature"] {
        #expect(bytes.range(of: Data(text.utf8)) != nil, "no \(text)")
      }
      #expect(bytes.range(of: Data("BatchNormalization".utf8)) == nil)
    }

    /// A backbone that an outside executable adds is written like those of the package.
    @Test func anAddedBackboneIsExported() throws {
      let run = try SmallRun(backbone: "small-network")
      #expect(try Command.run(run.training(), as: "added-parts").exitCode == 0)
      let outcome = try Command.run(
        ["export", run.folder.path("run/checkpoints/best.safetensors"), run.folder.path("m.onnx")],
        as: "added-parts")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(run.exists("m.onnx"))
    }

    @Test func whatCannotBeWrittenIsSaidAndTouchesNothing() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let before = FileManager.default.contents(atPath: checkpoint)
      let text = try Command.run(["export", checkpoint, run.folder.path("model.txt")])
      #expect(text.exitCode == 1 && text.sentence.contains(".onnx, .safetensors, .pth"))
      let onto = try Command.run(["export", checkpoint, checkpoint])
      #expect(onto.exitCode == 1 && onto.sentence.contains("would be overwritten"))
      #expect(FileManager.default.contents(atPath: checkpoint) == before)
      let weights = try Command.run(
        ["export", checkpoint, run.folder.path("model.pth"), "--with-preprocessing"])
      #expect(weights.exitCode == 64 && weights.errors.contains("--with-preprocessing"))
      #expect(!run.exists("model.txt") && !run.exists("model.pth"))
      let nowhere = try Command.run(["export", checkpoint, run.folder.path("no/model.onnx")])
      #expect(nowhere.exitCode == 1 && nowhere.sentence.contains("no/model.onnx"))
    }
  }
}
