import CheckoutSupport
import Foundation
import Imaging
import Testing

extension CommandSuite {
  /// The way from somebody's folders to figures.
  @Suite struct OwnDataTests {
    /// A run on the folders of a small run, from a recipe that init wrote.
    private func initialize(_ run: SmallRun, _ more: [String] = []) throws -> Command.Outcome {
      try Command.run(
        ["init", "--train", run.folder.path("drawings"), "--output", run.folder.path("mine.yaml")]
          + more)
    }

    @Test func aProposedRecipeTrainsAtOnce() throws {
      let run = try SmallRun()
      let outcome = try initialize(run, ["--real", run.folder.path("photographs")])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("data.real"))
      let again = try initialize(run)
      #expect(again.exitCode == 64)
      #expect(again.sentence.contains("mine.yaml") || again.errors.contains("there already"))
      let small = [
        "--set", "model={backbone: resnet18, weights: random}", "--set", "train.epochs=1",
        "--device", "cpu", "--threads", "1",
      ]
      let trained = try Command.run(
        ["train", run.folder.path("mine.yaml"), "--output", run.folder.path("run")] + small)
      #expect(trained.exitCode == 0, "\(trained.errors)")
      #expect(run.exists("run/checkpoints/best.safetensors"))
    }

    @Test func aDryRunSaysWhatARunWillTake() throws {
      let run = try SmallRun(method: "{name: csg, queue: 16}", iterations: 7, every: 3)
      let outcome = try run.train(["--dry-run"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      for said in [
        "trained on: \(run.folder.path("drawings")), 8 images", "apple 4, boat 4",
        "judged on, synthetic", "judged on, real", "7 steps of 4 images: 3.5 epochs of 2 steps",
        "3 evaluations of 8 images each", "efficientnet-lite0", "s a step", "memory:",
        "iterations: 7",
      ] {
        #expect(outcome.output.contains(said), "\(said) is not in \(outcome.output)")
      }
      #expect(!run.exists("run"))
    }

    @Test func setsWithOtherClassesAreJudgedOnWhatIsShared() throws {
      let run = try SmallRun()
      try run.folder.writePictures("others", classes: ["apple", "ship", "zebra"], count: 2)
      let others = run.folder.path("others")
      let trained = try run.train(set: ["data.real=[\(others)]", "data.classes={ship: boat}"])
      #expect(trained.exitCode == 0, "\(trained.errors)")
      #expect(
        trained.output.contains(
          "\(others): judged on 2 of 2 classes: left out are its classes zebra, 2 images"))
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      // The recipe's names are known to the checkpoint; others are given beside it.
      let known = try Command.run(["evaluate", checkpoint, "--data", others])
      #expect(known.output.contains("4 images"))
      let mapped = try Command.run(
        ["evaluate", checkpoint, "--data", others, "--map", "ship=,zebra=boat", "--json"])
      #expect(mapped.exitCode == 0)
      #expect(mapped.output.contains("left out are its classes ship, 2 images"))
      let wrong = try Command.run(
        ["evaluate", checkpoint, "--data", others, "--map", "ship=bat"])
      #expect(wrong.exitCode == 1)
      #expect(wrong.sentence.contains("'bat', which is not a class"))
    }

    @Test func picturesWithoutLabelsAreDiagnosedButNotJudged() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      try run.folder.makeFolder("flat")
      for index in 0..<3 {
        try Image(width: 40, height: 36, color: [UInt8(60 * index), 9, 100])
          .writePNG(to: run.folder.path("flat/\(index).png"))
      }
      let checkpoint = run.folder.path("run/checkpoints/best.safetensors")
      let flat = run.folder.path("flat")
      let evaluated = try Command.run(["evaluate", checkpoint, "--data", flat])
      #expect(evaluated.exitCode == 1)
      #expect(evaluated.sentence.contains("nobody says what is on them"))
      #expect(evaluated.sentence.contains("diagnose and predict"))
      let diagnosed = try Command.run([
        "diagnose", checkpoint, "--data", run.folder.path("drawings"), "--data", flat, "--figures",
        "none", "--output", run.folder.path("diagnosis"),
      ])
      #expect(diagnosed.exitCode == 0, "\(diagnosed.errors)")
      #expect(diagnosed.output.contains("flat"))
    }

    /// What a checkpoint was trained on decides how pictures are read for it.
    @Test(arguments: [true, false])
    func picturesArePredictedAsTheyWereTrainedOn(isUpright: Bool) throws {
      let run = try SmallRun()
      #expect(try run.train(set: ["data.exif_orientation=\(isUpright)"]).exitCode == 0)
      let turned = Checkout.root
        .appendingPathComponent("Tests/Pictures/ImagingTests/Fixtures/orientations/6.png").path
      let same = run.folder.path("same.png")
      try Image.decodeRGB(path: turned, isUpright: isUpright).writePNG(to: same)
      let outcome = try Command.run([
        "predict", run.folder.path("run/checkpoints/best.safetensors"), turned, same,
      ])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let scores = outcome.output.split(separator: "\n").map {
        $0.replacing(turned, with: "").replacing(same, with: "")
      }
      #expect(scores.count == 2 && scores[0] == scores[1], "\(scores)")
    }

    /// A recipe laid over another whose data have sets of their own.
    @Test func otherTrainingDataDoNotInheritTheSetsOfTheBase() throws {
      let run = try SmallRun()
      let base = try run.folder.write(
        String(contentsOfFile: run.recipe, encoding: .utf8)
          .replacing("real: [", with: "unseen: [/nowhere, "), to: "base.yaml")
      let mine = try run.folder.write(
        """
        base: \((base as NSString).lastPathComponent)
        data:
          train: \(run.folder.path("drawings"))/../drawings
          real: [\(run.folder.path("photographs"))]
        """, to: "mine.yaml")
      let outcome = try Command.run([
        "train", mine, "--output", run.folder.path("run"), "--device", "cpu", "--threads", "1",
      ])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
  }
}
