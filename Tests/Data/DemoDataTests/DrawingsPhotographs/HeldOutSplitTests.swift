import DemoData
import Testing

@Suite struct HeldOutSplitTests {
  private func pictures(_ names: [String]) -> [SourcePicture] {
    names.map { SourcePicture(name: $0, path: "/\($0).png") }
  }

  @Test(arguments: [(1, 0), (2, 0), (3, 1), (10, 2), (50, 10), (83, 17)])
  func holdsOutAFifth(count: Int, expected: Int) {
    let split = HeldOutSplit(pictures((0..<count).map { "picture\($0)" }))
    #expect(split.heldOut.count == expected)
    #expect(split.training.count == count - expected)
    #expect(Set(split.training).isDisjoint(with: split.heldOut))
  }

  @Test func dependsOnNamesAlone() {
    let names = (0..<40).map { "picture\($0)" }
    #expect(HeldOutSplit(pictures(names)) == HeldOutSplit(pictures(names.reversed())))
  }

  @Test func movesAtMostOneOtherWhenAPictureIsAdded() {
    let names = (0..<40).map { "picture\($0)" }
    let before = Set(HeldOutSplit(pictures(names)).heldOut)
    for added in 0..<20 {
      let after = Set(HeldOutSplit(pictures(names + ["new\(added)"])).heldOut)
      #expect(before.subtracting(after).count <= 1)
    }
  }
}
