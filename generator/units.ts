/** What a unit of the demo district is like. Shares are probabilities at its usual form. */
export interface Character {
  /** opens the platform on a workday */
  login: number;
  /** claims a push at all / in time */
  claim: number;
  prompt: number;
  /** feeds a claimed push back at all / in time */
  feedback: number;
  timely: number;
  /** enters a licence, a penalty, a dishonest subject it decided on */
  entry: number;
  /** reports a decision in its quarterly list */
  honest: number;
  /** inspects a drawn object / publishes the result */
  inspect: number;
  publish: number;
  /** attends a meeting / hands in a material, and in time */
  attend: number;
  submit: number;
  /** cases of trading without a licence found a quarter */
  unlicensed: number;
  /** change of form from quarter to quarter: steady trend, and size of the swings */
  trend: number;
  swing: number;
}

export interface Unit {
  id: string;
  /** share of the registrations pushed */
  pushes: number;
  /** penalties and other dishonest acts decided a quarter; a unit without the duty decides none */
  penalties: number;
  dishonest: number;
  /** leads own inspection tasks and takes part in joint ones */
  inspects: boolean;
  findsUnlicensed: boolean;
  character: Character;
}

type Row = readonly [
  id: string,
  pushes: number,
  penalties: number,
  dishonest: number,
  login: number,
  claim: number,
  prompt: number,
  feedback: number,
  timely: number,
  entry: number,
  honest: number,
  inspect: number,
  publish: number,
  attend: number,
  submit: number,
  unlicensed: number,
  trend: number,
  swing: number,
];

// Duties as in the duty matrix of the rule set (附件2-2); the characters are invented.
const ROWS: readonly Row[] = [
  //id    push pen dis  login claim prompt fback timely entry honest insp publ attend submit unl trend swing
  ['zzb', 6, 14, 6, 0.95, 0.94, 0.86, 0.82, 0.6, 0.93, 0.98, 0.88, 0.93, 0.94, 0.88, 2.2, 0, 0.02],
  ['shsy', 12, 0, 9, 0.97, 0.97, 0.92, 0.95, 0.9, 0.95, 0.97, 0.95, 0.96, 0.97, 0.96, 2.6, -0.03, 0.015],
  ['jjfz', 7, 0, 8, 0.76, 0.78, 0.6, 0.74, 0.58, 0.66, 0.8, 0.55, 0.58, 0.82, 0.74, 0.6, 0.004, 0.03],
  ['czj', 2, 0.5, 0.3, 1, 0.995, 0.98, 0.99, 0.97, 0.995, 1, 1, 0.99, 1, 1, 0.9, 0, 0.003],
  ['fcglj', 4, 0, 7, 0.92, 0.93, 0.88, 0.92, 0.86, 0.9, 0.95, 0.85, 0.9, 0.68, 0.84, 1.4, 0, 0.025],
  ['jsj', 8, 0, 12, 0.93, 0.92, 0.84, 0.9, 0.82, 0.9, 0.96, 0.9, 0.62, 0.88, 0.86, 2.4, 0.005, 0.02],
  ['zhzf', 8, 34, 8, 0.9, 0.8, 0.66, 0.84, 0.72, 0.86, 0.9, 0.82, 0.84, 0.84, 0.8, 6.5, 0.008, 0.03],
  ['yjgl', 7, 18, 8, 0.91, 0.9, 0.8, 0.87, 0.78, 0.88, 0.94, 0.8, 0.82, 0.86, 0.8, 1.8, 0, 0.07],
  ['sthj', 9, 26, 10, 0.98, 0.96, 0.92, 0.94, 0.9, 0.95, 0.99, 0.93, 0.92, 0.97, 0.96, 3.2, 0, 0.015],
  ['scjg', 20, 60, 24, 0.995, 0.96, 0.86, 0.94, 0.84, 0.94, 0.98, 0.94, 0.9, 1, 0.99, 7.5, 0, 0.01],
  ['xzsp', 6, 0, 12, 0.995, 0.98, 0.93, 0.96, 0.92, 0.93, 0.99, 0, 0, 0.98, 0.97, 0, 0, 0.012],
  ['gafj', 6, 24, 8, 0.82, 0.93, 0.88, 0.92, 0.86, 0.97, 0.99, 0.92, 0.9, 0.78, 0.84, 2.0, 0, 0.02],
  ['xfdd', 9, 22, 8, 0.84, 0.84, 0.72, 0.82, 0.7, 0.83, 0.93, 0.78, 0.76, 0.82, 0.76, 1.6, 0.032, 0.015],
  ['zrzy', 3, 9, 5, 0.93, 0.91, 0.85, 0.9, 0.83, 0.91, 0.96, 0.86, 0.87, 0.92, 0.84, 1.0, 0, 0.04],
];

export const UNITS: readonly Unit[] = ROWS.map((row) => {
  const [id, pushes, penalties, dishonest, login, claim, prompt, feedback, timely, entry, honest] = row;
  const [inspect, publish, attend, submit, unlicensed, trend, swing] = row.slice(11) as number[];
  return {
    id,
    pushes,
    penalties,
    dishonest,
    inspects: id !== 'xzsp',
    findsUnlicensed: id !== 'xzsp',
    character: {
      login,
      claim,
      prompt,
      feedback,
      timely,
      entry,
      honest,
      inspect,
      publish,
      attend,
      submit,
      unlicensed,
      trend,
      swing,
    } as Character,
  };
});

/** The unit that keeps the joint-meeting office's desk, and the one that registers and pushes. */
export const OFFICE = 'scjg';
export const REGISTRAR = 'xzsp';
