import Messages
import Testing

@Suite("Nearest name")
struct NearestNameTests {
  @Test(
    "a slip is forgiven",
    arguments: [
      ("temprature", "temperature"), ("lamda", "lambda"), ("tempearture", "temperature"),
      ("LAMBDA", "lambda"), ("stage", "stages"), ("stgaes", "stages"), ("lambda", "lambda"),
    ])
  func slips(typed: String, meant: String) {
    #expect(nearestName(to: typed, among: ["stages", "lambda", "temperature"]) == meant)
  }

  @Test("another word is not", arguments: ["queue", "", "x", "temp", "lambdalambdalambda"])
  func otherWords(typed: String) {
    #expect(nearestName(to: typed, among: ["stages", "lambda", "temperature", "k"]) == nil)
  }

  @Test("of two equally near the first is named, and a nearer one wins")
  func order() {
    #expect(nearestName(to: "best", among: ["rest", "test"]) == "rest")
    #expect(nearestName(to: "tests", among: ["rests", "tests"]) == "tests")
  }
}
