import {
  TRAIL_READ_TYPES,
  type AuditEventFilter,
} from 'backstage-plugin-audit-trail-common';
import type { TrailState } from './trailState';

/**
 * Whether a view of the trail leaves out who viewed the trail: by far the most
 * frequent events, and mostly the reader's own. Who asks for certain activities
 * gets just those.
 */
export function leavesOutViews(
  state: Pick<TrailState, 'filter' | 'views'>,
): boolean {
  const { types = [], categories = [] } = state.filter;
  return !state.views && types.length === 0 && categories.length === 0;
}

/** The filter, leaving out who viewed the trail as well. */
export function withoutViews(filter: AuditEventFilter): AuditEventFilter {
  const types = new Set([...(filter.not?.types ?? []), ...TRAIL_READ_TYPES]);
  return { ...filter, not: { ...filter.not, types: [...types] } };
}
