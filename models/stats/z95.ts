/** z of a two-sided 95 % interval; more digits than `probit(0.975)` of simple-statistics, which is wrong in the third. */
export const Z95 = 1.959963984540054;
