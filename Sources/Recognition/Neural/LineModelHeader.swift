import Foundation

/// The JSON at the head of a weight file, as written by `Training/convert.py`.
struct LineModelHeader: Decodable {
  var name: String
  var dtype: String
  var count: Int
  var height: Int
  var channels: Int
  var alphabet: String
  var output: Int
  var operations: [Step]

  /// One operation; which fields it needs depends on its kind.
  struct Step: Decodable {
    var kind: String
    var inputs: [Int]
    var output: Int
    var kernel: [Int]?
    var stride: [Int]?
    var padding: [Int]?
    var channels: [Int]?
    var weight: Int?
    var bias: Int?
    var activation: Activation?
    var residual: Int?
    var epsilon: Double?
    var heads: Int?
    var factor: Double?
  }

  /// Reads the header of `bytes`; also says where the weights begin.
  static func parse(_ bytes: [UInt8]) throws(LineModelError) -> (header: LineModelHeader, weightsAt: Int) {
    guard bytes.starts(with: [0x4C, 0x52, 0x4D, 0x31]) else { throw .notAWeightFile }
    guard bytes.count >= 8 else { throw .truncated(wanted: 8, had: bytes.count) }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[4 + $1]) << (8 * $1) }
    let weightsAt = (8 + length + 63) / 64 * 64
    guard bytes.count >= weightsAt else { throw .truncated(wanted: weightsAt, had: bytes.count) }
    guard let header = try? JSONDecoder().decode(LineModelHeader.self, from: Data(bytes[8..<(8 + length)])) else {
      throw .unreadableHeader
    }
    let largest = 1 << 28  // a gigabyte of weights; far beyond any line reader, small enough for every product below
    guard header.dtype == "float16", (1...largest).contains(header.count), (8...256).contains(header.height),
      header.channels == 3, !header.alphabet.isEmpty
    else { throw .inconsistent(operation: nil) }
    let wanted = weightsAt + 2 * header.count
    guard bytes.count == wanted else { throw .truncated(wanted: wanted, had: bytes.count) }
    return (header, weightsAt)
  }

  /// The steps with tensors numbered in order, each checked against the weights and against the tensors it reads.
  func resolved() throws(LineModelError) -> [LineOperation] {
    var resolver = Resolver(count: count, channels: channels)
    var steps: [LineOperation] = []
    guard operations.count <= 10_000 else { throw .inconsistent(operation: nil) }
    for (index, step) in operations.enumerated() {
      guard let operation = resolver.resolve(step) else { throw .inconsistent(operation: index) }
      steps.append(operation)
    }
    // One class per character and the blank, from the last step.
    guard resolver.numbers[output] == steps.count, resolver.channels.last == alphabet.unicodeScalars.count + 1 else {
      throw .inconsistent(operation: nil)
    }
    return steps
  }
}

/// Follows the number of channels through the steps and refuses what would read outside a tensor or the weights.
private struct Resolver {
  let count: Int
  var channels: [Int]
  var numbers: [Int: Int] = [0: 0]

  init(count: Int, channels: Int) {
    self.count = count
    self.channels = [channels]
  }

  mutating func resolve(_ step: LineModelHeader.Step) -> LineOperation? {
    let inputs = step.inputs.compactMap { numbers[$0] }
    guard inputs.count == step.inputs.count, let first = inputs.first, numbers[step.output] == nil,
      let (operation, out) = operation(step, inputs, first), (1...65_536).contains(out)
    else { return nil }
    numbers[step.output] = channels.count
    channels.append(out)
    return operation
  }

  private func operation(_ step: LineModelHeader.Step, _ inputs: [Int], _ first: Int) -> (LineOperation, Int)? {
    switch (step.kind, inputs.count) {
    case ("convolution", 1), ("depthwise", 1): return convolution(step, first)
    case ("mean", 1): return (.mean(input: first), channels[first])
    case ("maximum", 1), ("average", 1):
      guard let window = window(step) else { return nil }
      let pool = step.kind == "maximum" ? LineOperation.maximum(input: first, window) : .average(input: first, window)
      return (pool, channels[first])
    case ("concatenation", 1...16): return (.concatenation(inputs), inputs.reduce(0) { $0 + channels[$1] })
    case ("layerNorm", 1):
      guard let weight = step.weight, let bias = step.bias, let epsilon = step.epsilon, epsilon > 0,
        holds(weight, channels[first]), holds(bias, channels[first])
      else { return nil }
      return (.layerNorm(input: first, weight: weight, bias: bias, epsilon: Float(epsilon)), channels[first])
    case ("attention", 1):
      guard let heads = step.heads, let factor = step.factor, (1...256).contains(heads), factor.isFinite,
        channels[first] % (3 * heads) == 0
      else { return nil }
      let size = channels[first] / (3 * heads)
      return (.attention(input: first, heads: heads, size: size, factor: Float(factor)), heads * size)
    case ("scale", 2), ("sum", 2):
      guard channels[first] == channels[inputs[1]] else { return nil }
      let operation = step.kind == "sum" ? LineOperation.sum(first, inputs[1]) : .scale(input: first, by: inputs[1])
      return (operation, channels[first])
    default: return nil
    }
  }

  private func convolution(_ step: LineModelHeader.Step, _ input: Int) -> (LineOperation, Int)? {
    guard let window = window(step), let sizes = step.channels, sizes.count == 2, sizes[0] == channels[input],
      let outer = sizes.last, (1...65_536).contains(outer), let weight = step.weight
    else { return nil }
    let isDepthwise = step.kind == "depthwise"
    guard !isDepthwise || outer == sizes[0],
      holds(weight, window.height * window.width * (isDepthwise ? 1 : sizes[0]) * outer)
    else { return nil }
    if let bias = step.bias, !holds(bias, outer) { return nil }
    var residual: Int?
    if let wanted = step.residual {
      guard let number = numbers[wanted], channels[number] == outer else { return nil }
      residual = number
    }
    let convolution = Convolution(
      input: input, residual: residual, window: window, inner: sizes[0], outer: outer, weight: weight, bias: step.bias,
      activation: step.activation ?? .none)
    return (isDepthwise ? .depthwise(convolution) : .convolution(convolution), outer)
  }

  private func window(_ step: LineModelHeader.Step) -> Window? {
    guard let kernel = step.kernel, kernel.count == 2, let stride = step.stride, stride.count == 2,
      let padding = step.padding, padding.count == 4, (kernel + stride).allSatisfy((1...64).contains),
      padding.allSatisfy((0...64).contains)
    else { return nil }
    return Window(
      height: kernel[0], width: kernel[1], strideY: stride[0], strideX: stride[1], top: padding[0], left: padding[1],
      bottom: padding[2], right: padding[3])
  }

  private func holds(_ offset: Int, _ length: Int) -> Bool {
    offset >= 0 && offset <= count && length <= count - offset
  }
}
