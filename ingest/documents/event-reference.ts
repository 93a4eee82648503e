/** Renders docs/events.md from the schemas, so that the page cannot say anything else than the checks. */
import { REASONS } from '@hengjian/contract/reasons.ts';
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventFamilies, eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { FORMATS, type FormatName } from '@hengjian/contract/schema/formats.ts';

interface Schema {
  type?: string;
  format?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: Schema;
  required?: readonly string[];
  properties?: Record<string, Schema>;
  readAs?: Schema;
  description?: string;
}

const ACTORS = {
  unit: 'the unit',
  registry: 'the registry',
  office: 'the office',
  product: 'the product itself',
} as const;
const SUBJECTS = { required: 'USCC, required', optional: 'USCC, if given', free: 'any text, if given' } as const;

export function renderEventReference(): string {
  const fixedTypes = [...eventTypes.values()].filter(({ fixed }) => fixed).length;
  return `# Events

<!-- Written by ingest/documents/event-reference.ts from the schemas; run \`npm run docs\` after changing them. -->

Events are CloudEvents 1.0 in JSON. They come one (\`application/cloudevents+json\`), as an array (\`application/cloudevents-batch+json\`) or one a line
(\`application/x-ndjson\`) to \`POST /v1/events\`, or as lines of a file to \`import\`. The same (source, id) again is a duplicate: counted, stored once.

The same for machines: AsyncAPI 3.0 (the topic and a message a type, as JSON Schema with examples) and OpenAPI 3.1 (\`POST /v1/events\`). Every edge serves them
as \`/v1/asyncapi.json\` and \`/v1/openapi.json\`, the dashboard as \`/api/v1/asyncapi.json\` and, with its own routes, \`/api/v1/openapi.json\`;
\`hengjian schemas asyncapi\` and \`hengjian schemas openapi\` print them. Rules that JSON Schema cannot say are named in both.

\`\`\`json
${JSON.stringify(example())}
\`\`\`

## Envelope

| member | rule |
|---|---|
| \`specversion\` | \`"1.0"\` |
| \`id\` | 1–64 characters, unique within \`source\` |
| \`source\` | URI reference of the sending system |
| \`type\` | one of the ${eventTypes.size} types below |
| \`time\` | RFC 3339 with offset: when it happened. Not before 2010 on the clock of Shanghai, whatever its offset (so \`2009-12-31T16:00:00Z\` may come), not more than 24 hours ahead; kept to the microsecond |
| \`department\` | id of the unit that the event belongs to |
| \`region\` | optional: ${FORMATS.area.is} |
| \`subject\` | USCC with its check character (GB 32100-2015), where the event concerns a market subject |
| \`data\` | object as its type says; unknown members are kept, and all of it is kept byte for byte |

Other members (extension attributes) are kept. \`null\` for an optional member of the envelope means that it is absent. Limits: 4 MiB an event, 64 levels of nesting.

## Types

${fixedTypes} types have fixed members. The other ${eventTypes.size - fixedTypes} are named by the policy documents: their members are suggestions, none is demanded.

${eventFamilies.map(({ title, types }) => `### ${title.en} · ${title.zh}\n\n${types.map(typeSection).join('\n\n')}`).join('\n\n')}

## Who does an event

Each type says who does it. An unrestricted key, and a producer of the event log, may send everything but the acts of the product itself, which only a file at
the command line brings. A key limited with \`--source\` or \`--unit\` may send what those do; acts of the office or of the registry only with \`--may office\` or
\`--may registry\`, the voiding of events of its own sources without, and of what its own units did themselves. Sources of the product itself (\`/hengjian/…\`) are no key's. The unit that \`data\` names as acting is the one of the envelope. A key limited with \`--unit\`
names no other unit where figures of that unit change by it (\`participants\` of a task, \`implementers\` of a punishment, of which none means all others, \`to_unit\`
of an objection) without \`--may office\`; and what speaks of a push, a task, a punishment, an objection or an alert that is stored comes from the units whose it is.
A record is attached and published by the units that entered or list it, and by those that a rule set gives the duty. Where a rule set goes by areas, a key limited
with \`--unit\` sends only what counts for its units: the county whose area \`region\` names is one of them, beside the \`department\`.
What such a key says ahead of the push, task, objection or alert that it speaks of is refused where it would count against whom that will be of: \`draw.executed\`
(unless a rule set counts what a unit draws by itself), \`push.outcome_fed_back\`, \`push.dispatched\`, \`licence.entered\` with a \`push_id\`, what follows the filing of an
objection, what disposes of an alert; claims and the other types are taken. \`status\` counts those that wait (\`waiting\`); once it is there they are sent again, or
\`rejects replay --reason not_granted\` lets them in with the rights of their key; \`--as-office\` lets in what speaks of something that will never come.
What a key may not do is refused as \`not_granted\`. Keys of earlier versions: those limited to a source alone go on as the registry's; no limited key may do acts of the office any more.

## Reasons for a refusal

A refused event is kept with its bytes, its origin and one of these reasons; \`rejects\` lists them, \`rejects export\` and \`rejects replay\` send corrected ones through.

| reason | meaning |
|---|---|
${Object.entries(REASONS)
  .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  .join('\n')}
`;
}

function typeSection({ type, title, seeds, subject, fixed, data, actor }: EventType): string {
  const { properties = {}, required = [] } = data as Schema;
  const rows = Object.entries(properties).map(
    ([name, schema]) =>
      `| \`${name}\`${fixed && !required.includes(name) ? ' ?' : ''} | ${formOf(schema, fixed)} | ${schema.description ?? ''} |`,
  );
  return [
    `#### \`${type}\` ${title.zh}`,
    '',
    `${title.en}. Documents: ${seeds}. By: ${ACTORS[actor]}. Subject: ${SUBJECTS[subject]}.`,
    '',
    `| \`data\` | form | |`,
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function formOf(schema: Schema, fixed: boolean): string {
  if (schema.readAs) return `any; read if ${formOf(schema.readAs, true)}`;
  if (!fixed) return 'any';
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  switch (schema.type) {
    case 'string':
      return schema.format
        ? FORMATS[schema.format as FormatName].is
        : schema.maxLength === undefined
          ? 'text'
          : `text, ${schema.minLength}–${schema.maxLength} characters`;
    case 'array':
      return `list of ${formOf(schema.items ?? {}, fixed)}`;
    case 'object':
      return `{ ${Object.entries(schema.properties ?? {})
        .map(([name, member]) => `\`${name}\`: ${formOf(member, fixed)}`)
        .join('; ')} }`;
    case 'integer':
      if (schema.minimum === undefined) return 'whole number';
      return schema.maximum! > 1e12
        ? `whole number, from ${schema.minimum}`
        : `whole number, ${schema.minimum}–${schema.maximum}`;
    case 'number':
      return schema.minimum === undefined ? 'number' : `number, from ${schema.minimum}`;
    default:
      return schema.type ?? 'any';
  }
}

const example = () => ({
  specversion: '1.0',
  id: '2025-000417',
  source: 'https://permits.example/etdz',
  type: 'licence.entered',
  time: '2025-04-08T15:30:12+08:00',
  department: 'scjg',
  region: '320671001',
  subject: '91350100M000100Y43',
  data: { doc_no: '许2025-118', decided_on: '2025-04-03', kind: '核准', push_id: 'P-1093' },
});
