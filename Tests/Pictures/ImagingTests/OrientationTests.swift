import Foundation
import Imaging
import Testing

@Suite struct OrientationTests {
  private struct Expected: Decodable {
    struct Case: Decodable {
      var file: String
      var orientation: Int
      var turned: Fingerprint
    }
    var cases: [Case]
  }

  private let cases: [Expected.Case]

  init() throws {
    let data = try Data(contentsOf: Fixtures.directory.appending(path: "orientations.json"))
    cases = try JSONDecoder().decode(Expected.self, from: data).cases
  }

  private func path(_ file: String) -> String {
    Fixtures.directory.appending(path: "orientations/\(file)").path(percentEncoded: false)
  }

  @Test func equalsPillowForEveryOrientation() throws {
    #expect(Set(cases.map(\.orientation)).isSuperset(of: 1...8))
    for expected in cases {
      let path = path(expected.file)
      let image = try Image.decodeRGB(path: path, isUpright: true)
      #expect(expected.turned.difference(from: image) == nil, "\(expected.file)")
      let whole = try Image.decodeRGB(path: path, shorterSide: 1000, isUpright: true)
      #expect(whole.image == image, "\(expected.file)")
      #expect(try Image.decoded(path: path, isUpright: true).image == image)
    }
  }

  @Test func withoutAskingPicturesStayAsTheyAreStored() throws {
    for expected in cases {
      let image = try Image.decodeRGB(path: path(expected.file))
      #expect((image.width, image.height) == (23, 14), "\(expected.file)")
    }
  }

  @Test func theNumbersAreThoseOfTheFiles() throws {
    for expected in cases {
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path(expected.file))))
      let known = (1...8).contains(expected.orientation) ? expected.orientation : 1
      #expect(EXIFOrientation(of: bytes).rawValue == known, "\(expected.file)")
    }
  }

  @Test func turningTwiceTheOtherWayIsNothing() throws {
    let image = try Image.decodeRGB(path: path("1.jpg"))
    for orientation in EXIFOrientation.allCases {
      let back: EXIFOrientation =
        switch orientation {
        case .quarterTurn: .threeQuarterTurn
        case .threeQuarterTurn: .quarterTurn
        default: orientation
        }
      #expect(image.turned(orientation).turned(back) == image, "\(orientation)")
    }
  }

  @Test(arguments: ["6.jpg", "6.png", "6.webp"])
  func damagedFilesHaveAnOrientationAllTheSame(_ file: String) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path(file))))
    #expect(EXIFOrientation(of: bytes) == .quarterTurn)
    for count in 0..<bytes.count {
      // None of these may read beyond the bytes.
      let cut = EXIFOrientation(of: Array(bytes.prefix(count)))
      #expect(cut == .upright || cut == .quarterTurn)
    }
    var generator = SplitMix64(state: 9)
    for _ in 0..<2000 {
      var damaged = bytes
      let place = Int(generator.next() % UInt64(bytes.count))
      damaged[place] = UInt8(truncatingIfNeeded: generator.next())
      _ = EXIFOrientation(of: damaged)
    }
  }
}
