import Foundation

/// A made-up run's folder.
struct RunFolder {
  let path: String

  /// The files of a run that ended, with two steps, one evaluation and two classes.
  init(in parent: TemporaryFolder, named name: String = "csg-0") throws {
    path = "\(parent.path)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write("seed: 0\nname: <&\"\n", to: "recipe.yaml")
    try write(
      #"{"command_line": ["syn2real", "train", "Recipes/a<b.yaml"], "device": "cpu"}"#,
      to: "environment.json")
    try write(
      #"""
      {"iteration":0,"epoch":0,"lr":0.1,"loss":2.5,"loss_task":2,"loss_nce_layer3":0.5,"nce_top1_layer3":0.25,"indices":[1,2]}
      {"iteration":1,"epoch":0,"lr":0.2,"loss":"NaN","loss_task":1,"loss_nce_layer3":0.25,"nce_top1_layer3":0.75}

      """#, to: "metrics.jsonl")
    let evaluation = #"""
      {"iteration":2,"dataset":"photographs","domain":"real","mean_class_accuracy":0.625,"accuracy":0.5,"class_accuracies":{"cat":0.25,"dog":1},"hse":{"0":-0.5,"1":1.25,"2":2},"selection":"source"}
      """#
    try write(evaluation + "\n", to: "evaluations.jsonl")
    try write(
      #"""
      {"method":"csg","seed":7,"selection":"source","selection_label":"best on held-out images","iteration":2,"iterations":4,"seconds":12.25,"evaluations":[\#(evaluation)]}
      """#, to: "results.json")
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
  }

  func append(_ text: String, to name: String) throws {
    let old = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    try write(old + text, to: name)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }
}
