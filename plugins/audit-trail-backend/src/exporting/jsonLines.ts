import type { ReadEventRow } from '../database/auditEventRow';
import { EXPORT_VALUES, type ExportValueName } from './exportValues';

/** A member of the object: its name, its value, and what the value is. */
type Member =
  | [name: string, value: ExportValueName, kind?: 'optional' | 'json']
  | [name: string, value: ExportValueName, kind: 'optional json']
  | [name: string, members: Member[]];

/** An event as the API answers with it, in the same order. */
const EVENT: Member[] = [
  ['id', 'id'],
  ['occurredAt', 'occurredAt'],
  ['recordedAt', 'recordedAt'],
  ['type', 'type'],
  ['originalType', 'originalType'],
  ['label', 'label'],
  ['category', 'category'],
  ['verb', 'verb'],
  ['harmful', 'harmful', 'json'],
  ['outcome', 'outcome'],
  ['workspace', 'workspace'],
  ['source', 'source'],
  ['intakes', 'intakes', 'json'],
  [
    'actor',
    [
      ['type', 'actorType'],
      ['id', 'actorId'],
      ['name', 'actorName', 'optional'],
      ['email', 'actorEmail', 'optional'],
      ['entityRef', 'actorEntityRef', 'optional'],
    ],
  ],
  [
    'resource',
    [
      ['key', 'resourceKey'],
      ['type', 'resourceType'],
      ['id', 'resourceId'],
      ['name', 'resourceName', 'optional'],
      ['entityRef', 'resourceEntityRef', 'optional'],
    ],
  ],
  ['resources', 'resources', 'json'],
  ['changes', 'changes', 'optional json'],
  ['severity', 'severity', 'optional'],
  ['correlationId', 'correlationId', 'optional'],
  ['details', 'details', 'json'],
];

/** `,"name":`, without the comma before the first member. */
const opening = (name: string, at: number) =>
  `${at === 0 ? '' : ','}${JSON.stringify(name)}:`;

function objectSql(members: Member[]): string {
  const parts = members.map(([name, value, kind], at) => {
    const before = opening(name, at);
    if (Array.isArray(value)) {
      return `'${before}' || ${objectSql(value)}`;
    }
    const { sql } = EXPORT_VALUES[value];
    const text = kind?.includes('json') ? sql : `to_json(${sql})::text`;
    return kind?.includes('optional')
      ? `coalesce('${before}' || ${text}, '')`
      : `'${before}' || ${text}`;
  });
  return `'{' || ${parts.join(' || ')} || '}'`;
}

/** The line of an event, for a `COPY` that adds nothing to it. */
export const JSON_SQL = objectSql(EVENT);

function objectText(members: Member[], row: ReadEventRow): string {
  const parts = members.map(([name, value, kind], at) => {
    const before = opening(name, at);
    if (Array.isArray(value)) {
      return before + objectText(value, row);
    }
    const text = EXPORT_VALUES[value].read(row);
    if (text === undefined || text === null) {
      return '';
    }
    return before + (kind?.includes('json') ? text : JSON.stringify(text));
  });
  return `{${parts.join('')}}`;
}

/** A row as a line: the event as JSON. */
export function jsonLine(row: ReadEventRow): string {
  return `${objectText(EVENT, row)}\n`;
}
