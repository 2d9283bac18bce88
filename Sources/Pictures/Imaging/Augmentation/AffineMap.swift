/// The place in the input from which a pixel of the output is taken: input (x′, y′) = (xx·x + xy·y + x₀, yx·x + yy·y + y₀).
struct AffineMap: Equatable {
  var xx = 1.0
  var xy = 0.0
  var x = 0.0
  var yx = 0.0
  var yy = 1.0
  var y = 0.0
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension AffineMap {
  /// A rotation about a centre, counter-clockwise for positive angles, rounded as Pillow rounds it.
  init(rotationDegrees degrees: Double, centerX: Double, centerY: Double) {
    let remainder = fmod(degrees, 360)
    let positive = remainder < 0 ? remainder + 360 : remainder
    let angle = -(positive * (Double.pi / 180))
    xx = AffineMap.roundedTo15Decimals(cos(angle))
    xy = AffineMap.roundedTo15Decimals(sin(angle))
    yx = AffineMap.roundedTo15Decimals(-sin(angle))
    yy = xx
    x = xx * -centerX + xy * -centerY + 0 + centerX
    y = yx * -centerX + yy * -centerY + 0 + centerY
  }

  /// The nearest decimal of 15 digits after the point, correctly rounded as Python's `round` is: the
  /// product's rounding error, which one fused operation yields exactly, decides close calls.
  static func roundedTo15Decimals(_ value: Double) -> Double {
    let product = value * 1e15
    let error = (-product).addingProduct(value, 1e15)
    var digits = product.rounded(.toNearestOrEven)
    let distance = (product - digits) + error
    if distance > 0.5 { digits += 1 } else if distance < -0.5 { digits -= 1 }
    return digits / 1e15
  }
}
