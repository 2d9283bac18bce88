import CheckoutSupport
import Foundation
import Imaging
import Testing

extension CommandSuite {
  @Suite struct DigitsTests {
    private static let handwriting = Checkout.path(".deps/digits")

    @Test func theSetIsMadeOnceAndChecked() throws {
      let folder = try ScratchFolder(isLarge: true)
      let path = folder.path("digits")
      let arguments = ["datasets", "make", "digits", "--output", path, "--size", "16"]
      let environment = ["SYN2REAL_DIGITS": Self.handwriting]
      let made = try Command.run(arguments, environment: environment)
      #expect(made.exitCode == 0, "\(made.errors)")
      #expect(made.output.contains("6000 printed digits to train on, 1000 held out in other fonts"))
      #expect(made.output.contains("5000 in mnist, 1797 in scans"))
      #expect(
        try Command.run(arguments, environment: environment).output == made.output.dropLast()
          + ", as it was\n")
      for (part, count, side) in [
        ("printed/train", 600, 16), ("printed/held-out", 100, 16), ("mnist", 500, 28),
        ("scans", 182, 8),
      ] {
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(part)/1")
        #expect(files.count == count, "\(part)")
        #expect(try Image.decodeRGB(path: "\(path)/\(part)/1/00001.png").width == side)
      }
      let readme = try String(contentsOfFile: "\(path)/README.md", encoding: .utf8)
      #expect(readme.contains("Made by `syn2real datasets make digits`, seed 0: "))
      #expect(readme.contains("lie beside the tables, which `make setup` fetches. Nothing of"))
      let checked = try Command.run(["datasets", "check", "\(path)/scans"])
      #expect(checked.exitCode == 0 && checked.output.contains("1797"))
    }

    @Test func handwritingThatIsNotThereIsNamed() throws {
      let outcome = try Command.run(
        ["datasets", "make", "digits"], environment: ["SYN2REAL_DIGITS": "/nowhere"])
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.sentence
          == "Error: /nowhere/mnist_5k.csv.gz: there is no such file; name its folder in SYN2REAL_DIGITS, or fetch it "
          + "with 'make setup'")
    }

    @Test func aSizeOutOfRangeIsAMisuse() throws {
      let outcome = try Command.run(["datasets", "make", "digits", "--size", "15"])
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains("--size takes 16 to 256 for digits, not 15"))
    }
  }
}
