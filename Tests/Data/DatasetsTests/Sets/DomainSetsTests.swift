import DataTestSupport
import Datasets
import Foundation
import Testing

/// Folders of several domains as they are published.
@Suite struct DomainSetsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func pacsByItsLists() throws {
    let classes = ["dog", "elephant", "giraffe", "guitar", "horse", "house", "person"]
    for domain in ["art_painting", "photo"] {
      let lines = classes.enumerated().flatMap { label, name in
        ["1", "2"].map { "\(domain)/\(name)/pic_00\($0).jpg \(label + 1)\n" }
      }
      for line in lines { try touch("images/\(line.split(separator: " ")[0])") }
      let parts = [
        "train": lines.filter { $0.contains("pic_001") }.joined(),
        "crossval": lines.filter { $0.contains("pic_002") }.joined(), "test": lines.joined(),
      ]
      for (part, text) in parts { try touch("splits/\(domain)_\(part)_kfold.txt", text) }
    }
    let domains = try DomainSets.all(in: folder.path)
    #expect(domains.map(\.name) == ["art_painting", "photo"])
    let set = try ImageDataset(at: domains[1].judged)
    #expect(set.classes == classes)
    #expect(set.classCounts == [Int](repeating: 2, count: 7))
    #expect(set.samples.allSatisfy { FileManager.default.fileExists(atPath: $0.path) })
    let training = try ImageDataset(at: domains[1].training)
    let heldOut = try ImageDataset(at: try #require(domains[1].heldOut))
    try heldOut.requireClasses(of: training)
    try training.requireEveryClass()
    #expect(Set(training.samples.map(\.path)).isDisjoint(with: heldOut.samples.map(\.path)))
    #expect(training.count + heldOut.count == set.count)
  }

  @Test func domainNetByItsLists() throws {
    for domain in ["clipart", "sketch"] {
      for part in ["train", "test"] {
        try touch(
          "\(domain)_\(part).txt",
          "\(domain)/aircraft_carrier/\(part).jpg 0\n\(domain)/The_Eiffel_Tower/\(part).jpg 1\n")
        for name in ["aircraft_carrier", "The_Eiffel_Tower"] {
          try touch("\(domain)/\(name)/\(part).jpg")
        }
      }
    }
    let domains = try DomainSets.all(in: folder.path)
    #expect(domains.map(\.name) == ["clipart", "sketch"])
    #expect(domains[0].training == folder.path("clipart_train.txt"))
    #expect(domains[0].judged == folder.path("clipart_test.txt"))
    #expect(domains[0].heldOut == nil)
    let set = try ImageDataset(at: domains[1].training)
    // The lists' order, in which capitals are no others.
    #expect(set.classes == ["aircraft_carrier", "The_Eiffel_Tower"])
    #expect(set.samples[1].path == folder.path("sketch/The_Eiffel_Tower/train.jpg"))
  }

  @Test func vlcsByItsFolders() throws {
    for domain in ["CALTECH", "SUN"] {
      for part in ["train", "crossval", "test", "full"] {
        for label in 0..<5 { try touch("\(domain)/\(part)/\(label)/x.jpg") }
      }
    }
    let domains = try DomainSets.all(in: folder.path)
    #expect(domains.map(\.name) == ["CALTECH", "SUN"])
    #expect(domains[1].training == folder.path("SUN/train"))
    #expect(domains[1].heldOut == folder.path("SUN/crossval"))
    #expect(domains[1].judged == folder.path("SUN/test"))
    #expect(try ImageDataset(at: domains[0].training).classes == ["0", "1", "2", "3", "4"])
  }

  @Test func officeHomeByItsFolders() throws {
    for domain in ["Art", "Real World"] {
      for name in ["Alarm_Clock", "Bed"] { try touch("\(domain)/\(name)/00001.jpg") }
    }
    try touch("ImageInfo.csv", "a,b\n")
    try touch("notes/readme.txt")
    let domains = try DomainSets.all(in: folder.path)
    #expect(
      domains
        == ["Art", "Real World"].map {
          DomainSets(
            name: $0, training: folder.path($0), heldOut: nil, judged: folder.path($0))
        })
  }

  @Test func oneDomainIsNone() throws {
    for name in ["Bed", "Alarm_Clock"] { try touch("Art/\(name)/1.jpg") }
    let error = #expect(throws: DatasetError.noDomains(path: folder.path, found: ["Art"])) {
      try DomainSets.all(in: folder.path)
    }
    #expect(error?.description.contains("only the domain 'Art'") == true)
    #expect(throws: DatasetError.noDomains(path: folder.path("Art"), found: [])) {
      try DomainSets.all(in: folder.path("Art"))
    }
  }

  private func touch(_ name: String, _ text: String = "") throws {
    try folder.write(Data(text.utf8), to: name)
  }
}
