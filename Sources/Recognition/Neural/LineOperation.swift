/// What a convolution or pool looks at: sizes in cells, rows before columns.
struct Window: Hashable, Sendable {
  /// Rows and columns of the kernel.
  var height: Int, width: Int
  /// Rows and columns from one output cell to the next.
  var strideY: Int, strideX: Int
  /// Cells of padding at the top, left, bottom and right.
  var top: Int, left: Int, bottom: Int, right: Int

  /// Rows that come out of `height` rows; 0 or less where the kernel does not fit.
  func rows(of height: Int) -> Int { Self.cells(height + top + bottom, kernel: self.height, stride: strideY) }
  /// Columns that come out of `width` columns; 0 or less where the kernel does not fit.
  func columns(of width: Int) -> Int { Self.cells(width + left + right, kernel: self.width, stride: strideX) }

  private static func cells(_ extent: Int, kernel: Int, stride: Int) -> Int {
    extent < kernel ? 0 : (extent - kernel) / stride + 1
  }

  /// Whether a convolution with it is a plain matrix product on the tensor itself.
  var isPointwise: Bool {
    height == 1 && width == 1 && strideY == 1 && strideX == 1 && top + left + bottom + right == 0
  }
}

/// A convolution with what follows it in the same pass: `activation(input * weight + bias) + residual`.
struct Convolution: Hashable, Sendable {
  /// The tensor that goes in.
  var input: Int
  /// The tensor that is added last.
  var residual: Int?
  /// The window.
  var window: Window
  /// Channels in and out.
  var inner: Int, outer: Int
  /// Offsets into the weights: height x width x in x out (depthwise: height x width x channels), and one bias a channel.
  var weight: Int, bias: Int?
  /// What is done to the sum.
  var activation: Activation
}

/// One step of the network. Tensors are numbered: 0 is the line, n + 1 the result of step n.
enum LineOperation: Hashable, Sendable {
  /// Every channel out sees every channel in.
  case convolution(Convolution)
  /// Every channel sees itself alone.
  case depthwise(Convolution)
  /// The mean of each channel over all cells.
  case mean(input: Int)
  /// Each channel multiplied by its own factor.
  case scale(input: Int, by: Int)
  /// The largest value under the window.
  case maximum(input: Int, Window)
  /// The mean under the window.
  case average(input: Int, Window)
  /// The channels of all inputs one after another.
  case concatenation([Int])
  /// Each cell's channels brought to mean 0 and variance 1, then weighted and shifted.
  case layerNorm(input: Int, weight: Int, bias: Int, epsilon: Float)
  /// Self-attention over the columns; the input holds queries, keys and values, each `heads * size` channels.
  case attention(input: Int, heads: Int, size: Int, factor: Float)
  /// Cell by cell.
  case sum(Int, Int)

  /// The tensors it reads.
  var inputs: [Int] {
    switch self {
    case .convolution(let convolution), .depthwise(let convolution):
      [convolution.input] + (convolution.residual.map { [$0] } ?? [])
    case .mean(let input), .maximum(let input, _), .average(let input, _), .layerNorm(let input, _, _, _),
      .attention(let input, _, _, _):
      [input]
    case .scale(let input, let other), .sum(let input, let other): [input, other]
    case .concatenation(let inputs): inputs
    }
  }
}
