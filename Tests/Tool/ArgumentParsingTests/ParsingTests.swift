import ArgumentParsing
import Testing

@Suite("Parsing of arguments")
struct ParsingTests {
  @Test(
    "an option's value follows it, or an equals sign",
    arguments: [
      ["r", "--output", "runs"], ["r", "--output=runs"], ["r", "-o", "runs"], ["r", "-oruns"],
      ["r", "-o=runs"], ["--output", "runs", "r"], ["-vo", "runs", "r"],
    ])
  func spellings(arguments: [String]) throws {
    let train = try Train.parse(arguments)
    #expect(train.recipe == "r")
    #expect(train.output == "runs")
    #expect(train.verbose == arguments.contains("-vo"))
  }

  @Test("what is not typed has its default")
  func defaults() throws {
    let train = try Train.parse(["r"])
    #expect(train.overrides.isEmpty)
    #expect(train.output == nil)
    #expect(train.method == .csg)
    #expect(train.learningRate == nil)
    #expect(train.randomSeed == 0)
    #expect(!train.verbose && !train.json)
    #expect(train.deviceOptions.device == "auto")
  }

  @Test("values are read as their types, kebab-case names from camel-case properties")
  func types() throws {
    let train = try Train.parse([
      "r", "--method", "vanilla", "--lr", "1e-3", "--random-seed", "7", "--json", "--device=cpu",
    ])
    #expect(train.method == .vanilla)
    #expect(train.learningRate == 0.001)
    #expect(train.randomSeed == 7)
    #expect(train.json)
    #expect(train.deviceOptions.device == "cpu")
  }

  @Test("a repeated option collects into an array in order; elsewhere the last one counts")
  func repeated() throws {
    let train = try Train.parse([
      "--set", "a=1", "r", "-s", "b==2", "--set=c", "--random-seed", "1", "--random-seed", "2",
    ])
    #expect(train.overrides == ["a=1", "b==2", "c"])
    #expect(train.randomSeed == 2)
  }

  @Test("an option may take all values up to the next one")
  func upToNextOption() throws {
    struct Command: ParsableCommand {
      @Argument var recipe: String
      @Option(parsing: .upToNextOption) var grid: [String] = []
      @Option var seed = 0
    }
    let command = try Command.parse([
      "r", "--grid", "a=1,2", "-3", "b=x", "--seed", "4", "--grid", "c",
    ])
    #expect(command.recipe == "r")
    #expect(command.grid == ["a=1,2", "-3", "b=x", "c"])
    #expect(command.seed == 4)
    // Written with an equals sign it has one value; after two dashes no value follows.
    let others = try Command.parse(["--grid=a", "r"])
    #expect(others.grid == ["a"] && others.recipe == "r")
    #expect(try Command.parse(["--grid", "a", "--", "r"]).grid == ["a"])
  }

  @Test("typed values replace an array's default")
  func arrayDefault() throws {
    struct Command: ParsableCommand {
      @Option var stages = ["layer3", "layer4"]
    }
    #expect(try Command.parse([]).stages == ["layer3", "layer4"])
    #expect(try Command.parse(["--stages", "layer1"]).stages == ["layer1"])
  }

  @Test("all after -- is positional, and a lone dash is a value")
  func terminator() throws {
    #expect(try Check.parse(["--", "--json", "-x", "--"]).paths == ["--json", "-x", "--"])
    #expect(try Check.parse(["-"]).paths == ["-"])
    #expect(try Train.parse(["r", "-o", "-"]).output == "-")
  }

  @Test("positional arguments fill in order, an array with the rest")
  func positionals() throws {
    let make = try Make.parse(["drawings", "bird", "insect"])
    #expect(make.name == "drawings")
    #expect(make.classes == ["bird", "insect"])
    #expect(try Make.parse([]).name == nil)
  }

  @Test("a negative number is a value")
  func negativeNumbers() throws {
    #expect(try Train.parse(["r", "--lr", "-0.5"]).learningRate == -0.5)
    #expect(try Check.parse(["-1", "-.5"]).paths == ["-1", "-.5"])
  }

  @Test("two commands read apart keep their values apart, and a copy keeps its own")
  func independence() throws {
    let first = try Train.parse(["first"])
    var second = try Train.parse(["second"])
    let copy = second
    second.recipe = "third"
    #expect([first.recipe, copy.recipe, second.recipe] == ["first", "second", "third"])
  }

  @Test(
    "camel case becomes kebab case",
    arguments: [
      ("imageSize", "image-size"), ("randomSeed", "random-seed"), ("lr", "lr"),
      ("useJSONOutput", "use-json-output"), ("outputJSON", "output-json"),
      ("snake_case", "snake-case"),
      ("TrainCommand", "train-command"),
    ])
  func kebabCase(name: String, expected: String) {
    #expect(name.kebabCased == expected)
  }
}
