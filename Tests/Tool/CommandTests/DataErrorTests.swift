import Foundation
import Testing

extension CommandSuite {
  @Suite struct DataErrorTests {
    @Test func aTextFileNamedLikeAPictureIsNamed() throws {
      let run = try SmallRun()
      let file = try run.folder.write("no picture", to: "drawings/apple/9.png")
      let outcome = try run.train(set: ["train.iterations=4"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.hasPrefix("Error: \(file): not a JPEG, PNG or WebP image"))
      #expect(run.exists("run/recipe.yaml"))
    }

    @Test func unreadablePicturesCanBeSkippedAndAreCounted() throws {
      let run = try SmallRun()
      try run.folder.write("no picture", to: "photographs/apple/9.png")
      let drawing = try run.folder.write("no picture", to: "drawings/apple/9.png")
      let outcome = try run.train(
        ["--json"], set: ["data.on_error=skip", "train.iterations=6"])
      #expect(outcome.exitCode == 0)
      #expect(outcome.errors.contains("left out \(drawing): not a JPEG, PNG or WebP image"))
      let results = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
      let sets = try #require(results.first?["evaluations"] as? [[String: Any]])
      #expect(sets.compactMap { $0["skipped"] as? Int } == [0, 1])
      let left = try #require(results.first?["skipped"] as? Int)
      #expect(left > 0)
    }

    @Test func aTruncatedPictureIsNamed() throws {
      let run = try SmallRun()
      let file = run.folder.path("photographs/boat/1.png")
      let whole = try Data(contentsOf: URL(fileURLWithPath: file))
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: file))
      let outcome = try run.train()
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("\(file): truncated or corrupt PNG image"))
      #expect(outcome.sentence.hasSuffix("leave such images out with --set data.on_error=skip"))
    }

    @Test func picturesOfNoClassAreSaidInTrainingAndEvaluation() throws {
      let run = try SmallRun()
      let file = run.folder.path("drawings/apple/0.png")
      try run.folder.makeFolder("photographs/apple/more")
      for place in ["drawings/top.png", "photographs/apple/more/1.png"] {
        try FileManager.default.copyItem(atPath: file, toPath: run.folder.path(place))
      }
      let said = [
        "drawings: left out the picture top.png",
        "photographs: left out the picture apple/more/1.png",
      ]
      let trained = try run.train()
      #expect(trained.exitCode == 0)
      #expect(said.allSatisfy(trained.errors.contains), "\(trained.errors)")
      let evaluated = try Command.run(
        ["evaluate", run.folder.path("run/checkpoints/best.safetensors"), "--device", "cpu"]
          + ["--data", run.folder.path("photographs")])
      #expect(evaluated.exitCode == 0)
      #expect(evaluated.errors.contains(said[1]) && !evaluated.errors.contains(said[0]))
      let checked = try Command.run(["datasets", "check", run.folder.path("photographs")])
      #expect(checked.exitCode == 0 && checked.output.contains(said[1]))
    }

    @Test func aGapOfLabelsIsRefused() throws {
      let run = try SmallRun()
      let list = try run.folder.write(
        "apple/0.png 0\nboat/0.png 70000\n", to: "drawings/some.txt")
      try expectRefusal(
        run, setting: "data.train=\(list)", naming: [list, "the label 1", "0 to 70000"])
    }

    @Test func anEmptyClassFolderIsNamed() throws {
      let run = try SmallRun()
      try run.folder.makeFolder("drawings/cat")
      try expectRefusal(run, naming: [run.folder.path("drawings/cat"), ".png", "'cat'"])
    }

    @Test func aShareOfSinglePicturesIsRefused() throws {
      let run = try SmallRun()
      let single = try run.folder.writePictures("single", count: 1)
      let values = ["data.held_out=null", "data.held_out_fraction=0.2", "train.batch_size=2"]
      let refused = try run.train(["--dry-run"], set: values + ["data.train=\(single)"])
      #expect(refused.exitCode == 1)
      #expect(
        refused.sentence
          == "Error: data.held_out_fraction 0.2 sets no image of \(single) aside: no class has two; "
          + "add images or remove it")
      // Beside a set that has enough of them it is trained on alone.
      let both = "data.train=[\(run.folder.path("drawings")), \(single)]"
      let outcome = try run.train(set: values + [both])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(run.lineCount("run/evaluations.jsonl") == 2)
    }

    @Test func anEmptyFolderIsNamed() throws {
      let run = try SmallRun()
      try run.folder.makeFolder("nothing")
      let path = run.folder.path("nothing")
      try expectRefusal(
        run, setting: "data.train=\(path)", naming: [path, "one folder of images per class"])
    }

    @Test func dataThatIsNotThereIsNamed() throws {
      try expectRefusal(
        SmallRun(), setting: "data.train=/nowhere/drawings",
        naming: ["/nowhere/drawings", "image_list.txt"])
    }

    /// Held-out data need the same classes; real data need one of them at least.
    @Test(arguments: [("data.held_out=", "apple"), ("data.real=", "ant")])
    func dataOfOtherClassesIsRefused(_ key: String, _ first: String) throws {
      let run = try SmallRun()
      let path = try run.folder.writePictures("others", classes: [first, "cat"], count: 1)
      let value = key == "data.real=" ? "[\(path)]" : path
      try expectRefusal(
        run, setting: key + value, naming: [path, "expected apple, boat", "found \(first), cat"])
    }

    @Test func aBatchLargerThanTheDataIsRefused() throws {
      try expectRefusal(
        SmallRun(), setting: "train.batch_size=64", naming: ["8 images", "64", "train.batch_size"])
    }
  }
}
