/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's factorisation A = L Lᵀ.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., algorithms 4.2.1 and 3.1.
 *
 * @param matrix n × n, row by row; only the lower triangle is read
 * @returns L (n × n, row by row) or undefined where A is not positive definite
 */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i !== j) factor[i * n + j] = sum / factor[j * n + j]!;
      // A pivot that is only rounding noise of its diagonal means that a column repeats others.
      else if (!(sum > 1e-13 * matrix[i * n + i]!)) return undefined;
      else factor[i * n + i] = Math.sqrt(sum);
    }
  }
  return factor;
}

/** x of L Lᵀ x = b. */
export function choleskySolve(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * n + k]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= factor[k * n + i]! * x[k]!;
    x[i]! /= factor[i * n + i]!;
  }
  return x;
}

/** Diagonal of (L Lᵀ)⁻¹: the variances, where L Lᵀ is an information matrix. */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    return choleskySolve(factor, unit)[i]!;
  });
}
