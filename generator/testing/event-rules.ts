/** An independent reading of the event contract (envelope and required data), for the generator's own tests. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^(20\d\d)-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(Z|\+08:00)$/;

export function isUscc(code: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  if (ALPHABET[(31 - (sum % 31)) % 31] !== code[17]) return false;
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  let organisation = 0;
  weights.forEach((w, i) => {
    organisation += w * Number.parseInt(code[8 + i]!, 36);
  });
  const check = (11 - (organisation % 11)) % 11;
  return code[16] === (check === 10 ? 'X' : String(check));
}

type Rule = (value: unknown) => boolean;
const text: Rule = (value) => typeof value === 'string' && value.length > 0;
const day: Rule = (value) => typeof value === 'string' && DAY.test(value);
const oneOf =
  (...values: unknown[]): Rule =>
  (value) =>
    values.includes(value);
const list =
  (each: Rule): Rule =>
  (value) =>
    Array.isArray(value) && value.every(each);
const count: Rule = (value) => Number.isInteger(value) && (value as number) >= 0;
const year: Rule = (value) => Number.isInteger(value) && (value as number) > 2010;
const quarter: Rule = (value) => typeof value === 'string' && /^20\d\dQ[1-4]$/.test(value);
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);
const code: Rule = (value) => typeof value === 'string' && isUscc(value);
const row: Rule = (value) => {
  const r = value as Record<string, unknown>;
  return code(r.uscc) && text(r.doc_no) && day(r.decided_on);
};

interface TypeRule {
  about?: true;
  data: Record<string, Rule>;
}

const listed: TypeRule = { about: true, data: { reason: text, decided_on: day } };
const objection: TypeRule = { data: { objection_id: text, record_id: text } };
const punishment: TypeRule = { data: { case_id: text } };
const taskAbout: TypeRule = { about: true, data: { task_id: text } };

/** Required members of section 2 of the contract. */
export const TYPE_RULES: Readonly<Record<string, TypeRule>> = {
  'login.succeeded': { data: { account: text } },
  'entity.registered': {
    about: true,
    data: { name: text, kind: text, industry: (v) => /^[A-T]\d{0,4}$/.test(String(v)), registered_on: day },
  },
  'entity.cancelled': { about: true, data: { decided_on: day } },
  'entity.revoked': { about: true, data: { decided_on: day } },
  'registration.pushed': {
    about: true,
    data: { push_id: text, bucket: oneOf('licensed', 'unlicensed'), matters: list(text) },
  },
  'push.claimed': { data: { push_id: text } },
  'push.returned': { data: { push_id: text } },
  'push.return_confirmed': { data: { push_id: text } },
  'push.voided': { data: { push_id: text, reason: text } },
  'push.outcome_fed_back': {
    data: {
      push_id: text,
      outcome: oneOf('licensed', 'refused', 'not_applied', 'not_required'),
      decided_on: optional(day),
    },
  },
  'followup.checked': { data: { push_id: text, checked_on: day, finding: text } },
  'licence.entered': { about: true, data: { doc_no: text, decided_on: day, kind: text, push_id: optional(text) } },
  'penalty.entered': {
    about: true,
    data: {
      doc_no: text,
      decided_on: day,
      procedure: oneOf('general', 'summary'),
      kind: text,
      amount: optional((v) => typeof v === 'number' && v > 0),
    },
  },
  'dishonest.entered': { about: true, data: { doc_no: text, decided_on: day, list_kind: text } },
  'record.published': { data: { record_id: text } },
  'quarter_list.submitted': { data: { quarter, kind: oneOf('licence', 'dishonest'), rows: list(row) } },
  'unlicensed.reported': { data: { case_id: text } },
  'unlicensed.handled': { data: { case_id: text } },
  'library.updated': { data: { library: oneOf('items', 'objects', 'inspectors'), count } },
  'plan.filed': { data: { plan_id: text, year } },
  'task.created': {
    data: {
      task_id: text,
      year,
      scope: oneOf('single', 'joint'),
      lead: text,
      participants: list(text),
      directed: oneOf(true, false),
    },
  },
  'inspector.registered': {
    data: { inspector: text, name: text, certificate: text, valid_until: day, active: oneOf(true, false) },
  },
  'draw.executed': { data: { task_id: text, objects: list(code) } },
  'inspection.done': { about: true, data: { task_id: text, inspectors: list(text) } },
  'result.entered': { about: true, data: { task_id: text, codes: list(text) } },
  'result.published': taskAbout,
  'abnormal.listed': listed,
  'abnormal.removed': listed,
  'blacklist.listed': listed,
  'blacklist.removed': listed,
  'complaint.received': { about: true, data: { channel: text, topic: text } },
  'punishment.initiated': punishment,
  'punishment.received': punishment,
  'punishment.applied': punishment,
  'punishment.fed_back': punishment,
  'objection.filed': objection,
  'objection.forwarded': objection,
  'objection.verified': objection,
  'objection.answered': objection,
  'repair.applied': { about: true, data: { record_id: text } },
  'repair.approved': { about: true, data: { record_id: text } },
  'meeting.held': { data: { meeting_id: text, required: list(text) } },
  'meeting.attended': { data: { meeting_id: text, status: oneOf('present', 'substitute', 'excused') } },
  'material.due': { data: { obligation_id: text, due_on: day, required: list(text) } },
  'material.submitted': { data: { obligation_id: text } },
  'mark.awarded': {
    data: {
      quarter,
      item: oneOf('unlicensed', 'dr_single'),
      unit: text,
      points: (v) => typeof v === 'number' && v >= 0 && v <= 6,
      reason: text,
      approver: text,
    },
  },
  'outage.declared': { data: { from: day, to: day, units: list(text), reason: text } },
  'event.voided': { data: { event_source: text, event_id: text, reason: text } },
};

/** Further types of domain.md §3 that the generator writes; their members are free. */
export const FURTHER_TYPES: ReadonlySet<string> = new Set(
  `enterprise.notified push.dispatched push.receipt_fed_back push.reminded guidance.given linkage.action
  subject.unreachable support.entered qualification.entered honour.entered arrears.entered trademark.registered
  record.attached record.corrected verify.queried joint_plan.consulted result.closed publicity.suspended training.held
  account.provisioned mobile_inspection.used quality.checked risk.alert_raised risk.alert_disposed annual_report.filed
  clue.received supervision.issued tier.changed`.split(/\s+/),
);

/** What is wrong with a line, or undefined. */
export function problemOf(line: string): string | undefined {
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (event.specversion !== '1.0') return 'specversion';
  if (typeof event.id !== 'string' || event.id.length < 1 || event.id.length > 64) return 'id';
  if (typeof event.source !== 'string' || !URL.canParse(event.source)) return 'source';
  const time = TIME.exec(String(event.time));
  if (!time || Number(time[1]) < 2010) return 'time';
  if (typeof event.department !== 'string' || event.department === '') return 'department';
  if (event.region !== undefined && !/^320671\d{3}$/.test(String(event.region))) return 'region';
  if (event.subject !== undefined && !code(event.subject)) return 'subject';
  const type = String(event.type);
  const rule = TYPE_RULES[type];
  if (!rule && !FURTHER_TYPES.has(type)) return `type ${type}`;
  if (typeof event.data !== 'object' || event.data === null || Array.isArray(event.data)) return 'data';
  if (rule?.about && event.subject === undefined) return 'no subject';
  for (const [member, check] of Object.entries(rule?.data ?? {})) {
    if (!check((event.data as Record<string, unknown>)[member])) return `data.${member}`;
  }
  return undefined;
}
