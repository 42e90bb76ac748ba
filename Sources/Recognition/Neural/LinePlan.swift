/// Sizes of a tensor; its values lie row by row, column by column, channel by channel.
struct TensorShape: Hashable, Sendable {
  var height: Int, width: Int, channels: Int
  /// Number of cells (rows times columns).
  var cells: Int { height * width }
  /// Number of values.
  var count: Int { height * width * channels }
}

/// Where every tensor lies in the one block of memory that a line of a given width needs.
struct LinePlan: Sendable {
  /// Shapes by tensor number.
  let shapes: [TensorShape]
  /// Offsets by tensor number, in floats.
  let offsets: [Int]
  /// Size of the block, in floats.
  let arena: Int
  /// Size of the unfolded input of the largest convolution, in floats.
  let unfolded: Int

  /// Plans a line of `width` pixels; tensors whose last reader has run give their memory back.
  init(_ model: LineModel, width: Int) throws(LineModelError) {
    var shapes = [TensorShape(height: model.height, width: width, channels: 3)]
    var unfolded = 0
    for operation in model.operations {
      guard let shape = Self.shape(of: operation, shapes), shape.height > 0, shape.width > 0 else {
        throw .tooNarrow(width: width)
      }
      if case .convolution(let convolution) = operation, !convolution.window.isPointwise {
        let window = convolution.window
        unfolded = max(unfolded, shape.cells * window.height * window.width * convolution.inner)
      }
      shapes.append(shape)
    }
    var lastUse = [Int](repeating: 0, count: shapes.count)
    for (step, operation) in model.operations.enumerated() {
      for input in operation.inputs { lastUse[input] = step }
      lastUse[step + 1] = step
    }
    lastUse[shapes.count - 1] = .max
    var live: [(offset: Int, size: Int, lastUse: Int)] = []
    var offsets: [Int] = []
    var arena = 0
    for (tensor, shape) in shapes.enumerated() {
      let step = tensor - 1  // the step that makes it; what was read last before that step is free
      live.removeAll { $0.lastUse < step }
      let size = (shape.count + 15) / 16 * 16
      var offset = 0
      for block in live {
        if block.offset - offset >= size { break }
        offset = max(offset, block.offset + block.size)
      }
      let position = live.firstIndex { $0.offset > offset } ?? live.count
      live.insert((offset, size, lastUse[tensor]), at: position)
      offsets.append(offset)
      arena = max(arena, offset + size)
    }
    self.shapes = shapes
    self.offsets = offsets
    self.arena = arena
    self.unfolded = unfolded
  }

  /// The shape that comes out, or `nil` where the inputs do not fit one another.
  private static func shape(of operation: LineOperation, _ shapes: [TensorShape]) -> TensorShape? {
    let input = shapes[operation.inputs[0]]
    switch operation {
    case .convolution(let convolution), .depthwise(let convolution):
      let shape = pooled(input, convolution.window, channels: convolution.outer)
      if let residual = convolution.residual, shapes[residual] != shape { return nil }
      return shape
    case .mean: return TensorShape(height: 1, width: 1, channels: input.channels)
    case .scale(_, let factors): return shapes[factors].cells == 1 ? input : nil
    case .maximum(_, let window), .average(_, let window): return pooled(input, window, channels: input.channels)
    case .concatenation(let inputs):
      guard inputs.allSatisfy({ shapes[$0].height == input.height && shapes[$0].width == input.width }) else {
        return nil
      }
      let channels = inputs.reduce(0) { $0 + shapes[$1].channels }
      return TensorShape(height: input.height, width: input.width, channels: channels)
    case .layerNorm: return input
    case .attention(_, let heads, let size, _):
      return input.height == 1 ? TensorShape(height: 1, width: input.width, channels: heads * size) : nil
    case .sum(let left, let right): return shapes[left] == shapes[right] ? input : nil
    }
  }

  private static func pooled(_ input: TensorShape, _ window: Window, channels: Int) -> TensorShape {
    TensorShape(height: window.rows(of: input.height), width: window.columns(of: input.width), channels: channels)
  }
}
