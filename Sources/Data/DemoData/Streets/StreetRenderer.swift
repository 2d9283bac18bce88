import Datasets
import Foundation
import Imaging

/// Draws a street and its labels by the same geometry: a depth for every pixel decides what is seen.
struct StreetRenderer {
  private let style: StreetStyle
  private let camera: StreetCamera
  private let scene: StreetScene
  private var colors: [StreetColor]
  private var labels: [UInt8]
  private var depths: [Double]
  private var generator: AddressedGenerator

  /// Draws scene number `index` of a style.
  package init(_ style: StreetStyle, index: Int, seed: UInt64, width: Int, height: Int) {
    self.style = style
    var generator = AddressedGenerator(
      seed: seed, for: .demoPicture(part: style.number, index: index))
    func uniform(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * generator.nextUnitDouble()
    }
    camera = StreetCamera(
      width: width, height: height, elevation: uniform(style.cameraElevation),
      focalLength: style.focalLength * Double(width),
      horizon: uniform(style.horizon) * Double(height))
    scene = StreetScene(style, using: &generator)
    self.generator = generator
    let count = width * height
    colors = Array(repeating: StreetColor(0, 0, 0), count: count)
    labels = Array(repeating: StreetClass.sky.rawValue, count: count)
    depths = Array(repeating: .infinity, count: count)
    drawSkyAndGround()
    for surface in scene.surfaces { draw(surface) }
  }

  /// The picture, three channels.
  func image() throws -> Image {
    var generator = generator
    var samples: [UInt8] = []
    samples.reserveCapacity(colors.count * 3)
    let haze = StreetColor(style.skyBottom.0, style.skyBottom.1, style.skyBottom.2)
    let tint = SIMD3(style.tint.0, style.tint.1, style.tint.2)
    for row in 0..<camera.height {
      for column in 0..<camera.width {
        let index = row * camera.width + column
        var color = colors[index].saturated(style.saturation)
        if depths[index].isFinite {
          color = color.mixed(with: haze, 1 - exp(-depths[index] / style.visibility))
        }
        let (across, down) = (
          Double(column) / Double(camera.width) - 0.5, Double(row) / Double(camera.height) - 0.5
        )
        let light = 1 - style.vignette * (across * across + down * down) * 2
        for channel in 0..<3 {
          // The sum of two draws is close enough to a normal distribution for noise.
          let noise = generator.nextUnitDouble() + generator.nextUnitDouble() - 1
          let value = color.channels[channel] * tint[channel] * light + noise * 2.4 * style.noise
          samples.append(UInt8(min(max(value, 0), 1) * 255 + 0.5))
        }
      }
    }
    return try Image(width: camera.width, height: camera.height, channels: 3, pixels: samples)
  }

  /// The label ids, one channel.
  func labelMap() throws -> Image {
    try Image(width: camera.width, height: camera.height, channels: 1, pixels: labels)
  }

  private mutating func drawSkyAndGround() {
    let salt = generator.next()
    for row in 0..<camera.height {
      let depth = camera.depth(row: row, ofPlaneAtY: 0)
      for column in 0..<camera.width {
        let index = row * camera.width + column
        guard let depth, depth < 400 else {
          colors[index] = sky(column: column, row: row, salt: salt)
          continue
        }
        let x = camera.point(column: column, row: row, atDepth: depth).x
        (colors[index], labels[index]) = ground(x: x, z: depth, salt: salt)
        depths[index] = depth
      }
    }
  }

  private func sky(column: Int, row: Int, salt: UInt64) -> StreetColor {
    let top = StreetColor(style.skyTop.0, style.skyTop.1, style.skyTop.2)
    let bottom = StreetColor(style.skyBottom.0, style.skyBottom.1, style.skyBottom.2)
    let clear = top.mixed(with: bottom, Double(row) / max(camera.horizon, 1))
    let cloud = ValueNoise.smooth(
      Double(column) / Double(camera.width) * 5, Double(row) / Double(camera.height) * 9, salt)
    return clear.mixed(with: StreetColor(0.95, 0.95, 0.95), style.clouds * cloud)
  }

  private func ground(
    x: Double, z: Double, salt: UInt64
  ) -> (color: StreetColor, label: UInt8) {
    let road = StreetColor(style.road.0, style.road.1, style.road.2)
    let walk = StreetColor(style.sidewalk.0, style.sidewalk.1, style.sidewalk.2)
    let rough = StreetTexture.rough(grain: 0.5, strength: style.roughness)
    let distance = abs(x)
    if distance <= scene.roadHalfWidth {
      let isLine = distance < 0.09 && z.truncatingRemainder(dividingBy: 6) < 3
      let isKerb = distance > scene.roadHalfWidth - 0.15
      let base = isLine ? StreetColor(0.9, 0.9, 0.85) : isKerb ? walk * 0.7 : road
      return (
        rough.color(base, u: x, v: z, salt: salt) * style.light.top, StreetClass.road.rawValue
      )
    }
    if distance <= scene.roadHalfWidth + scene.sidewalkWidth + 1.5 {
      let isJoint = z.truncatingRemainder(dividingBy: 1.5) < 0.08
      let color = rough.color(isJoint ? walk * 0.8 : walk, u: x, v: z, salt: salt)
      return (color * style.light.top, StreetClass.sidewalk.rawValue)
    }
    let grass = StreetTexture.rough(grain: 0.4, strength: 0.6)
    return (
      grass.color(StreetColor(0.32, 0.46, 0.2), u: x, v: z, salt: salt) * style.light.top,
      StreetClass.vegetation.rawValue
    )
  }

  private mutating func draw(_ surface: StreetSurface) {
    guard let bounds = surface.bounds(camera) else { return }
    for row in bounds.rows {
      for column in bounds.columns {
        guard let hit = surface.hit(camera, column: column, row: row), hit.depth > 1 else {
          continue
        }
        let index = row * camera.width + column
        guard hit.depth < depths[index] else { continue }
        depths[index] = hit.depth
        labels[index] = surface.label.rawValue
        colors[index] =
          surface.texture.color(surface.color, u: hit.u, v: hit.v, salt: surface.salt)
          * light(on: surface.shape)
      }
    }
  }

  private func light(on shape: StreetSurface.Shape) -> Double {
    switch shape {
    case .front, .ellipse: style.light.front
    // Things on the right show the side that faces left.
    case .side(let x, _, _): x > 0 ? style.light.left : style.light.right
    case .top: style.light.top
    }
  }
}
