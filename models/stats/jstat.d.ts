/** The part of jStat 1.9 that is used here; the package has no types of its own. */
declare module 'jstat' {
  interface Distribution1 {
    cdf(x: number, a: number): number;
    inv(p: number, a: number): number;
  }
  interface Distribution2 {
    cdf(x: number, a: number, b: number): number;
    inv(p: number, a: number, b: number): number;
    pdf(x: number, a: number, b: number): number;
  }
  interface Functions {
    normal: Distribution2;
    beta: Distribution2;
    gamma: Distribution2;
    chisquare: Distribution1;
    betaln(a: number, b: number): number;
    gammaln(x: number): number;
    /** Regularised incomplete beta function. */
    ibeta(x: number, a: number, b: number): number;
  }
  const exported: { jStat: Functions };
  export default exported;
}
