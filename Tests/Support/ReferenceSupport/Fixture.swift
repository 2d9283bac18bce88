import CheckoutSupport
import Foundation
import TensorFiles
import Testing
import Torch
import TorchNN

/// What the reference computed: a file of Tests/Reference/Fixtures.
package struct Fixture {
  package let tensors: StateDict

  package init(_ name: String) throws {
    tensors = try StateDict(TensorFile.read("\(Self.folder)/\(name).safetensors"))
  }

  package static var folder: String {
    Checkout.path("Tests/Reference/Fixtures")
  }

  package static func json<Content: Decodable>(
    _ name: String, as type: Content.Type
  ) throws -> Content {
    let url = URL(fileURLWithPath: "\(folder)/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }

  package subscript(name: String) -> Tensor {
    get throws { try #require(tensors[name], "the fixture has no \(name)") }
  }

  /// Compares `tensor` with the fixture's, or with its samples where the fixture holds samples alone:
  /// |a − b| ≤ tolerance · max |b|.
  package func expect(
    _ name: String, _ tensor: Tensor, within tolerance: Double = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (given, expected) = try pair(name, tensor)
    try expectClose(given, expected, within: tolerance, name, sourceLocation)
  }

  /// The same with |a − b| ≤ tolerance.
  package func expectAbsolute(
    _ name: String, _ tensor: Tensor, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (given, expected) = try pair(name, tensor)
    let difference = try given.detached() - expected
    let error = try (difference * difference).max().squareRoot().item()
    #expect(error <= tolerance, "\(name): off by \(error)", sourceLocation: sourceLocation)
  }

  /// What is to be compared: the tensors, or those elements of them that the fixture keeps.
  private func pair(_ name: String, _ tensor: Tensor) throws -> (Tensor, Tensor) {
    guard let sample = tensors["\(name).sample"] else { return (tensor, try self[name]) }
    let shape = try self["\(name).shape"].scalars(Int64.self).map(Int.init)
    #expect(tensor.shape == shape, "\(name)")
    let flat = try tensor.detached().reshaped([-1])
    let count = flat.count
    let stride = Self.strides(count).first { (count + $0 - 1) / $0 == sample.count } ?? 1
    let indices = try Tensor((0..<sample.count).map { Int64($0 * stride) })
    return (try flat.gathered(0, indices), sample)
  }

  /// The steps between samples under the limits of 64 and 256 that the reference uses.
  private static func strides(_ count: Int) -> [Int] {
    [64, 256].map { count / $0 | 1 }
  }
}

/// |a − b| ≤ tolerance · max |b|.
package func expectClose(
  _ a: Tensor, _ b: Tensor, within tolerance: Double, _ name: String = "",
  _ sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let shapesAgree = a.shape == b.shape
  #expect(
    shapesAgree, "\(name): \(a.signature) against \(b.signature)", sourceLocation: sourceLocation)
  guard shapesAgree, a.count > 0 else { return }
  let exact = try b.detached().converted(to: .float64)
  let given = try a.detached().converted(to: .float64)
  let largest = try (exact * exact).max().squareRoot().item()
  let difference = try given - exact
  let error = try (difference * difference).max().squareRoot().item()
  #expect(
    error <= tolerance * largest,
    "\(name): off by \(error) where values reach \(largest), \(error / largest) relative",
    sourceLocation: sourceLocation)
}
