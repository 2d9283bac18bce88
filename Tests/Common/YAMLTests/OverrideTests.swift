import Testing
import YAML

@Suite("Overrides")
struct OverrideTests {
  private func recipe() throws -> YAMLNode {
    try YAMLNode(
      parsing:
        "seed: 1\noptimizer:\n  lr: 0.1\n  momentum: 0.9\ndata:\n  real: [{path: a}, {path: b}]\n",
      source: "recipe.yaml")
  }

  @Test(
    "an assignment replaces, adds and makes what lacks on the way",
    arguments: [
      ("seed=2", ["seed": 2]), ("optimizer.lr=1e-3", ["optimizer": ["lr": 1e-3]]),
      ("optimizer.nesterov=true", ["optimizer": ["nesterov": true]]),
      ("train.epochs=3", ["train": ["epochs": 3]]), ("name=a=b", ["name": "a=b"]),
      ("stages=[layer3, layer4]", ["stages": ["layer3", "layer4"]]), ("seed='2'", ["seed": "2"]),
      ("seed=", ["seed": nil]), ("method={name: csg}", ["method": ["name": "csg"]]),
    ] as [(String, YAMLValue)])
  func assignments(assignment: String, expected: YAMLValue) throws {
    var node = try recipe()
    try node.set(assignment)
    #expect(node.value.contains(expected))
    #expect(node.value.contains(["data": ["real": [["path": "a"], ["path": "b"]]]]))
  }

  @Test("an element of a sequence is set by its index, the others stay")
  func elements() throws {
    var node = try recipe()
    try node.set("data.real[1].path=c")
    #expect(node["data"]?.value == ["real": [["path": "a"], ["path": "c"]]])
    #expect(node["optimizer"]?.value == ["lr": 0.1, "momentum": 0.9])
  }

  @Test("an error in an overridden value names the override")
  func origin() throws {
    var node = try recipe()
    try node.set("optimizer.lr=fast")
    try node.set("optimizer.momentun=0.5")
    var recipe = try YAMLMapping(node)
    var optimizer = try recipe.mapping("optimizer")
    let wrongType = #expect(throws: YAMLError.self) { try optimizer.double("lr") }
    #expect(
      wrongType?.description
        == "override optimizer.lr: 'optimizer.lr': expected a number, found the text 'fast'")
    _ = try optimizer.double("momentum")
    let unknown = #expect(throws: YAMLError.self) { try optimizer.finish() }
    #expect(
      unknown?.description
        == "override optimizer.momentun: unknown key 'optimizer.momentun'; did you mean 'momentum'?"
    )
  }

  @Test(
    "what cannot be assigned is refused",
    arguments: [
      ("seed", "override seed: expected an assignment such as optimizer.lr=0.01, found 'seed'"),
      ("=1", "override : expected an assignment such as optimizer.lr=0.01, found '=1'"),
      ("a..b=1", "override a..b: expected an assignment such as optimizer.lr=0.01, found 'a..b=1'"),
      ("a[x]=1", "override a[x]: expected an assignment such as optimizer.lr=0.01, found 'a[x]=1'"),
      ("a[0=1", "override a[0: expected an assignment such as optimizer.lr=0.01, found 'a[0=1'"),
      ("seed.x=1", "override seed.x: 'seed' has no key 'x' to set: it is the integer 1"),
      (
        "data.real[2].path=c",
        "override data.real[2].path: 'data.real' has no element 2 to set: it has 2"
      ),
      ("seed[0]=c", "override seed[0]: 'seed' has no element 0 to set: it is the integer 1"),
      (
        "a=[1",
        "override a: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence"
      ),
    ])
  func refused(assignment: String, message: String) throws {
    var node = try recipe()
    let error = #expect(throws: YAMLError.self) { try node.set(assignment) }
    #expect(error?.description == message)
    #expect(try node.value == recipe().value)
  }
}

extension YAMLValue {
  /// Whether every member of another mapping is in this one, mappings below it likewise.
  fileprivate func contains(_ other: YAMLValue) -> Bool {
    guard case .mapping(let members) = self, case .mapping(let wanted) = other else {
      return self == other
    }
    return wanted.allSatisfy { member in
      members.contains { $0.key == member.key && $0.value.contains(member.value) }
    }
  }
}
