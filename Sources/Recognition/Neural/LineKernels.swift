import Foundation

/// The steps other than matrix products; each writes a whole tensor. Sizes were checked when the plan was made.
enum LineKernels {
  typealias Input = UnsafePointer<Float>
  typealias Output = UnsafeMutablePointer<Float>

  /// Lays the cells under the kernel out as rows, one row an output cell, so that a convolution becomes a product.
  static func unfold(_ input: Input, _ shape: TensorShape, _ window: Window, to out: TensorShape, into rows: Output) {
    let channels = shape.channels
    var row = rows
    for y in 0..<out.height {
      for x in 0..<out.width {
        for kernelY in 0..<window.height {
          let sourceY = y * window.strideY - window.top + kernelY
          for kernelX in 0..<window.width {
            let sourceX = x * window.strideX - window.left + kernelX
            if sourceY >= 0, sourceY < shape.height, sourceX >= 0, sourceX < shape.width {
              row.update(from: input + (sourceY * shape.width + sourceX) * channels, count: channels)
            } else {
              row.update(repeating: 0, count: channels)
            }
            row += channels
          }
        }
      }
    }
  }

  /// Every channel with its own kernel, sixteen channels at a time; the last sixteen overlap those before.
  static func depthwise(
    _ input: Input, _ shape: TensorShape, _ weight: Input, _ window: Window, to out: TensorShape, into output: Output
  ) {
    let channels = shape.channels
    for y in 0..<out.height {
      let firstY = max(0, window.top - y * window.strideY)
      let endY = min(window.height, shape.height + window.top - y * window.strideY)
      for x in 0..<out.width {
        let firstX = max(0, window.left - x * window.strideX)
        let endX = min(window.width, shape.width + window.left - x * window.strideX)
        let cell = output + (y * out.width + x) * channels
        var channel = 0
        while channel < channels {
          guard channels >= 16 else {
            cell[channel] = 0
            for kernelY in firstY..<max(firstY, endY) {
              for kernelX in firstX..<max(firstX, endX) {
                let sourceY = y * window.strideY - window.top + kernelY
                let sourceX = x * window.strideX - window.left + kernelX
                cell[channel] +=
                  input[(sourceY * shape.width + sourceX) * channels + channel]
                  * weight[(kernelY * window.width + kernelX) * channels + channel]
              }
            }
            channel += 1
            continue
          }
          let start = min(channel, channels - 16)
          var sum = SIMD16<Float>(repeating: 0)
          for kernelY in firstY..<max(firstY, endY) {
            let sourceRow = (y * window.strideY - window.top + kernelY) * shape.width
            for kernelX in firstX..<max(firstX, endX) {
              let source = sourceRow + x * window.strideX - window.left + kernelX
              sum +=
                SIMD16<Float>(loading: input + source * channels + start)
                * SIMD16<Float>(loading: weight + (kernelY * window.width + kernelX) * channels + start)
            }
          }
          sum.store(at: cell + start)
          channel += 16
        }
      }
    }
  }

  /// The mean of each channel.
  static func mean(_ input: Input, _ shape: TensorShape, into output: Output) {
    output.update(repeating: 0, count: shape.channels)
    for cell in 0..<shape.cells {
      let row = input + cell * shape.channels
      for channel in 0..<shape.channels { output[channel] += row[channel] }
    }
    let factor = 1 / Float(shape.cells)
    for channel in 0..<shape.channels { output[channel] *= factor }
  }

  /// Each channel times its factor.
  static func scale(_ input: Input, _ shape: TensorShape, by factors: Input, into output: Output) {
    for cell in 0..<shape.cells {
      let row = input + cell * shape.channels, result = output + cell * shape.channels
      for channel in 0..<shape.channels { result[channel] = row[channel] * factors[channel] }
    }
  }

  /// The largest value, or the mean, under the window; padding counts as absent.
  static func pool(
    _ input: Input, _ shape: TensorShape, _ window: Window, to out: TensorShape, average: Bool, into output: Output
  ) {
    let channels = shape.channels
    for y in 0..<out.height {
      for x in 0..<out.width {
        let cell = output + (y * out.width + x) * channels
        cell.update(repeating: average ? 0 : -.greatestFiniteMagnitude, count: channels)
        var seen: Float = 0
        for kernelY in 0..<window.height {
          let sourceY = y * window.strideY - window.top + kernelY
          guard sourceY >= 0, sourceY < shape.height else { continue }
          for kernelX in 0..<window.width {
            let sourceX = x * window.strideX - window.left + kernelX
            guard sourceX >= 0, sourceX < shape.width else { continue }
            let source = input + (sourceY * shape.width + sourceX) * channels
            seen += 1
            for channel in 0..<channels {
              cell[channel] = average ? cell[channel] + source[channel] : max(cell[channel], source[channel])
            }
          }
        }
        if average, seen > 0 {
          for channel in 0..<channels { cell[channel] /= seen }
        }
      }
    }
  }

  /// The channels of one input into their place in the joined tensor.
  static func place(_ input: Input, _ shape: TensorShape, at first: Int, of channels: Int, into output: Output) {
    for cell in 0..<shape.cells {
      (output + cell * channels + first).update(from: input + cell * shape.channels, count: shape.channels)
    }
  }

  /// Each cell to mean 0 and variance 1, then weighted and shifted.
  static func layerNorm(
    _ input: Input, _ shape: TensorShape, weight: Input, bias: Input, epsilon: Float, into output: Output
  ) {
    let channels = shape.channels
    for cell in 0..<shape.cells {
      let row = input + cell * channels, result = output + cell * channels
      var sum: Float = 0
      for channel in 0..<channels { sum += row[channel] }
      let mean = sum / Float(channels)
      var squares: Float = 0
      for channel in 0..<channels { squares += (row[channel] - mean) * (row[channel] - mean) }
      let factor = 1 / (squares / Float(channels) + epsilon).squareRoot()
      for channel in 0..<channels { result[channel] = (row[channel] - mean) * factor * weight[channel] + bias[channel] }
    }
  }

  /// The rows of scores to probabilities.
  static func softmax(_ scores: Output, rows: Int, columns: Int) {
    for row in 0..<rows {
      let values = scores + row * columns
      var largest = values[0]
      for column in 1..<max(1, columns) { largest = max(largest, values[column]) }
      var sum: Float = 0
      for column in 0..<columns {
        let value = exp(values[column] - largest)
        values[column] = value
        sum += value
      }
      let factor = 1 / sum
      for column in 0..<columns { values[column] *= factor }
    }
  }
}
