import Foundation
import Testing

extension CommandSuite {
  /// What recipes can switch on, in real runs.
  @Suite struct TrainingOptionsTests {
    private static let options = [
      "data.balance=classes", "train.class_weights=balanced", "train.average=ema",
      "train.average_decay=0.5", "optimizer.clip_norm=1", "evaluate.patience=50",
    ]

    @Test func aRunWithEveryOptionGoesOnBitForBit() throws {
      let run = try SmallRun(iterations: 12, every: 3)
      #expect(try run.train(into: "whole", set: Self.options).exitCode == 0)
      let running = try Command.start(
        run.training(into: "run", Self.options.flatMap { ["--set", $0] }))
      running.wait { run.lineCount("run/metrics.jsonl") >= 4 }
      running.process.interrupt()
      #expect(try running.outcome().exitCode == 130)
      #expect(try run.train(["--resume", "auto"], set: Self.options).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      for name in ["last", "best", "average"] {
        let path = "checkpoints/\(name).safetensors"
        let isSame = try run.state(at: "run/\(path)") == run.state(at: "whole/\(path)")
        #expect(isSame, "\(name)")
      }
      #expect(
        try run.metrics().allSatisfy {
          $0.contains("\"gradient_norm\":") && $0.contains("\"training_accuracy\":")
        })
    }

    /// A transformer whose added weights alone are trained: the run goes on bit for bit, and its average too.
    @Test(arguments: ["soma", "rein"])
    func adaptedTransformersGoOnBitForBit(way: String) throws {
      let run = try SmallRun(method: "{name: feature-distance}", iterations: 6, every: 3)
      let options = [
        "model.backbone=vit-tiny-16-augreg", "model.adapt=\(way)", "optimizer.name=adamw",
        "optimizer.weight_decay_end=0.001", "train.average=ema", "train.average_decay=0.5",
      ]
      #expect(try run.train(into: "whole", set: options).exitCode == 0)
      let running = try Command.start(run.training(into: "run", options.flatMap { ["--set", $0] }))
      running.wait { run.lineCount("run/metrics.jsonl") >= 2 }
      running.process.interrupt()
      let stopped = try running.outcome()
      // A fast machine may have finished before.
      #expect([0, 130].contains(stopped.exitCode))
      let resumed = try run.train(["--resume", "auto"], set: options)
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try run.metrics() == run.metrics(of: "whole"))
      for name in ["last", "average"] {
        let path = "checkpoints/\(name).safetensors"
        let isSame = try run.state(at: "run/\(path)") == run.state(at: "whole/\(path)")
        #expect(isSame, "\(name)")
      }
      let added = way == "soma" ? ".lora.a" : "encoder_q.rein.tokens.0.a"
      #expect(try run.lastState(of: "run").contains { $0.name.hasSuffix(added) })
      // What starts from it has what was learnt in its weights, or beside them.
      let next = try run.train(
        into: "next",
        set: [
          options[0], "model.adapt=head",
          "model.weights=\(run.folder.path("run/checkpoints/last.safetensors"))",
        ])
      #expect(next.exitCode == 0, "\(next.errors)")
    }

    @Test func averagedWeightsAreUsedAsAnyCheckpoint() throws {
      let run = try SmallRun(iterations: 6, every: 3)
      let outcome = try run.train(
        ["--json"], set: ["train.average=swa", "train.average_start=0.5"])
      #expect(outcome.exitCode == 0)
      #expect(outcome.errors.contains("averaged weights): class mean"))
      let results = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
      let average = try #require(results.first?["average"] as? [String: Any])
      #expect(average["name"] as? String == "swa")
      #expect(average["iteration"] as? Int == 6)
      let own = try #require((average["evaluations"] as? [[String: Any]])?.last)

      let path = run.folder.path("run/checkpoints/average.safetensors")
      let evaluated = try Command.run([
        "evaluate", path, "--data", run.folder.path("photographs"), "--device", "cpu", "--threads",
        "1", "--json",
      ])
      #expect(evaluated.exitCode == 0)
      let judged = try #require(
        try JSONSerialization.jsonObject(with: Data(evaluated.output.utf8)) as? [[String: Any]])
      #expect(judged.first?["confusion"] as? [[Int]] == own["confusion"] as? [[Int]])
      #expect(judged.first?["hse"] as? [String: Double] == own["hse"] as? [String: Double])

      let report = try String(contentsOfFile: run.folder.path("run/report.html"), encoding: .utf8)
      #expect(report.contains("photographs, averaged weights"))
      let refused = try run.train(["--resume", path], into: "other")
      #expect(refused.exitCode == 1)
    }

    @Test func aRunThatCannotLearnSaysSo() throws {
      // A learning rate of 0 leaves the network at chance.
      let run = try SmallRun(iterations: 2, every: 2)
      let outcome = try run.train(["--json"], set: ["optimizer.lr=0"])
      #expect(outcome.exitCode == 0)
      #expect(outcome.errors.contains("warning: at the end the network is no better than chance"))
      #expect(outcome.output.contains("accuracy_at_chance"))
      let report = try String(contentsOfFile: run.folder.path("run/report.html"), encoding: .utf8)
      #expect(report.contains("no better than chance"))
    }

    @Test func mistakesAreNamed() throws {
      let run = try SmallRun()
      for (value, said) in [
        ("train.class_weights={cat: 2}", "'cat'"), ("train.class_weights=[1, 2, 3]", "expected 2"),
        ("train.class_weights=heavy", "'balanced'"), ("train.class_weights=[0, 0]", "above 0"),
        ("data.balance=class", "did you mean 'classes'"),
      ] {
        let outcome = try run.train(set: [value])
        #expect(outcome.exitCode == 1)
        #expect(outcome.sentence.contains(said), "\(value): \(outcome.sentence)")
      }
      let outcome = try run.train(set: ["data.held_out=null", "evaluate.patience=2"])
      #expect(outcome.sentence.contains("evaluate.patience"))
    }
  }
}
