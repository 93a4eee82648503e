import { createHash } from 'node:crypto';
import { may } from '@hengjian/contract/permissions.ts';
import { CIRCULAR_FORMATS, type CircularFormat, type CircularTexts } from '@hengjian/models/publication/circulars.ts';
import { error, fail } from '@sveltejs/kit';
import { refusalText } from '#lib/forms/refusal-text.ts';
import { formatMoment, formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { publicationHead } from '#lib/publication/publication-view.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { Actions, PageServerLoad } from './$types';

/** Rows of a table that the preview shows; the files have all. */
const PREVIEWED_ROWS = 20;

const asked = ({ ruleset }: App.Locals, { quarter }: { quarter: string }, url: URL) => {
  const number = url.searchParams.get('number') || null;
  return { ruleset, quarter, ...(number === null ? {} : { number: Number(number) }) };
};

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale, parts, scope } = locals;
  const view = await parts.circulars.view(scope, asked(locals, params, url));
  if (!view) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter: params.quarter });
  const { document, publication, texts, draft, issued } = view;
  return {
    title: translate(locale, 'circular.title', { quarter: formatQuarter(locale, params.quarter) }),
    publication: publicationHead(publication),
    texts,
    draft: draft && { savedAt: draft.savedAt, by: draft.by },
    issued: issued.map(({ texts: _, ...one }) => one),
    document: {
      ...document,
      blocks: [...document.blocks, ...document.annexes].map((block) => {
        if (block.kind === 'chart') return { kind: 'chart' as const, caption: block.caption, alt: block.alt };
        if (block.kind !== 'table') return block;
        const rows = block.workbookOnly ? [] : block.rows.slice(0, PREVIEWED_ROWS);
        return { ...block, rows, rowCount: block.rows.length };
      }),
      annexes: [],
    },
    mayWrite: may(scope, 'circulars', 'write'),
  };
};

const LIMITS: Record<keyof CircularTexts, number> = {
  number: 80,
  issuer: 80,
  contact: 200,
  opening: 3000,
  closing: 3000,
};

interface Said {
  action: 'save' | 'issue' | 'check';
  values?: CircularTexts;
  problems: { field: string; text: string }[];
  recorded?: string;
}

export const actions: Actions = {
  async save({ locals, params, request, url }) {
    hold(locals);
    const { locale, parts, scope } = locals;
    const form = await request.formData();
    const text = (name: keyof CircularTexts) => String(form.get(name) ?? '').trim();
    const values: CircularTexts = {
      number: text('number'),
      issuer: text('issuer'),
      contact: text('contact'),
      opening: text('opening'),
      closing: text('closing'),
    };
    const problems = (Object.keys(LIMITS) as (keyof CircularTexts)[]).flatMap((field) =>
      values[field].length > LIMITS[field]
        ? [
            {
              field,
              text: translate(locale, 'circular.too_long', {
                field: translate(locale, `circular.${field}`),
                n: LIMITS[field],
              }),
            },
          ]
        : [],
    );
    if (values.issuer === '') problems.push({ field: 'issuer', text: translate(locale, 'circular.issuer_missing') });
    if (problems.length > 0) return fail(400, { action: 'save', values, problems } satisfies Said);
    const act = await parts.circulars.save(scope, asked(locals, params, url), values);
    if (!act) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter: params.quarter });
    if (!act.ok)
      return fail(400, {
        action: 'save',
        values,
        problems: [{ field: '', text: refusalText(locale, act) }],
      } satisfies Said);
    return { action: 'save', problems: [], recorded: translate(locale, 'circular.saved') } satisfies Said;
  },

  async issue({ locals, params, request, url }) {
    hold(locals);
    const { locale, parts, scope } = locals;
    const form = await request.formData();
    const format = String(form.get('format')) as CircularFormat;
    if (form.get('confirm') !== 'yes' || !CIRCULAR_FORMATS.includes(format))
      return fail(400, {
        action: 'issue',
        problems: [{ field: 'confirm', text: translate(locale, 'circular.issue.unconfirmed') }],
      } satisfies Said);
    const act = await parts.circulars.issue(scope, asked(locals, params, url), format);
    if (!act) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter: params.quarter });
    if (!act.ok)
      return fail(400, { action: 'issue', problems: [{ field: '', text: refusalText(locale, act) }] } satisfies Said);
    const recorded = translate(locale, 'circular.issue.done', { sha256: act.value.sha256 });
    return { action: 'issue', problems: [], recorded } satisfies Said;
  },

  async check({ locals, params, request, url }) {
    hold(locals);
    const { locale, parts, scope } = locals;
    const file = (await request.formData()).get('file');
    if (!(file instanceof File) || file.size === 0)
      return fail(400, {
        action: 'check',
        problems: [{ field: 'file', text: translate(locale, 'circular.check.missing') }],
      } satisfies Said);
    const sha256 = createHash('sha256')
      .update(new Uint8Array(await file.arrayBuffer()))
      .digest('hex');
    const view = await parts.circulars.view(scope, asked(locals, params, url));
    const issued = view?.issued.find((one) => one.fileSha256 === sha256);
    const recorded = issued
      ? translate(locale, 'circular.check.same', { at: formatMoment(locale, issued.issuedAt) })
      : translate(locale, 'circular.check.none', { sha256 });
    return { action: 'check', problems: [], recorded } satisfies Said;
  },
};

function hold({ scope, locale }: App.Locals): void {
  if (!may(scope, 'circulars', 'write')) error(403, translate(locale, 'error.title.403'));
}
