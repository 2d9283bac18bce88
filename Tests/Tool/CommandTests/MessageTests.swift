import Foundation
import Testing

extension CommandSuite {
  /// Every message names its file or key, and what to do.
  @Suite struct MessageTests {
    @Test(arguments: [
      (#"{"method": 3}"#, "a wrong value of 'method'"), (#"{"meth"#, "no valid JSON"),
      ("{}", "no '"),
    ])
    func damagedResultsAreNamed(_ text: String, _ found: String) throws {
      let run = try SmallRun()
      let arguments = [
        "compare", run.recipe, "--seeds", "0", "--output", run.folder.path("all"), "--device",
        "cpu",
        "--threads", "1",
      ]
      #expect(try Command.run(arguments).exitCode == 0)
      let file = try run.folder.write(text, to: "all/small-seed0/results.json")
      let outcome = try Command.run(arguments)
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.sentence.hasPrefix(
          "Error: \(file): expected the figures of a finished run, found \(found)"),
        "\(outcome.sentence)")
      #expect(outcome.sentence.contains("; "))
    }

    @Test func aCheckpointOfAnotherNetworkIsNamedWithItsKeys() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let text = try String(contentsOfFile: run.recipe, encoding: .utf8)
      let other = try run.folder.write(
        text.replacing("resnet18", with: "resnet50"), to: "other.yaml")
      for arguments in [
        ["evaluate", checkpoint, "--recipe", other, "--data", run.folder.path("photographs")]
      ] {
        let outcome = try Command.run(arguments + ["--device", "cpu", "--threads", "1"])
        #expect(outcome.exitCode == 1)
        let sentence = outcome.sentence
        #expect(sentence.hasPrefix("Error: \(checkpoint): the weights do not fit the network: "))
        #expect(sentence.contains("layer1.0.conv3.weight"), "\(sentence)")
        #expect(sentence.contains("; name a checkpoint of the network"))
      }
    }

    @Test(arguments: [
      (["optimizer.weight_decay=1e300"], "optimizer.weight_decay"),
      (["optimizer.lr=1e300"], "optimizer.lr"),
      (["method={name: domain-randomization, pyramid: []}"], "method.pyramid"),
    ])
    func aSettingBeyondSenseIsNamed(_ settings: [String], _ key: String) throws {
      let run = try SmallRun()
      let styles = "data.styles={folder: \(run.folder.path("photographs"))}"
      let outcome = try run.train(set: settings + [styles])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains(key), "\(outcome.sentence)")
      #expect(outcome.sentence.count < 300)
    }

    @Test func aReportTakesThePlaceOfNothingElse() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let folder = run.folder.path("run")
      let results = run.folder.path("run/results.json")
      let before = FileManager.default.contents(atPath: results)
      let outcome = try Command.run(["report", folder, "--output", results])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("results.json is there already, and no report"))
      #expect(FileManager.default.contents(atPath: results) == before)
      let report = ["report", folder, "--output", run.folder.path("run/report.html")]
      #expect(try Command.run(report).exitCode == 0)
    }

    @Test func aFileIsNotConvertedOntoItself() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let before = FileManager.default.contents(atPath: checkpoint)
      let other = run.folder.path("run") + "/../run/checkpoints/best.safetensors"
      let outcome = try Command.run(["convert", checkpoint, other, "--student"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("best.safetensors is read, and would be overwritten"))
      #expect(FileManager.default.contents(atPath: checkpoint) == before)
    }

    /// A name adds no line and no terminal command to a message.
    @Test func aMessageIsOneLine() throws {
      let outcome = try Command.run(["datasets", "check", "no\n\u{1B}[31mError: where"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(outcome.errors.contains("no [31mError: where") && !outcome.errors.contains("\u{1B}"))
    }
  }
}
