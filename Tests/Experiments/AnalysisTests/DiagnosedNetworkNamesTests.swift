import Analysis
import Testing

/// What tables call the networks of checkpoints.
@Suite struct DiagnosedNetworkNamesTests {
  @Test(arguments: [
    (["Runs/a/checkpoints/best.safetensors"], ["a"]),
    (
      ["Runs/a/checkpoints/best.safetensors", "Runs/b/checkpoints/best.safetensors"], ["a", "b"]
    ),
    (
      ["Runs/a/checkpoints/best.safetensors", "Runs/a/checkpoints/last.safetensors"],
      ["best", "last"]
    ),
    (["x/visda.pth.tar", "x/y/csg.safetensors"], ["visda", "y/csg"]),
    (["csg.safetensors"], ["csg"]),
  ])
  func areAsShortAsTheyCanBe(_ paths: [String], _ names: [String]) {
    #expect(DiagnosedNetwork.names(of: paths) == names)
  }
}
