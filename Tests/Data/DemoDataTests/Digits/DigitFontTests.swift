import CheckoutSupport
import DemoData
import Foundation
import Imaging
import Lettering
import Testing

@Suite struct DigitFontTests {
  private let all = DigitFont.training + DigitFont.heldOut

  @Test func partsShareNoFont() {
    #expect(DigitFont.training.count >= 20)
    #expect(Set(all.map(\.family)).count == all.count)
    let files = all.flatMap(\.files)
    #expect(Set(files).count == files.count)
  }

  @Test func everyFaceHasTenDigitsUnlikeOneAnotherAndUnlikeOtherFaces() throws {
    var sheets = Set<[UInt8]>()
    for path in all.flatMap(\.files) {
      let font = try Font(path: path, size: 128)
      let digits = try "0123456789".unicodeScalars.map { digit in
        try font.coverage(
          of: digit, shape: GlyphShape(.centered(x: 16, y: 16, extent: 28)), width: 32, height: 32
        ).pixels
      }
      #expect(Set(digits).count == 10, "\(path)")
      #expect(digits.allSatisfy { $0.count { $0 > 127 } > 30 }, "\(path)")
      #expect(sheets.insert(digits.flatMap { $0 }).inserted, "\(path)")
    }
  }

  @Test func setUpInstallsThePackages() throws {
    let script = Checkout.root.appendingPathComponent("Scripts/setup.sh")
    let words = try String(contentsOf: script, encoding: .utf8).split { " \n".contains($0) }
    for font in all { #expect(words.contains(Substring(font.package)), "\(font.package)") }
  }
}
