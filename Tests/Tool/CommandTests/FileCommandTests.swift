import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  /// The subcommands that read what a run has left: `convert`, `models`, `predict` of a classifier, and its events.
  @Suite struct FileCommandTests {
    @Test func weightsComeBackTheSameThroughBothFormats() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let (torch, back) = (run.folder.path("best.pth"), run.folder.path("back.safetensors"))
      #expect(try Command.run(["convert", checkpoint, torch]).exitCode == 0)
      #expect(try Command.run(["convert", torch, back]).exitCode == 0)
      let (first, second) = (try TensorFile.read(checkpoint), try TensorFile.read(back))
      #expect(first.names.sorted() == second.names.sorted())
      for entry in first.entries { #expect(second[entry.name] == entry.tensor, "\(entry.name)") }
    }

    /// What `load_state_dict` of torchvision's network takes, and the head beside it.
    @Test func theStudentAloneHasTorchvisionsNamesAndItsHead() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let student = run.folder.path("student.pth")
      #expect(try Command.run(["convert", checkpoint, student, "--student"]).exitCode == 0)
      let file = try TensorFile.read(student)
      #expect(file["conv1.weight"] == (try TensorFile.read(checkpoint))["encoder_q.conv1.weight"])
      #expect(file["layer4.1.bn2.running_var"] != nil)
      #expect(file["fc_new.2.bias"] == (try TensorFile.read(checkpoint))["encoder_q.fc_new.2.bias"])
      #expect(!file.names.contains { $0.hasPrefix("encoder_") || $0.hasPrefix("fc_csg") })
    }

    @Test func backbonesAreListedWithTheirSizes() throws {
      struct Backbone: Decodable {
        let name: String
        let parameters: Int
      }
      let outcome = try Command.run(["models", "--json"])
      #expect(outcome.exitCode == 0)
      let backbones = try JSONDecoder().decode([Backbone].self, from: Data(outcome.output.utf8))
      let sizes = Dictionary(uniqueKeysWithValues: backbones.map { ($0.name, $0.parameters) })
      // torchvision's and timm's own counts.
      #expect(sizes["resnet18"] == 11_689_512)
      #expect(sizes["resnet101"] == 44_549_160)
      #expect(sizes["efficientnet-lite0"] == 4_652_008)
    }

    @Test func aClassifierNamesTheLikeliestClassesInOrder() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let pictures =
        FileManager.default.enumerator(atPath: run.folder.path("photographs"))?
        .compactMap { $0 as? String }.filter { $0.hasSuffix(".png") }.sorted() ?? []
      let paths = pictures.map { run.folder.path("photographs/\($0)") }
      #expect(!paths.isEmpty)
      let outcome = try Command.run(
        ["predict", run.folder.path("run/checkpoints/best.safetensors")] + paths)
      #expect(outcome.exitCode == 0)
      let lines = outcome.output.split(separator: "\n").map(String.init)
      #expect(lines.count == paths.count)
      for (line, path) in zip(lines, paths) {
        #expect(line.hasPrefix("\(path): "))
        let scores = line.dropFirst(path.count + 2).split(separator: ",").compactMap {
          $0.split(separator: " ").last.flatMap { Double($0) }
        }
        #expect(!scores.isEmpty && scores == scores.sorted(by: >))
        #expect(scores.allSatisfy { (0...1).contains($0) })
      }
    }

    @Test func theEventsOfARunNameItsFigures() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: run.folder.path("run"))
      // Those of the run, and those of its pictures.
      let files = names.filter { $0.hasPrefix("events.out.tfevents.") }
      #expect(files.count == 2)
      let bytes = try files.reduce(into: Data()) { bytes, name in
        bytes += try Data(contentsOf: URL(fileURLWithPath: run.folder.path("run/\(name)")))
      }
      for tag in [
        "recipe", "loss/total", "loss/task", "lr", "images_per_second", "gradient_norm",
        "training_accuracy", "memory_gb", "_hparams_/session_start_info", "_hparams_/experiment",
        "_hparams_/session_end_info",
      ] {
        #expect(bytes.range(of: Data(tag.utf8)) != nil, "no \(tag)")
      }
      let photographs = run.folder.path("photographs")
      for figure in ["mean_class_accuracy", "accuracy", "hse_0", "confusion", "pictures/01"] {
        #expect(bytes.range(of: Data("\(photographs)/\(figure)".utf8)) != nil, "no \(figure)")
      }
    }

    @Test func progressIsPlainLinesWhereThereIsNoTerminal() throws {
      let run = try SmallRun()
      let outcome = try run.train()
      let lines = outcome.errors.split(separator: "\n")
      #expect(lines.first?.contains("vanilla, seed 0: 2 iterations of 4 images on cpu") == true)
      #expect(lines.contains { $0.hasPrefix("2/2  loss ") && $0.contains("images/s") })
      #expect(lines.contains { $0.contains("photographs (real): class mean ") })
      #expect(!outcome.errors.contains("\r") && !outcome.errors.contains("\u{1B}"))
    }
  }
}
