/// <reference path="./jstat.d.ts" />
/** Distribution functions of jStat, within 1e-9 of SciPy (sampling.md §4.1). */
import jstat from 'jstat';

export const { beta, chisquare, ibeta, normal } = jstat.jStat;
