/** The duty matrix of scoring.md §2 and the default parameters, typed in again for the oracle. */
export interface Unit {
  id: string;
  licence: boolean;
  unlicensed: boolean;
  penalty: boolean;
  doubleRandom: boolean;
}

const unit = (id: string, flags: string): Unit => ({
  id,
  licence: true,
  unlicensed: flags.includes('u'),
  penalty: flags.includes('p'),
  doubleRandom: flags.includes('d'),
});

export const UNITS: readonly Unit[] = [
  unit('zzb', 'upd'),
  unit('shsy', 'ud'),
  unit('jjfz', 'ud'),
  unit('czj', 'upd'),
  unit('fcglj', 'ud'),
  unit('jsj', 'ud'),
  unit('zhzf', 'upd'),
  unit('yjgl', 'upd'),
  unit('sthj', 'upd'),
  unit('scjg', 'upd'),
  unit('xzsp', ''),
  unit('gafj', 'upd'),
  unit('xfdd', 'upd'),
  unit('zrzy', 'upd'),
];

export interface Reading {
  'login.dayBasis': string;
  'claim.cohort': string;
  'claim.returned': string;
  'timely.mode': string;
  'timely.of': string;
  'full90.mode': string;
  'due.source': string;
  zeroDue: string;
  'joint.ge2': string;
  'realloc.scaleTimely': boolean;
}

export const DEFAULT_READING: Reading = {
  'login.dayBasis': 'workday',
  'claim.cohort': 'due',
  'claim.returned': 'confirmed leaves',
  'timely.mode': 'share',
  'timely.of': 'claimed',
  'full90.mode': 'jump',
  'due.source': 'union',
  zeroDue: 'full',
  'joint.ge2': 'sub-part full',
  'realloc.scaleTimely': true,
};
