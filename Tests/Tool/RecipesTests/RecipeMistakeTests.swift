import Recipes
import Testing

/// What a recipe may not say.
@Suite struct RecipeMistakeTests: ReadingRecipes {
  @Test(arguments: [
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {class_weights: [1, -1]}", "at least 0"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {class_weights: balance}", "'balanced'"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {average: emma}", "did you mean 'ema'"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {average_start: 1}", "below 1"),
    ("data: {train: x}\nmethod: {name: csg}\noptimizer: {clip_norm: 0}", "above 0"),
    ("data: {train: x}\nmethod: {name: csg}\nevaluate: {patience: 0}", "at least 1"),
    ("task: segmentation\ndata: {train: x, balance: classes}\nmethod: {name: csg}", "'none'"),
    ("data: {train: x}\nmethod: {name: csg, temprature: 1}", "did you mean 'temperature'"),
    (
      "data: {train: x}\nmethod: {name: vanilla, lambda: 1}",
      "but the method 'vanilla' has no 'lambda'"
    ),
    ("data: {train: x}\nmethod: {name: cgs}", "csg"),
    ("data: {train: x}\nmetod: {name: csg}", "did you mean 'method'"),
    ("data: {trian: x}\nmethod: {name: csg}", "did you mean 'train'"),
    ("data: {train: 5}\nmethod: {name: csg}", "recipe.yaml:1"),
    ("data: {train: [x, x/]}\nmethod: {name: csg}", "x/ stands twice"),
    ("data: {train: x, held_out: [y, y]}\nmethod: {name: csg}", "y stands twice"),
    ("data: {train: x, real: [y, z, y]}\nmethod: {name: csg}", "y stands twice"),
    ("data: {train: x, unseen: [y/], real: [y]}\nmethod: {name: csg}", "y stands twice"),
    ("data: {train: x}\nmethod: {name: csg, stages: [5]}", "stages"),
    ("data: {train: x}\nmethod: {name: csg, queue: 0}", "queue"),
    ("data: {train: x}\nmethod: {name: csg, lambda: -1}", "lambda"),
    ("method: {name: csg}", "train"),
    ("data: {train: x}\nmethod: {name: csg}\nmodel: {backbone: resnet19}", "resnet18"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {epochs: 1, iterations: 1}", "keep one"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {batch_size: many}", "recipe.yaml:3"),
    (
      "data: {train: x}\nmethod: {name: csg}\ntrain: {frozen_precision: bf61}",
      "did you mean 'bf16'"
    ),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {recompute: maybe}", "train.recompute"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {accumulate: 0}", "train.accumulate"),
    ("data: {train: x}\nmethod: {name: csg}\nevaluate: {precision: half}", "float32"),
    ("task: detection\ndata: {train: x}\nmethod: {name: csg}", "segmentation"),
    ("data: {train: x, augment: scene}\nmethod: {name: csg}", "randaugment"),
    ("data: {train: x, decode: scale}\nmethod: {name: csg}", "did you mean 'scaled'"),
    (
      "task: segmentation\ndata: {train: x, decode: scaled}\nmethod: {name: csg}", "data.decode"
    ),
    (
      "task: segmentation\ndata: {train: x}\nmethod: {name: csg}\nmodel: {head_width: 3}",
      "head_width"
    ),
    (
      "task: segmentation\ndata: {train: x}\nmethod: {name: csg}\nevaluate: {tile: 64, overlap: 64}",
      "overlap"
    ),
    (
      "task: segmentation\ndata: {train: x}\nmethod: {name: csg}\nevaluate: {overlap: 64}",
      "without evaluate.tile"
    ),
    ("[1, 2]", "mapping"),
  ])
  func mistakesAreNamed(text: String, said: String) {
    #expect {
      try read(text)
    } throws: { error in
      "\(error)".contains(said)
    }
  }
}
