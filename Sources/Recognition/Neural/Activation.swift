import Foundation

/// What follows the sum of a convolution.
enum Activation: String, Decodable, Hashable, Sendable {
  /// The sum itself.
  case none
  /// max(x, 0)
  case relu
  /// x · Φ(x) with the exact error function
  case gelu
  /// x · sigmoid(x)
  case silu
  /// clamp(x / 6 + 1/2, 0, 1)
  case hardSigmoid
  /// x · hardSigmoid(x)
  case hardSwish

  /// Finishes the rows of a product in one pass: `activation(row + bias) + residual`.
  func finish(
    _ values: UnsafeMutablePointer<Float>, cells: Int, channels: Int, bias: UnsafePointer<Float>?,
    residual: UnsafePointer<Float>?
  ) {
    switch self {
    case .none: Self.pass(values, cells, channels, bias, residual) { $0 }
    case .relu: Self.pass(values, cells, channels, bias, residual) { $0.replacing(with: 0, where: $0 .< 0) }
    case .gelu: Self.pass(values, cells, channels, bias, residual, Self.gelu)
    case .silu: Self.pass(values, cells, channels, bias, residual, Self.silu)
    case .hardSigmoid: Self.pass(values, cells, channels, bias, residual, Self.hardSigmoid)
    case .hardSwish: Self.pass(values, cells, channels, bias, residual) { $0 * Self.hardSigmoid($0) }
    }
  }

  @inline(__always)
  private static func pass(
    _ values: UnsafeMutablePointer<Float>, _ cells: Int, _ channels: Int, _ bias: UnsafePointer<Float>?,
    _ residual: UnsafePointer<Float>?, _ function: (SIMD8<Float>) -> SIMD8<Float>
  ) {
    for cell in 0..<cells {
      let row = values + cell * channels
      let other = residual.map { $0 + cell * channels }
      var channel = 0
      while channel + 8 <= channels {
        var value = SIMD8<Float>(loading: row + channel)
        if let bias { value += SIMD8<Float>(loading: bias + channel) }
        value = function(value)
        if let other { value += SIMD8<Float>(loading: other + channel) }
        value.store(at: row + channel)
        channel += 8
      }
      while channel < channels {
        let value = function(SIMD8<Float>(repeating: row[channel] + (bias?[channel] ?? 0)))[0]
        row[channel] = value + (other?[channel] ?? 0)
        channel += 1
      }
    }
  }

  // SIMD `min`, `max` and `clamped` are loops over lanes; `replacing` is one instruction.
  @inline(__always)
  private static func hardSigmoid(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let line = x * (1 / 6) + 0.5
    return line.replacing(with: 0, where: line .< 0).replacing(with: 1, where: line .> 1)
  }

  @inline(__always)
  private static func gelu(_ x: SIMD8<Float>) -> SIMD8<Float> {
    0.5 * x * (1 + errorFunction(x * Float(0.5).squareRoot()))
  }

  private static func silu(_ x: SIMD8<Float>) -> SIMD8<Float> {
    var result = x
    for lane in 0..<8 { result[lane] = x[lane] / (1 + exp(-x[lane])) }
    return result
  }

  /// erf(x) within 2e-7 of the exact value: an odd polynomial over an even one, both in x clamped to ±4
  /// (the minimax coefficients published with Eigen).
  @inline(__always)
  static func errorFunction(_ value: SIMD8<Float>) -> SIMD8<Float> {
    let x = value.replacing(with: -4, where: value .< -4).replacing(with: 4, where: value .> 4)
    let square = x * x
    var above = square * -2.72614225801306e-10 + 2.77068142495902e-08
    above = above * square + -2.10102402082508e-06
    above = above * square + -5.69250639462346e-05
    above = above * square + -7.34990630326855e-04
    above = above * square + -2.95459980854025e-03
    above = above * square + -1.60960333262415e-02
    var below = square * -1.45660718464996e-05 + -2.13374055278905e-04
    below = below * square + -1.68282697438203e-03
    below = below * square + -7.37332916720468e-03
    below = below * square + -1.42647390514189e-02
    return x * above / below
  }
}

extension SIMD8<Float> {
  /// Eight values from memory of any alignment.
  @inline(__always)
  init(loading pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Writes the eight values to memory of any alignment.
  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD8<Float>.self)
  }
}

extension SIMD16<Float> {
  /// Sixteen values from memory of any alignment.
  @inline(__always)
  init(loading pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Float>.self)
  }

  /// Writes the sixteen values to memory of any alignment.
  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD16<Float>.self)
  }
}
