import ClassTables
import DemoData
import Testing

@Suite struct PictureSelectionTests {
  private func stones(in table: String = MadeUpPackages.table) throws -> PictureSelection {
    let table = try ClassTable(parsing: table, source: "table.yaml")
    return try #require(table.entries.last { $0.name == "stone" }).drawings
  }

  @Test func takesWhatMatchesButForWhatIsLeftOutAndTwins() throws {
    let packages = try MadeUpPackages()
    let names = try stones().pictures(in: packages.drawings).map(\.name)
    let expected = ["pebble"] + (1...11).filter { $0 != 7 }.map { "rock\($0)" }
    #expect(names == expected.sorted())
  }

  @Test func passesSymbolicLinksOver() throws {
    let packages = try MadeUpPackages()
    #expect(packages.drawings.pictures(in: "animals").map(\.name) == ["cat", "dog_1", "dog_2"])
  }

  @Test func namesPatternsWithoutAMatch() throws {
    let packages = try MadeUpPackages()
    #expect(try stones().patternsWithoutMatch(in: packages.drawings) == [])
    let misspelt = MadeUpPackages.table
      .replacingOccurrences(of: "[pebble]", with: "[peble]")
      .replacingOccurrences(of: "[rock7]", with: "[rock12, tree]")
    #expect(
      try stones(in: misspelt).patternsWithoutMatch(in: packages.drawings)
        == ["unsorted/peble", "rock12", "tree"])
  }

  @Test func refusesAMisspeltKeyByLine() {
    let misspelt = MadeUpPackages.table.replacingOccurrences(of: "twins", with: "twin")
    #expect {
      try ClassTable(parsing: misspelt, source: "table.yaml")
    } throws: {
      "\($0)".hasPrefix("table.yaml:9:") && "\($0)".contains("twins")
    }
  }
}
