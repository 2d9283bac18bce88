import DataTestSupport
import Foundation
import TensorBoardEvents
import Testing

@Suite struct EventFileWriterTests {
  static let start = 1_700_000_000.25
  static let scalars: [(tag: String, value: Double, step: Int)] = [
    ("loss", 1.5, 0),
    ("loss", 0.1, 1),
    ("loss", 0, 127),
    ("loss", -0.0, 128),
    ("loss", .nan, 300),
    ("loss", .infinity, 1 << 31),
    ("loss", -.infinity, 1 << 40 + 1),
    ("loss", 1e-45, .max),
    ("loss", 1e300, -1),
    ("accuracy/Äpfel 🍎", 0.875, 5),
    ("", 2, 6),
    (String(repeating: "t", count: 200), 3, 7),
  ]
  static let texts: [(tag: String, text: String, step: Int)] = [
    ("recipe", "seed: 0\nname: „Äpfel“\n", 0),
    ("long", String(repeating: "0123456789", count: 2000), 3),
    ("empty", "", 4),
  ]
  static let settings = [
    Hyperparameter("seed", .number(3)), Hyperparameter("method.name", .text("csg")),
    Hyperparameter("data.balance", .text("pooled")), Hyperparameter("train.check", .flag(true)),
  ]

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `writes the bytes that TensorBoard writes`() throws {
    let writer = try EventFileWriter(folder: folder.path, wallTime: Self.start)
    for (index, scalar) in Self.scalars.enumerated() {
      writer.writeScalar(
        tag: scalar.tag, value: scalar.value, step: scalar.step,
        wallTime: index == 1 ? 0 : Self.start + Double(index))
    }
    for (index, text) in Self.texts.enumerated() {
      writer.writeText(
        tag: text.tag, text: text.text, step: text.step,
        wallTime: Self.start + Double(Self.scalars.count + index))
    }
    writer.writeImage(
      tag: "confusion/real", png: Array(0..<200), width: 320, height: 240, step: 9,
      wallTime: Self.start + 40)
    writer.writeStart(Self.settings, wallTime: Self.start + 50)
    writer.writeEnd(
      Self.settings, metrics: ["real/mean_class_accuracy", "real/hse_0"],
      wallTime: Self.start + 60)
    try writer.close()
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/events.bin")
    #expect(try contents(writer.path) == Data(contentsOf: fixture))
  }

  @Test func `values are told apart by what they say`() {
    #expect(Hyperparameter.Value("0.1") == .number(0.1))
    #expect(Hyperparameter.Value("true") == .flag(true))
    #expect(Hyperparameter.Value("nan") == .text("nan"))
    #expect(Hyperparameter.Value("[layer3, layer4]") == .text("[layer3, layer4]"))
  }

  @Test func `names the file as TensorBoard looks for it, and never reuses one`() throws {
    let first = try EventFileWriter(folder: folder.path, wallTime: Self.start)
    let second = try EventFileWriter(folder: folder.path, wallTime: Self.start)
    #expect(first.path.hasPrefix(folder.path + "/events.out.tfevents.1700000000."))
    #expect(first.path.hasSuffix(".\(getpid()).0"))
    #expect(second.path.hasSuffix(".\(getpid()).1"))
  }

  @Test func `a new file is valid at once, and grows by whole records at each flush`() throws {
    let writer = try EventFileWriter(folder: folder.path, wallTime: Self.start)
    let begun = try contents(writer.path)
    #expect(begun.count == 40)
    writer.writeScalar(tag: "loss", value: 1, step: 1, wallTime: Self.start)
    #expect(try contents(writer.path) == begun)
    try writer.flush()
    let grown = try contents(writer.path)
    #expect(grown.starts(with: begun) && grown.count > begun.count)
    try writer.flush()
    #expect(try contents(writer.path) == grown)
  }

  @Test func `a writer that is let go has written everything`() throws {
    let path = try {
      let writer = try EventFileWriter(folder: folder.path, wallTime: Self.start)
      writer.writeScalar(tag: "loss", value: 1, step: 1, wallTime: Self.start)
      return writer.path
    }()
    #expect(try contents(path).count > 40)
  }

  @Test func `a folder that is not there is an error with its path`() throws {
    let error = #expect(throws: EventFileError.self) {
      try EventFileWriter(folder: folder.path + "/missing")
    }
    let sentence = try #require(error).description
    #expect(sentence.contains(folder.path + "/missing/events.out.tfevents."))
    #expect(sentence.contains("No such file or directory"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is an error`() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    #expect(
      throws: EventFileError.cannotWrite(path: "run/events", reason: "No space left on device")
    ) {
      try EventFileWriter(path: "run/events", descriptor: descriptor, wallTime: Self.start)
    }
  }

  @Test func `a flush that stopped half-way is taken up again where it stopped`() throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let writer = try EventFileWriter(path: "pipe", descriptor: dup(descriptor), wallTime: 0)
    let text = String(repeating: "0123456789", count: 10_000)
    writer.writeText(tag: "text", text: text, wallTime: Self.start)
    var received = Data()
    var stops = 0
    while (try? writer.flush()) == nil {
      stops += 1
      received += pipe.fileHandleForReading.availableData
    }
    #expect(stops > 0)
    try writer.close()
    try pipe.fileHandleForWriting.close()
    received += try pipe.fileHandleForReading.readToEnd() ?? Data()

    let whole = try EventFileWriter(folder: folder.path, wallTime: 0)
    whole.writeText(tag: "text", text: text, wallTime: Self.start)
    try whole.close()
    #expect(try contents(whole.path) == received)
  }

  @Test func `what is written after closing is an error`() throws {
    let writer = try EventFileWriter(folder: folder.path)
    try writer.close()
    try writer.close()
    writer.writeScalar(tag: "loss", value: 1, step: 1)
    #expect(throws: EventFileError.closed(path: writer.path)) { try writer.flush() }
  }

  private func contents(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path))
  }
}
