import { isAndCriteria } from '@backstage/plugin-permission-node';
import type { JsonObject } from '@backstage/types';
import {
  auditEventFilterToParams,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import { DateTime } from 'luxon';
import type { AuditEventCriteria } from '../database/criteria';

/** What a request chooses, in the words of the API. */
export interface ChoiceDescription {
  /** The same for the same choice; its time bounds count by the hour. */
  what: string;
  details: JsonObject;
}

/** "The last seven days" is one choice, though its bounds move on. */
const byTheHour = (bound: string | undefined) =>
  bound && DateTime.fromISO(bound).startOf('hour').toUTC().toISO()!;

/** Describes what a request chooses: a filter, on an entity or on everything. */
export function describeChoice(
  criteria: AuditEventCriteria,
): ChoiceDescription {
  const parts = isAndCriteria(criteria) ? criteria.allOf : [criteria];
  let filter: AuditEventFilter = {};
  let entityRef: string | undefined;
  for (const part of parts) {
    if ('filter' in part) {
      filter = { ...filter, ...part.filter };
    } else if ('ofEntity' in part) {
      entityRef = part.ofEntity;
    }
  }
  const { from, to } = filter;
  const params = auditEventFilterToParams({
    ...filter,
    from: byTheHour(from),
    to: byTheHour(to),
  });
  return {
    what: JSON.stringify([params.toString(), entityRef ?? null]),
    // Fields that choose nothing are not there in JSON.
    details: JSON.parse(JSON.stringify({ filter, entityRef })),
  };
}
