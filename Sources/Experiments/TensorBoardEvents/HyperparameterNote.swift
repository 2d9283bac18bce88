import Protobuf

/// What TensorBoard's table of hyperparameters reads of a run, with the field numbers of its `plugin_data.proto` and `api.proto`.
enum HyperparameterNote {
  /// The settings that runs of this kind have, and the curves whose last points are shown beside them.
  case experiment([Hyperparameter], metrics: [String], time: Double)
  /// The settings of this run, which begins.
  case start([Hyperparameter], time: Double)
  /// The run has ended well.
  case end(time: Double)

  var tag: String {
    switch self {
    case .experiment: "_hparams_/experiment"
    case .start: "_hparams_/session_start_info"
    case .end: "_hparams_/session_end_info"
    }
  }

  var message: ProtobufMessage {
    var message = ProtobufMessage()
    switch self {
    case .experiment(let settings, let metrics, let time):
      var experiment = ProtobufMessage()
      experiment.append(time, as: 3)
      for setting in settings { experiment.append(setting.info, as: 4) }
      for metric in metrics { experiment.append(Self.metric(metric), as: 5) }
      message.append(experiment, as: 2)
    case .start(let settings, let time):
      var start = ProtobufMessage()
      for setting in settings.sorted(by: { $0.name < $1.name }) {
        start.append(setting.entry, as: 1)
      }
      start.append(time, as: 5)
      message.append(start, as: 3)
    case .end(let time):
      var end = ProtobufMessage()
      end.append(1 as Int64, as: 1)  // STATUS_SUCCESS
      end.append(time, as: 2)
      message.append(end, as: 4)
    }
    return message
  }

  private static func metric(_ tag: String) -> ProtobufMessage {
    var name = ProtobufMessage()
    name.append(tag, as: 2)
    var metric = ProtobufMessage()
    metric.append(name, as: 1)
    return metric
  }
}
