import DemoData
import Testing

@Suite struct BackgroundTests {
  typealias Background = DrawingsPhotographs.Background

  @Test(arguments: ["white", "black", "gray", "random", "#ffd700", "#00000a"])
  func readsWhatItWrites(text: String) throws {
    #expect(try #require(Background(text)).description == text)
  }

  @Test(arguments: ["", "whit", "#fff", "#ggd700", "ffd700", "#+fd700"])
  func refusesWhatIsNoColor(text: String) {
    #expect(Background(text) == nil)
  }

  @Test func hasTheSamplesOfItsColor() throws {
    #expect(try #require(Background("#ffd70a")).samples(for: "a") == [0xff, 0xd7, 0x0a])
    #expect(Background.white.samples(for: "a") == [255, 255, 255])
  }

  @Test func drawsAColorForEachName() {
    let colors = ["cat", "dog", "cow"].map(Background.random.samples)
    #expect(Set(colors).count == 3)
    #expect(colors[0] == Background.random.samples(for: "cat"))
  }
}
