import ClassTables
import DemoData
import Foundation
import Imaging
import Testing

@Suite struct DomainsTests {
  @Test func everyDrawingIsInOneDomain() throws {
    let packages = try MadeUpPackages()
    func make() throws -> String {
      try Domains.make(
        at: packages.output, ClassTable(parsing: MadeUpPackages.table, source: "table.yaml"),
        drawings: packages.drawings, photographs: packages.photographs, size: 16)
    }
    #expect(try make().hasSuffix(": 5 drawings, 5 gray, 4 contours, 2 photographs"))
    let files = packages.folder.files(below: "made/set").filter { $0.hasSuffix(".png") }
    func names(_ domain: String) -> Set<String> {
      Set(
        files.filter { $0.hasPrefix(domain + "/") }
          .map { String($0.dropFirst(domain.count + 1)) })
    }
    let drawn = ["drawings", "gray", "contours"].map(names)
    #expect(drawn.reduce(Set()) { $0.union($1) }.count == 14)
    #expect(drawn.allSatisfy { $0.contains { $0.hasPrefix("animal/") } })
    #expect(names("photographs") == ["animal/dog.png", "stone/quartz.png"])
    let gray = try #require(drawn[1].first)
    let picture = try Image.decodeRGB(path: packages.output + "/gray/" + gray)
    // Red, as ITU-R BT.601 weighs it.
    #expect(Set(picture.pixels) == [76])
    #expect(try make().hasSuffix(": four domains, as they were"))
  }

  @Test func contoursAreTheGradientsOfBrightness() throws {
    #expect(
      try Image(width: 5, height: 4, color: [9, 80, 200]).contours().pixels.allSatisfy {
        $0 == 255
      })
    // A step of 40 between two columns of four: both sides have a gradient of 4 · 40 across and none down.
    let pixels = (0..<3).flatMap { _ in [10, 10, 50, 50].flatMap { [$0, $0, $0] as [UInt8] } }
    let step = try Image(width: 4, height: 3, channels: 3, pixels: pixels).contours()
    let row = [255, 175, 175, 255].flatMap { [$0, $0, $0] as [UInt8] }
    #expect(step.pixels == row + row + row)
    // A dot of 30 in the middle: 2 · 30 beside it, 30 + 30 at its corners, nothing under it.
    var dot = [UInt8](repeating: 0, count: 25)
    dot[12] = 30
    let contours = try Image(
      width: 5, height: 5, channels: 3, pixels: dot.flatMap { [$0, $0, $0] }
    ).contours()
    let levels = stride(from: 0, to: 75, by: 3).map { contours.pixels[$0] }
    #expect(levels[12] == 255 && levels[11] == 225 && levels[6] == 225 && levels[0] == 255)
  }
}
