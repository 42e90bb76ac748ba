#if canImport(Accelerate)
  import Accelerate
#else
  import CBLAS
  import Foundation
#endif

/// The one place that multiplies matrices: `cblas_sgemm` of OpenBLAS, or of Accelerate on macOS.
enum MatrixProduct {
  /// OpenBLAS with the right kernel, on the calling thread alone: workers are threads already, and results must not depend
  /// on their number.
  private static let isPrepared: Bool = {
    #if !canImport(Accelerate)
      chooseKernel()
      openblas_set_num_threads(1)
    #endif
    return true
  }()

  #if !canImport(Accelerate)
    /// Names of OpenBLAS's kernels by `cblas_vector_width`.
    private static let kernels = [nil, "Haswell", "SkylakeX"]

    /// Gives OpenBLAS the kernel for the processor's vectors where it does not know the processor.
    ///
    /// A processor newer than the library is taken for one of 2004: products then take three times as long. The library
    /// chooses when it is loaded, by `OPENBLAS_CORETYPE` first; a choice made by the user stays. Libraries built for one
    /// processor have no functions to choose again.
    private static func chooseKernel() {
      typealias Function = @convention(c) () -> Void
      guard let name = openblas_get_corename().map({ String(cString: $0) }), name == "Prescott",
        getenv("OPENBLAS_CORETYPE") == nil, let kernel = kernels[Int(cblas_vector_width())],
        let forget = dlsym(nil, "gotoblas_dynamic_quit"), let choose = dlsym(nil, "gotoblas_dynamic_init")
      else { return }
      setenv("OPENBLAS_CORETYPE", kernel, 1)
      unsafeBitCast(forget, to: Function.self)()
      unsafeBitCast(choose, to: Function.self)()
      unsetenv("OPENBLAS_CORETYPE")
    }
  #endif

  /// Makes the process-wide settings; called wherever a runner is made, before its first product.
  static func prepare() { _ = isPrepared }

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
