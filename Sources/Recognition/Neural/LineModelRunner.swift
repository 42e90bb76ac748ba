/// Runs a network on one line after another; owns the memory in between, so one worker uses one runner.
package final class LineModelRunner {
  private let model: LineModel
  private let usesWideVectors: Bool
  private var plan: LinePlan?
  private var plannedWidth = 0
  private var arena: UnsafeMutableBufferPointer<Float> = .allocate(capacity: 0)
  private var scratch: UnsafeMutableBufferPointer<Float> = .allocate(capacity: 0)

  /// Creates a runner; its memory grows with the widest line so far (about 4 MB a 640-pixel line).
  ///
  /// Without wide vectors it runs as on processors that have none; scores then differ in their last digits.
  package init(_ model: LineModel, usesWideVectors: Bool = true) {
    self.model = model
    self.usesWideVectors = usesWideVectors
    MatrixProduct.prepare()
  }

  deinit {
    arena.deallocate()
    scratch.deallocate()
  }

  /// The raw scores of every class, column by column (`columns` x ``LineModel/classCount``), of a prepared line.
  ///
  /// `pixels` holds ``LineModel/height`` x `width` cells of blue, green, red, each -1...1.
  package func run(_ pixels: [Float], width: Int) throws(LineModelError) -> [Float] {
    // Without an end there is always a result.
    try run(pixels, width: width, until: nil) ?? []
  }

  /// The same, or `nil` where `deadline` passed before the last step.
  package func run(
    _ pixels: [Float], width: Int, until deadline: ReadingDeadline?
  ) throws(LineModelError) -> [Float]? {
    guard width > 0, pixels.count == 3 * width * model.height else { throw .tooNarrow(width: width) }
    let plan = try plan(for: width)
    let output = plan.shapes.count - 1
    (arena.baseAddress! + plan.offsets[0]).update(from: pixels, count: pixels.count)
    let isDone = model.weights.withUnsafeBufferPointer { weights in
      for (step, operation) in model.operations.enumerated() {
        if let deadline, deadline.isOver { return false }
        run(operation, step + 1, plan, weights.baseAddress!)
      }
      return true
    }
    guard isDone else { return nil }
    let result = UnsafeBufferPointer(start: arena.baseAddress! + plan.offsets[output], count: plan.shapes[output].count)
    return Array(result)
  }

  private func plan(for width: Int) throws(LineModelError) -> LinePlan {
    if let plan, plannedWidth == width { return plan }
    let made = try LinePlan(model, width: width)
    let attention = model.operations.reduce(0) { size, operation in
      guard case .attention(let input, _, _, _) = operation else { return size }
      return max(size, made.shapes[input].width * made.shapes[input].width)
    }
    grow(&arena, to: made.arena)
    grow(&scratch, to: max(made.unfolded, attention))
    plan = made
    plannedWidth = width
    return made
  }

  private func grow(_ buffer: inout UnsafeMutableBufferPointer<Float>, to count: Int) {
    guard buffer.count < count else { return }
    buffer.deallocate()
    buffer = .allocate(capacity: count)
    buffer.initialize(repeating: 0)
  }

  private func run(_ operation: LineOperation, _ output: Int, _ plan: LinePlan, _ weights: UnsafePointer<Float>) {
    let base = arena.baseAddress!
    func values(_ tensor: Int) -> UnsafePointer<Float> { UnsafePointer(base + plan.offsets[tensor]) }
    let result = base + plan.offsets[output]
    let out = plan.shapes[output]
    let input = operation.inputs[0]
    let shape = plan.shapes[input]
    switch operation {
    case .convolution(let convolution):
      var rows = values(input)
      let inner = convolution.window.height * convolution.window.width * convolution.inner
      if !convolution.window.isPointwise, let unfolded = scratch.baseAddress {
        LineKernels.unfold(rows, shape, convolution.window, to: out, into: unfolded)
        rows = UnsafePointer(unfolded)
      }
      MatrixProduct.multiply(
        rows, stride: inner, weights + convolution.weight, stride: convolution.outer, into: result,
        stride: convolution.outer, rows: out.cells, inner: inner, columns: convolution.outer)
      finish(convolution, result, out, plan, weights)
    case .depthwise(let convolution):
      let weight = weights + convolution.weight
      if !usesWideVectors
        || !WideVectors.depthwise(values(input), shape, weight, convolution.window, to: out, into: result)
      {
        LineKernels.depthwise(values(input), shape, weight, convolution.window, to: out, into: result)
      }
      finish(convolution, result, out, plan, weights)
    case .mean: LineKernels.mean(values(input), shape, into: result)
    case .scale(_, let factors): LineKernels.scale(values(input), shape, by: values(factors), into: result)
    case .maximum(_, let window):
      LineKernels.pool(values(input), shape, window, to: out, average: false, into: result)
    case .average(_, let window):
      LineKernels.pool(values(input), shape, window, to: out, average: true, into: result)
    case .concatenation(let inputs):
      var first = 0
      for tensor in inputs {
        LineKernels.place(values(tensor), plan.shapes[tensor], at: first, of: out.channels, into: result)
        first += plan.shapes[tensor].channels
      }
    case .layerNorm(_, let weight, let bias, let epsilon):
      LineKernels.layerNorm(
        values(input), shape, weight: weights + weight, bias: weights + bias, epsilon: epsilon, into: result)
    case .attention(_, let heads, let size, let factor):
      attend(values(input), columns: shape.width, heads: heads, size: size, factor: factor, into: result)
    case .sum(let left, let right):
      let first = values(left), second = values(right)
      for index in 0..<out.count { result[index] = first[index] + second[index] }
    }
  }

  private func finish(
    _ convolution: Convolution, _ result: UnsafeMutablePointer<Float>, _ shape: TensorShape, _ plan: LinePlan,
    _ weights: UnsafePointer<Float>
  ) {
    let bias = convolution.bias.map { weights + $0 }
    let residual = convolution.residual.map { UnsafePointer(arena.baseAddress! + plan.offsets[$0]) }
    let (cells, channels) = (shape.cells, shape.channels)
    if usesWideVectors, convolution.activation == .gelu,
      WideVectors.finishGelu(result, cells: cells, channels: channels, bias: bias, residual: residual)
    {
      return
    }
    convolution.activation.finish(result, cells: cells, channels: channels, bias: bias, residual: residual)
  }

  private func attend(
    _ input: UnsafePointer<Float>, columns: Int, heads: Int, size: Int, factor: Float,
    into output: UnsafeMutablePointer<Float>
  ) {
    let scores = scratch.baseAddress!
    let stride = 3 * heads * size
    for head in 0..<heads {
      let queries = input + head * size, keys = queries + heads * size, content = keys + heads * size
      MatrixProduct.multiply(
        queries, stride: stride, keys, stride: stride, transposingRight: true, into: scores, stride: columns,
        rows: columns, inner: size, columns: columns, factor: factor)
      LineKernels.softmax(scores, rows: columns, columns: columns)
      MatrixProduct.multiply(
        UnsafePointer(scores), stride: columns, content, stride: stride, into: output + head * size,
        stride: heads * size, rows: columns, inner: columns, columns: size)
    }
  }
}
