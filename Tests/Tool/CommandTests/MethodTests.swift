import Foundation
import Testing

extension CommandSuite {
  @Suite struct MethodTests {
    /// Every method of the comparison, stopped and resumed, ends like a run that went on.
    @Test(arguments: [
      "{name: oracle}", "{name: weight-distance, fisher: diagonal, fisher_images: 4}",
      "{name: synaptic-intelligence, interval: 2}", "{name: feature-distance}", "{name: asg}",
      "{name: domain-randomization, styles: 2}", "{name: gcisg, queue: 32}",
      "{name: isw, start_epochs: 0.5, trials: 5}",
      "{name: shade, prototypes: 4, pool: 8, refresh_epochs: 1}",
    ])
    func aMethodGoesOnToTheSameFigures(method: String) throws {
      let run = try SmallRun(method: method, iterations: 8, every: 4)
      let styles = ["data.styles={folder: \(run.folder.path("photographs")), transfer: color}"]
      try expectToGoOn(run, styles)
    }

    /// What is drawn at random about styles, stopped and resumed, is drawn as in a run that went on.
    @Test func randomStylesGoOnToTheSameFigures() throws {
      let run = try SmallRun(method: "{name: csg, queue: 32}", iterations: 8, every: 4)
      let values = [
        "train.mix_styles=mixstyle", "train.mix_styles_probability=0.5", "data.spectrum=pasta",
      ]
      try expectToGoOn(run, values)
      for left in values.indices where left != 1 {
        var fewer = values
        fewer.remove(at: left)
        if left == 0 { fewer.removeFirst() }
        #expect(try run.train(into: "without-\(left)", set: fewer).exitCode == 0)
        #expect(try run.metrics(of: "without-\(left)") != run.metrics(of: "whole"))
      }
    }

    /// Methods for several domains, stopped and resumed.
    @Test(arguments: ["coral", "irm"])
    func methodsOfDomainsGoOnToTheSameFigures(name: String) throws {
      let run = try SmallRun(method: "{name: \(name)}", iterations: 8, every: 4)
      let refused = try run.train(into: "one")
      #expect(refused.exitCode == 1)
      #expect(refused.sentence.contains("a data set for each domain in data.train"))
      try run.folder.writePictures("sketches")
      let sets = ["drawings", "sketches"].map { run.folder.path($0) }.joined(separator: ", ")
      let values = ["data.train=[\(sets)]", "data.balance=domains"]
      try expectToGoOn(run, values)
      #expect(try run.metrics().first?.contains("loss_\(name)") == true)
    }

    /// What a method cannot do is said before the first step, or in it.
    @Test(arguments: [
      ("{name: isw, start_epochs: 1, trials: 2}", "", "begins after 4 steps, and the run has 3"),
      ("{name: isw, start_epochs: 0, trials: 1}", "data.augment=none", "leave data.augment"),
      ("{name: shade}", "train.accumulate=2", "train.accumulate is given"),
      (
        "{name: vanilla}", "train.accumulate=2 train.mix_styles=mixstyle",
        "train.mix_styles lends the styles of a whole batch"
      ),
      ("{name: shade}", "model.backbone=deit-tiny-16", "hands over none there"),
    ])
    func whatAMethodCannotDoIsSaid(method: String, value: String, sentence: String) throws {
      let run = try SmallRun(method: method, iterations: 3)
      let outcome = try run.train(set: value.split(separator: " ").map(String.init))
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains(sentence), "\(outcome.sentence)")
    }

    @Test func theOracleTrainsItsHeadAlone() throws {
      let run = try SmallRun(method: "{name: oracle}", iterations: 3, every: 3)
      let outcome = try run.train(["--save-initial", run.folder.path("first.safetensors")])
      #expect(outcome.exitCode == 0)
      let first = try Dictionary(
        uniqueKeysWithValues: run.state(at: "first.safetensors").map { ($0.name, $0.tensor) })
      let last = try run.lastState(of: "run")
      let changed = last.filter { first[$0.name] != nil && first[$0.name] != $0.tensor }.map(\.name)
      #expect(
        changed.sorted() == [
          "encoder_q.fc_new.0.bias", "encoder_q.fc_new.0.weight", "encoder_q.fc_new.2.bias",
          "encoder_q.fc_new.2.weight",
        ])
    }

    @Test func stylesAreAskedForByName() throws {
      let run = try SmallRun(method: "{name: domain-randomization}")
      let outcome = try run.train()
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("data.styles.folder"))
      let empty = try run.train(
        into: "other", set: ["data.styles={folder: \(run.folder.path("nothing"))}"])
      #expect(empty.exitCode == 1)
      #expect(empty.sentence.contains("pictures to take styles from"))
    }

    /// A folder of stylised images can replace the pictures to take styles from.
    @Test func stylisedImagesAreTrainedOn() throws {
      let run = try SmallRun(method: "{name: domain-randomization, styles: 2}", iterations: 3)
      for style in ["first", "second"] { try run.folder.writePictures("made/\(style)") }
      let made = "data.styles={stylised: \(run.folder.path("made"))}"
      #expect(try run.train(set: [made]).exitCode == 0)
      let lending = "data.styles={folder: \(run.folder.path("photographs"))}"
      #expect(try run.train(into: "lending", set: [lending]).exitCode == 0)
      #expect(try run.metrics() != run.metrics(of: "lending"))
      let missing = try run.train(
        into: "missing", set: ["data.styles={stylised: \(run.folder.path("drawings"))}"])
      #expect(missing.exitCode == 1)
      #expect(missing.sentence.contains("has no stylised version"))
      let both = try run.train(
        into: "both", set: ["data.styles={stylised: a, folder: b}"])
      #expect(both.sentence.contains("are both given"))
    }

    /// A run into `run`, stopped within an epoch and resumed, ends like one into `whole` that went on.
    private func expectToGoOn(_ run: SmallRun, _ values: [String]) throws {
      #expect(try run.train(into: "whole", set: values).exitCode == 0)
      #expect(try run.train(["--until", "5"], set: values).exitCode == 0)
      #expect(try run.metrics().count == 5)
      #expect(try run.train(["--resume", "auto"], set: values).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      let isSame = try run.lastState(of: "run") == run.lastState(of: "whole")
      #expect(isSame)
    }
  }
}
