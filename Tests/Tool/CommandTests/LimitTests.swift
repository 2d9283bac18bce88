import Foundation
import Testing

extension CommandSuite {
  @Suite struct LimitTests {
    @Test(arguments: ["0", "-1", "1000"]) func threadsAreBounded(_ count: String) throws {
      let run = try SmallRun()
      let outcome = try Command.run(
        ["train", run.recipe, "--output", run.folder.path("run"), "--threads", count])
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains("--threads must be from 1 to "))
      #expect(outcome.errors.contains("not \(count)."))
      #expect(!run.exists("run"))
    }

    /// As under `taskset`, in a container with a cpuset, or as a job of a cluster.
    @Test func onlyTheProcessorsOfTheProcessCount() throws {
      let run = try SmallRun()
      let script =
        #"exec taskset -c "$(taskset -cp $$ | sed -E 's/.*: ([0-9]+).*/\1/')" "$0" "$@""#
      let outcome = try Command.start(
        ["compare", run.recipe, "--output", run.folder.path("runs"), "--jobs", "2"], script: script
      ).outcome()
      #expect(outcome.exitCode == 64)
      #expect(
        outcome.errors.contains("--jobs must be from 1 to 1, one for each"), "\(outcome.errors)")
    }

    @Test(arguments: ["many", "0", "999999999999"])
    func aLimitThatIsNoneIsAUsageError(_ value: String) throws {
      let run = try SmallRun()
      for arguments in [run.training(), ["datasets", "check", run.folder.path("drawings")]] {
        let outcome = try Command.run(
          arguments, environment: ["SYN2REAL_MAXIMUM_PIXELS": value])
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains("SYN2REAL_MAXIMUM_PIXELS must be a whole number from 1"))
      }
    }

    @Test func largeImagesAreRefusedUnlessAllowed() throws {
      let run = try SmallRun()
      let check = ["datasets", "check", run.folder.path("drawings")]
      let allowed = try Command.run(check, environment: ["SYN2REAL_MAXIMUM_PIXELS": "1936"])
      #expect(allowed.exitCode == 0)
      let outcome = try Command.run(check, environment: ["SYN2REAL_MAXIMUM_PIXELS": "1900"])
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.output.contains(
          "\(run.folder.path("drawings/apple/3.png")): 44 × 44 pixels are more than the 1900 allowed"
        ))
      #expect(outcome.output.contains("2 unreadable, 0 damaged but readable"))
    }

    /// No reader waits for a writer that never comes.
    @Test(arguments: ["drawings/apple/pipe.png", "pipe.yaml", "pipe.safetensors", "image_list.txt"])
    func aPipeIsRefusedAtOnce(_ name: String) throws {
      let run = try SmallRun()
      let path = run.folder.path(name)
      #expect(mkfifo(path, 0o600) == 0)
      let arguments =
        switch name {
        case "pipe.yaml": ["train", path, "--output", run.folder.path("run")]
        case "pipe.safetensors": ["evaluate", path, "--data", run.folder.path("photographs")]
        case "image_list.txt": ["datasets", "check", run.folder.path("")]
        default: run.training(into: "run", ["--set", "train.iterations=6"])
        }
      let outcome = try Command.run(arguments)
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains(name))
      #expect(outcome.sentence.contains("regular file"))
    }
  }
}
