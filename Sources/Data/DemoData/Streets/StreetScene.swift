import Datasets
import Imaging

/// The things along a street, drawn at random.
struct StreetScene {
  private(set) var surfaces: [StreetSurface] = []
  /// Half the width of the road, in metres.
  let roadHalfWidth: Double
  /// The width of each sidewalk.
  let sidewalkWidth: Double

  private let style: StreetStyle
  private var generator: AddressedGenerator

  init(_ style: StreetStyle, using generator: inout AddressedGenerator) {
    self.style = style
    roadHalfWidth = 3.2 + 2 * generator.nextUnitDouble()
    sidewalkWidth = 1.8 + 1.5 * generator.nextUnitDouble()
    self.generator = generator
    for side in [-1.0, 1] {
      addBuildings(side)
      addTrees(side)
      addPoles(side)
      addCars(side)
      addPeople(side)
    }
    addCarAhead()
    generator = self.generator
  }

  private mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * generator.nextUnitDouble()
  }

  /// A colour from red to blue with the given saturation.
  private mutating func color(_ brightness: ClosedRange<Double>, vivid: Double) -> StreetColor {
    let base = uniform(brightness.lowerBound, brightness.upperBound)
    let channels = (0..<3).map { _ in base * (1 + vivid * (generator.nextUnitDouble() - 0.5)) }
    return StreetColor(channels[0], channels[1], channels[2])
  }

  private mutating func add(
    _ shape: StreetSurface.Shape, _ label: StreetClass, _ color: StreetColor,
    _ texture: StreetTexture = .plain
  ) {
    surfaces.append(
      StreetSurface(
        shape: shape, label: label, color: color, texture: texture, salt: generator.next()))
  }

  /// A box that stands on the ground or above it, whose front and one side the camera sees, and from above also its top.
  private mutating func addBox(
    x: ClosedRange<Double>, y: ClosedRange<Double>, z: ClosedRange<Double>, _ label: StreetClass,
    _ color: StreetColor, _ texture: StreetTexture = .plain
  ) {
    add(.front(z: z.lowerBound, x: x, y: y), label, color, texture)
    let inner = x.lowerBound > 0 ? x.lowerBound : x.upperBound
    add(.side(x: inner, y: y, z: z), label, color, texture)
    add(.top(y: y.upperBound, x: x, z: z), label, color)
  }

  private mutating func addBuildings(_ side: Double) {
    let front = roadHalfWidth + sidewalkWidth
    var z = uniform(4, 9)
    while z < 130 {
      let length = uniform(7, 16)
      let inner = front + uniform(0, 1.5)
      let height = uniform(5, 17)
      if generator.nextUnitDouble() < 0.85 {
        let glass = StreetColor(0.25, 0.32, 0.4)
        let texture: StreetTexture =
          style.hasBricks && generator.nextBoolean()
          ? .bricks(course: uniform(0.25, 0.6), strength: 0.5)
          : .windows(width: uniform(1.6, 3), height: uniform(2.4, 3.4), glass: glass)
        let x = side > 0 ? inner...inner + 12 : -inner - 12 ... -inner
        addBox(
          x: x, y: 0...height, z: z...z + length, .building, color(0.45...0.85, vivid: 0.5),
          texture)
      }
      z += length + (generator.nextUnitDouble() < 0.3 ? uniform(2, 7) : 0)
    }
  }

  private mutating func addTrees(_ side: Double) {
    var z = uniform(6, 22)
    while z < 100 {
      let x = side * (roadHalfWidth + sidewalkWidth * uniform(0.6, 1))
      let (trunk, crown) = (uniform(1.6, 2.6), uniform(1.6, 3.4))
      let green = StreetColor(0.22, 0.42, 0.16) * uniform(0.7, 1.3)
      add(
        .front(z: z, x: x - 0.14...x + 0.14, y: 0...trunk + 0.6), .vegetation,
        StreetColor(0.35, 0.25, 0.17))
      add(
        .ellipse(
          z: z - 0.1, x: x, y: trunk + crown * 0.6, width: crown * uniform(0.8, 1.2),
          height: crown * 1.3, fraying: 0.25),
        .vegetation, green, .rough(grain: 0.25, strength: 0.8))
      z += uniform(9, 32)
    }
  }

  private mutating func addPoles(_ side: Double) {
    var z = uniform(5, 14)
    while z < 70 {
      let x = side * (roadHalfWidth + uniform(0.2, 0.5))
      let grey = color(0.3...0.6, vivid: 0.1)
      let height = uniform(3.5, 6)
      let radius = uniform(0.07, 0.12)
      add(.front(z: z, x: x - radius...x + radius, y: 0...height), .pole, grey)
      let arm = x - side * 1.3
      add(
        .front(z: z, x: min(x, arm)...max(x, arm), y: height - 0.14...height), .pole, grey)
      z += uniform(10, 24)
    }
  }

  /// Cars parked at the kerb.
  private mutating func addCars(_ side: Double) {
    var z = uniform(5, 16)
    while z < 70 {
      if generator.nextUnitDouble() < 0.75 {
        addCar(x: side * (roadHalfWidth - uniform(0.95, 1.15)), z: z)
      }
      z += uniform(5.5, 14)
    }
  }

  private mutating func addCarAhead() {
    guard generator.nextUnitDouble() < 0.7 else { return }
    addCar(x: uniform(-0.3, 0.3) * roadHalfWidth, z: uniform(9, 30))
  }

  private mutating func addCar(x: Double, z: Double) {
    let paint = color(0.2...0.85, vivid: 1.3)
    let half = uniform(0.8, 0.92)
    let roof = uniform(1.4, 1.75)
    let tyre = StreetColor(0.06, 0.06, 0.07)
    addBox(x: x - half...x + half, y: 0.3...0.95, z: z...z + 4.2, .car, paint)
    addBox(
      x: x - half * 0.85...x + half * 0.85, y: 0.95...roof, z: z + 0.7...z + 3.2, .car,
      StreetColor(0.16, 0.2, 0.25))
    addBox(
      x: x - half * 0.8...x + half * 0.8, y: roof - 0.12...roof, z: z + 0.6...z + 3.1, .car, paint)
    for wheel in [-0.75, 0.75] {
      add(
        .front(z: z - 0.02, x: x + wheel * half - 0.12...x + wheel * half + 0.12, y: 0...0.45),
        .car, tyre)
      let lamp = StreetColor(0.85, 0.25, 0.2)
      add(
        .front(z: z - 0.01, x: x + wheel * half - 0.1...x + wheel * half + 0.1, y: 0.65...0.8),
        .car, lamp)
    }
    let inner = x > 0 ? x - half : x + half
    for axle in [0.8, 3.3] {
      add(.side(x: inner, y: 0...0.6, z: z + axle - 0.3...z + axle + 0.3), .car, tyre)
    }
  }

  private mutating func addPeople(_ side: Double) {
    for _ in 0..<generator.nextInteger(below: 4) {
      let z = uniform(5, 35)
      let isCrossing = generator.nextUnitDouble() < 0.15
      let x =
        isCrossing
        ? uniform(-0.8, 0.8) * roadHalfWidth
        : side * (roadHalfWidth + sidewalkWidth * uniform(0.2, 0.85))
      let height = uniform(1.5, 1.9)
      let (coat, trousers) = (
        color(0.2...0.8, vivid: 1.4), color(0.1...0.5, vivid: 0.6)
      )
      let skin = StreetColor(0.78, 0.58, 0.45) * uniform(0.45, 1.1)
      for leg in [-0.11, 0.11] {
        add(
          .front(z: z, x: x + leg - 0.08...x + leg + 0.08, y: 0...height * 0.48), .person,
          trousers)
      }
      add(
        .ellipse(
          z: z - 0.02, x: x, y: height * 0.65, width: 0.27, height: height * 0.24, fraying: 0),
        .person, coat)
      add(
        .ellipse(z: z - 0.04, x: x, y: height * 0.92, width: 0.12, height: 0.15, fraying: 0),
        .person, skin)
    }
  }
}
