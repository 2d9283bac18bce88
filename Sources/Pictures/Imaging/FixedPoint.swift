/// Rounded division by 255 as Pillow does it (its `MULDIV255`), exact for products of two samples.
@inline(__always)
func dividedBy255(_ product: Int32) -> Int32 {
  let shifted = product &+ 128
  return ((shifted &>> 8) &+ shifted) &>> 8
}
