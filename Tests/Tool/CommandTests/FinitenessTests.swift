import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  /// A network with NaN neither continues training nor judges anything.
  @Suite struct FinitenessTests {
    @Test func aRunThatDivergesSilentlyEndsAndKeepsWhatItHad() throws {
      // The fused ReLU6 turns NaN into a number, so that the loss stays finite.
      let run = try SmallRun(iterations: 12, every: 2)
      let outcome = try run.train(set: [
        "optimizer.lr=1e-6", "optimizer.backbone_rate=1e6",
        "optimizer.weight_decay=1e6", "schedule.warmup=0",
      ])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.hasPrefix("Error: the gradient is not finite at iteration"))
      #expect(!run.exists("run/results.json"))
      #expect(try Self.isFinite(run.lastState(of: "run")))
      #expect(try Self.isFinite(run.state(at: "run/checkpoints/best.safetensors")))
    }

    @Test func aStepThatMakesWeightsInfiniteEndsTheRun() throws {
      // The gradient is finite, and so is the loss before it; the weights become too large for a float at once.
      let run = try SmallRun(iterations: 3, every: 1)
      let outcome = try run.train(set: [
        "optimizer.lr=1", "optimizer.backbone_rate=1.8e19", "optimizer.weight_decay=1.8e19",
        "schedule.warmup=0",
      ])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.hasPrefix("Error: encoder_q."), "\(outcome.sentence)")
      #expect(outcome.sentence.contains("holds NaN or infinity after iteration"))
      #expect(!run.exists("run/results.json"))
    }

    @Test func aRunDoesNotGoOnFromNaN() throws {
      let run = try SmallRun(iterations: 4, every: 2)
      #expect(try run.train(set: ["train.iterations=2"]).exitCode == 0)
      let last = run.folder.path("run/checkpoints/last.safetensors")
      try Self.breakTensor("optimizer.encoder_q.fc_new.2.bias", in: last)
      let outcome = try run.train(["--resume", "auto"], set: ["train.iterations=2"])
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.sentence.hasPrefix(
          "Error: \(last): optimizer.encoder_q.fc_new.2.bias holds NaN or infinity"))
    }

    @Test func aNetworkWithNaNJudgesNothing() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let best = run.folder.path("run/checkpoints/best.safetensors")
      let name = "encoder_q._conv_stem.weight"
      try Self.breakTensor(name, in: best)
      let photographs = run.folder.path("photographs")
      for arguments in [
        ["evaluate", best, "--data", photographs],
        ["evaluate", best, "--data", photographs, "--recipe", run.recipe],
        ["predict", best, "\(photographs)/apple/0.png"],
        [
          "diagnose", best, "--data", photographs, "--figures", "none", "--output",
          run.folder.path("d"),
        ],
      ] {
        let outcome = try Command.run(arguments + ["--device", "cpu"])
        #expect(outcome.exitCode == 1, "\(arguments[0])")
        #expect(
          outcome.sentence.hasPrefix("Error: \(best): \(name) holds NaN or infinity"),
          "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
      }
      try expectRefusal(
        SmallRun(), setting: "model.weights=\(best)", naming: [best, name, "NaN or infinity"])
    }

    private static func isFinite(_ state: [StateDictionary.Entry]) -> Bool {
      state.filter { $0.tensor.elementType == .float32 }.allSatisfy { entry in
        entry.tensor.bytes.withUnsafeBytes { bytes in
          (0..<entry.tensor.elementCount).allSatisfy {
            bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self).isFinite
          }
        }
      }
    }

    /// Makes one number of a tensor NaN.
    private static func breakTensor(_ name: String, in path: String) throws {
      var file = try TensorFile.read(path)
      let tensor = try #require(file[name])
      var bytes = Data(tensor.bytes)
      bytes.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
      file[name] = try StoredTensor(
        elementType: tensor.elementType, shape: tensor.shape, bytes: bytes)
      try TensorFile.write(file, to: path)
    }
  }
}
