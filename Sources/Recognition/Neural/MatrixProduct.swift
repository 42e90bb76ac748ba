#if canImport(Accelerate)
  import Accelerate
#else
  import CBLAS
#endif

/// The one place that multiplies matrices: `cblas_sgemm` of OpenBLAS, or of Accelerate on macOS.
enum MatrixProduct {
  /// Runs OpenBLAS on the calling thread alone: workers are threads already, and results must not depend on their number.
  private static let singleThreaded: Bool = {
    #if !canImport(Accelerate)
      openblas_set_num_threads(1)
    #endif
    return true
  }()

  /// Makes the process-wide setting; called wherever a runner is made, before its first product.
  static func prepare() { _ = singleThreaded }

  /// `result = factor * left * right`, all row by row; strides are values from one row to the next.
  ///
  /// `left` is `rows` x `inner`, `right` is `inner` x `columns`, or `columns` x `inner` if `transposingRight`.
  static func multiply(
    _ left: UnsafePointer<Float>, stride leftStride: Int, _ right: UnsafePointer<Float>, stride rightStride: Int,
    transposingRight: Bool = false, into result: UnsafeMutablePointer<Float>, stride resultStride: Int, rows: Int,
    inner: Int, columns: Int, factor: Float = 1
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans, numericCast(rows),
      numericCast(columns), numericCast(inner), factor, left, numericCast(leftStride), right, numericCast(rightStride),
      0, result, numericCast(resultStride))
  }
}
