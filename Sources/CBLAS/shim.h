#include <cblas.h>

/* How wide the processor's vectors are: 2 for AVX-512, 1 for AVX2 with fused products, 0 for less or another kind. */
static inline int cblas_vector_width(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512vl"))
    return 2;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
  return 0;
}

/*
 * Two steps between the products, a fifth of a line's time where only the vectors that every x86-64 has may be used: each
 * compiled for AVX2 and AVX-512. Swift has the same for all other processors. The error function as Eigen publishes it.
 */
#if defined(__x86_64__)
typedef float cblas_avx2 __attribute__((vector_size(32), aligned(4)));
typedef float cblas_avx512 __attribute__((vector_size(64), aligned(4)));

#define CBLAS_STEPS(NAME, LANES, TARGET)                                                                              \
  static __attribute__((target(TARGET), always_inline)) inline cblas_##NAME cblas_gelu_##NAME(cblas_##NAME x) {       \
    cblas_##NAME t = x * 0.70710678f;                                                                                 \
    t = __builtin_elementwise_min(__builtin_elementwise_max(t, (cblas_##NAME){} - 4.0f), (cblas_##NAME){} + 4.0f);    \
    cblas_##NAME s = t * t;                                                                                           \
    cblas_##NAME a = s * -2.72614225801306e-10f + 2.77068142495902e-08f;                                              \
    a = a * s + -2.10102402082508e-06f;                                                                               \
    a = a * s + -5.69250639462346e-05f;                                                                               \
    a = a * s + -7.34990630326855e-04f;                                                                               \
    a = a * s + -2.95459980854025e-03f;                                                                               \
    a = a * s + -1.60960333262415e-02f;                                                                               \
    cblas_##NAME b = s * -1.45660718464996e-05f + -2.13374055278905e-04f;                                             \
    b = b * s + -1.68282697438203e-03f;                                                                               \
    b = b * s + -7.37332916720468e-03f;                                                                               \
    b = b * s + -1.42647390514189e-02f;                                                                               \
    return 0.5f * x * (1.0f + t * a / b);                                                                             \
  }                                                                                                                   \
  /* gelu(value + bias) + residual; bias and residual may be null. */                                                 \
  static __attribute__((target(TARGET), noinline)) void cblas_finish_gelu_##NAME(                                     \
      float *values, long cells, long channels, const float *bias, const float *residual) {                           \
    for (long cell = 0; cell < cells; cell++, values += channels, residual += residual ? channels : 0) {              \
      for (long k = 0; k < channels; k += LANES) {                                                                    \
        if (channels - k >= LANES) {                                                                                  \
          cblas_##NAME x = *(const cblas_##NAME *)(values + k);                                                       \
          if (bias) x += *(const cblas_##NAME *)(bias + k);                                                           \
          x = cblas_gelu_##NAME(x);                                                                                   \
          if (residual) x += *(const cblas_##NAME *)(residual + k);                                                   \
          *(cblas_##NAME *)(values + k) = x;                                                                          \
        } else {                                                                                                      \
          cblas_##NAME x = {};                                                                                        \
          for (long j = k; j < channels; j++) x[j - k] = values[j] + (bias ? bias[j] : 0);                            \
          x = cblas_gelu_##NAME(x);                                                                                   \
          for (long j = k; j < channels; j++) values[j] = x[j - k] + (residual ? residual[j] : 0);                    \
        }                                                                                                             \
      }                                                                                                               \
    }                                                                                                                 \
  }                                                                                                                   \
  /* Every channel with its own kernel; `window` is height, width, stride down and across, padding above and left. */ \
  static __attribute__((target(TARGET), noinline)) void cblas_depthwise_##NAME(                                       \
      const float *input, long height, long width, long channels, const float *weight, const long *window,            \
      float *output, long rows, long columns) {                                                                       \
    for (long y = 0; y < rows; y++) {                                                                                 \
      long top = y * window[2] - window[4];                                                                           \
      for (long x = 0; x < columns; x++, output += channels) {                                                        \
        long left = x * window[3] - window[5];                                                                        \
        for (long k = 0; k < channels; k += LANES) {                                                                  \
          long c = k + LANES <= channels ? k : channels - LANES; /* the last lanes overlap those before */            \
          cblas_##NAME sum = {};                                                                                      \
          for (long i = top < 0 ? -top : 0; i < window[0] && top + i < height; i++)                                   \
            for (long j = left < 0 ? -left : 0; j < window[1] && left + j < width; j++)                               \
              sum += *(const cblas_##NAME *)(input + ((top + i) * width + left + j) * channels + c)                   \
                     * *(const cblas_##NAME *)(weight + (i * window[1] + j) * channels + c);                          \
          *(cblas_##NAME *)(output + c) = sum;                                                                        \
        }                                                                                                             \
      }                                                                                                               \
    }                                                                                                                 \
  }

CBLAS_STEPS(avx2, 8, "avx2,fma")
CBLAS_STEPS(avx512, 16, "avx512f,avx512dq,avx512bw,avx512vl")
#undef CBLAS_STEPS
#endif

/* gelu(value + bias) + residual in place, row by row; 0 where the processor has no vectors for it and nothing was done. */
static inline int cblas_finish_gelu(
    float *values, long cells, long channels, const float *bias, const float *residual, int vectors) {
#if defined(__x86_64__)
  if (vectors == 2) cblas_finish_gelu_avx512(values, cells, channels, bias, residual);
  if (vectors == 1) cblas_finish_gelu_avx2(values, cells, channels, bias, residual);
  return vectors > 0;
#else
  return 0;
#endif
}

/* A convolution of every channel by itself, at least 16 of them; 0 where nothing was done. */
static inline int cblas_depthwise(
    const float *input, long height, long width, long channels, const float *weight, const long *window, float *output,
    long rows, long columns, int vectors) {
#if defined(__x86_64__)
  if (channels < 16) return 0;
  if (vectors == 2) cblas_depthwise_avx512(input, height, width, channels, weight, window, output, rows, columns);
  if (vectors == 1) cblas_depthwise_avx2(input, height, width, channels, weight, window, output, rows, columns);
  return vectors > 0;
#else
  return 0;
#endif
}
