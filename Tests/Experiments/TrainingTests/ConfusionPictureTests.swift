import Imaging
import Testing
import Training

@Suite struct ConfusionPictureTests {
  @Test func aCellIsTheDarkerTheLargerItsShare() throws {
    // So many classes that there is no room for names: cells of 14 × 14 pixels would have it, those of 10 do not.
    let classes = (0..<72).map(String.init)
    var counts = classes.map { _ in classes.map { _ in 0 } }
    for index in classes.indices { counts[index][index] = 3 }
    counts[1][0] = 1
    let image = try ConfusionPicture(counts, classes: classes).image()
    #expect(image.width == 720 && image.height == 720)
    func color(_ row: Int, _ column: Int) -> [UInt8] {
      let place = ((row * 10 + 4) * image.width + column * 10 + 4) * 3
      return Array(image.pixels[place..<place + 3])
    }
    #expect(color(0, 0) == [8, 64, 129])
    #expect(color(0, 1) == [255, 255, 255])
    #expect(color(1, 0) == [193, 207, 224])
    #expect(color(1, 1) == [70, 112, 161])
  }

  @Test func fewClassesHaveTheirNames() throws {
    let plain = try ConfusionPicture([[2, 1], [0, 3]], classes: ["a", "b"]).image()
    let named = try ConfusionPicture([[2, 1], [0, 3]], classes: ["aeroplane", "b"]).image()
    #expect(named.width > plain.width && named.height == plain.height)
    #expect(plain.height > 64)
    let empty = try ConfusionPicture([], classes: []).image()
    #expect(empty.width > 0)
  }
}
