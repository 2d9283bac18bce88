import Foundation

/// The machine's processor.
enum Processor {
  /// Its name, such as `Intel(R) Xeon(R) Processor @ 2.80GHz, family 6`; nil where the system does not say.
  static let name: String? = {
    #if os(Linux)
      let text = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
      let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
      func value(_ key: String) -> String? {
        lines.first { $0.hasPrefix(key) }?.split(separator: ":", maxSplits: 1).last?
          .trimmingCharacters(in: .whitespaces)
      }
      // The names of machines that are let by the hour leave the generation open.
      let family = value("cpu family").map { ", family " + $0 }
      return value("model name").map { $0 + (family ?? "") }
    #else
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 0 else {
        return nil
      }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #endif
  }()
}
