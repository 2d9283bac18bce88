import Testing

/// What the checks in this folder treat as code, and what as text.
@Suite struct SwiftSourceTests {
  @Test func literalsAreToldFromCodeAndComments() {
    let source = SwiftSource(
      """
      import Foundation // "no text"
      /* "nor /* this */ one" */ let a = "one \\"quoted\\"" + b
      let c = #"raw \\(no) "text""#
      """)
    #expect(source.literals.map(\.text) == [#"one \"quoted\""#, #"raw \(no) "text""#])
    #expect(source.literals.map(\.line) == [2, 3])
    #expect(source.code.contains("let a = \"\" + b"))
    #expect(!source.code.contains("no text") && !source.code.contains("one"))
  }

  @Test func interpolationsAreCode() {
    let source = SwiftSource(#"f("a \(g("b", (1)) + c) d \(e)")"#)
    #expect(source.literals.map(\.text) == ["a ", "b", " d ", ""])
    #expect(source.code.contains("c") && source.code.contains("e"))
  }

  @Test func longLiteralsKeepTheirLines() {
    let source = SwiftSource("let a = \"\"\"\n  \"one\"\n  \\(b)two\n  \"\"\"\nlet c = \"d\"")
    #expect(source.literals.map(\.line) == [1, 3, 5])
    #expect(source.literals.last?.text == "d")
  }

  @Test func importsAreFoundInEveryForm() {
    let source = SwiftSource(
      """
      import A
      @testable import B
      public import C
      import struct D.E
      // import F
      let text = "import G"
      let important = 1
      """)
    #expect(source.imports == ["A", "B", "C", "D"])
  }
}
