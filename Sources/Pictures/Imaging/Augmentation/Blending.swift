/// The line through `degenerate` (factor 0) and `original` (factor 1) at `factor`, cut to 0…255 and
/// rounded down: Pillow's `Image.blend`, in float32 step by step.
///
/// Rounding down is done by adding 2²³, which leaves the nearest integer in the low bits: unlike a
/// checked conversion, this lets the compiler work on many samples at a time.
@inline(__always)
func blended(_ degenerate: Float, _ original: Float, factor: Float) -> UInt8 {
  let value = max(0, min(255, degenerate + factor * (original - degenerate)))
  let shifted = value + 0x1p23
  let nearest = shifted - 0x1p23
  let excess: UInt32 = nearest > value ? 1 : 0
  return UInt8(truncatingIfNeeded: shifted.bitPattern &- excess)
}
