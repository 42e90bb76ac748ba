#if !canImport(Accelerate)
  import CBLAS
#endif

/// The steps between the products with the widest vectors of the processor, where the C library's header has them.
///
/// Swift compiles for the vectors that every x86-64 has; without wider ones these steps are a fifth of a line's time. Each returns
/// `false` where it did nothing, and ``LineKernels`` or ``Activation`` does the same.
enum WideVectors {
  #if !canImport(Accelerate)
    private static let width = cblas_vector_width()
  #endif

  /// `gelu(row + bias) + residual` in place.
  static func finishGelu(
    _ values: UnsafeMutablePointer<Float>, cells: Int, channels: Int, bias: UnsafePointer<Float>?,
    residual: UnsafePointer<Float>?
  ) -> Bool {
    #if canImport(Accelerate)
      return false
    #else
      return cblas_finish_gelu(values, cells, channels, bias, residual, width) != 0
    #endif
  }

  /// A convolution of every channel by itself.
  static func depthwise(
    _ input: LineKernels.Input, _ shape: TensorShape, _ weight: LineKernels.Input, _ window: Window,
    to out: TensorShape, into output: LineKernels.Output
  ) -> Bool {
    #if canImport(Accelerate)
      return false
    #else
      let sizes = [window.height, window.width, window.strideY, window.strideX, window.top, window.left]
      return cblas_depthwise(
        input, shape.height, shape.width, shape.channels, weight, sizes, output, out.height, out.width, width) != 0
    #endif
  }
}
