import Lettering

extension DigitFont {
  /// The font families for training.
  package static let training = [
    DigitFont(
      "Averia Serif GWF", "fonts-averia-serif-gwf", ofl, "truetype/averia-gwf",
      "AveriaSerifGWF-Regular.ttf", "AveriaSerifGWF-Bold.ttf"),
    DigitFont(
      "Bebas Neue", "fonts-bebas-neue", ofl, "opentype/bebas-neue",
      "BebasNeue-Regular.otf", "BebasNeue-Book.otf"),
    DigitFont(
      "Cabin", "fonts-cabin", ofl, "opentype/cabin", "Cabin-Regular.otf", "Cabin-Bold.otf"),
    DigitFont(
      "Cantarell", "fonts-cantarell", ofl, "opentype/cantarell",
      "Cantarell-Regular.otf", "Cantarell-Bold.otf"),
    DigitFont(
      "Carlito", "fonts-crosextra-carlito", ofl, "truetype/crosextra",
      "Carlito-Regular.ttf", "Carlito-Bold.ttf", "Carlito-Italic.ttf"),
    DigitFont(
      "Comfortaa", "fonts-comfortaa", ofl, "truetype/comfortaa",
      "Comfortaa-Regular.ttf", "Comfortaa-Bold.ttf"),
    DigitFont(
      "Comic Neue", "fonts-comic-neue", ofl, "opentype/comic-neue",
      "ComicNeue-Regular.otf", "ComicNeue-Bold.otf"),
    DigitFont(
      "Courier Prime", "fonts-courier-prime", ofl, "opentype/courier-prime",
      "Courier Prime.otf", "Courier Prime Bold.otf"),
    DigitFont(
      "DejaVu Sans", "fonts-dejavu-core", vera, "truetype/dejavu",
      "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    DigitFont(
      "DejaVu Sans Mono", "fonts-dejavu-core", vera, "truetype/dejavu",
      "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    DigitFont(
      "DejaVu Serif", "fonts-dejavu-core", vera, "truetype/dejavu",
      "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
    DigitFont(
      "Dosis", "fonts-dosis", ofl, "opentype/dosis", "Dosis-Medium.otf", "Dosis-Bold.otf"),
    DigitFont(
      "GFS Didot", "fonts-gfs-didot", ofl, "opentype/didot", "GFSDidot.otf", "GFSDidotBold.otf"),
    DigitFont(
      "Inconsolata", "fonts-inconsolata", ofl, "truetype/inconsolata", "Inconsolata.otf"),
    DigitFont(
      "Liberation Mono", "fonts-liberation", gpl, "truetype/liberation",
      "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"),
    DigitFont(
      "Liberation Sans", "fonts-liberation", gpl, "truetype/liberation",
      "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf"),
    DigitFont(
      "Liberation Sans Narrow", "fonts-liberation", gpl, "truetype/liberation",
      "LiberationSansNarrow-Regular.ttf", "LiberationSansNarrow-Bold.ttf"),
    DigitFont(
      "Liberation Serif", "fonts-liberation", gpl, "truetype/liberation",
      "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf"),
    DigitFont(
      "Lobster Two", "fonts-lobstertwo", ofl, "opentype/lobstertwo",
      "LobsterTwo-Regular.otf", "LobsterTwo-Bold.otf"),
    DigitFont(
      "Open Sans", "fonts-open-sans", "Apache-2.0", "truetype/open-sans",
      "OpenSans-Regular.ttf", "OpenSans-Semibold.ttf", "OpenSans-ExtraBold.ttf"),
    DigitFont(
      "Quicksand", "fonts-quicksand", ofl, "truetype/quicksand",
      "Quicksand-Regular.ttf", "Quicksand-Bold.ttf"),
    DigitFont(
      "Tuffy", "fonts-tuffy", "public domain", "truetype/tuffy", "Tuffy.ttf", "Tuffy_Bold.ttf"),
    DigitFont(
      "Yanone Kaffeesatz", "fonts-yanone-kaffeesatz", ofl, "opentype/yanone-kaffeesatz",
      "YanoneKaffeesatz-Regular.otf", "YanoneKaffeesatz-Bold.otf"),
  ]

  /// The font families that are held out completely: a sans serif one, a geometric one, two with serifs, one for program
  /// code, and one of Greek print.
  package static let heldOut = [
    DigitFont(
      "Anonymous Pro", "fonts-anonymous-pro", ofl, "truetype/anonymous-pro",
      "Anonymous Pro.ttf", "Anonymous Pro B.ttf"),
    DigitFont(
      "Caladea", "fonts-crosextra-caladea", ofl, "truetype/crosextra",
      "Caladea-Regular.ttf", "Caladea-Bold.ttf", "Caladea-Italic.ttf"),
    DigitFont(
      "GFS Neohellenic", "fonts-gfs-neohellenic", ofl, "opentype/neohellenic",
      "GFSNeohellenic.otf", "GFSNeohellenicBold.otf"),
    DigitFont(
      "League Spartan", "fonts-league-spartan", ofl, "opentype/league-spartan",
      "LeagueSpartan-Regular.otf", "LeagueSpartan-Bold.otf"),
    DigitFont(
      "Old Standard", "fonts-oldstandard", ofl, "truetype/fonts-oldstandard",
      "OldStandard-Regular.ttf", "OldStandard-Bold.ttf"),
    DigitFont(
      "Play", "fonts-play", ofl, "truetype/play", "Play-Regular.ttf", "Play-Bold.ttf"),
  ]

  private static let ofl = "SIL Open Font License"
  private static let gpl = "GPL-2 with font exception"
  private static let vera = "Bitstream Vera licence"
}
