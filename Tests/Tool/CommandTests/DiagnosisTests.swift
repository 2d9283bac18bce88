import Foundation
import Imaging
import Testing

extension CommandSuite {
  /// Of ResNet-18, whose 512 features are decomposed sooner than the 1280 of other small runs.
  @Suite struct DiagnosisTests {
    /// What the command prints with `--json`.
    struct Figures: Decodable {
      let references: [String]
      let references_are_synthetic: Bool
      let features: [Row]
      let gaps: [Gap]
    }

    struct Row: Decodable, Equatable {
      let network: String
      let stage: String
      let dataset: String
      let domain: String
      let images: Int
      let dimensions: Int
      let hse: [String: Double]
      let uniformity: Double
      let alignment: Double?
      let class_alignment: Double?
      let effective_rank: Double
      let mean_cosine: Double
    }

    struct Gap: Decodable, Equatable {
      let network: String
      let stage: String
      let reference: String
      let dataset: String
      let mmd_squared: Double
      let frechet_distance: Double
    }

    /// What `evaluate` says of the energy.
    struct Record: Decodable {
      let hse: [String: Double]
    }

    @Test func theEnergyOfTheLastStageIsThatOfEvaluate() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let figures = try diagnose(run, [checkpoint], sets: ["held-out", "photographs"])
      let evaluated = try Command.run(
        ["evaluate", run.folder.path(checkpoint), "--json", "--device", "cpu", "--threads", "1"]
          + ["held-out", "photographs"].flatMap { ["--data", run.folder.path($0)] })
      #expect(figures.features.map(\.hse) == (try evaluated.json(as: [Record].self)).map(\.hse))
      #expect(figures.features.map(\.domain) == ["synthetic", "real"])
      #expect(figures.features.allSatisfy { $0.stage == "layer4" && $0.dimensions == 512 })
      #expect(figures.references == [run.folder.path("held-out")])
      #expect(figures.references_are_synthetic)
      #expect(figures.gaps.map(\.dataset) == [run.folder.path("photographs")])
      #expect(figures.features.allSatisfy { $0.images == 4 && $0.class_alignment ?? 0 > 0 })
      // Two augmented views are not the same, but closer than unrelated images.
      #expect(figures.features.allSatisfy { (1e-9..<4).contains($0.alignment ?? 0) })
    }

    @Test func theTeacherIsTheNetworkThatTrainingBeganWith() throws {
      let run = try SmallRun(method: "{name: csg, queue: 16}", backbone: "resnet18")
      let first = run.folder.path("first.safetensors")
      #expect(
        try run.train(["--save-initial", first], set: ["optimizer.lr=0.05"]).exitCode == 0)
      let figures = try diagnose(
        run, [checkpoint, "first.safetensors"], sets: ["drawings", "photographs"],
        ["--teacher", "--stage", "layer3", "--stage", "layer4,layer3", "--names", "csg,start"])
      #expect(
        figures.features.map { "\($0.network) \($0.stage)" }
          == ["ImageNet", "csg", "start"].flatMap { name in
            ["layer3", "layer3", "layer4", "layer4"].map { "\(name) \($0)" }
          })
      func values(_ name: String) -> [[Double]] {
        figures.features.filter { $0.network == name }.map {
          [$0.hse["0"] ?? 0, $0.uniformity, $0.effective_rank, $0.mean_cosine]
        }
      }
      #expect(values("ImageNet") == values("start"))
      #expect(zip(values("ImageNet"), values("csg")).allSatisfy { $0 != $1 })
      #expect(
        figures.gaps.map(\.stage) == ["layer3", "layer4", "layer3", "layer4", "layer3", "layer4"])
      #expect(figures.gaps[0].mmd_squared == figures.gaps[4].mmd_squared)
      #expect(figures.gaps[1].frechet_distance != figures.gaps[3].frechet_distance)
    }

    @Test func setsOfOtherClassesAreJudgedAndTheFirstStandsInForSyntheticOnes() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train(set: ["data.augment=none"]).exitCode == 0)
      try run.folder.writePictures("others", classes: ["cat", "dog", "eel"], count: 2)
      let figures = try diagnose(
        run, [checkpoint], sets: ["photographs", "others"], ["--limit", "3"])
      #expect(!figures.references_are_synthetic)
      #expect(figures.references == [run.folder.path("photographs")])
      #expect(figures.features.map(\.images) == [3, 3])
      // Of three images, evenly spaced, two are of one class in the first set, none in the second.
      #expect(figures.features[0].class_alignment != nil)
      #expect(figures.features[1].class_alignment == nil)
      #expect(figures.features.allSatisfy { $0.alignment == nil })
    }

    @Test func theFiguresAreWrittenAsTextJSONAndCSV() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let arguments = arguments(run, [checkpoint], sets: ["held-out/", "photographs"])
      let text = try Command.run(arguments)
      #expect(text.exitCode == 0)
      func written(_ suffix: String) throws -> String {
        try String(
          contentsOfFile: run.folder.path("diagnosis/diagnosis.\(suffix)"), encoding: .utf8)
      }
      #expect(try written("txt") == text.output)
      #expect(text.output.contains("exp(−d²/m)"))
      #expect(text.output.contains("held-out, which is trained or selected on"))
      #expect(text.output.contains("\nrun      layer4  photographs"))
      let json = try Command.run(arguments + ["--json"])
      #expect(try written("json") == json.output)
      let figures = try json.json(as: Figures.self)
      let lines = try written("csv").split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(lines.count == 4)
      let energy = try #require(lines.first?.firstIndex(of: "hse_0"))
      let distance = try #require(lines.first?.firstIndex(of: "frechet_distance"))
      #expect(lines[2][energy] == figures.features[1].hse["0"].map { "\($0)" })
      #expect(lines[3][distance] == figures.gaps.first.map { "\($0.frechet_distance)" })
      #expect(lines.allSatisfy { $0.count == lines[0].count })
    }

    @Test func figuresAreDrawnForEveryStage() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let folder = run.folder.path("diagnosis")
      let arguments = arguments(
        run, [checkpoint], sets: ["held-out", "photographs"],
        ["--stage", "layer3,layer4", "--projection", "pca"])
      #expect(try Command.run(arguments + ["--figures", "both"]).exitCode == 0)
      for stage in ["layer3", "layer4"] {
        for name in ["hypersphere-\(stage)", "scatter-\(stage)"] {
          let picture = try Image.decodeRGB(path: run.folder.path("diagnosis/\(name).png"))
          #expect(picture.width > 400 && Set(picture.pixels).count > 10)
          let svg = try String(
            contentsOfFile: run.folder.path("diagnosis/\(name).svg"), encoding: .utf8)
          #expect(svg.contains("photographs") && svg.contains(stage))
        }
      }
      // Figures of another diagnosis would stand beside the new table in a report; other files are nobody's business.
      try run.folder.write("mine", to: "diagnosis/scatter-notes.svg")
      let again = arguments.map { $0 == "layer3,layer4" ? "layer4" : $0 }
      #expect(try Command.run(again + ["--figures", "none"]).exitCode == 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(left == ["diagnosis.csv", "diagnosis.json", "diagnosis.txt", "scatter-notes.svg"])
      #expect(try Command.run(arguments).exitCode == 0)

      let neighbours = try Command.run(
        arguments.map { $0 == "pca" ? "tsne" : $0 == folder ? "\(folder)-tsne" : $0 })
      #expect(neighbours.exitCode == 0)
      #expect(run.exists("diagnosis-tsne/scatter-layer3.svg"))
      #expect(!run.exists("diagnosis-tsne/scatter-layer3.png"))
      let files = try [folder, "\(folder)-tsne"].map {
        try String(contentsOfFile: "\($0)/scatter-layer4.svg", encoding: .utf8)
      }
      #expect(files[0].contains("The first two principal components"))
      #expect(files[1].contains("t-SNE (perplexity 2.33"))
    }

    /// Names that would run a program if gnuplot read them as commands; `cd` goes to the home folder, which is the test's own.
    @Test func namesAreDrawnAndNeverCarriedOut() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let names = [
        "x\u{600}' ; system(\"id >PWN\") #", "x\u{600}' ; system(\"cd; id >PWN\") #",
        "`cd; id >PWN`", "b\"; system('cd; id >PWN') #", "c\n! cd; id >PWN", "@macro",
        "d\u{200F}\u{202E}e",
      ]
      try run.folder.writePictures("others", classes: names, count: 1)
      try run.folder.makeFolder("home")
      let trace = run.folder.path("home/PWN")
      let network = "x\u{600}' ; system(\"id >\(trace)\") #"
      let outcome = try Command.run(
        arguments(
          run, [checkpoint], sets: ["held-out", "others"],
          ["--names", network, "--projection", "pca", "--figures", "both"]),
        environment: ["HOME": run.folder.path("home")])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(!run.exists("home/PWN"))
      let svg = try String(
        contentsOfFile: run.folder.path("diagnosis/scatter.svg"), encoding: .utf8)
      #expect(svg.contains("\u{600}' ; system(\"id >PWN\") #<"))
      #expect(svg.contains(">@macro<") && svg.contains(">de<"))
    }

    @Test func aFullFolderForTemporaryFilesIsNotBlamedOnGnuplot() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let outcome = try Command.run(
        arguments(
          run, [checkpoint], sets: ["held-out"], ["--projection", "pca", "--figures", "svg"]),
        environment: ["TMPDIR": "/proc/1/nowhere"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("/proc/1/nowhere"), "\(outcome.sentence)")
      #expect(outcome.sentence.contains("TMPDIR") && !outcome.sentence.contains("gnuplot"))
    }

    @Test func withoutGnuplotTheTableStands() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      let arguments = arguments(run, [checkpoint], sets: ["held-out"])
      let nowhere = ["PATH": run.folder.path("nothing")]
      let outcome = try Command.run(
        arguments.filter { $0 != "--figures" && $0 != "none" }, environment: nowhere)
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("no 'gnuplot' on the PATH"))
      #expect(outcome.output.contains("run      layer4  held-out"))
      #expect(run.exists("diagnosis/diagnosis.csv"))
      let plain = try Command.run(arguments, environment: nowhere)
      #expect(plain.exitCode == 0)
      #expect(plain.output == outcome.output)
    }

    @Test func mistakesAreNamed() throws {
      let run = try SmallRun(backbone: "resnet18")
      #expect(try run.train().exitCode == 0)
      try run.folder.writePictures("one", classes: ["apple"], count: 1)
      for (checkpoint, set, more, said) in [
        ("nothing.safetensors", "held-out", [], "nothing.safetensors"),
        (checkpoint, "nowhere", [], "no data at"),
        (checkpoint, "one", [], "one gives 1 image, but"),
        (checkpoint, "held-out", ["--teacher"], "model.weights=random"),
      ] {
        let outcome = try Command.run(arguments(run, [checkpoint], sets: [set], more))
        #expect(outcome.exitCode == 1)
        #expect(outcome.sentence.contains(said), "\(outcome.sentence)")
        #expect(!run.exists("diagnosis"))
      }
    }

    private let checkpoint = "run/checkpoints/best.safetensors"

    private func arguments(
      _ run: SmallRun, _ checkpoints: [String], sets: [String], _ more: [String] = []
    ) -> [String] {
      ["diagnose"] + checkpoints.map(run.folder.path)
        + sets.flatMap { ["--data", run.folder.url.path + "/" + $0] }
        + ["--output", run.folder.path("diagnosis"), "--device", "cpu", "--threads", "1"] + more
        + (more.contains("--projection") ? [] : ["--figures", "none"])
    }

    private func diagnose(
      _ run: SmallRun, _ checkpoints: [String], sets: [String], _ more: [String] = []
    ) throws -> Figures {
      let outcome = try Command.run(arguments(run, checkpoints, sets: sets, more + ["--json"]))
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      return try outcome.json(as: Figures.self)
    }
  }
}
