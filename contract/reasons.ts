/** Every reason for which an event is refused, and what the sender has to do about it. The list is closed. */
export const REASONS = {
  json_syntax: 'not valid JSON',
  utf8: 'not valid UTF-8',
  nul_character: 'a text holds the character U+0000',
  lone_surrogate: 'a text holds half of a surrogate pair (\\ud800–\\udfff alone)',
  too_deep: 'objects and arrays are nested more than 64 levels deep',
  too_large: 'larger than 4 MiB; the first MiB is kept',
  unreadable_batch:
    'a record batch of the event log cannot be read, or holds more than 128 MiB or 500,000 records; all its records are refused',
  not_an_object: 'the event is not a JSON object',
  duplicate_member: 'an object names the same member twice, so that readers may disagree on its value',
  missing_member: 'a required member is missing',
  wrong_type: 'a member has the wrong JSON type',
  specversion: 'specversion is not "1.0"',
  id_length: 'id has not 1–64 characters',
  source_uri: 'source is not a URI reference (RFC 3986) of at most 1,024 characters',
  unknown_type: 'the type is not one of this page',
  time_form: 'time is not a real RFC 3339 time',
  time_without_offset: 'time has no offset from UTC (Z or ±hh:mm)',
  time_too_early: 'time is before 2010',
  time_in_future: 'time is more than 24 hours ahead of the clock of the server',
  department_form: 'department is not a unit id (1–64 letters, digits and . _ : / -)',
  region_code: 'region is neither a GB/T 2260 code nor an area code of 1–32 letters, digits and . _ -',
  subject_form: 'subject is empty or longer than 256 characters',
  uscc_form: 'not 18 characters of the USCC alphabet with digits in places 3–8 (GB 32100-2015)',
  uscc_check_character: 'the check character of the USCC is wrong (GB 32100-2015)',
  day_form: 'not a real day written YYYY-MM-DD',
  quarter_form: 'not a quarter written like 2025Q2',
  industry_code: 'not a section letter or longer code of GB/T 4754-2017',
  unit_id: 'not a unit id (1–64 letters, digits and . _ : / -)',
  blank_text: 'a text that must say something is blank',
  text_length: 'a text is empty or too long',
  not_in_list: 'not one of the values that the type allows',
  out_of_range: 'a number is out of range',
  mark_item: 'no marks are awarded for this item',
  mark_points: 'the points are below 0 or above the maximum of the item',
  days_reversed: 'the first day is after the last',
  codes_exclusive: 'result code 1 (nothing found) excludes all others',
  source_not_allowed: 'the key may not send events of this source',
  unit_not_allowed: 'the key may not send events of this unit',
  not_granted: 'the event is an act of somebody else: of the office, the registry, the product, or of another unit',
  number_damaged: 'of a table: the spreadsheet has rounded a long number, or taken it for a day',
  no_subject_code: 'of a table: the row names no unified social credit code',
  department_unmatched: 'of a table: the organ is no unit of the rule set and no alias of one',
  text_destroyed: 'of a table: characters were lost when the text was written in another encoding',
  row_shape: 'of a table: the row is longer than the header, so that its cells stand in the wrong columns',
  amount_form: 'of a table: what stands for an amount of money cannot be read',
} as const;

export type Reason = keyof typeof REASONS;

/** What the detail of `not_granted` says where it may be right later, once what the event speaks of is there: by it they are told. */
export const NOT_THERE_YET = 'is not there so far';

/** In the detail of a refused row of a table: a number in it is damaged too. What follows is the detail of `number_damaged`. */
export const BESIDES = '; besides, ';
