import Foundation
import Testing
import Torch

/// What must hold of every function of the C border, read from its sources: an exception that left one would end the process.
@Suite struct BorderTests {
  private static let folder = Machine.project.appendingPathComponent("Sources/Engine/CTorch")
  /// The means by which a guard tells its message, and which cannot throw.
  private static let messages: Set = ["ct_error_message", "ct_fail"]

  @Test func everyFunctionIsOneCallOfAGuard() throws {
    let declared = try Self.declaredNames()
    let bodies = try Self.definedBodies()
    #expect(declared.count > 100)
    #expect(Set(bodies.keys) == declared)
    for (name, body) in bodies.sorted(by: { $0.key < $1.key }) where !Self.messages.contains(name) {
      #expect(Self.isOneGuard(body), "\(name) can throw: \(body)")
    }
  }

  @Test(arguments: [
    "return produce([&] { return f(a); });", "return OPERATION(f(a));", "guard([&] { f(a); });",
    "return answer<long>(0, [&] {\n#ifdef X\n  return f(a);\n#endif\n  return 1;\n});",
  ])
  func guardsAreSeen(body: String) {
    #expect(Self.isOneGuard(body))
  }

  @Test(arguments: [
    "", "return f(a);", "f(a); guard([&] { g(a); });", "guard([&] { g(a); }); f(a);",
    "return guard([&] { g(a); }) + f(a);", "return unguarded(a);", "{ guard([&] {}); }",
  ])
  func whatStandsBesideAGuardIsSeen(body: String) {
    #expect(!Self.isOneGuard(body))
  }

  /// The numbers of devices that libtorch itself would throw for.
  @Test(arguments: [Device.cuda(128), .cuda(.max), .cuda(-1)])
  func questionsAboutImpossibleDevicesAreAnswered(device: Device) {
    #expect(autocastType(on: device) == nil)
    let error = #expect(throws: TorchError.self) {
      try withAutocast(to: .bfloat16, on: device) {}
    }
    #expect(error?.message.contains("there is no CUDA device") == true)
  }

  // MARK: Reading the sources

  private static func sources(_ folder: URL, _ suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(suffix) }
      .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
      .map { $0.replacing(/\/\/[^\n]*/, with: "").replacing(/"[^"\n]*"/, with: "\"\"") }
  }

  private static func declaredNames() throws -> Set<String> {
    let headers = try sources(folder.appendingPathComponent("include"), ".h")
    return Set(
      headers.flatMap { header in
        header.matches(of: /(?m)^(?!typedef)[a-z][^\n;(]*\b(ct_\w+)\(/).map { String($0.1) }
      })
  }

  /// The functions' bodies by their names.
  private static func definedBodies() throws -> [String: String] {
    var bodies: [String: String] = [:]
    for source in try sources(folder, ".cpp") {
      for match in source.matches(of: /(?m)^[a-z][^\n;({]*\b(ct_\w+)\(/) {
        let parameters = source[source.index(before: match.range.upperBound)...]
        guard let end = closing(parameters) else { continue }
        let rest = source[source.index(after: end)...].drop(while: \.isWhitespace)
        guard rest.first == "{", let last = closing(rest) else { continue }
        bodies[String(match.1)] = String(rest[rest.index(after: rest.startIndex)..<last])
      }
    }
    return bodies
  }

  /// The place of the bracket that closes the one that `text` begins with.
  private static func closing(_ text: Substring) -> Substring.Index? {
    var depth = 0
    for index in text.indices {
      if "([{".contains(text[index]) { depth += 1 }
      if ")]}".contains(text[index]) { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  private static func isOneGuard(_ body: String) -> Bool {
    let call = body.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let name = call.prefixMatch(of: /(return )?(guard|produce|answer|OPERATION)(<[^>]*>)?/)
    else { return false }
    let arguments = call[name.range.upperBound...]
    guard arguments.first == "(", let end = closing(arguments) else { return false }
    return call[call.index(after: end)...] == ";"
  }
}
