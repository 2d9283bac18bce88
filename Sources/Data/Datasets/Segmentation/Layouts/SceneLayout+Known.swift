extension SceneLayout {
  /// The layouts that are looked for, in this order: sets as they are when their archives are unpacked, then folders of pairs
  /// as GTA5 has them.
  static let known = [
    synthia, urbanSyn, bdd100k, earlierBDD100K, mapillary, earlierMapillary, pairsWithInstances,
    pairs,
  ]

  /// SYNTHIA-RAND-CITYSCAPES (Ros et al. 2016): PNGs of 16 bits, with instances in their second channel.
  static let synthia = SceneLayout(
    images: "RGB", labels: "GT/LABELS", readsFirstChannel: true, classes: .synthia)

  /// UrbanSyn (Gómez et al. 2023).
  static let urbanSyn = SceneLayout(
    images: "rgb", labels: "ss", prefixes: ("rgb_", "ss_"), classes: .urbanSyn)

  /// The 10 000 images of BDD100K (Yu et al. 2020) that have label maps.
  static let bdd100k = SceneLayout(
    images: "images/10k", labels: "labels/sem_seg/masks", isSplit: true, classes: .bdd100k)

  /// The same as they were first published.
  static let earlierBDD100K = SceneLayout(
    images: "seg/images", labels: "seg/labels", isSplit: true, suffix: "_train_id",
    classes: .bdd100k)

  /// Mapillary Vistas (Neuhold et al. 2017), a split of the archive that has the label maps of versions 1.2 and 2.0.
  static let mapillary = SceneLayout(
    images: "images", labels: "v1.2/labels", classes: .mapillary)

  /// A split of the archives of earlier versions, whose images have names such as 0035fkbjWljhaftpVM37-g.jpg: other sets
  /// have folders of these names too.
  static let earlierMapillary = SceneLayout(
    images: "images", labels: "labels", beside: "instances", nameLength: 22, classes: .mapillary)

  /// Folders named as those of Mapillary Vistas that hold something else: whose classes are meant, nobody can guess.
  static let pairsWithInstances = SceneLayout(
    images: "images", labels: "labels", beside: "instances", classes: nil)

  /// GTA5 (Richter et al. 2016), and whatever is laid out like it.
  static let pairs = SceneLayout(images: "images", labels: "labels")
}
