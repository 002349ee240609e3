import {
  EXPORT_FORMATS,
  type AuditTrailExportFormat,
} from 'backstage-plugin-audit-trail-common';
import { parse as parseByCsvParse } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { parse as parseByPapa } from 'papaparse';
import { auditEvent, seededRandom } from '../../__testUtils__/events';
import { HOSTILE_CELLS } from '../../__testUtils__/hostileCells';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { CSV_COLUMNS, CSV_HEADER } from '../../exporting/csvLines';
import { unguardFormula } from '../../exporting/formulaGuard';
import { fileFormat } from '../../exporting/exportFormats';
import { EVERYTHING } from '../criteria';
import { createEventLines } from './createEventLines';
import { DatabaseAuditEventsStore } from '../DatabaseAuditEventsStore';
import { DatabaseResourceOwnersStore } from '../DatabaseResourceOwnersStore';
import type { EventLines } from './EventLines';
import { PagedEventLines } from './PagedEventLines';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();
const EVENTS = 3_000;

const random = seededRandom(7);
const pick = <T>(from: readonly T[]) =>
  from[Math.floor(random() * from.length)];
const maybe = <T>(value: T) => (random() < 0.5 ? value : undefined);
const cell = () => pick(HOSTILE_CELLS);

/** A resource key with as much of a text as one may have. */
const keyOf = (text: string) =>
  `segment:warehouse:${
    text.replace(/\p{C}/gu, '').trim().slice(0, 100) || 'x'
  }`;

/** Random events, whose every text is of the worst kind. */
const events = Array.from({ length: EVENTS }, (_, n) => {
  const event = auditEvent({
    sourceEventId: `hostile-${n}`,
    occurredAt: new Date(
      Date.UTC(2026, 0, 1) + Math.floor(random() * 1e9),
    ).toISOString(),
    type: random() < 0.3 ? 'Warehouse Disabled' : cell(),
    workspace: cell(),
    actor: {
      type: pick(['user', 'system'] as const),
      id: cell(),
      name: maybe(cell()),
      email: maybe(cell()),
      entityRef: maybe('user:default/jo'),
    },
    resource: {
      key: random() < 0.3 ? 'segment:source:s1' : keyOf(cell()),
      name: maybe(cell()),
    },
    resources: maybe(['segment:source:"s,1"', 'segment:space:a b']),
    changes: maybe([{ path: cell(), before: cell(), after: [null, 1.5] }]),
    severity: maybe('high' as const),
    correlationId: maybe(cell()),
    details: { [cell()]: cell(), 10: 'a', 9: { deep: [cell(), 1e21, -0] } },
  });
  return {
    ...event,
    recordedAt: new Date(Date.UTC(2026, 5, 1) + n * 97).toISOString(),
    // As an intake with an odd subject would have it.
    source: random() < 0.2 ? cell() : event.source,
  };
});

const OWNERS = [
  {
    resourceKey: 'segment:source:s1',
    entityRef: 'resource:default/web-shop',
    ownerRef: 'group:default/web',
  },
  {
    resourceKey: 'segment:source:s1',
    entityRef: 'resource:default/a-shop',
    ownerRef: '',
  },
];

async function readAll(lines: EventLines, format: AuditTrailExportFormat) {
  const parts: Buffer[] = [];
  let rows = 0;
  for await (const chunk of lines.read(
    { criteria: EVERYTHING, order: 'desc', format },
    new AbortController().signal,
  )) {
    rows += chunk.rows;
    parts.push(...chunk.parts);
  }
  return { rows, text: Buffer.concat(parts).toString() };
}

describe('lines of events', () => {
  const ways: Record<string, EventLines> = {};
  let knex: Knex;

  beforeAll(async () => {
    for (const [databaseId] of databases.eachSupportedId()) {
      knex = await databases.init(databaseId);
      const store = DatabaseAuditEventsStore.create({ knex });
      for (let at = 0; at < EVENTS; at += 500) {
        await store.append(events.slice(at, at + 500));
      }
      await DatabaseResourceOwnersStore.create({ knex }).replaceAll(OWNERS, []);
      ways[`the quickest way on ${databaseId}`] = createEventLines({ knex });
      ways[`pages of ${databaseId}`] = PagedEventLines.create({ knex });
    }
  });

  it.each(EXPORT_FORMATS)(
    'are the same bytes on every database in every way: %s',
    async format => {
      const [[, expected], ...others] = await Promise.all(
        Object.entries(ways).map(
          async ([way, lines]) => [way, await readAll(lines, format)] as const,
        ),
      );
      expect(expected.rows).toBe(EVENTS);
      for (const [way, found] of others) {
        expect({ way, rows: found.rows }).toEqual({ way, rows: EVENTS });
        // The first line that differs, rather than all of them.
        const wanted = expected.text.split('\n');
        const lines = found.text.split('\n');
        const at = lines.findIndex((line, n) => line !== wanted[n]);
        expect({ way, line: lines[at] }).toEqual({ way, line: wanted[at] });
        expect(found.text === expected.text).toBe(true);
      }
      expect(others).toHaveLength(2 * databases.eachSupportedId().length - 1);
    },
  );

  it('are what the list answers with: NDJSON and JSON', async () => {
    const listed = await DatabaseAuditEventsStore.create({ knex }).list({
      criteria: EVERYTHING,
      order: 'desc',
      limit: EVENTS,
    });
    for (const lines of Object.values(ways)) {
      const { text } = await readAll(lines, 'ndjson');
      const found = text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line));
      expect(found).toEqual(JSON.parse(JSON.stringify(listed)));
      const { head, tail } = fileFormat('json');
      const document = await readAll(lines, 'json');
      expect(JSON.parse(head + document.text + tail(EVENTS))).toEqual({
        items: found,
        manifest: { complete: true, rows: EVENTS },
      });
    }
  });

  it('are read by two libraries, and give every value back: CSV', async () => {
    const { text } = await readAll(Object.values(ways)[0], 'csv');
    const byCsvParse: string[][] = parseByCsvParse(CSV_HEADER + text, {
      record_delimiter: '\r\n',
    });
    const { data, errors } = parseByPapa<string[]>(CSV_HEADER + text, {
      newline: '\r\n',
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toEqual(byCsvParse);
    const [header, ...rows] = byCsvParse;
    expect(header).toEqual(CSV_COLUMNS);

    const byId = new Map(events.map(event => [event.id, event]));
    const rowsFound = rows.map(row =>
      Object.fromEntries(
        row.map((value, at) => [header[at], unguardFormula(value)]),
      ),
    );
    expect(rowsFound).toHaveLength(EVENTS);
    for (const row of rowsFound) {
      const event = byId.get(row.id)!;
      expect(row).toMatchObject({
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        type: event.type,
        originalType: event.originalType,
        verb: event.verb,
        workspace: event.workspace,
        source: event.source,
        actorId: event.actor.id,
        actorName: event.actor.name ?? '',
        actorEmail: event.actor.email ?? '',
        resourceKey: event.resource.key,
        resourceType: event.resource.type,
        resourceId: event.resource.id,
        resourceName: event.resource.name ?? '',
        resources: JSON.stringify(event.resources),
        correlationId: event.correlationId ?? '',
        changes: event.changes ? JSON.stringify(event.changes) : '',
        details: JSON.stringify(event.details),
      });
    }
    // No cell begins as a formula does, even behind quotes and spaces.
    for (const value of rows.flat()) {
      expect(value).not.toMatch(/^["\s\p{C}\p{Z}]*[=+\-@\t\r\n＝＋－＠]/u);
    }
  });
});
