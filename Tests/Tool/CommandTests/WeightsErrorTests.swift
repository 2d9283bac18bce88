import Foundation
import Testing

extension CommandSuite {
  @Suite struct WeightsErrorTests {
    @Test func missingPublishedWeightsAreNamedWithTheirFolder() throws {
      let run = try SmallRun(backbone: "resnet18")
      try run.folder.makeFolder("weights")
      let path = run.folder.path("weights")
      try expectRefusal(
        run, setting: "model.weights=imagenet", environment: ["SYN2REAL_WEIGHTS": path],
        naming: [
          "resnet18-f37072fd.pth", path, "model.weights",
          "https://download.pytorch.org/models/resnet18-f37072fd.pth",
        ])
    }

    @Test func aWeightsFileThatIsNotThereIsNamed() throws {
      try expectRefusal(
        SmallRun(), setting: "model.weights=/nowhere/net.pth", naming: ["/nowhere/net.pth"])
    }

    @Test func weightsThatDoNotFitAreListedWithTheirFile() throws {
      let run = try SmallRun(backbone: "resnet18")
      let start = run.folder.path("start.safetensors")
      let written = try run.train(["--dry-run", "--save-initial", start])
      #expect(written.exitCode == 0)
      #expect(!run.exists("run"))
      try expectRefusal(
        run, setting: "model.backbone=resnet34", "model.weights=\(start)",
        naming: [start, "do not fit", "missing layer1.2.", "more"])
      let replacing = try run.train(["--save-initial", start], set: ["model.weights=\(start)"])
      #expect(replacing.exitCode == 1)
      #expect(replacing.sentence.contains("\(start) is read, and would be overwritten"))
    }

    @Test func evaluateRefusesWhatTrainDidNotWrite() throws {
      let run = try SmallRun()
      let file = try run.folder.write("no checkpoint", to: "net.safetensors")
      let outcome = try Command.run(["evaluate", file, "--data", run.folder.path("photographs")])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors == outcome.sentence + "\n")
      #expect(outcome.sentence.hasPrefix("Error: \(file)"))
    }

    @Test func aSafetensorsFileOfAnotherProgramIsRefused() throws {
      let run = try SmallRun()
      let header = "{}      "
      let file = run.folder.path("other.safetensors")
      try (Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8))
        .write(to: URL(fileURLWithPath: file))
      let outcome = try Command.run(["evaluate", file, "--data", run.folder.path("photographs")])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("\(file) was not written by a run"))
    }
  }
}
