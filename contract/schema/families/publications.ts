import { Type } from 'typebox';
import {
  AnyText,
  Count,
  Day,
  type EventFamily,
  fixed,
  Id,
  Lenient,
  List,
  named,
  OneOf,
  Optional,
  Period,
  Unit,
  Written,
} from '../event-type.ts';

/** Demanded of nobody: a log may hold what another system published; of ours `verify` says what it is worth. */
const publication = {
  record: 'score-publication-v1',
  snapshot: 'score-snapshot-v1',
  ruleset_text: 'text of the rule set, byte for byte',
};

const OFFICE = { actor: 'office' } as const;
const PRODUCT = { actor: 'product' } as const;

/** Of events from before it was written, and of systems that keep one rule set: every rule set. */
const ruleset = Lenient(Id('rule set whose score it is about; absent: every one'));

/** Which publication a circular tells of, and the texts that people wrote. */
const circular = {
  quarter: 'quarter',
  record_sha256: Lenient(AnyText('record that it tells of')),
  number: Lenient(AnyText('文号')),
  issuer: Lenient(AnyText('who issues it')),
  contact: Lenient(AnyText('whom to ask')),
  opening: Lenient(AnyText('text before the figures')),
  closing: Lenient(AnyText('text after them')),
  entered_by: Lenient(AnyText('account that wrote it')),
};

const row = Type.Object({ kind: Id('cause of the lost row'), key: Id('its key') });

export const publications: EventFamily = {
  family: 'publications',
  title: { zh: '评分发布与异议', en: 'Publication of scores, and objections to them' },
  types: [
    fixed(
      'draft.shown',
      '评分草稿告知',
      'The draft of a period was shown to the units: 5 workdays to object',
      '[I]',
      {
        quarter: Period('quarter; of a rule set that keeps them also a month or a year'),
        shown_on: Day('day on which it was shown'),
        ruleset,
      },
      OFFICE,
    ),
    fixed(
      'score_objection.filed',
      '评分异议提出',
      'A department objects to its own score',
      '[I]',
      {
        objection_id: Id('the objection'),
        quarter: Period('quarter; of a rule set that keeps them also a month or a year'),
        unit: Unit('the department itself'),
        item: Id('item'),
        rows: Optional(List(row, 'lost rows that it is about; none means the item')),
        grounds: Written('grounds'),
        ruleset,
      },
      { actingUnit: 'unit', upon: 'score_objection' },
    ),
    fixed(
      'score_objection.answered',
      '评分异议答复',
      'The office answers',
      '[I]',
      {
        objection_id: Id('the objection'),
        outcome: OneOf(['upheld', 'rejected', 'partly'], 'outcome'),
        reason: Written('reason'),
      },
      OFFICE,
    ),
    fixed(
      'score_objection.withdrawn',
      '评分异议撤回',
      'The department withdraws it',
      '[I]',
      { objection_id: Id('the objection') },
      { upon: 'score_objection' },
    ),
    named(
      'score.computed',
      '评分计算',
      'Scores were computed',
      '000, 002',
      {
        quarter: 'quarter',
        ruleset_version: 'rule set',
        snapshot_hash: 'hash',
      },
      'free',
      PRODUCT,
    ),
    named(
      'score.published',
      '评分发布',
      'The scores of a quarter were published',
      '000, 002',
      publication,
      'free',
      PRODUCT,
    ),
    named('score.corrected', '评分更正', 'A dated correction was published', '000, 002', publication, 'free', PRODUCT),
    named(
      'circular.issued',
      '通报',
      'A circular was issued',
      '000, 002',
      {
        ...circular,
        ruleset_version: 'rule set',
        snapshot_hash: 'hash',
        format: Lenient(AnyText('docx, xlsx or pdf')),
        file_sha256: Lenient(AnyText('SHA-256 of the file as issued')),
        bytes: Lenient(Count('its size')),
      },
      'free',
      OFFICE,
    ),
    named(
      'circular.drafted',
      '通报起草',
      'The texts of a circular were written, not issued yet',
      '[I]',
      circular,
      'free',
      OFFICE,
    ),
  ],
};
